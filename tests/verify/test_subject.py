"""What a badge says of itself, as a report begins."""

import pytest

from badgesite.verify.badge import Badge
from badgesite.verify.case import Case, Remembered
from badgesite.verify.report import Subject
from badgesite.verify.subject import subject_of
from tests.verify.badges import ASSERTION, NOW, World
from tests.verify.ob2.worlds import assertion, files, reported, signed

CREDENTIAL: dict[str, object] = {
    "id": "urn:uuid:1",
    "name": "A title",
    "issuer": {"id": "did:web:badges.example.edu:issuers:example", "name": "Example", "url": "https://example.edu"},
    "awardedDate": "2023-07-14T00:00:00Z",
    "validFrom": "2024-07-14T00:00:00Z",
    "validUntil": "2026-07-14T23:59:59Z",
    "credentialSubject": {
        "achievement": {"name": "English B2"},
        "identifier": [
            {"identityType": "emailAddress", "identityHash": "ada@example.org", "hashed": False},
            {"identityType": "name", "identityHash": "Ada Esempio", "hashed": False},
        ],
    },
}


def _said(document: dict[str, object]) -> Subject:
    world = World({})
    badge = Badge("ob3", document, b"", None, "json")
    subject = subject_of(Case(badge, Remembered(world.fetch, lambda: NOW), NOW))
    assert world.asked == []
    return subject


def test_a_credential_tells_title_holder_issuer_and_days() -> None:
    said = _said(CREDENTIAL)
    assert (said.title, said.holder, said.issuer) == ("English B2", "Ada Esempio", "Example")
    assert (said.domain, said.site) == ("badges.example.edu", "https://example.edu")
    assert (said.awarded, said.until) == ("2023-07-14", "2026-07-14")
    assert "ada@" not in repr(said)


@pytest.mark.parametrize(
    "document", [{}, {"issuer": 7, "credentialSubject": [7]}, {"credentialSubject": {"identifier": "x"}}]
)
def test_a_credential_that_says_nothing_has_an_empty_subject(document: dict[str, object]) -> None:
    said = _said(document)
    assert (said.title, said.holder, said.issuer, said.domain, said.awarded) == ("", "", "", "", "")


def test_a_hosted_award_tells_what_its_host_says() -> None:
    said = reported({**assertion(), "expires": "2040-01-01T00:00:00Z"}, World(files())).subject
    assert (said.title, said.issuer, said.domain) == ("English B2", "Example University", "badges.example.org")
    assert (said.id, said.awarded, said.until) == (ASSERTION, "2025-01-01", "")


def test_a_signed_award_tells_what_is_signed() -> None:
    said = reported(signed(assertion(id="urn:uuid:1", expires="2040-01-01T00:00:00Z")), World(files())).subject
    assert (said.until, said.domain) == ("2040-01-01", "badges.example.org")
