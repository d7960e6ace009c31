"""A badge as search engines read it: an EducationalOccupationalCredential of schema.org, in its page."""

import json
from typing import Any

from markupsafe import Markup

from badgesite.model.badge import BadgeClass, Skill
from badgesite.model.duration import Duration
from badgesite.model.issuer import Issuer
from badgesite.pages.edition import Edition
from badgesite.pages.views.badge import kind_of, summary_of

_INSIDE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_EQF = "European Qualifications Framework"


def structured(edition: Edition, badge: BadgeClass) -> Markup:
    """The badge as JSON-LD that can stand in a `<script>`: nothing in it can end the element, whatever texts say."""
    text = json.dumps(credential(edition, badge), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_INSIDE))  # noqa: S704 - no character of HTML is left in it


def credential(edition: Edition, badge: BadgeClass) -> dict[str, Any]:
    """schema.org/EducationalOccupationalCredential; ungiven keys left out."""
    plan, facts = edition.plan, badge.microcredential
    page = plan.url(plan.badge_page(badge.slug, edition.tag))
    issuer = _organization(edition, edition.catalogue.issuers[badge.issuer])
    return _given(
        {
            "@context": "https://schema.org",
            "@type": "EducationalOccupationalCredential",
            "@id": f"{page}#credential",
            "url": page,
            "name": badge.name.in_language(edition.tag),
            "description": summary_of(edition, badge).words,
            "image": plan.url(plan.badge_image(badge.slug, "png")),
            "inLanguage": badge.name.tagged(edition.tag)[0],
            "credentialCategory": kind_of(edition, badge),
            "educationalLevel": _level(facts.eqf) if facts and facts.eqf else None,
            "competencyRequired": [_skill(edition, skill) for skill in badge.skills] or None,
            "validFor": _duration(badge.valid_for) if badge.valid_for else None,
            "recognizedBy": issuer,
            "publisher": {"@id": issuer["@id"]},
            "identifier": plan.url(plan.badge_document(badge.slug)),
        }
    )


def _organization(edition: Edition, issuer: Issuer) -> dict[str, Any]:
    plan, picture = edition.plan, edition.catalogue.issuer_pictures.get(issuer.slug)
    return _given(
        {
            "@type": "Organization",
            "@id": plan.url(plan.issuer_document(issuer.slug)),
            "name": issuer.name.in_language(edition.tag),
            "url": issuer.url,
            "logo": plan.url(plan.issuer_image(issuer.slug, picture.kind)) if picture else None,
        }
    )


def _level(level: int) -> dict[str, Any]:
    return {
        "@type": "DefinedTerm",
        "name": f"EQF {level}",
        "termCode": str(level),
        "inDefinedTermSet": _framework(_EQF),
    }


def _skill(edition: Edition, skill: Skill) -> dict[str, Any]:
    return _given(
        {
            "@type": "DefinedTerm",
            "name": skill.name.in_language(edition.tag),
            "url": skill.url,
            "termCode": skill.code,
            "inDefinedTermSet": _framework(skill.framework) if skill.framework else None,
        }
    )


def _framework(name: str) -> dict[str, Any]:
    return {"@type": "DefinedTermSet", "name": name}


def _duration(length: Duration) -> str:
    """ISO 8601: P3Y, or P18M."""
    years, months = divmod(length.months, 12)
    return f"P{length.months}M" if months else f"P{years}Y"


def _given(members: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in members.items() if value is not None}
