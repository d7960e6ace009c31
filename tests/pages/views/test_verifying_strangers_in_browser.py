"""The verify page with badges of others: foreign, forged, hosted elsewhere, out of reach, and hostile ones."""

import base64
import gzip
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from badgesite.crypto.encoding import multikey
from tests.pages import strangers
from tests.pages.strangers import DID, HOST, KEYS, base64url, credential, hosted, jwk, token
from tests.pages.web import Desk, Web
from tests.signing import BASE

Site = dict[str, bytes]
Open = Callable[..., Desk]
OURS = "did:web:badges.example.edu:issuers:example"
LIST = f"{HOST}list"


def _key_files(**changes: object) -> Site:
    document = {**json.loads(strangers.files()[strangers.DID_DOCUMENT]), **changes}
    return {strangers.DID_DOCUMENT: json.dumps(document).encode()}


@pytest.mark.parametrize("alg", ["ES256", "RS256", "EdDSA"])
def test_a_valid_token_of_another_institution_is_valid_and_foreign(desk: Desk, alg: str) -> None:
    (report,) = desk.put(token(credential(), alg))
    assert (report["answer"], report["headline"]) == ("valid", "Valid, and not of this site")
    assert report["steps"]["issuer"] == "passed"
    assert (
        "other.example.org publishes it; the issuer names a web site at www.college.example, which is another host"
        in report["text"]
    )
    assert desk.web.hosts() == {"badges.example.edu", "other.example.org"}


def test_a_badge_of_a_time_to_come_is_not_valid_yet(desk: Desk) -> None:
    (report,) = desk.put(token(credential(validFrom="2031-01-01T00:00:00Z", nbf=1924992000)))
    assert (report["answer"], report["headline"]) == ("early", "Not valid yet")
    assert "it is not valid before 1 January 2031" in report["text"]


