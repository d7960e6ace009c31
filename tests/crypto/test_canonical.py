from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.crypto import canonical as module
from badgesite.crypto.canonical import canonical, canonical_with
from badgesite.crypto.contexts import CREDENTIALS, OPEN_BADGES
from badgesite.errors import FormatError, OutputError
from tests.crypto.credentials import DID, credential

ACHIEVEMENT = "credentialSubject__achievement"
NOTES = "https://x.example/notes.json"


def lines(**changes: object) -> set[str]:
    return set(canonical(credential(**changes)).decode().splitlines())


def test_the_canonical_form_is_sorted_n_quads() -> None:
    text = canonical(credential()).decode()
    assert text.endswith(" .\n")
    assert text.splitlines() == sorted(text.splitlines())
    assert f'<{DID}> <https://schema.org/name> "Università di Esempio" .' in text.splitlines()
    assert (
        r'_:c14n0 <https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative> "Superare la *prova*.\n\n- scritta'
        in text
    )


def test_the_canonical_form_never_changes() -> None:
    digest = "a28c5d48dc96e54e45b6f6180a96280d17efc01e6221f39268147d1969fc2aea"
    assert sha256(canonical(credential())).hexdigest() == digest


def test_the_order_of_members_does_not_matter() -> None:
    assert canonical(dict(reversed(credential().items()))) == canonical(credential())


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (3, "3"),
        (3.0, "3"),
        (3.5, "3.5E0"),
        (0.1, "1.0E-1"),
        (60, "60"),
        (-0.0, "0"),
        (12.25, "1.225E1"),
        (2**53 - 1, f"{2**53 - 1}"),
    ],
)
def test_numbers_are_written_as_xml_schema_has_them(number: float, written: str) -> None:
    term = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#creditsAvailable"
    found = [line for line in lines(**{f"{ACHIEVEMENT}__creditsAvailable": number}) if term in line]
    assert [line.split('"')[1] for line in found] == [written]


@pytest.mark.parametrize(
    ("changes", "place", "reason"),
    [
        ({"nmae": "B2"}, "nmae", "no context defines it"),
        (
            {f"{ACHIEVEMENT}__workload": {"name": "75 h"}},
            "credentialSubject.achievement.workload",
            "no context defines",
        ),
        ({f"{ACHIEVEMENT}__workload": {}}, "credentialSubject.achievement.workload", "no context defines"),
        ({f"{ACHIEVEMENT}__issuer": DID}, "credentialSubject.achievement.issuer", "no context defines"),
        (
            {f"{ACHIEVEMENT}__alignment": [{"type": ["Alignment"], "targetNmae": "B2"}]},
            "alignment[0].targetNmae",
            "no context",
        ),
        ({"evidence": [{"type": ["Evidence"], "score": 3}]}, "evidence[0].score", "no context defines"),
        ({"type": ["VerifiableCredential", "Badge"]}, "type[1]", "is a type that no context defines"),
        ({f"{ACHIEVEMENT}__type": "Award"}, "credentialSubject.achievement.type", "is a type that no context defines"),
        ({f"{ACHIEVEMENT}__name": {"it": "Inglese", "en": "English"}}, "achievement.name", "is a text by language"),
        ({f"{ACHIEVEMENT}__id": "badges/b2"}, "credentialSubject.achievement.id", "no absolute URL"),
        ({f"{ACHIEVEMENT}__id": "b2", f"{ACHIEVEMENT}__name": "b2"}, "achievement.id", "no absolute URL"),
        ({f"{ACHIEVEMENT}__id": "@b2"}, "credentialSubject.achievement.id", "no absolute URL"),
        ({f"{ACHIEVEMENT}__id": "@type"}, "credentialSubject.achievement.id", "no absolute URL"),
        ({f"{ACHIEVEMENT}__id": ""}, "credentialSubject.achievement.id", "no absolute URL"),
        ({f"{ACHIEVEMENT}__id": 7}, "credentialSubject.achievement.id", "is not JSON-LD"),
        ({f"{ACHIEVEMENT}__image": {"id": "b2 .png", "type": "Image"}}, "achievement.image.id", "a space as %20"),
        ({"id": "https://x.example/\n"}, "id", "no absolute URL"),
        ({"issuer": "Example University"}, "issuer", "no absolute URL"),
        ({"_:b0": "x"}, "_:b0", "is not signed"),
        ({"x:<y>": "z"}, "x:<y>", "is not signed"),
        ({"name": "\x07"}, "name", "holds the character U+0007"),
        ({"name": {"@value": "B2", "@language": "e n"}}, "name.@language", "is not signed"),
        ({"name": {"@language": "en"}}, "name.@language", "is not signed, JSON-LD drops it"),
        ({"@context": [CREDENTIALS, NOTES]}, "@context[1]", f"the context {NOTES} is unknown"),
        ({"@context": NOTES}, "@context", f"the context {NOTES} is unknown"),
        ({"evidence": [{"@context": NOTES, "note": "x"}]}, "evidence[0].@context", "is unknown"),
        ({"@context": []}, "@context", "is missing"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, {"@vocab": None}]}, "@context", "is not JSON-LD"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, {"x": {"@id": []}}]}, "@context", "is not JSON-LD"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, {"name": "https://x.example/name"}]}, "", "protected term"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_what_would_not_be_signed_is_refused_with_its_place(
    changes: dict[str, object], place: str, reason: str
) -> None:
    with pytest.raises(FormatError) as caught:
        canonical(credential(**changes))
    assert reason in str(caught.value)
    assert place in str(caught.value).partition(" ")[0]


