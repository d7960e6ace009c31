import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.standards.ob2_checks import check_assertion, check_hosted, check_recipient, check_revocation_list

VECTORS = Path(__file__).parent.parent / "vectors" / "ob2"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n"
Bundle = Mapping[str, Any]


def a_vector(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def patched(value: Any, change: Any) -> Any:
    """`value` with a change merged into it: null takes a key away (RFC 7396)."""
    if not isinstance(change, dict):
        return change
    merged = dict(value) if isinstance(value, dict) else {}
    for key, new in change.items():
        merged.pop(key, None)
        if new is not None:
            merged[key] = patched(value.get(key) if isinstance(value, dict) else None, new)
    return merged


SOUND: Bundle = a_vector("sound")
ADDRESS = next(iter(SOUND["served"]))


def served(bundle: Bundle, address: str) -> Mapping[str, object] | bytes | None:
    if address in bundle["pictures"]:
        return PNG
    document = bundle["served"].get(address)
    return None if document is None else json.dumps(document).encode()


def test_a_sound_award_has_no_findings() -> None:
    assert check_hosted(ADDRESS, fetch=lambda address: served(SOUND, address), now=NOW) == ()


@pytest.mark.parametrize("name", sorted(path.stem for path in VECTORS.glob("*.json") if path.stem != "sound"))
def test_what_is_wrong_is_found(name: str) -> None:
    vector = a_vector(name)
    bundle = patched(SOUND, vector["change"])
    found = check_hosted(ADDRESS, fetch=lambda address: served(bundle, address), now=NOW)
    for severity in ("error", "warning"):
        assert sorted(each.rule for each in found if each.severity == severity) == vector[severity], found
    assert name.startswith("refused-" if vector["error"] else "warned-")


def test_an_address_where_nothing_is_served_is_told() -> None:
    (found,) = check_hosted(ADDRESS, fetch=lambda address: b"<html>", now=NOW)
    assert str(found) == f"{ADDRESS}: no document is served there"


def test_the_older_name_of_verification_is_read() -> None:
    bundle = patched(SOUND, {"served": {ADDRESS: {"verification": None, "verify": {"type": "hosted"}}}})
    assert check_hosted(ADDRESS, fetch=lambda address: served(bundle, address), now=NOW) == ()


def test_an_embedded_badge_counts_for_nothing_beside_the_hosted_one() -> None:
    badge = SOUND["served"][ADDRESS]["badge"]
    document = {**SOUND["served"][ADDRESS], "badge": {"type": "BadgeClass", "id": badge, "name": "Something grander"}}
    assert check_assertion(document, fetch=lambda address: served(SOUND, address), now=NOW) == ()


def test_a_document_that_moved_is_a_warning_as_long_as_its_id_is_served() -> None:
    badge = SOUND["served"][ADDRESS]["badge"]
    moved = "https://old.example.org/badge.json"
    change = {ADDRESS: {"badge": moved}, moved: SOUND["served"][badge]}
    bundle = patched(SOUND, {"served": change})
    (found,) = check_hosted(ADDRESS, fetch=lambda address: served(bundle, address), now=NOW)
    assert (found.rule, found.severity) == ("id", "warning")


def test_a_list_of_revocations_is_checked_by_itself() -> None:
    address = "https://badges.example.org/issuers/i/revocations.json"
    document = SOUND["served"][address]
    assert check_revocation_list(document, served_at=address) == ()
    assert [each.rule for each in check_revocation_list(document, served_at=ADDRESS)] == ["id"]


@pytest.mark.parametrize("address", ["ada@example.org", " Ada@Example.org\n"], ids=["as hashed", "as typed"])
def test_the_holder_is_known_by_their_address(address: str) -> None:
    assert check_recipient(SOUND["served"][ADDRESS], address) == ()


def test_another_address_is_not_the_holders() -> None:
    assert [each.rule for each in check_recipient(SOUND["served"][ADDRESS], "bruno@example.org")] == ["holder"]
    plain = {"recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"}}
    assert check_recipient(plain, "ada@example.org") == ()
    assert check_recipient({}, "ada@example.org") != ()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([ADDRESS, "Issuer", "Extension"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "name"]), inner),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=150)
def test_no_document_however_odd_ends_in_a_traceback(data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(sorted(SOUND["served"])))
    name = data.draw(st.sampled_from(sorted(SOUND["served"][address])))
    odd = {**SOUND["served"][address], name: data.draw(_JSON)}
    bundle = {**SOUND, "served": {**SOUND["served"], address: odd}}
    check_hosted(ADDRESS, fetch=lambda wanted: served(bundle, wanted), now=NOW)
