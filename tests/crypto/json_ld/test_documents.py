import pytest

from badgesite.crypto.json_ld.documents import leaves, members, read_document, without, written
from badgesite.errors import FormatError


def test_a_document_is_read() -> None:
    assert read_document('{"a": {"b": [1, 2.5, "è", null]}}'.encode()) == {"a": {"b": [1, 2.5, "è", None]}}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "not JSON"),
        (b"[]", "not an object"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
        (b'{"a": {"b": 1, "b": 1}}', "'b' stands twice"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b'{"a": -Infinity}', "-Infinity is not a number"),
        (b'{"a": "\xff"}', "not JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"a":' * 100_000, "not JSON"),
    ],
    ids=["empty", "list", "twice", "twice inside", "NaN", "infinite", "not UTF-8", "endless number", "deep"],
)
def test_what_two_readers_might_read_in_two_ways_is_a_format_error(text: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read_document(text)


def test_places_are_written_as_people_write_them() -> None:
    assert written(("credentialSubject", "achievement", "tag", 0)) == "credentialSubject.achievement.tag[0]"
    assert written(("@context", 1)) == "@context[1]"
    assert written(()) == ""


def test_members_are_told_the_outer_before_the_inner() -> None:
    document = {"a": {"b": 1}, "c": [{"d": 2}, 3]}
    assert list(members(document)) == [("a",), ("a", "b"), ("c",), ("c", 0, "d")]


def test_leaves_are_told_with_their_place_but_not_those_of_contexts() -> None:
    document = {"@context": ["x", {"y": "z"}], "a": {"b": 1, "c": None}, "d": [{"e": ""}, [2]]}
    assert dict(leaves(document)) == {("a", "b"): 1, ("d", 0, "e"): "", ("d", 1, 0): 2}


def test_leaving_out_a_place_leaves_the_document_as_it_was() -> None:
    document = {"a": [{"b": 1, "c": 2}, 3]}
    assert without(document, ("a", 0, "b")) == {"a": [{"c": 2}, 3]}
    assert without(document, ("a", 1)) == {"a": [{"b": 1, "c": 2}]}
    assert document == {"a": [{"b": 1, "c": 2}, 3]}
