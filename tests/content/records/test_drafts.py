"""Drafts are completed in place, and nothing else is touched."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.content.records.drafts import complete, find_drafts, left_addresses
from badgesite.errors import ContentError
from badgesite.model.award import Award, Recipient

IDENTITY = f"sha256${'9b' * 32}"
SALT = "5e0d" * 8
ID = "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11"
HOLDER = f"recipient: {{identity: {IDENTITY}, salt: {SALT}}}"
HEAD = "badge: b2  # the badge\ndate: 2023-07-14\n\nawards:\n"


def award(name: str | None = None, group: str | None = None, result: str | None = None) -> Award:
    return Award(id=ID, recipient=Recipient(identity=IDENTITY, salt=SALT), name=name, group=group, result=result)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - email: a@x.org\n", f"  - id: {ID}\n    {HOLDER}\n"),
        ("- email: a@x.org", f"- id: {ID}\n  {HOLDER}"),
        (
            "  # first\n  -   email: 'a@x.org'  # her\n      result: b2 # ok\n  # last\n",
            f"  # first\n  -   id: {ID}\n      {HOLDER}  # her\n      result: b2 # ok\n  # last\n",
        ),
        ('  - result: b2\n    "email" : "a@x.org"\n', f"  - result: b2\n    id: {ID}\n    {HOLDER}\n"),
        ("  - email: a@x.org\r\n    result: b2\r\n", f"  - id: {ID}\r\n    {HOLDER}\r\n    result: b2\r\n"),
        ("  - {email: a@x.org, result: b2}\n", f"  - {{id: {ID}, {HOLDER}, result: b2}}\n"),
        ("  - {result: b2,\n     email: a@x.org}  # x\n", f"  - {{result: b2,\n     id: {ID}, {HOLDER}}}  # x\n"),
        ("  -\n    email: a@x.org\n", f"  -\n    id: {ID}\n    {HOLDER}\n"),
    ],
    ids=["block", "no indent", "comments", "quotes", "crlf", "braces", "braces on lines", "dash alone"],
)
def test_the_address_becomes_id_and_recipient(before: str, after: str) -> None:
    assert complete(HEAD + before, "b.yaml", [award()]) == HEAD + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - email: a@x.org\n    name: Ada\n    result: b2\n", f"  - id: {ID}\n    {HOLDER}\n    result: b2\n"),
        ("  - name: Ada\n    email: a@x.org\n    result: b2\n", f"  - id: {ID}\n    {HOLDER}\n    result: b2\n"),
        ("  - name: Ada\n    result: b2\n    email: a@x.org\n", f"  - id: {ID}\n    {HOLDER}\n    result: b2\n"),
        ("  - email: a@x.org\n    name: Ada # why\n", f"  - id: {ID}\n    {HOLDER}\n     # why\n"),
        ("  - email: a@x.org\n    name: Ada", f"  - id: {ID}\n    {HOLDER}\n"),
        ("  - {email: a@x.org, name: Ada, result: b2}\n", f"  - {{id: {ID}, {HOLDER}, result: b2}}\n"),
        ("  - {email: a@x.org, name: Ada}\n", f"  - {{id: {ID}, {HOLDER}}}\n"),
        ("  - {name: Ada, result: b2, email: a@x.org}\n", f"  - {{id: {ID}, {HOLDER}, result: b2}}\n"),
        ("  - {email: a@x.org, name: Ada,}\n", f"  - {{id: {ID}, {HOLDER}, }}\n"),
    ],
)
def test_a_name_that_is_not_shown_goes_with_the_address(before: str, after: str) -> None:
    assert complete(HEAD + before, "b.yaml", [award()]) == HEAD + after


def test_a_name_that_is_shown_stays_as_it_is() -> None:
    text = HEAD + "  - email: a@x.org\n    name:   'Ada'   # shown\n"
    assert complete(text, "b.yaml", [award("Ada")]).endswith(f"    {HOLDER}\n    name:   'Ada'   # shown\n")


def test_the_group_that_the_domain_gives_is_fixed() -> None:
    done = complete(HEAD + "  - email: a@x.org\n", "b.yaml", [award(group="student")])
    assert done.endswith(f"    {HOLDER}\n    group: student\n")


def test_only_drafts_are_completed_each_with_its_own() -> None:
    record = f"  - id: b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22\n    recipient: {{identity: {IDENTITY}, salt: {SALT}}}\n"
    text = HEAD + "  - email: a@x.org\n" + record + "  - {email: b@x.org}\n"
    other = Award(id="b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b23", recipient=Recipient(identity=IDENTITY, salt="0" * 32))
    done = yaml.safe_load(complete(text, "b.yaml", [award(), other]))["awards"]
    assert [item["id"] for item in done] == [ID, "b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22", other.id]
    assert done[2]["recipient"]["salt"] == "0" * 32
    assert [draft.place.line for draft in find_drafts(text, "b.yaml")] == [5, 8]


def test_a_byte_order_mark_stays() -> None:
    done = complete("\ufeff{awards: [{email: a@x.org}], badge: b2, date: 2023-07-14}\n", "b.yaml", [award()])
    assert done == f"\ufeff{{awards: [{{id: {ID}, {HOLDER}}}], badge: b2, date: 2023-07-14}}\n"


@pytest.mark.parametrize(
    "record",
    [
        "  - ? email\n    : a@x.org\n",
        "  - email:\n      a@x.org\n",
        "  - email: >-\n      a@x.org\n",
        "  - email: a@x.org\n    name: |\n      Ada\n",
    ],
)
def test_what_cannot_be_completed_without_harm_is_refused(record: str) -> None:
    with pytest.raises(ContentError, match=r"b\.yaml:5:\d: the draft is written in a way"):
        complete(HEAD + record, "b.yaml", [award()])


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ('  - email: "A@x.org" # A@x.org\n', "5:24"),
        ("  - email: a@x.org\n# b@x.org, c@x.org\n", "6:3"),
        ("  # a@x.org\r\n  - {email: a@x.org}\r\n", "5:5"),
        ("  - email: a@x.org\n    narrative: write to b@x.org\n", "6:25"),
        ("  - email: a@x.org\n    narrative: write to b&#64;x.org\n", "6"),
    ],
)
def test_an_address_that_would_stay_is_told_with_its_line(record: str, place: str) -> None:
    found = [str(problem) for problem in left_addresses(HEAD + record, "b.yaml", {"office@x.org"})]
    assert len(found) == 1
    assert found[0].startswith(f"b.yaml:{place}")
    assert found[0].endswith(": an e-mail address also stands here, in a comment or a text; take it out")


def test_the_drafts_own_addresses_and_the_site_s_do_not_stay_unasked() -> None:
    text = f"\ufeff# office@x.org\n{HEAD}  - email: 'a@x.org'\n  - {{email: b@x.org}}\n"
    assert list(left_addresses(text, "b.yaml", {"office@x.org"})) == []


FIELDS = st.permutations(["email: a@x.org", "name: 'Ada, \"x\"'", "result: b2", "narrative: 'one # two'"])
COMMENTS = st.lists(st.sampled_from(["", "  # one", " # {two: [", "   "]), min_size=4, max_size=4)


@given(FIELDS, COMMENTS, st.sampled_from(["\n", "\r\n"]), st.integers(1, 5), st.booleans())
@settings(max_examples=150)
def test_however_a_draft_is_laid_out_the_rest_stays(
    fields: list[str], comments: list[str], line_end: str, indent: int, shown: bool
) -> None:
    lines = [field + comment for field, comment in zip(fields, comments, strict=True)]
    body = f"- {' ' * (indent - 1)}" + f"{line_end}{' ' * (indent + 1)}".join(lines) + line_end
    text = HEAD.replace("\n", line_end) + body
    done = complete(text, "b.yaml", [award('Ada, "x"' if shown else None)])
    record = yaml.safe_load(done)["awards"][0]
    assert set(record) == {"id", "recipient", "result", "narrative", *(["name"] if shown else [])}
    kept = [line for line in body.split(line_end) if "email" not in line and "name" not in line]
    assert all(line.strip(" -") in done for line in kept)
    assert ("\r\n" in done) == (line_end == "\r\n")
    assert "\n" not in done.replace("\r\n", "") or line_end == "\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  - email: a@x.org\n    result: Con lode  # yes\n",
            f"  - id: {ID}\n    {HOLDER}\n    result: honours  # yes\n",
        ),
        ("  - {result: 'Con lode', email: a@x.org}\n", f"  - {{result: honours, id: {ID}, {HOLDER}}}\n"),
        ("  - result: honours\n    email: a@x.org\n", f"  - result: honours\n    id: {ID}\n    {HOLDER}\n"),
    ],
    ids=["block", "braces", "id already"],
)
def test_the_name_of_a_result_becomes_its_id(before: str, after: str) -> None:
    assert complete(HEAD + before, "b.yaml", [award(result="honours")]) == HEAD + after