def test_a_credential_of_the_older_data_model_is_read_too(desk: Desk) -> None:
    document = credential(validFrom=None, iss=None, jti=None, nbf=None, sub=None, id=None)
    document["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    claims = {"iss": DID, "jti": f"{HOST}c", "nbf": 1672531200, "exp": 1700000000, "vc": document}
    (report,) = desk.put(token(claims))
    assert (report["answer"], report["steps"]["genuine"]) == ("expired", "passed")


def test_a_proof_that_is_not_checked_here_says_so_with_the_command_that_can(desk: Desk) -> None:
    proof = {"type": "DataIntegrityProof", "verificationMethod": f"{DID}#EdDSA", "proofValue": "z3"}
    document = credential(iss=None, jti=None, nbf=None, sub=None, proof=proof)
    (report,) = desk.put(json.dumps(document).encode())
    assert (report["answer"], report["headline"]) == ("unknown", "Not known")
    assert report["steps"]["genuine"] == "unchecked proof"
    assert report["steps"]["issuer"] == "passed"
    assert "What is not checked here, badgesite checks on a computer: badgesite verify FILE" in report["text"]
    document["proof"]["verificationMethod"] = f"{DID}#other"
    assert desk.put(json.dumps(document).encode())[0]["steps"]["genuine"] == "failed key"
    del document["proof"]
    assert desk.put(json.dumps(document).encode())[0]["steps"]["genuine"] == "failed proof"


def _confused() -> bytes:
    """HS256 whose secret is the public key, which anyone has."""
    public = KEYS["RS256"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body, _ = token(credential(), "RS256").decode().split(".")
    head = base64url(json.dumps({"alg": "HS256", "kid": f"{DID}#RS256", "typ": "JWT"}).encode())
    mark = hmac.new(public, f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{base64url(mark)}".encode()


def _unsigned() -> bytes:
    head = base64url(json.dumps({"alg": "none", "kid": f"{DID}#ES256", "typ": "JWT"}).encode())
    return f"{head}.{base64url(json.dumps(credential()).encode())}.".encode()


THEIRS = ec.generate_private_key(ec.SECP256R1())
AS_US = credential(issuer={"id": OURS, "type": ["Profile"]}, iss=OURS)
FORGED: list[tuple[str, bytes, str]] = [
    ("none", _unsigned(), "algorithm"),
    ("a secret that everybody has", _confused(), "algorithm"),
    ("another algorithm than the key's", token(credential(), "RS256", kid=f"{DID}#ES256"), "algorithm"),
    ("a critical member", token(credential(), crit=["exp"]), "algorithm"),
    ("another key by the same name", token(credential(), key=THEIRS), "signature"),
    ("a key that came along", token(credential(), key=THEIRS, kid=None, jwk=jwk(THEIRS)), "key"),
    ("a key elsewhere", token(AS_US), "issuer"),
    ("a key of nobody", token(credential(), kid=f"{DID}#nobody"), "key"),
    ("no name of a key", token(credential(), kid=None), "key"),
    ("an issuer that claims to be us", token(AS_US, kid=f"{OURS}#ES256"), "key"),
    ("another id than the token's", token(credential(jti=f"{HOST}other")), "proof"),
    ("another issuer than the token's", token(credential(iss=OURS)), "issuer"),
    ("another end than the token's", token(credential(validUntil="2030-01-01T00:00:00Z", exp=5)), "proof"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), [case[1:] for case in FORGED], ids=[case[0] for case in FORGED])
def test_a_forged_token_is_not_genuine(desk: Desk, data: bytes, code: str) -> None:
    (report,) = desk.put(data)
    assert (report["answer"], report["headline"]) == ("invalid", "Not genuine")
    assert report["steps"]["issuer" if code == "issuer" else "genuine"] == f"failed {code}"


@pytest.mark.parametrize(
    "changes",
    [
        {"assertionMethod": []},
        {"id": OURS},
        {"assertionMethod": [f"{DID}#EdDSA"], "authentication": [f"{DID}#ES256"]},
    ],
    ids=["no key", "another document", "a key for logging in"],
)
def test_only_a_key_that_the_issuer_publishes_for_signing_counts(
    opened: Open, site: Site, changes: dict[str, object]
) -> None:
    (report,) = opened(Web({**site, **_key_files(**changes)})).put(token(credential()))
    assert "failed key" in (report["steps"]["genuine"], report["steps"].get("issuer", "").replace("issuer", "key"))
    assert report["headline"] == "Not genuine"


def test_a_key_that_came_along_counts_if_the_issuer_publishes_it(desk: Desk) -> None:
    (report,) = desk.put(token(credential(), kid=None, jwk=jwk(KEYS["ES256"])))
    assert report["answer"] == "valid"


def _as(issuer: str, **changes: object) -> dict[str, Any]:
    return credential(issuer={"id": issuer, "type": ["Profile"]}, iss=issuer, **changes)


def test_an_issuer_that_is_only_a_key_has_no_domain_behind_it(desk: Desk) -> None:
    ed = KEYS["EdDSA"].public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    point = KEYS["ES256"].public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    by_jwk = f"did:jwk:{base64url(json.dumps(jwk(KEYS['RS256'])).encode())}"
    cases = [(f"did:key:{multikey(ed)}", "EdDSA"), (f"did:key:{_p256(point)}", "ES256"), (by_jwk, "RS256")]
    for did, alg in cases:
        fragment = "0" if did == by_jwk else did.rpartition(":")[2]
        (report,) = desk.put(token(_as(did), alg, kid=f"{did}#{fragment}"))
        assert report["steps"]["genuine"] == "passed", did
        assert (report["answer"], report["steps"]["issuer"]) == ("unknown", "unchecked domain")
        assert "no domain stands for it" in report["text"]


def _p256(point: bytes) -> str:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(b"\x80\x24" + point, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return f"z{text}"


def test_an_issuer_may_be_a_web_address_with_its_key_beside_it(opened: Open, site: Site) -> None:
    key = json.dumps(jwk(KEYS["ES256"])).encode()
    issuer = f"{HOST}issuer.json"
    profile = json.dumps({"id": issuer, "assertionMethod": [f"{HOST}key.json"]}).encode()
    keys = {f"{HOST}key.json": key, f"{HOST}~eve/key.json": key, "https://third.example.org/key.json": key}
    desk = opened(Web({**site, **keys, issuer: profile}))
    assert desk.put(token(_as(issuer), kid=f"{HOST}key.json"))[0]["headline"] == "Valid, and not of this site"
    report = desk.put(token(_as(issuer), kid=f"{HOST}~eve/key.json"))[0]
    assert (report["answer"], report["steps"]["issuer"]) == ("unknown", "unchecked domain")
    assert "the issuer's own document there does not name it" in report["text"]
    report = desk.put(token(_as(issuer), kid="https://third.example.org/key.json"))[0]
    assert report["steps"]["issuer"] == "failed issuer"


def listed(**changes: object) -> dict[str, Any]:
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListCredential": LIST}
    return credential(credentialStatus={**entry, "statusListIndex": "9", **changes})


def status(bits: bytes = bytes(16_384), **changes: object) -> dict[str, Any]:
    packed = "u" + base64url(gzip.compress(bits, mtime=0))
    subject = {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": packed, **changes}
    kinds = ["VerifiableCredential", "BitstringStatusListCredential"]
    return {"id": LIST, "type": kinds, "issuer": DID, "credentialSubject": subject}


SET = bytes([0, 0b01000000]) + bytes(16_382)
PROOF = {"proof": {"type": "DataIntegrityProof", "verificationMethod": f"{DID}#EdDSA", "proofValue": "z3"}}
LISTS: list[tuple[str, bytes, dict[str, object], str]] = [
    ("not set", token(status()), {}, "passed"),
    ("set", token(status(SET)), {}, "failed revoked"),
    ("the place beside it", token(status(SET)), {"statusListIndex": "8"}, "passed"),
    ("JSON, not set", json.dumps(status() | PROOF).encode(), {}, "unchecked status"),
    ("JSON that nobody signed", json.dumps(status(SET)).encode(), {}, "failed status"),
    ("of another issuer", token({**status(), "issuer": OURS}), {}, "failed status"),
    ("signed by another", token(status(), key=THEIRS), {}, "failed status"),
    ("about something else", token(status(statusPurpose="message")), {}, "failed status"),
    ("a credential of another kind", token({**status(), "type": ["VerifiableCredential"]}), {}, "failed status"),
    ("too short", token(status(bytes(100))), {}, "failed status"),
    ("a flood", token(status(bytes(2**25))), {}, "failed status"),
    ("no list", b"<html>", {}, "failed status"),
    ("of long ago", token({**status(), "validUntil": "2024-01-01T00:00:00Z"}), {}, "failed status"),
    ("a place that is not there", token(status()), {"statusListIndex": "131072"}, "failed status"),
    ("a place that is no number", token(status()), {"statusListIndex": "x"}, "failed status"),
    ("a kind that nobody knows", token(status()), {"type": "Other"}, "unchecked status"),
    ("suspended", token(status(SET, statusPurpose="suspension")), {"statusPurpose": "suspension"}, "failed revoked"),
]  # fmt: skip


@pytest.mark.parametrize(("served", "entry", "outcome"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_a_status_list_counts_only_if_it_is_whole_signed_and_its_issuers(
    opened: Open, site: Site, served: bytes, entry: dict[str, object], outcome: str
) -> None:
    desk = opened(Web({**site, **strangers.files(), LIST: served}))
    (report,) = desk.put(token(listed(**entry)))
    assert report["steps"]["revocation"] == outcome
    assert report["steps"]["genuine"] == "passed"


def test_a_list_whose_signature_is_not_checked_here_is_believed_when_it_revokes(opened: Open, site: Site) -> None:
    desk = opened(Web({**site, **strangers.files(), LIST: json.dumps(status(SET) | PROOF).encode()}))
    (report,) = desk.put(token(listed()))
    assert (report["answer"], report["steps"]["revocation"]) == ("revoked", "failed revoked")
    assert "its signature is not checked here" in report["text"]


def test_a_host_that_does_not_answer_leaves_the_answer_open(opened: Open, site: Site) -> None:
    (report,) = opened(Web(site)).put(token(credential()))
    assert (report["answer"], report["headline"]) == ("unknown", "Not known")
    assert report["steps"]["genuine"] == "unchecked key"
    assert "other.example.org does not answer" in report["text"]
    (report,) = opened(Web({**site, **strangers.files()})).put(token(listed()))
    assert report["steps"]["revocation"] == "failed status"  # the host is there, and its list is not


def test_a_computer_without_a_network_is_told_so(desk: Desk) -> None:
    desk.page.context.set_offline(True)
    (report,) = desk.put(token(credential()))
    assert report["answer"] == "unknown"
    assert "not connected to the internet" in report["text"]


def test_a_browser_without_ed25519_says_that_it_was_not_checked(opened: Open, site: Site) -> None:
    desk = opened(Web({**site, **strangers.files()}))
    desk.page.evaluate(
        """() => {
          const right = crypto.subtle.importKey.bind(crypto.subtle);
          crypto.subtle.importKey = (format, key, way, ...rest) => way.name === "Ed25519"
            ? Promise.reject(new DOMException("no", "NotSupportedError")) : right(format, key, way, ...rest);
        }"""
    )
    (report,) = desk.put(token(credential(), "EdDSA"))
    assert (report["answer"], report["steps"]["genuine"]) == ("unknown", "unchecked algorithm")
    assert "Ed25519" in report["text"]
    assert "badgesite verify FILE" in report["text"]


@pytest.mark.parametrize(
    "address",
    [
        "https://169.254.169.254/latest",
        "https://localhost/x",
        "https://[::1]/x",
        "http://other.example.org/assertion.json",
    ],
)
def test_no_badge_makes_the_browser_knock_at_private_or_open_doors(desk: Desk, address: str) -> None:
    before = len(desk.web.told)
    document = {**hosted().assertion, "id": address}
    (report,) = desk.put(json.dumps(document).encode())
    assert report["answer"] == "invalid"
    assert report["steps"]["hosted"] == "failed hosted"
    assert len(desk.web.told) == before


@pytest.mark.parametrize("path", ["//evil.example.net/x", "../../x", "\\\\evil.example.net\\x"])
def test_no_address_of_ours_leads_elsewhere(desk: Desk, path: str) -> None:
    document = {**hosted().assertion, "id": BASE + path}
    (report,) = desk.put(json.dumps(document).encode())
    assert report["answer"] == "invalid"
    assert desk.web.hosts() == {"badges.example.edu"}


def test_an_endorsement_inside_that_nobody_signed_does_not_hold(desk: Desk) -> None:
    (report,) = desk.put(token(credential(endorsement=[{"type": ["EndorsementCredential"]}])))
    assert report["steps"]["endorsements"] == "failed endorsement"
    assert report["answer"] == "invalid"


@pytest.mark.parametrize("name", ["@context", "type", "credentialSubject"])
def test_a_credential_without_its_bones_is_not_valid(desk: Desk, name: str) -> None:
    changed = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]}
    value = changed.get(name) or {**credential()["credentialSubject"], "achievement": {"type": ["Achievement"]}}
    (report,) = desk.put(token(credential(**{name: value})))
    assert (report["headline"], report["steps"]["schema"]) == ("Not valid", "failed schema")


def test_what_a_badge_says_is_shown_as_text(desk: Desk) -> None:
    name = "<img src=x onerror=alert(1)><b>Eva</b>"
    subject = credential()["credentialSubject"]
    document = credential(credentialSubject={**subject, "achievement": {**subject["achievement"], "name": name}})
    (report,) = desk.put(token(document))
    assert name in report["text"]
    assert desk.page.locator(".report img, .report b").count() == 0


def test_a_token_has_one_spelling(desk: Desk) -> None:
    head, body, mark = token(credential()).decode().split(".")
    padded = base64.urlsafe_b64encode(base64.urlsafe_b64decode(mark + "==")).decode()
    for text in (f"{head}.{body}.{padded}", f"{head}.{body}.{mark} ."):
        assert desk.put(text.encode())[0]["headline"] == "Not a badge that can be read"
