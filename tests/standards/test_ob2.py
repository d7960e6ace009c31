import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from badgesite.model.award import Award, Batch, BatchHead, Recipient, Revocation
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.issuer import Issuer
from badgesite.model.picture import Picture
from badgesite.model.site import Site
from badgesite.plan import Plan, plan_of
from badgesite.standards.baking import svg_mould, unbake
from badgesite.standards.ob2 import assertion, badge_class, issuer, revocation_list, text_of
from badgesite.standards.ob2_checks import check_hosted, check_recipient, check_revocation_list

LANGUAGES = {"languages": ("it", "en")}
NOW = datetime(2024, 11, 22, tzinfo=UTC)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>\n'
MOULD = svg_mould(SVG, "ob2")
PNG = b"\x89PNG\r\n\x1a\n"
ADDRESS, SALT = "ada@example.org", "5e0d5e0d5e0d5e0d5e0d5e0d5e0d5e0d"
RECIPIENT = Recipient(f"sha256${sha256((ADDRESS + SALT).encode()).hexdigest()}", SALT)
IDS = tuple(f"3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e{number:02x}" for number in range(4))

SITE = {
    "title": {"it": "Badge di Esempio", "en": "Example Badges"},
    "base_url": "https://badges.example.edu/open/",
    "languages": ["it", "en"],
    "categories": {"language": {"it": "Competenze linguistiche", "en": "Languages"}},
}
ISSUER = {
    "slug": "example",
    "name": {"it": "Università di Esempio", "en": "Example University"},
    "url": "https://www.example.edu",
    "email": "openbadge@example.edu",
    "description": "Un ateneo",
    "image": "example.svg",
    "telephone": "+39 0577 123-456",
}
BADGE: Mapping[str, Any] = {
    "slug": "english-b2",
    "issuer": "example",
    "name": {"it": "Inglese B2", "en": "English B2"},
    "description": {"it": "Parla l'inglese", "en": "Speaks English"},
    "criteria": {"it": "Superare la *prova*.", "en": "Pass the *test*."},
    "image": "english-b2.svg",
    "image_alt": "Due fumetti",
    "category": "language",
    "skills": [
        {"name": {"it": "inglese", "en": "English"}, "url": "https://skills.example.org/en", "framework": "ESCO"}
    ],
    "microcredential": {"workload": {"it": "75 ore", "en": "75 hours"}, "ects": "3", "eqf": "6"},
    "result": {
        "name": {"it": "Livello", "en": "Level"},
        "values": [{"id": "b1", "name": "B1"}, {"id": "b2", "name": "B2"}],
    },
    "valid_for": "3 years",
    "part_of": ["languages"],
    "replaces": "languages",
}
LARGER: Mapping[str, Any] = {
    **{key: BADGE[key] for key in ("issuer", "description", "criteria", "image")},
    "slug": "languages",
    "name": "Lingue",
}
HEAD: Mapping[str, Any] = {
    "badge": "english-b2",
    "date": "2023-07-14",
    "activity": {"name": "Corso", "from": "2023-03-01", "to": "2023-07-07"},
}


def a_catalogue(
    awards: tuple[Award, ...], site: Mapping[str, Any] = SITE, badge: Mapping[str, Any] = BADGE
) -> tuple[Catalogue, Plan]:
    found = Site.model_validate(site, context=LANGUAGES)
    badges = {each["slug"]: BadgeClass.model_validate(each, context=LANGUAGES) for each in (badge, LARGER)}
    batch = Batch("july", "content/awards/july.yaml", BatchHead.model_validate(HEAD, context=LANGUAGES), awards)
    picture = Picture("content/x.svg", "svg", SVG, 8)
    catalogue = Catalogue(
        found,
        {"example": Issuer.model_validate(ISSUER, context=LANGUAGES)},
        badges,
        {"july": batch},
        {},
        dict.fromkeys(badges, picture),
        {"example": picture},
    )
    return catalogue, plan_of(found)


