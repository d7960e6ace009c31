"""A university for the tests of Open Badges 3.0: one issuer, a badge that says everything, and three awards of it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from badgesite.model.award import Award, Batch, BatchHead, Recipient
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.issuer import Issuer
from badgesite.model.picture import Picture
from badgesite.model.site import Site
from badgesite.plan import Plan

LANGUAGES = ("it", "en")
BASE = "https://badges.example.edu/open/"
DID = "did:web:badges.example.edu:open:issuers:example"
PLAN = Plan(BASE, LANGUAGES)
ADDRESS, SALT = "ada@example.org", "5e0d5e0d5e0d5e0d5e0d5e0d5e0d5e0d"
RECIPIENT = Recipient(f"sha256${sha256((ADDRESS + SALT).encode()).hexdigest()}", SALT)
IDS = tuple(f"3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e{number:02x}" for number in range(3))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>\n'

SITE: Mapping[str, Any] = {
    "title": {"it": "Badge di Esempio", "en": "Example Badges"},
    "base_url": BASE,
    "languages": list(LANGUAGES),
    "visibility": "unlisted",
    "categories": {"language": {"it": "Competenze linguistiche", "en": "Languages"}},
}
ISSUER: Mapping[str, Any] = {
    "slug": "example",
    "name": {"it": "Università di Esempio", "en": "Example University"},
    "url": "https://www.example.edu",
    "email": "openbadge@example.edu",
    "description": {"it": "Un ateneo", "en": "A university"},
    "image": "example.svg",
    "telephone": "+39 0577 123-456",
    "address": {"country": "IT", "region": "Toscana", "locality": "Siena", "postal_code": "53100", "street": "Via 1"},
}
LEVEL: Mapping[str, Any] = {
    "name": {"it": "Livello", "en": "Level"},
    "values": [{"id": "b1", "name": "B1"}, {"id": "b2", "name": {"it": "B2, buono", "en": "B2, good"}}],
}
BADGE: Mapping[str, Any] = {
    "slug": "english-b2",
    "issuer": "example",
    "name": {"it": "Inglese B2", "en": "English B2"},
    "description": {"it": "Parla l'inglese", "en": "Speaks English"},
    "criteria": {"it": "Superare la *prova*.", "en": "Pass the *test*."},
    "image": "english-b2.svg",
    "image_alt": {"it": "Due fumetti", "en": "Two speech bubbles"},
    "category": "language",
    "achievement_type": "MicroCredential",
    "skills": [
        {
            "name": {"it": "inglese", "en": "English"},
            "url": "https://skills.example.org/en",
            "framework": "ESCO",
            "code": "S1",
            "description": "La lingua",
        }
    ],
    "microcredential": {
        "workload": {"it": "75 ore", "en": "75 hours"},
        "ects": 3,
        "eqf": 6,
        "assessment": {"it": "prova scritta", "en": "written test"},
        "participation": "online",
        "quality_assurance": {"it": "interna", "en": "internal"},
        "prerequisites": "B1",
        "supervision": {"it": "in presenza", "en": "on site"},
        "stackable": {"it": "verso Lingue", "en": "towards Languages"},
        "further_information": {"it": "altro", "en": "more"},
    },
    "result": LEVEL,
    "valid_for": "3 years",
    "part_of": ["languages"],
    "replaces": "languages",
}
LARGER: Mapping[str, Any] = {
    "slug": "languages",
    "issuer": "example",
    "name": "Lingue",
    "description": "Più lingue",
    "criteria": "Due badge.",
    "image": "languages.svg",
}
HEAD: Mapping[str, Any] = {
    "badge": "english-b2",
    "date": "2023-07-14",
    "activity": {"name": {"it": "Corso", "en": "Course"}, "from": "2023-03-01", "to": "2023-07-07"},
}
ADA = Award(
    id=IDS[0],
    recipient=RECIPIENT,
    name="Ada Esempio",
    result="b2",
    credits=2.5,
    narrative="Ottima prova.",
    evidence=("https://work.example.org/essay",),
)
CHARLES = Award(id=IDS[1], recipient=RECIPIENT, name="Charles Example", language="en", result="b1")
NOBODY = Award(id=IDS[2], recipient=RECIPIENT, name="Nessuno", visibility="unnamed")


def a_batch(*awards: Award, **head: object) -> Batch:
    """A batch of the badge; `head` in place of its own lines, None leaves one out."""
    lines = {key: value for key, value in {**HEAD, **head}.items() if value is not None}
    found = BatchHead.model_validate(lines, context={"languages": LANGUAGES})
    return Batch("july", "content/awards/july.yaml", found, awards or (ADA, CHARLES, NOBODY))


def a_catalogue(
    batch: Batch | None = None,
    *,
    issuer: Mapping[str, Any] = ISSUER,
    badge: Mapping[str, Any] = BADGE,
    larger: Mapping[str, Any] = LARGER,
) -> Catalogue:
    """The catalogue, with other words where they are given."""
    context = {"languages": LANGUAGES}
    badges = {each["slug"]: BadgeClass.model_validate(each, context=context) for each in (badge, larger)}
    picture = Picture("content/x.svg", "svg", SVG, 8)
    return Catalogue(
        Site.model_validate(SITE, context=context),
        {"example": Issuer.model_validate(issuer, context=context)},
        badges,
        {"july": batch or a_batch()},
        {},
        dict.fromkeys(badges, picture),
        {"example": picture},
    )
