"""What stands in a public key's file; the rest of it is tested with the keys (tests/crypto/test_public_keys.py)."""

from badgesite.crypto.key_files.members import Members
from badgesite.errors import Place


def test_the_marks_of_a_merge_are_told_as_such() -> None:
    data = b'<<<<<<< HEAD\n{"type": "Multikey"}\n=======\n{"type": "JsonWebKey"}\n>>>>>>> other\n'
    (problem,) = Members("keys/example/2026-01-31-ed25519.json", data).problems
    assert problem.place == Place("keys/example/2026-01-31-ed25519.json", 1, 1)
    assert problem.what == "the file holds the marks of a merge"


def test_anything_else_that_is_no_json_is_told_where_it_goes_wrong() -> None:
    (problem,) = Members("keys/example/2026-01-31-ed25519.json", b'{\n"type" "Multikey"}').problems
    assert (problem.place.line, problem.what) == (2, "this is not JSON: expecting ':' delimiter")
