"""catalogue.json: the badges for other software to list (docs/formats.md, Output beside the site)."""

import json

from badgesite.artifact import Artifact, text_artifact
from badgesite.model.badge import BadgeClass, Skill
from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text
from badgesite.plan import CATALOGUE, Plan


def open_catalogue(catalogue: Catalogue, plan: Plan) -> Artifact:
    """All badge classes, sorted by slug: texts as language maps, URLs absolute, ungiven keys left out."""
    badges = [_badge(catalogue, plan, badge) for _, badge in sorted(catalogue.badges.items())]
    document = {"version": 1, "base": plan.base, "badges": badges}
    return text_artifact(CATALOGUE, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def _badge(catalogue: Catalogue, plan: Plan, badge: BadgeClass) -> dict[str, object]:
    units = catalogue.issuers[badge.issuer].units
    elements = badge.microcredential
    return _given(
        id=plan.url(plan.badge_document(badge.slug)),
        page=plan.url(plan.badge_page(badge.slug, plan.first)),
        achievement=plan.url(plan.achievement(badge.slug, plan.first)) if catalogue.site.signs else None,
        issuer=plan.url(plan.issuer_document(badge.issuer)),
        unit=_map(units[badge.unit]) if badge.unit else None,
        name=_map(badge.name),
        description=_map(badge.description),
        image=plan.url(plan.badge_image(badge.slug, "png")),
        category=_map(catalogue.site.categories[badge.category]) if badge.category else None,
        skills=[_skill(skill) for skill in badge.skills] or None,
        ects=elements.ects if elements else None,
        eqf=elements.eqf if elements else None,
    )


def _skill(skill: Skill) -> dict[str, object]:
    return _given(name=_map(skill.name), url=skill.url, framework=skill.framework, code=skill.code)


def _map(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _given(**keys: object) -> dict[str, object]:
    return {key: value for key, value in keys.items() if value is not None}
