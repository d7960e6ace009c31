"""Whose key it is: only what the issuer publishes counts, wherever a signature points."""

import json
from typing import Any

import pytest

from badgesite.crypto.encoding import base64url, multikey
from badgesite.errors import FetchError, Reason
from badgesite.served import Served
from tests.verify.badges import written
from tests.verify.credentials.issuing import (
    DID,
    DID_JSON,
    EVIL,
    GONE,
    OTHER_PAIR,
    PAIR,
    credential,
    ed25519_method,
    failures,
    keys_of,
    looked,
    method_of,
    p256_jwk,
    signed,
    token,
    told,
    world,
)

KEY, ISSUER = multikey(PAIR.ed25519.public.raw), "https://badges.example.edu/issuers/example"
EVIL_KEY = OTHER_PAIR.ed25519.public.fragment


def by(issuer: str, **profile: Any) -> dict[str, Any]:
    """The small award, of another issuer, that cannot be revoked."""
    return credential(issuer={"id": issuer, "type": ["Profile"], **profile}, credentialStatus=GONE)


def changed(**members: Any) -> dict[str, Any]:
    """The issuer's DID document with other members."""
    return {**keys_of(), **members}


def test_a_key_in_the_issuers_own_document_is_the_issuers() -> None:
    found = looked(signed(credential()))
    assert (found["genuine"].outcome, found["issuer"].outcome) == ("passed", "passed")


@pytest.mark.parametrize(
    ("badge", "failure"),
    [
        (signed(credential(), OTHER_PAIR, method_of(OTHER_PAIR, EVIL)), "issuer issuer"),
        (signed(credential(), OTHER_PAIR, method_of(OTHER_PAIR)), "genuine key"),
        (signed(credential(), OTHER_PAIR, f"did:key:{EVIL_KEY}#{EVIL_KEY}"), "issuer issuer"),
        (token(credential(), OTHER_PAIR, header={"kid": OTHER_PAIR.p256.public.method(EVIL)}), "issuer issuer"),
        (token(credential(), OTHER_PAIR, header={"kid": PAIR.p256.public.method(DID)}), "genuine signature"),
        (token(credential(), OTHER_PAIR, header={"kid": GONE, "jwk": p256_jwk(OTHER_PAIR)}), "genuine key"),
        (token(credential(), OTHER_PAIR, header={"jwk": p256_jwk(OTHER_PAIR)}), "genuine key"),
        (
            token(credential(), OTHER_PAIR, header={"kid": PAIR.p256.public.method(DID), "jwk": p256_jwk(OTHER_PAIR)}),
            "genuine key",
        ),
        (token(credential(), OTHER_PAIR, header={"kid": "https://evil.example.org/key.json"}), "issuer issuer"),
        (token(credential(), header={"kid": GONE}), "genuine key"),
    ],
    ids=[
        "the forger's own DID",
        "a key that the issuer does not have",
        "a did:key",
        "kid of the forger's DID",
        "kid of a key that did not sign",
        "the forger's jwk",
        "the forger's jwk under a kid of the issuer that is not there",
        "the forger's jwk under a kid of the issuer",
        "kid of a forger's web address",
        "no kid",
    ],
)
def test_a_key_that_the_issuer_does_not_publish_proves_nothing(badge: Any, failure: str) -> None:
    assert failures(badge) == [failure]


@pytest.mark.parametrize("kid", [f"{EVIL}#key", "https://evil.example.org/key.json", "https://evil.example.org/#key"])
def test_a_host_that_is_not_the_issuers_is_not_even_asked(kid: str) -> None:
    served = world()
    assert "issuer issuer" in failures(token(credential(), OTHER_PAIR, header={"kid": kid}), served)
    assert [address for address in served.asked if "evil" in address] == []


