"""Whose an award is, by an e-mail address that is compared and never shown."""

from hashlib import md5, sha256

import pytest

from badgesite.verify.recipient import recipient_check

EMAIL = "Ada@Example.org"


def _ob2(identity: str, **members: object) -> dict[str, object]:
    return {"recipient": {"type": "email", "identity": identity, **members}}


def _ob3(*identifiers: object, **members: object) -> dict[str, object]:
    return {"credentialSubject": {"identifier": list(identifiers), **members}}


def _hash(text: str) -> str:
    return f"sha256${sha256(text.encode()).hexdigest()}"


def _entry(identity: str, kind: str = "emailAddress", **members: object) -> dict[str, object]:
    return {"type": "IdentityObject", "identityHash": identity, "identityType": kind, **members}


@pytest.mark.parametrize(
    "document",
    [
        _ob2(_hash("ada@example.orgs"), hashed=True, salt="s"),
        _ob2(_hash("Ada@Example.orgs").upper().replace("SHA", "sha"), hashed=True, salt="s"),
        _ob2(_hash("ada@example.org"), hashed=True),
        _ob2(f"md5${md5(b'ada@example.orgs', usedforsecurity=False).hexdigest()}", hashed=True, salt="s"),
        _ob2("ada@example.org", hashed=False),
        _ob3(_entry(_hash("ada@example.orgs"), hashed=True, salt="s")),
        _ob3(_entry("Ada Esempio", "name", hashed=False), _entry("ada@example.org", hashed=False)),
        _ob3(_entry("ada@example.org", "email", hashed=False)),
        {"credentialSubject": {"identifier": _entry("ada@example.org", hashed=False)}},
        {"credentialSubject": {"id": "mailto:ada@example.org"}},
    ],
)
def test_an_award_of_the_address_passes(document: dict[str, object]) -> None:
    assert recipient_check(document, f" {EMAIL} ").outcome == "passed"
    check = recipient_check(document, "bob@example.org")
    assert (check.outcome, check.code) == ("failed", "recipient")
    assert "bob" not in check.words
    assert "ada" not in check.words


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"recipient": "x"},
        {"recipient": {"type": "url", "identity": "https://a.example"}},
        _ob3(),
        _ob3("x", _entry("Ada", "name")),
        {"credentialSubject": "x"},
        {"credentialSubject": {"id": "did:key:z6Mk"}},
    ],
)
def test_an_award_without_an_address_leaves_the_step_open(document: dict[str, object]) -> None:
    assert recipient_check(document, EMAIL).outcome == "unchecked"


def test_nobody_asked() -> None:
    check = recipient_check(_ob2("ada@example.org", hashed=False), None)
    assert (check.outcome, check.code) == ("unchecked", "")
    assert "--email" in check.words


@pytest.mark.parametrize("broken", [{"identity": None}, {"identity": 7, "hashed": True}, {"hashed": True, "salt": []}])
def test_a_broken_identity_is_of_nobody(broken: dict[str, object]) -> None:
    assert recipient_check({"recipient": {"type": "email", **broken}}, EMAIL).outcome == "failed"
