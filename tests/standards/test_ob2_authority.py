"""What an issuer's document says about an assertion, by itself."""

import pytest

from badgesite.standards.ob2_authority import kind_of, revocation_findings, scope_findings

PLACE = "https://badges.example.org/issuer.json"


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"verification": {"type": "HostedBadge"}}, "hosted"),
        ({"verification": [{"type": ["hosted"]}]}, "hosted"),
        ({"verify": {"type": "hosted"}}, "hosted"),
        ({"verification": {"type": "signed"}}, "signed"),
        ({"verification": {"type": ["signed", "hosted"]}}, ""),
        ({"verification": [{"type": "signed"}, {"type": "hosted"}]}, ""),
        ({"verification": None, "verify": {"type": "hosted"}}, ""),
        ({"verification": "hosted"}, ""),
        ({}, ""),
    ],
)
def test_a_document_says_how_it_is_verified_in_one_way(document: dict[str, object], kind: str) -> None:
    assert kind_of(document) == kind


@pytest.mark.parametrize(
    ("address", "rules", "found"),
    [
        ("https://badges.example.org/a/1", None, 0),
        ("https://badges.example.org/a/1", {"startsWith": "https://badges.example.org/a/"}, 0),
        ("https://badges.example.org/a/../b", {"startsWith": "https://badges.example.org/a/"}, 1),
        ("https://badges.example.org/a/%2e%2E/b", {"startsWith": "https://badges.example.org/a/"}, 1),
        ("https://other.example/1", None, 1),
        ("https://other.example/1", {"allowedOrigins": ["a.example", "other.example"]}, 0),
        ("https://badges.example.org:8443/1", None, 1),
        ("https://badges.example.org@other.example/1", None, 1),
        ("https://[x", None, 1),
        (None, None, 1),
        ("https://badges.example.org/1", {"startsWith": [None]}, 1),
    ],
)
def test_an_issuer_awards_where_it_says_or_else_where_it_is(address: object, rules: object, found: int) -> None:
    issuer = {"id": "_:b0", "verification": rules}
    assert [each.rule for each in scope_findings({"id": address}, issuer, PLACE)] == ["scope"] * found


@pytest.mark.parametrize(
    ("document", "entry", "revoked"),
    [
        ({"id": "a"}, "a", True),
        ({"id": "a"}, {"id": "a"}, True),
        ({"id": "a"}, {"uid": "a"}, True),
        ({"id": "a", "uid": "7"}, {"uid": "7"}, True),
        ({"id": "a", "uid": "7"}, {"id": ["a"]}, True),
        ({"id": "a", "uid": "7"}, {"id": "b", "uid": "8"}, False),
        ({}, {"id": "b"}, False),
        ({"uid": ""}, {"uid": ""}, False),
    ],
)
def test_a_list_names_an_award_by_its_id_or_its_uid(document: dict[str, object], entry: object, revoked: bool) -> None:
    assert bool([*revocation_findings(document, {"revokedAssertions": [7, entry]})]) == revoked