AWARDS = (
    Award(id=IDS[0], recipient=RECIPIENT, name="Ada Esempio", result="b2", credits=2.5, narrative="Ottima prova."),
    Award(id=IDS[1], recipient=RECIPIENT, revoked=Revocation(date(2024, 1, 10), "Assegnato per errore")),
    Award(id=IDS[2], recipient=RECIPIENT, expires=date(2024, 1, 1), evidence=("https://work.example.org/essay",)),
)


def published(catalogue: Catalogue, plan: Plan) -> dict[str, bytes]:
    """Every document and picture by its address, as it would be served."""
    documents = [
        *(issuer(catalogue, plan, slug) for slug in catalogue.issuers),
        *(revocation_list(catalogue, plan, slug) for slug in catalogue.issuers),
        *(badge_class(catalogue, plan, slug) for slug in catalogue.badges),
        *(assertion(catalogue, plan, batch, award) for batch, award in catalogue.each_award()),
    ]
    served = {str(document["id"]): text_of(document).encode() for document in documents}
    served.update({plan.url(plan.badge_image(slug, "png")): PNG for slug in catalogue.badges})
    served.update({plan.url(plan.award_image(award.id, "png")): PNG for _, award in catalogue.each_award()})
    return {**served, plan.url(plan.issuer_image("example", "svg")): SVG}


def findings(catalogue: Catalogue, plan: Plan, award: str) -> list[tuple[str, str]]:
    served = published(catalogue, plan)
    found = check_hosted(plan.url(plan.assertion(award)), fetch=served.get, now=NOW)
    return [(each.rule, each.severity) for each in found]


def test_what_we_publish_is_as_a_verifier_wants_it() -> None:
    catalogue, plan = a_catalogue(AWARDS)
    assert findings(catalogue, plan, IDS[0]) == []
    assert findings(catalogue, plan, IDS[2]) == [("expired", "error")]
    assert check_revocation_list(revocation_list(catalogue, plan, "example")) == ()


def test_a_revoked_award_is_a_stub_that_no_verifier_takes_for_valid() -> None:
    catalogue, plan = a_catalogue(AWARDS)
    assert findings(catalogue, plan, IDS[1]) == [("revoked", "error")]
    stub = assertion(catalogue, plan, catalogue.batches["july"], AWARDS[1])
    assert list(stub) == ["@context", "type", "id", "revoked", "revocationReason"]
    listed = revocation_list(catalogue, plan, "example")["revokedAssertions"]
    assert listed == [{"id": stub["id"], "revocationReason": "Assegnato per errore"}]


def test_an_assertion_says_what_the_record_says_and_no_name() -> None:
    catalogue, plan = a_catalogue(AWARDS)
    document = assertion(catalogue, plan, catalogue.batches["july"], AWARDS[0])
    assert document["issuedOn"] == "2023-07-14T00:00:00Z"
    assert document["expires"] == "2026-07-14T23:59:59Z"
    assert document["image"] == f"https://badges.example.edu/open/awards/{IDS[0]}/badge.png"
    assert document["narrative"] == (
        "Ottima prova.\n\nLivello: B2\n\nCrediti: 2.5\n\nAttività: Corso (dal 2023-03-01 al 2023-07-07)"
    )
    assert "Ada" not in text_of(document)
    assert check_recipient(document, ADDRESS) == ()


def test_evidence_is_an_object_with_its_address() -> None:
    catalogue, plan = a_catalogue(AWARDS)
    document = assertion(catalogue, plan, catalogue.batches["july"], AWARDS[2])
    assert document["evidence"] == [{"id": "https://work.example.org/essay"}]


