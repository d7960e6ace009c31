"""The verify page with Open Badges 2.0 of others: hosted and signed, sound and not."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.pages import strangers
from tests.pages.strangers import HOST, KEYS, hosted, token
from tests.pages.web import Desk, Web

Site = dict[str, bytes]
Open = Callable[..., Desk]


def _put_hosted(opened: Open, site: Site, badge: strangers.Hosted, copy: object = None, **web: Any) -> dict[str, Any]:
    desk = opened(Web({**site, **badge.files()}, **web))
    (report,) = desk.put(json.dumps(copy or badge.assertion).encode(), email="carla@example.org")
    return report


def test_a_hosted_badge_is_what_its_host_says(opened: Open, site: Site) -> None:
    report = _put_hosted(opened, site, hosted())
    assert (report["answer"], report["headline"]) == ("valid", "Valid, and not of this site")
    assert set(report["steps"].values()) == {"passed"}


def _changed(part: str, **changes: object) -> strangers.Hosted:
    right = hosted()
    return replace(right, **{part: {**getattr(right, part), **changes}})


STARTS = {"type": "VerificationObject", "startsWith": f"{HOST}awards/"}
ORIGIN = {"type": "VerificationObject", "allowedOrigins": ["third.example.org"]}
LISTED = [{"id": f"{HOST}assertion.json", "revocationReason": "Oops"}]
HOSTED: list[tuple[str, strangers.Hosted, str, str, str]] = [
    ("withdrawn", _changed("assertion", revoked=True), "revocation", "failed revoked", "revoked"),
    ("in the list", _changed("revocations", revokedAssertions=LISTED), "revocation", "failed revoked", "revoked"),
    ("expired", _changed("assertion", expires="2024-01-01T00:00:00Z"), "dates", "failed expired", "expired"),
    ("ends too early", _changed("assertion", expires="2022-01-01T00:00:00Z"), "dates", "failed dates", "invalid"),
    ("out of scope", _changed("issuer", verification=STARTS), "issuer", "failed scope", "invalid"),
    ("of another host", _changed("issuer", verification=ORIGIN), "issuer", "failed scope", "invalid"),
    ("without its badge", _changed("assertion", badge=f"{HOST}no.json"), "issuer", "failed issuer", "invalid"),
    ("without a recipient", _changed("assertion", recipient=None), "schema", "failed schema", "invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("badge", "step", "outcome", "answer"), [c[1:] for c in HOSTED], ids=[c[0] for c in HOSTED])
def test_a_hosted_badge_that_is_not_as_it_should_be(
    opened: Open, site: Site, badge: strangers.Hosted, step: str, outcome: str, answer: str
) -> None:
    report = _put_hosted(opened, site, badge, copy=badge.assertion)
    assert (report["answer"], report["steps"][step]) == (answer, outcome)


def test_a_hosted_badge_that_its_host_does_not_have_is_not_genuine_and_one_that_is_gone_is_revoked(
    opened: Open, site: Site
) -> None:
    address = f"{HOST}assertion.json"
    files = {name: data for name, data in hosted().files().items() if name != address}
    desk = opened(Web({**site, **files}))
    (report,) = desk.put(json.dumps(hosted().assertion).encode())
    assert (report["headline"], report["steps"]["hosted"]) == ("Not genuine", "failed hosted")
    report = _put_hosted(opened, site, hosted(), gone=frozenset([address]))
    assert (report["answer"], report["headline"]) == ("revoked", "Revoked")


def test_a_signed_badge_of_open_badges_2_is_checked_by_the_key_of_its_issuer(opened: Open, site: Site) -> None:
    right = hosted()
    pem = KEYS["RS256"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    key = {"id": f"{HOST}key.json", "type": "CryptographicKey", "owner": right.issuer["id"], "publicKeyPem": pem}
    issuer = {**right.issuer, "publicKey": key["id"]}
    signed = {"type": "SignedBadge", "creator": key["id"]}
    claims = {**right.assertion, "id": "urn:uuid:5c4f9a5e-6b0a-4a0e-9f0f-1d1f0b8f9c11", "verification": signed}
    files = {**replace(right, issuer=issuer).files(), key["id"]: json.dumps(key).encode()}
    desk = opened(Web({**site, **files}))
    assert desk.put(token(claims, "RS256", kid=None, typ=None))[0]["answer"] == "valid"
    report = desk.put(token(claims, "ES256", kid=None, typ=None))[0]
    assert (report["headline"], report["steps"]["genuine"]) == ("Not genuine", "failed algorithm")
    assert desk.put(json.dumps(claims).encode())[0]["steps"]["genuine"] == "failed proof"
    files[key["id"]] = json.dumps({**key, "owner": f"{HOST}somebody.json"}).encode()
    report = opened(Web({**site, **files})).put(token(claims, "RS256", kid=None, typ=None))[0]
    assert report["steps"]["genuine"] == "failed key"