def test_a_fault_is_told_without_the_value_that_may_be_somebodys() -> None:
    with pytest.raises(FormatError) as caught:
        canonical(credential(credentialSubject__id="ada@example.org"))
    assert str(caught.value).startswith("credentialSubject.id is not signed")
    assert "ada" not in str(caught.value)


def test_of_two_members_with_one_name_the_one_astray_is_told() -> None:
    document = credential()
    document["issuer"]["criteria"] = {"narrative": "astray"}
    with pytest.raises(FormatError, match=r"^issuer\.criteria is not signed"):
        canonical(document)


def test_a_document_that_says_nothing_has_no_canonical_form() -> None:
    with pytest.raises(FormatError, match="says nothing"):
        canonical({"@context": CREDENTIALS})


def test_a_document_is_left_as_it_is() -> None:
    document = credential()
    canonical(document)
    assert document == credential()


def test_further_contexts_may_be_given() -> None:
    document = credential(**{"@context": [CREDENTIALS, OPEN_BADGES, NOTES], "note": "x"})
    form = canonical_with({NOTES: {"@context": {"note": "https://x.example/note"}}})
    assert '<https://x.example/note> "x" .' in form(document).decode()
    with pytest.raises(FormatError, match="is unknown"):
        canonical(document)


def test_two_contexts_of_one_url_are_kept_apart() -> None:
    document = credential(**{"@context": [CREDENTIALS, OPEN_BADGES, NOTES], "note": "x"})
    for number in (1, 2):
        form = canonical_with({NOTES: {"@context": {"note": f"https://x.example/note{number}"}}})
        assert f"<https://x.example/note{number}>" in form(document).decode()


def test_a_context_that_another_names_must_be_known_too() -> None:
    form = canonical_with({NOTES: {"@context": ["https://x.example/more.json"]}})
    with pytest.raises(FormatError, match=r"https://x.example/more.json is unknown"):
        form(credential(**{"@context": [CREDENTIALS, NOTES]}))


def test_contexts_that_cannot_be_read_are_no_fault_of_the_document() -> None:
    def unreadable(url: str) -> Mapping[str, Any]:
        raise OutputError("the disk is gone")

    with pytest.raises(OutputError, match="the disk is gone"):
        module._Canonicaliser(unreadable)(credential())


names = st.sampled_from(
    ["id", "type", "name", "@context", "@value", "@id", "@type", "@list", "@graph", "tag", "proof", "x"]
)
scalars = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5)
terms = st.sampled_from([CREDENTIALS, OPEN_BADGES, "Achievement", "Profile", "_:b", "@id", "@json", "urn:x"])
anything = st.recursive(
    scalars | terms,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(names, anything, max_size=5), st.booleans())
def test_any_document_has_a_canonical_form_or_a_format_error(document: dict[str, object], known: bool) -> None:
    try:
        text = canonical(({"@context": [CREDENTIALS, OPEN_BADGES]} if known else {}) | document)
    except FormatError:
        return
    assert text.endswith(b" .\n")
