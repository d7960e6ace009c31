"""Signed Open Badges 2.0: the key counts only if the issuer publishes it, and it names the issuer."""

import hmac
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from badgesite.crypto.encoding import base64url
from badgesite.errors import FetchError
from badgesite.verify.report import Answer, Step
from tests.verify.badges import ASSERTION, HOST, World, written
from tests.verify.ob2.worlds import ISSUER, KEY, assertion, files, outcome, pem, reported, signed, told

AWARD = assertion(
    id="urn:uuid:5c3ee3ac-4d4b-4c84-a7a4-4f6f3d2b9f11",
    uid="7",
    verification={"type": "SignedBadge", "creator": KEY},
)


@pytest.mark.parametrize(
    "award",
    [
        AWARD,
        {**AWARD, "id": ASSERTION},
        {**AWARD, "verification": {"type": "signed"}},
        {**AWARD, "verification": {"type": "signed", "creator": {"id": KEY}}},
        {("verify" if name == "verification" else name): value for name, value in AWARD.items()},
    ],
)
def test_a_badge_signed_by_its_issuer_is_valid(award: dict[str, object]) -> None:
    report = reported(signed(award), World(files()))
    assert report.answer == "valid", report.checks
    assert "badges.example.org" in told(report, "genuine").words


def test_the_host_of_a_signed_badge_is_the_one_that_serves_its_issuer_and_not_the_one_in_its_id() -> None:
    report = reported(signed({**AWARD, "id": "https://good.example.net/awards/1.json"}), World(files()))
    assert (report.answer, report.subject.domain) == ("valid", "badges.example.org")
    assert told(report, "issuer").words.startswith("badges.example.org publishes its issuer; ")


def test_a_key_within_its_issuer_is_published_where_the_issuer_is() -> None:
    inside = {"id": "https://good.example.net/key.json", "owner": ISSUER, "publicKeyPem": pem()}
    award = {**AWARD, "verification": {"type": "signed", "creator": inside["id"]}}
    report = reported(signed(award), World(files(issuer={"publicKey": inside})))
    assert told(report, "genuine").words.endswith("publishes at badges.example.org")


@pytest.mark.parametrize("name", ["https://[x", "", None, 7, "https://["])
def test_an_id_that_is_no_address_ends_in_a_report(name: object) -> None:
    award = {**AWARD, "id": name, "verification": {"type": "HostedBadge"}}
    assert outcome(reported(signed(award), World(files())), "genuine") == ("failed", "proof")


def test_a_key_may_stand_within_its_issuer() -> None:
    inside = {"id": KEY, "type": "CryptographicKey", "owner": ISSUER, "publicKeyPem": pem()}
    world = World(files(issuer={"publicKey": inside}))
    assert outcome(reported(signed(AWARD), world), "genuine") == ("passed", "")


@pytest.mark.parametrize(
    ("changed", "answer", "step", "code"),
    [
        ({"issuer": {"publicKey": None}}, "invalid", "genuine", "key"),
        ({"issuer": {"publicKey": f"{HOST}/another.json"}}, "invalid", "genuine", "key"),
        ({"key": {"owner": f"{HOST}/another.json"}}, "invalid", "genuine", "key"),
        (
            {"key": {"publicKeyPem": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"}},
            "invalid",
            "genuine",
            "key",
        ),
        ({"key": FetchError(KEY, "missing", "no such file")}, "invalid", "genuine", "key"),
        ({"key": FetchError(KEY, "unreachable", "timeout")}, "unknown", "genuine", "key"),
        ({"key": b"[]"}, "invalid", "genuine", "key"),
        ({"issuer": FetchError(ISSUER, "unreachable", "timeout")}, "unknown", "genuine", "key"),
        ({"issuer": FetchError(ISSUER, "missing", "no such file")}, "invalid", "genuine", "key"),
        ({"badge": {"issuer": 7}}, "invalid", "genuine", "key"),
        ({"revocations": {"revokedAssertions": [AWARD["id"]]}}, "revoked", "revocation", "revoked"),
        ({"revocations": {"revokedAssertions": [{"uid": AWARD["id"]}]}}, "revoked", "revocation", "revoked"),
        (
            {"revocations": {"revokedAssertions": [{"id": f"{HOST}/1", "uid": "7"}]}},
            "revoked",
            "revocation",
            "revoked",
        ),
    ],
)
def test_what_the_issuer_publishes_decides(changed: dict[str, object], answer: Answer, step: Step, code: str) -> None:
    report = reported(signed(AWARD), World(files(**changed)))
    assert (report.answer, told(report, step).code) == (answer, code)


def test_a_token_of_another_key_is_not_genuine() -> None:
    other = generate_private_key(65537, 2048)
    report = reported(signed(AWARD, by=other), World(files()))
    assert (report.answer, outcome(report, "genuine")) == ("invalid", ("failed", "signature"))


def test_a_changed_token_is_not_genuine() -> None:
    header, _, signature = signed(AWARD).split(b".")
    forged = b".".join((header, base64url(written({**AWARD, "narrative": "With honours"})).encode(), signature))
    assert outcome(reported(forged, World(files())), "genuine") == ("failed", "signature")


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "ES256"}, {"alg": "RS1"}, {}])
def test_an_algorithm_that_is_not_the_keys_is_refused(header: dict[str, object]) -> None:
    assert outcome(reported(signed(AWARD, header), World(files())), "genuine") == ("failed", "algorithm")


def test_a_token_without_a_signature_is_refused_whoever_may_have_issued_it() -> None:
    assert outcome(reported(signed(AWARD, {"alg": "none"}), World({})), "genuine") == ("failed", "algorithm")


def test_a_public_key_is_no_secret_to_sign_with() -> None:
    data = b".".join(base64url(written(each)).encode() for each in ({"alg": "HS256"}, AWARD))
    mac = base64url(hmac.digest(pem().encode(), data, sha256)).encode()
    assert outcome(reported(data + b"." + mac, World(files())), "genuine") == ("failed", "algorithm")


def test_a_signed_badge_that_says_it_is_hosted_proves_nothing() -> None:
    report = reported(signed({**AWARD, "verification": {"type": "HostedBadge"}}), World(files()))
    assert outcome(report, "genuine") == ("failed", "proof")