def test_a_badge_is_told_in_the_first_language() -> None:
    catalogue, plan = a_catalogue(AWARDS)
    document: Any = badge_class(catalogue, plan, "english-b2")
    assert (document["@language"], document["name"], document["tags"]) == (
        "it",
        "Inglese B2",
        ["Competenze linguistiche"],
    )
    assert document["image"] == {
        "id": "https://badges.example.edu/open/badges/english-b2/image.png",
        "caption": "Due fumetti",
    }
    assert document["criteria"]["id"] == "https://badges.example.edu/open/badges/english-b2/"
    assert document["criteria"]["narrative"] == (
        "Superare la *prova*.\n\n### Carico di lavoro\n\n75 ore\n\n### Crediti ECTS\n\n3\n\n### Livello EQF\n\n6"
        "\n\n### Risultati possibili\n\nLivello: B1, B2"
    )
    assert [each["targetName"] for each in document["alignment"]] == ["inglese", "Livello EQF 6", "Lingue"]
    assert document["related"] == {"id": "https://badges.example.edu/open/badges/languages/badge.json"}


def test_an_eqf_level_among_the_skills_is_not_told_twice() -> None:
    skill = {"name": "EQF 6", "url": "https://eqf.example.org/6", "framework": "eqf"}
    catalogue, plan = a_catalogue((), badge={**BADGE, "skills": [skill], "part_of": []})
    document: Any = badge_class(catalogue, plan, "english-b2")
    assert [each["targetUrl"] for each in document["alignment"]] == ["https://eqf.example.org/6"]


def test_an_issuer_lets_assertions_be_hosted_below_the_site_alone() -> None:
    catalogue, plan = a_catalogue(AWARDS)
    document = issuer(catalogue, plan, "example")
    assert document["type"] == "Issuer"
    assert document["telephone"] == "+390577123456"
    assert document["verification"] == {
        "type": "VerificationObject",
        "verificationProperty": "id",
        "startsWith": "https://badges.example.edu/open/",
        "allowedOrigins": "badges.example.edu",
    }


def test_a_rehearsal_is_as_sound_as_the_real_thing() -> None:
    catalogue, plan = a_catalogue(AWARDS, site={key: SITE[key] for key in ("title", "languages", "categories")})
    assert findings(catalogue, plan, IDS[0]) == []


@pytest.mark.parametrize("telephone", ["internal 12", "0577 123456"], ids=["words", "without a country"])
def test_a_telephone_that_the_standard_cannot_say_is_left_out(telephone: str) -> None:
    catalogue, plan = a_catalogue(())
    other = Issuer.model_validate({**ISSUER, "telephone": telephone}, context=LANGUAGES)
    assert "telephone" not in issuer(replace(catalogue, issuers={"example": other}), plan, "example")


_VALUES = st.recursive(
    st.text() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.text(), _VALUES))
@settings(max_examples=100)
def test_the_text_of_a_document_is_that_of_json_with_an_indent(document: dict[str, object]) -> None:
    text = text_of(document)
    assert json.loads(text) == document
    plain = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    assert text == plain.replace("]]>", "]]\\u003e")


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=40).filter(
    str.strip
)


@given(
    words=_WORDS,
    narrative=st.none() | _WORDS,
    result=st.sampled_from([None, "b1"]),
    expires=st.none() | st.dates(date(2024, 11, 22), date(2099, 1, 1)),
)
@settings(max_examples=60)
def test_whatever_the_words_the_documents_are_sound_and_baked_to_the_letter(
    words: str, narrative: str | None, result: str | None, expires: date | None
) -> None:
    record = {"id": IDS[0], "recipient": {"identity": RECIPIENT.identity, "salt": SALT}}
    given = {"narrative": narrative, "result": result, "expires": expires}
    award = TypeAdapter(Award).validate_python(record | {key: each for key, each in given.items() if each})
    badge = {**BADGE, "name": words, "description": words, "criteria": words, "image_alt": words}
    catalogue, plan = a_catalogue((award,), badge=badge)
    assert findings(catalogue, plan, IDS[0]) == []
    text = text_of(assertion(catalogue, plan, catalogue.batches["july"], award))
    assert unbake(MOULD.bake(plan.url(plan.assertion(IDS[0])), text[:-1]))[0].text == text[:-1]
