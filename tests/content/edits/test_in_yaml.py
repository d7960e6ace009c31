"""Records are edited where they stand, and every other byte of the YAML stays."""

from dataclasses import replace
from datetime import date

import pytest

from badgesite.content.edits.in_yaml import edited_text
from badgesite.errors import ContentError
from badgesite.model.award import Award, Recipient, Revocation

IDENTITY, SALT = f"sha256${'9b' * 32}", "5e0d" * 8
ID, OTHER = "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11", "b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22"
HOLDER = f"recipient: {{identity: {IDENTITY}, salt: {SALT}}}"
HEAD = "# a batch\nbadge: b2  # the badge\ndate: 2023-07-14\n\nawards:\n"
PLAIN = Award(id=ID, recipient=Recipient(identity=IDENTITY, salt=SALT))
REVOKED = 'revoked: {date: 2024-01-10, reason: "By mistake: sorry"}'


def revoked(award: Award) -> Award:
    return replace(award, revoked=Revocation(date=date(2024, 1, 10), reason="By mistake: sorry"))


def edit(text: str, before: Award, after: Award | None) -> str:
    other = replace(PLAIN, id=OTHER)
    return edited_text(HEAD + text, "b.yaml", {ID: before, OTHER: other}, {ID: after}).removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"  - id: {ID}\n    {HOLDER}\n", f"  - id: {ID}\n    {HOLDER}\n    {REVOKED}\n"),
        (f"- id: {ID}\n  {HOLDER}", f"- id: {ID}\n  {HOLDER}\n  {REVOKED}"),
        (
            f"  # one\n  - id: {ID} # it\n    {HOLDER}  # hers\n  # last\n",
            f"  # one\n  - id: {ID} # it\n    {HOLDER}  # hers\n    {REVOKED}\n  # last\n",
        ),
        (f"  - id: {ID}\r\n    {HOLDER}\r\n", f"  - id: {ID}\r\n    {HOLDER}\r\n    {REVOKED}\r\n"),
        (f"  - {{id: {ID}, {HOLDER}}}\n", f"  - {{id: {ID}, {HOLDER}, {REVOKED}}}\n"),
        (f"  - {{id: {ID}, # it\n     {HOLDER},}}\n", f"  - {{id: {ID}, # it\n     {HOLDER}, {REVOKED},}}\n"),
        (
            f"  -\n    # it\n    recipient:\n      salt: {SALT}\n      identity: {IDENTITY}\n\n    id: {ID}\n\n",
            f"  -\n    # it\n    recipient:\n      salt: {SALT}\n      identity: {IDENTITY}\n\n    id: {ID}\n"
            f"    {REVOKED}\n\n",
        ),
        (
            f"  - id: {ID}\n    {HOLDER}\n    narrative: |+\n      Well.\n\n",
            f"  - id: {ID}\n    {HOLDER}\n    {REVOKED}\n    narrative: |+\n      Well.\n\n",
        ),
        (
            f"  - id: {ID}\n    evidence:\n      - https://a.example/\n      # two\n\n    {HOLDER}\n  - id: {OTHER}\n",
            f"  - id: {ID}\n    evidence:\n      - https://a.example/\n      # two\n\n    {HOLDER}\n    {REVOKED}\n"
            f"  - id: {OTHER}\n",
        ),
    ],
    ids=["block", "no line end", "comments", "crlf", "braces", "comma at the end", "dash alone", "text", "list"],
)
def test_a_field_is_added_at_the_end_of_its_record(before: str, after: str) -> None:
    assert edit(before, PLAIN, revoked(PLAIN)) == after


