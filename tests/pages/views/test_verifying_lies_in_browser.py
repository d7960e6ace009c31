"""The verify page with badges that say one thing where it is looked at, and another where it is not."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.pages import strangers
from tests.pages.strangers import DID_DOCUMENT, HOST, KEYS, credential, hosted, token
from tests.pages.views.test_verifying_strangers_in_browser import LIST, listed, status
from tests.pages.web import Desk, Web

Site = dict[str, bytes]
Open = Callable[..., Desk]
Lie = tuple[bytes, Site, str, str, str]
PAST = 1600000000
THIRD = "https://third.example.org/"
BACK = "did:web:other.example.org:a:%2e%2e"
UID = "urn:uuid:5c4f9a5e-6b0a-4a0e-9f0f-1d1f0b8f9c11"


def signed_of_2(verification: dict[str, str] | None = None, owner: str = "", **changes: object) -> tuple[bytes, Site]:
    """A signed badge of Open Badges 2.0, and what its issuer publishes; the list of revoked ones is of `owner`."""
    right = hosted()
    pem = KEYS["RS256"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    context = {"@context": "https://w3id.org/openbadges/v2"}
    key = {**context, "id": f"{HOST}key.json", "type": "CryptographicKey", "owner": right.issuer["id"]}
    badge = replace(
        right,
        issuer={**right.issuer, "publicKey": key["id"]},
        revocations={**right.revocations, "issuer": owner or right.issuer["id"]},
    )
    claims = {**right.assertion, "id": UID, "verification": verification or {"type": "SignedBadge"}}
    header = changes.pop("header", {})
    assert isinstance(header, dict)
    files = {**badge.files(), key["id"]: json.dumps({**key, "publicKeyPem": pem}).encode()}
    return token({**claims, **changes}, "RS256", kid=None, typ=None, **header), files


def _copied(**changes: object) -> tuple[bytes, Site]:
    """A copy of a hosted badge that says something else than its host."""
    return json.dumps({**hosted().assertion, **changes}).encode(), hosted().files()


def _served(**changes: object) -> tuple[bytes, Site]:
    """A badge whose host says it too."""
    badge = replace(hosted(), assertion={**hosted().assertion, **changes})
    return json.dumps(badge.assertion).encode(), badge.files()


def _elsewhere(**changes: object) -> tuple[bytes, Site]:
    """A badge that stands at another host than its issuer's."""
    return _served(id=f"{THIRD}assertion.json", **changes)


def _signed(**changes: object) -> tuple[bytes, Site]:
    return token(credential(**changes)), strangers.files()


def _listed(**changes: object) -> tuple[bytes, Site]:
    return token(listed()), {**strangers.files(), LIST: token({**status(), **changes})}


WITHIN = {**hosted().badge, "issuer": hosted().issuer}
CONTEXTS = credential()["@context"]
OF_THE_SITE = {"type": "SignedBadge", "creator": f"{HOST}key.json"}
LIES: dict[str, Lie] = {
    "a token past its end": (*_signed(exp=PAST), "expired", "dates", "failed expired"),
    "an end by its older name": (
        *_signed(expirationDate="2020-01-01T00:00:00Z"), "invalid", "dates", "failed expired"
    ),
    "a day that no month has": (
        *_signed(validFrom="2023-02-31T00:00:00Z", nbf=None), "invalid", "dates", "failed dates"
    ),
    "a context of nobody": (
        *_signed(**{"@context": [*CONTEXTS, f"{THIRD}context"]}), "invalid", "schema", "failed context"
    ),
    "a context of its own": (
        *_signed(**{"@context": [*CONTEXTS, {"a": "b:c"}]}), "invalid", "schema", "failed context"
    ),
    "an old context": (
        *_signed(**{"@context": [CONTEXTS[0], "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.0.json"]}),
        "valid", "schema", "passed",
    ),
    "signed, and revoked by itself": (*signed_of_2(revoked=True), "revoked", "revocation", "failed revoked"),
    "signed, with the list of another": (*signed_of_2(owner=f"{THIRD}i"), "invalid", "revocation", "failed status"),
    "signed, and said to be hosted": (*signed_of_2({"type": "HostedBadge"}), "invalid", "genuine", "failed proof"),
    "signed, with its text unencoded": (*signed_of_2(header={"b64": False}), "invalid", "genuine", "failed algorithm"),
    "a copy whose badge has another name": (
        *_copied(badge={**WITHIN, "name": "Flying"}), "invalid", "genuine", "failed mismatch"
    ),
    "a copy whose issuer has another name": (
        *_copied(badge={**WITHIN, "issuer": {**hosted().issuer, "name": "Great College"}}),
        "invalid", "genuine", "failed mismatch",
    ),
    "a copy that has its badge whole": (*_copied(badge=WITHIN), "valid", "genuine", "passed"),
}  # fmt: skip
MENDED: dict[str, Lie] = {
    "a list whose token is over": (*_listed(exp=PAST), "invalid", "revocation", "failed status"),
    "a copy with evidence that has an issuer": (
        *_copied(evidence={"issuer": "x", "narrative": "Forged."}), "invalid", "genuine", "failed mismatch"
    ),
    "a copy whose badge has other tags": (
        *_copied(badge={**WITHIN, "tags": ["surgery"]}), "invalid", "genuine", "failed mismatch"
    ),
    "served, and said to be signed": (*_served(verification=OF_THE_SITE), "invalid", "genuine", "failed proof"),
    "elsewhere, and said to be signed": (*_elsewhere(verification=OF_THE_SITE), "invalid", "issuer", "failed scope"),
    "revoked by its uid": (
        json.dumps(hosted().assertion | {"uid": "abc"}).encode(),
        replace(
            hosted(),
            assertion=hosted().assertion | {"uid": "abc"},
            revocations=hosted().revocations | {"revokedAssertions": [{"uid": "abc"}]},
        ).files(),
        "revoked", "revocation", "failed revoked",
    ),
    "a path that goes back by dots": (
        *_served(id=f"{HOST}awards/%2e%2e/eve.json"), "invalid", "hosted", "failed hosted"
    ),
    "an issuer whose path goes back by dots": (
        token(credential(issuer=BACK, iss=BACK), kid=f"{BACK}#ES256"),
        strangers.files(), "invalid", "genuine", "failed key",
    ),
}  # fmt: skip
"""Those that the command has been taught as well."""


