"""A small site whose awards do not expire, and the people of private/ who hold them."""

import email
from collections.abc import Mapping
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

from badgesite.content.records import private
from badgesite.content.records.private import Person
from tests.sites import ADDRESSES, AWARDS, BADGE, BADGE_PATH, write_site

BASE = "https://badges.example.edu/"
NOW = datetime(2026, 7, 14, 9, 30, tzinfo=UTC)
SLUG = "english-b2-2023-07-14"
FOR_EVER = BADGE.replace("valid_for: 3 years\n", "")
PEOPLE = tuple(
    Person(award, address, name, "Inglese B2", f"{BASE}awards/{award}/")
    for award, address, name in zip(AWARDS, ADDRESSES, ("Ada Esempio", "=Bruno 'Ó'"), strict=True)
)


def write_site_with_people(
    root: Path, files: Mapping[str, str | bytes | None] | None = None, **overrides: str | None
) -> Path:
    """The small site at its address, and its private/; the first holder reads English, the second says nothing."""
    given: dict[str, str | None] = {"base_url": BASE, "contact": "{email: help@example.edu}", **overrides}
    write_site(root, {BADGE_PATH: FOR_EVER, **(files or {})}, **given)
    private.write_people(root / "private", {SLUG: PEOPLE}, {}, set(AWARDS))
    private.settle(root / "private")
    return root


def read(path: Path) -> EmailMessage:
    """A letter, as Python's parser reads it."""
    found = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def content(letter: EmailMessage, kind: str) -> str:
    """What a letter says as `plain` or `html`."""
    part = letter.get_body((kind,))
    assert part
    return str(part.get_content()).replace("\r\n", "\n")