NAMED = replace(PLAIN, name="Ada", evidence=("https://a.example/1", "https://a.example/2"), narrative="Well.\n\nDone.")


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ("name: Ada  # the holder\n", "name: Ada Rossi  # the holder\n", {"name": "Ada Rossi"}),
        ("name: 'Ada'\n", 'name: "no"\n', {"name": "no"}),
        ("name:\n      Ada\n", "name: Ada Rossi\n", {"name": "Ada Rossi"}),
        ("name: # who\n      Ada\n", "name: Ada Rossi # who\n", {"name": "Ada Rossi"}),
        ("narrative: |\n      Well.\n\n      Done.\n\n", 'narrative: "One\\nTwo"\n\n', {"narrative": "One\nTwo"}),
        (
            "evidence:\n      - https://a.example/1\n      - https://a.example/2\n",
            "evidence: [https://a.example/2, https://a.example/3]\n",
            {"evidence": ("https://a.example/2", "https://a.example/3")},
        ),
        (
            "evidence: [https://a.example/1,\n      https://a.example/2]\n",
            "evidence: https://b.example/\n",
            {"evidence": ("https://b.example/",)},
        ),
        ("name: Ada\n", "", {"name": None}),
        ("name: Ada # why\n", "     # why\n".removeprefix("    "), {"name": None}),
        ("narrative: >-\n      Well.\n\n\n      Done.\n", "", {"narrative": None}),
        ("evidence:\n    - https://a.example/1\n    - https://a.example/2\n", "", {"evidence": ()}),
    ],
)
def test_a_field_gets_another_value_or_goes(before: str, after: str, fields: dict[str, object]) -> None:
    start, end = f"  - id: {ID}\n    ", f"    {HOLDER}  # hers\n  # below\n"
    expected = f"{start}{after}{end}" if after else f"  - id: {ID}\n{end}"
    only = next(iter(fields))
    had = replace(PLAIN, **{only: getattr(NAMED, only)})
    result = edit(f"{start}{before}{end}", had, replace(had, **fields))  # type: ignore[arg-type]
    assert result == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"  - name: Ada\n    id: {ID}\n    {HOLDER}\n", f"  - id: {ID}\n    {HOLDER}\n"),
        (f"  - name: Ada\n    visibility: public\n    id: {ID}\n    {HOLDER}\n", f"  - id: {ID}\n    {HOLDER}\n"),
        (f"  - {{name: Ada, visibility: public, id: {ID}, {HOLDER}}}", f"  - {{id: {ID}, {HOLDER}}}"),
        (f"  - {{id: {ID}, name: Ada, {HOLDER}, visibility: public,}}", f"  - {{id: {ID}, {HOLDER},}}"),
        (f"  - {{id: {ID}, {HOLDER}, name: Ada,\n visibility: public }}", f"  - {{id: {ID}, {HOLDER} }}"),
    ],
)
def test_several_fields_go_wherever_they_stand(before: str, after: str) -> None:
    had = replace(PLAIN, name="Ada", visibility="public" if "public" in before else None)
    assert edit(before, had, PLAIN) == after


def test_a_new_address_takes_the_place_of_hash_and_salt_alone() -> None:
    new = replace(PLAIN, recipient=Recipient(identity=f"sha256${'1c' * 32}", salt="0" * 32))
    text = f"  - id: {ID}\n    recipient:\n      identity: {IDENTITY}\n      # salted\n      salt: {SALT} # hers\n"
    done = edit(text, PLAIN, new)
    assert done == text.replace("9b" * 32, "1c" * 32).replace(SALT, f'"{"0" * 32}"')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"  - id: {ID}\n    {HOLDER} # x\n\n  # kept\n  - id: {OTHER}\n", f"\n  # kept\n  - id: {OTHER}\n"),
        (f"  - id: {OTHER}\n  - id: {ID}\n    {HOLDER}", f"  - id: {OTHER}\n"),
        (f"  -\n    # it - is\n    id: {ID}\n    {HOLDER}\n  - id: {OTHER}\n", f"  - id: {OTHER}\n"),
        (f"  - {{id: {ID}, {HOLDER}}}\n  - {{id: {OTHER}}}\n", f"  - {{id: {OTHER}}}\n"),
    ],
)
def test_a_record_is_taken_out_with_its_lines(before: str, after: str) -> None:
    assert edit(before, PLAIN, None) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"awards:  # all\n  - id: {ID}\n    {HOLDER}\n# end\n", "awards: []  # all\n# end\n"),
        (f"awards: [{{id: {ID}, {HOLDER}}}]\n", "awards: []\n"),
        (f"awards: [{{id: {ID}, {HOLDER}}}, {{id: {OTHER}}}]\n", f"awards: [{{id: {OTHER}}}]\n"),
        (f"awards: [{{id: {OTHER}}}, {{id: {ID}, {HOLDER}}}]\n", f"awards: [{{id: {OTHER}}}]\n"),
    ],
)
def test_a_list_can_lose_its_last_record(before: str, after: str) -> None:
    assert edited_text(before, "b.yaml", {ID: PLAIN}, {ID: None}) == after


@pytest.mark.parametrize(
    "record",
    [
        "evidence: # here\n      # and there\n      - https://a.example/1\n",
        "evidence:\n      - https://a.example/1 # the first\n      - https://a.example/2\n",
        "? evidence\n    : https://a.example/1\n",
    ],
)
def test_what_cannot_be_edited_without_touching_more_is_refused(record: str) -> None:
    had = replace(PLAIN, evidence=("https://a.example/1", "https://a.example/2"))
    with pytest.raises(ContentError, match=r"b\.yaml:6:5: the record is written in a way that cannot be edited"):
        edit(f"  - id: {ID}\n    {record}    {HOLDER}\n", had, PLAIN)