@pytest.mark.parametrize("name", [*LIES, *MENDED])
def test_what_is_said_beside_the_point_counts_as_well(opened: Open, site: Site, name: str) -> None:
    data, files, answer, step, outcome = {**LIES, **MENDED}[name]
    (report,) = opened(Web({**site, **files})).put(data)
    assert (report["answer"], report["steps"][step]) == (answer, outcome), report["text"]


MOVED: dict[str, tuple[bytes, Site, str, str, str]] = {
    "the award": (*_served(), f"{HOST}assertion.json", "hosted", "failed hosted"),
    "the badge": (*_served(), f"{HOST}badge.json", "issuer", "failed issuer"),
    "the issuer": (*_served(), f"{HOST}issuer.json", "issuer", "failed issuer"),
    "the revoked": (*_served(), f"{HOST}revoked.json", "revocation", "failed status"),
    "the keys": (*_signed(), DID_DOCUMENT, "genuine", "failed key"),
    "the status list": (*_listed(), LIST, "revocation", "failed status"),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVED)
def test_a_host_does_not_speak_by_what_another_one_serves(opened: Open, site: Site, name: str) -> None:
    data, files, address, step, outcome = MOVED[name]
    there = THIRD + address.removeprefix(HOST)
    web = Web({**site, **files, there: files[address]}, moved={address: there})
    (report,) = opened(web).put(data)
    assert (report["answer"], report["steps"][step]) == ("invalid", outcome)
    assert "other.example.org sends us to third.example.org for this file" in report["text"]
    assert "third.example.org/" in report["files"]
    same = HOST + "moved/" + address.removeprefix(HOST)
    web = Web({**site, **files, same: files[address]}, moved={address: same})
    (report,) = opened(web).put(data)
    assert (report["answer"], report["steps"][step]) == ("valid", "passed")


def test_what_a_visitor_names_may_lie_anywhere_and_private_machines_stay_private(opened: Open, site: Site) -> None:
    data, files = _signed()
    short = {f"{THIRD}7": f"{HOST}7.jwt", f"{THIRD}8": "https://192.168.0.1/7.jwt"}
    desk = opened(Web({**site, **files, f"{HOST}7.jwt": data, "https://192.168.0.1/7.jwt": data}, moved=short))
    assert desk.paste(f"{THIRD}7")[0]["answer"] == "valid"
    assert desk.paste(f"{THIRD}8")[0]["steps"] == {"readable": "failed unreadable"}


def test_a_badge_that_cannot_be_compared_with_an_address_is_not_known_to_be_its_holders(desk: Desk) -> None:
    report: dict[str, Any]
    (report,) = desk.put(token(credential()), email="carla@example.org")
    assert (report["answer"], report["steps"]["recipient"]) == ("unknown", "unchecked")
    (report,) = desk.put(token(credential()))
    assert report["answer"] == "valid"


@pytest.mark.parametrize(
    ("site_of_issuer", "words"),
    [
        ("https://other.example.org", "names a web site at that same host"),
        ("https://www.other.example.org", "which is the same name"),
        ("https://example.org", "other.example.org is a name below example.org"),
        ("https://sub.other.example.org", "a name below other.example.org"),
        ("https://other.example.org:8443", "other.example.org:8443, which is another host"),
        ("nowhere", "make sure that this is whom you expect"),
    ],
)
def test_how_the_host_stands_to_the_issuers_web_site_is_told_and_nothing_more(
    desk: Desk, site_of_issuer: str, words: str
) -> None:
    issuer = {**credential()["issuer"], "url": site_of_issuer}
    (report,) = desk.put(token(credential(issuer=issuer)))
    assert report["steps"]["issuer"] == "passed"
    assert words in report["text"]
