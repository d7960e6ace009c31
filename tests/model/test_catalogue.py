"""What record, batch, badge and site decide together."""

from dataclasses import replace
from datetime import date

import pytest

from badgesite.model.award import Award, Batch, BatchHead, Recipient, Revocation, State
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.site import Site

CONTEXT = {"languages": ("it", "en")}
RECORD = Award(
    id="3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11",
    name="Ada Esempio",
    recipient=Recipient(identity="sha256$" + "a" * 64, salt="b" * 32),
)


def catalogue(award: Award = RECORD, **badge: object) -> tuple[Catalogue, Batch]:
    noun = BadgeClass.model_validate(
        {
            "slug": "b2",
            "issuer": "example",
            "name": "B2",
            "description": "d",
            "criteria": "c",
            "image": "b2.png",
            **badge,
        },
        context=CONTEXT,
    )
    batch = Batch("july", "content/awards/july.yaml", BatchHead(badge="b2", date=date(2023, 7, 14)), (award,))
    site = Site.model_validate({"title": "t", "languages": ["it", "en"], "visibility": "public"}, context=CONTEXT)
    return Catalogue(site, {}, {"b2": noun}, {"july": batch}, {}, {}, {}), batch


def test_an_award_is_valid_through_its_last_day() -> None:
    found, batch = catalogue(valid_for="3 years")
    assert found.state(batch, RECORD, date(2026, 7, 14)) is State.VALID
    assert found.state(batch, RECORD, date(2026, 7, 15)) is State.EXPIRED


def test_the_record_decides_over_the_badge() -> None:
    award = replace(RECORD, expires=date(2024, 1, 1), visibility="unlisted")
    found, batch = catalogue(award, valid_for="3 years", visibility="unnamed")
    assert found.expires(batch, award) == date(2024, 1, 1)
    assert found.visibility(batch, award) == "unlisted"
    assert found.visibility(batch, RECORD) == "unnamed"


def test_revoked_wins_over_expired() -> None:
    award = replace(RECORD, revoked=Revocation(date=date(2024, 1, 10), reason="error"))
    found, batch = catalogue(award, valid_for="1 month")
    assert found.state(batch, award, date(2026, 1, 1)) is State.REVOKED


@pytest.mark.parametrize("minors", ["true", "false"])
def test_minors_are_never_public(minors: str) -> None:
    found, batch = catalogue(minors=minors)
    assert found.visibility(batch, RECORD) == ("unlisted" if minors == "true" else "public")


def test_a_name_is_shown_by_visibility() -> None:
    hidden = replace(RECORD, visibility="unnamed")
    found, batch = catalogue()
    assert found.shown_name(batch, RECORD) == "Ada Esempio"
    assert found.shown_name(batch, hidden) is None


def test_a_credential_is_in_the_recipients_language_if_the_badge_has_it() -> None:
    award = replace(RECORD, language="en")
    plain, batch = catalogue(award)
    assert plain.language(batch, award) == "it"
    both = {"it": "a", "en": "b"}
    translated, batch = catalogue(award, name=both, description=both, criteria=both)
    assert translated.language(batch, award) == "en"