def test_a_forgers_did_document_that_claims_the_issuers_name_is_not_believed() -> None:
    forged = by(EVIL, name="Example University")
    method = ed25519_method(f"{EVIL}#{EVIL_KEY}", DID, OTHER_PAIR)
    document = {"id": EVIL, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    served = world(**{"https://evil.example.org/.well-known/did.json": document})
    assert failures(signed(forged, OTHER_PAIR), served) == ["issuer issuer"]
    posing = {**document, "id": DID}
    served = world(**{"https://evil.example.org/.well-known/did.json": posing})
    assert failures(signed(forged, OTHER_PAIR), served) == ["issuer issuer"]


@pytest.mark.parametrize(
    ("document", "failure", "words"),
    [
        (changed(assertionMethod=[]), "genuine key", "not as one that may sign badges"),
        (changed(verificationMethod=[]), "genuine key", "does not publish"),
        ({"id": DID}, "genuine key", "or no longer does"),
        (changed(id="did:web:example.org"), "issuer issuer", "says that it is did:web:example.org"),
        (
            {"id": DID, "assertionMethod": [ed25519_method(method_of(), EVIL)]},
            "issuer issuer",
            f"is that of {EVIL}",
        ),
        (
            {"id": DID, "assertionMethod": [ed25519_method(method_of(), DID, OTHER_PAIR)]},
            "genuine key",
            "publishes another key by the name",
        ),
        (
            {"id": DID, "assertionMethod": [{**ed25519_method(method_of(), DID), "revoked": "2024-01-01T00:00:00Z"}]},
            "genuine key",
            "counts for nothing since",
        ),
        (
            {"id": DID, "assertionMethod": [{**ed25519_method(method_of(), DID), "publicKeyJwk": p256_jwk()}]},
            "genuine key",
            "here as 2 of them",
        ),
        (b"<html>", "genuine key", "cannot be read"),
    ],
    ids=[
        "not for badges",
        "no longer there",
        "empty",
        "another document",
        "another controller",
        "another key",
        "revoked there",
        "two keys in one",
        "a page",
    ],
)
def test_what_the_issuer_publishes_decides(document: object, failure: str, words: str) -> None:
    served = world(**{DID_JSON: document})
    assert failures(signed(credential(credentialStatus=GONE)), served) == [failure]
    step = "genuine" if failure.startswith("genuine") else "issuer"
    found = looked(signed(credential(credentialStatus=GONE)), served)
    assert words in next(check.words for name, check in found.items() if name == step)


def test_a_did_document_may_write_names_from_its_own_id_on_and_keys_where_they_are_used() -> None:
    method = ed25519_method(f"#{KEY}", DID)
    assert failures(signed(credential()), world(**{DID_JSON: {"id": DID, "assertionMethod": [method]}})) == []
    document = {"id": DID, "verificationMethod": [method], "assertionMethod": [f"#{KEY}"]}
    assert failures(signed(credential()), world(**{DID_JSON: document})) == []


@pytest.mark.parametrize(
    ("reason", "outcome", "out_of_reach"),
    [("offline", "unchecked", False), ("unreachable", "unchecked", True), ("missing", "failed", False)],
)
def test_a_signature_that_is_right_stays_right_when_nobody_says_whose_key_it_is(
    reason: Reason, outcome: str, out_of_reach: bool
) -> None:
    served = world(**{DID_JSON: FetchError(DID_JSON, reason, "nobody answers")})
    found = looked(signed(credential(credentialStatus=GONE)), served)
    if outcome == "failed":
        assert (found["genuine"].outcome, found["genuine"].code) == ("failed", "key")
        return
    assert found["genuine"].outcome == "passed"
    assert (found["issuer"].outcome, found["issuer"].out_of_reach) == (outcome, out_of_reach)


def test_a_token_whose_key_nobody_serves_is_not_known_to_be_right() -> None:
    served = world(**{DID_JSON: FetchError(DID_JSON, "unreachable", "nobody answers")})
    found = looked(token(credential(credentialStatus=GONE)), served)
    assert (found["genuine"].outcome, found["genuine"].out_of_reach) == ("unchecked", True)
    assert found["issuer"].outcome == "unchecked"


def test_a_signature_that_is_wrong_is_wrong_without_asking_anybody() -> None:
    badge = signed(credential())
    badge["name"] = "English C2"
    served = world(**{DID_JSON: FetchError(DID_JSON, "offline", "nobody is asked")})
    assert told(badge, "genuine", served) == ("failed", "signature")


def test_behind_a_key_that_is_its_own_issuer_no_domain_stands() -> None:
    did = f"did:key:{KEY}"
    found = looked(signed(by(did, name="Example University"), method=f"{did}#{KEY}"))
    assert found["genuine"].outcome == "passed"
    assert (found["issuer"].outcome, found["issuer"].code) == ("unchecked", "domain")
    assert found["issuer"].words.startswith("no domain stands behind the key")
    assert "as anybody could" in found["issuer"].words


def test_a_did_jwk_is_a_key_that_is_its_own_issuer() -> None:
    did = f"did:jwk:{base64url(json.dumps(p256_jwk()).encode())}"
    for header in ({"kid": f"{did}#0"}, {"kid": GONE, "jwk": p256_jwk()}):
        found = looked(token(by(did), header=header))
        assert (found["genuine"].outcome, found["issuer"].code) == ("passed", "domain")
    assert told(token(by(did), OTHER_PAIR, header={"kid": GONE, "jwk": p256_jwk(OTHER_PAIR)}), "issuer")[0] == "failed"


@pytest.mark.parametrize(
    ("name", "address", "document"),
    [
        (
            f"{ISSUER}#{KEY}",
            ISSUER,
            {
                "id": ISSUER,
                "verificationMethod": [ed25519_method(f"{ISSUER}#{KEY}", ISSUER)],
                "assertionMethod": [f"{ISSUER}#{KEY}"],
            },
        ),
        (f"{ISSUER}#{KEY}", ISSUER, {"id": ISSUER, "assertionMethod": [ed25519_method(f"#{KEY}", ISSUER)]}),
    ],
    ids=["named", "whole"],
)
def test_an_issuer_at_a_web_address_publishes_its_keys_there(name: str, address: str, document: dict[str, Any]) -> None:
    found = looked(signed(by(ISSUER), method=name), world(**{address: document}))
    assert [check.words for check in found.values() if check.outcome == "failed"] == []
    assert found["issuer"].words.startswith("badges.example.edu publishes the key")


@pytest.mark.parametrize("header", [{"kid": f"{ISSUER}/jwk.json"}, {"kid": GONE, "jwk": p256_jwk()}])
def test_the_jwk_of_a_token_may_lie_on_the_issuers_host_or_come_with_it(header: dict[str, Any]) -> None:
    method = {"id": f"{ISSUER}#1", "type": "JsonWebKey", "controller": ISSUER, "publicKeyJwk": p256_jwk()}
    document = {"id": ISSUER, "assertionMethod": [method, f"{ISSUER}/jwk.json"]}
    served = world(**{f"{ISSUER}/jwk.json": p256_jwk(), ISSUER: document})
    found = looked(token(by(ISSUER), header=header), served)
    assert (found["genuine"].outcome, found["issuer"].outcome) == ("passed", "passed")


@pytest.mark.parametrize(
    ("own", "outcome", "code"),
    [
        ({"id": ISSUER, "assertionMethod": [f"{ISSUER}/key"]}, "passed", ""),
        ({"id": ISSUER, "assertionMethod": [ed25519_method(f"{ISSUER}/key", ISSUER)]}, "passed", ""),
        ({"id": ISSUER, "assertionMethod": [], "verificationMethod": [f"{ISSUER}/key"]}, "unchecked", "domain"),
        ({"id": f"{ISSUER}/2", "assertionMethod": [f"{ISSUER}/key"]}, "unchecked", "domain"),
        (Served("https://evil.example.org/", b'{"id": "x"}'), "unchecked", "domain"),
        (FetchError(ISSUER, "missing", "404"), "unchecked", "domain"),
        (FetchError(ISSUER, "unreachable", "no answer"), "unchecked", "domain"),
        (b"<html>", "unchecked", "domain"),
    ],
    ids=["by name", "whole", "not for badges", "of another", "elsewhere", "missing", "no answer", "page"],
)
@pytest.mark.parametrize("lone", [ed25519_method(f"{ISSUER}/key", ISSUER), None], ids=["method", "jwk"])
def test_a_key_beside_an_issuer_is_its_own_only_if_the_issuers_document_names_it(
    own: object, outcome: str, code: str, lone: object
) -> None:
    served = world(**{f"{ISSUER}/key": lone or p256_jwk(), ISSUER: own})
    if isinstance(own, dict) and not lone and isinstance(own["assertionMethod"], list):
        whole = {"id": f"{ISSUER}/key", "controller": ISSUER, "publicKeyJwk": p256_jwk()}
        served.files[ISSUER] = {
            **own,
            "assertionMethod": [whole if isinstance(each, dict) else each for each in own["assertionMethod"]],
        }
    badge = signed(by(ISSUER), method=f"{ISSUER}/key") if lone else token(by(ISSUER), header={"kid": f"{ISSUER}/key"})
    found = looked(badge, served)
    assert found["genuine"].outcome == "passed"
    assert (found["issuer"].outcome, found["issuer"].code) == (outcome, code)
    assert found["issuer"].out_of_reach == (isinstance(own, FetchError) and own.reason == "unreachable")


def test_a_key_beside_an_issuer_that_is_another_than_its_document_has_by_that_name_fails() -> None:
    own = {"id": ISSUER, "assertionMethod": [ed25519_method(f"{ISSUER}/key", ISSUER)]}
    served = world(**{f"{ISSUER}/key": ed25519_method(f"{ISSUER}/key", ISSUER, OTHER_PAIR), ISSUER: own})
    assert failures(signed(by(ISSUER), OTHER_PAIR, f"{ISSUER}/key"), served) == ["genuine key"]


def test_a_kid_may_be_the_mere_name_of_a_key_of_the_issuer() -> None:
    fragment = PAIR.p256.public.fragment
    assert failures(token(credential(), header={"kid": fragment})) == []
    assert failures(token(credential(), header={"kid": f"#{fragment}"})) == []


def test_a_key_document_of_another_host_or_for_another_issuer_is_not_the_issuers() -> None:
    elsewhere = "https://badges.example.edu.evil.example.org/key"
    served = world(**{elsewhere: p256_jwk(OTHER_PAIR)})
    assert failures(token(by(ISSUER), OTHER_PAIR, header={"kid": elsewhere}), served) == ["issuer issuer"]
    beside = world(**{f"{ISSUER}/2": ed25519_method(f"{ISSUER}/2", "https://badges.example.edu/issuers/other")})
    assert failures(token(by(ISSUER), header={"kid": f"{ISSUER}/2"}), beside) == ["issuer issuer"]


def test_did_methods_that_are_not_known_leave_the_answer_open() -> None:
    badge = by("did:example:1")
    found = looked(token(badge, header={"kid": "did:example:1#key"}))
    assert (found["genuine"].outcome, found["issuer"].outcome) == ("unchecked", "unchecked")
    assert found["genuine"].out_of_reach


@pytest.mark.parametrize(
    "did",
    [
        "did:web:127.0.0.1",
        "did:web:localhost",
        "did:web:badges.example.edu:..:x",
        "did:web:badges.example.edu:a/b",
        "did:web:badges.example.edu::x",
        "did:web:Badges.example.edu",
        "did:web:",
        "did:web:badges.example.edu%2Fx",
        "did:web:user@badges.example.edu",
    ],
)
def test_a_did_web_that_is_no_host_and_path_is_asked_of_nobody(did: str) -> None:
    served = world()
    assert "genuine key" in failures(signed(by(did), method=f"{did}#{KEY}"), served)
    assert [address for address in served.asked if "did" in address] == []


def test_a_did_web_may_name_a_port_and_has_a_place_of_its_own_without_a_path() -> None:
    did = "did:web:badges.example.edu%3A8443"
    served = world(**{"https://badges.example.edu:8443/.well-known/did.json": keys_of(did)})
    assert failures(signed(by(did)), served) == []
    assert "badges.example.edu:8443 publishes the key" in looked(signed(by(did)), served)["issuer"].words


def test_a_did_document_to_which_another_host_was_led_is_not_the_word_of_the_first() -> None:
    served = world(**{DID_JSON: Served("https://evil.example.org/did.json", written(keys_of()))})
    found = looked(signed(credential(credentialStatus=GONE)), served)["genuine"]
    assert (found.outcome, found.code) == ("failed", "key")
    assert "badges.example.edu sends us to evil.example.org" in found.words


@pytest.mark.parametrize(
    ("site", "words"),
    [
        ("https://badges.example.edu/about", "same host"),
        ("https://www.example.edu", "a name below example.edu"),
        ("https://www.example.org", "another host"),
        (None, "names no web site"),
    ],
)
def test_the_issuer_is_told_by_the_domain_of_its_key_and_how_its_web_site_stands_to_it(
    site: str | None, words: str
) -> None:
    badge = by(DID, **({"url": site} if site else {}))
    found = looked(signed(badge))["issuer"]
    assert (found.outcome, words in found.words) == ("passed", True)


def test_what_strangers_write_does_not_reach_the_terminal_as_it_is() -> None:
    badge = by(DID, name="Evil\x1b[2J\nissuer: passed")
    found = looked(token(badge))["issuer"]
    assert "\x1b" not in found.words
    assert "\n" not in found.words
