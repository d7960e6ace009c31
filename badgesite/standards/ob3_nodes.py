"""What can be earned and who awards it, as Open Badges 3.0 says it: Achievement and Profile, in one language.

Both are nodes: credentials carry them whole, and `ob3` publishes them with a context of their own. An achievement is
published once for each language that its badge has; `related` joins them.
"""

import re
from datetime import date

from badgesite.crypto.json_ld.values import has_one_form
from badgesite.model.badge import BadgeClass, Result, Skill
from badgesite.model.catalogue import Catalogue
from badgesite.model.issuer import Address
from badgesite.model.narrative import criteria_narrative, headings
from badgesite.plan import Plan

Node = dict[str, object]

EQF = "http://data.europa.eu/snb/eqf/"  # the EU's own list of EQF levels
EQF_TYPE, ACHIEVEMENT_TYPE = "ext:EQFLevel", "ext:Achievement"  # what an alignment points at
OB2_ISSUER = "ext:OpenBadges2Issuer"  # the same issuer as Open Badges 2.0 knows it
RESULT_VALUE = "#result-"  # before the id of a named value
_TELEPHONE = re.compile(r"\+?[1-9]\d{1,14}(;ext=\d+)?")  # PhoneNumber: E.164
_SCRIPT, _REGION = re.compile(r"[a-z]{4}"), re.compile(r"[a-z]{2}|[0-9]{3}")


def given(node: Node) -> Node:
    """The node without what is not given: an OB 3.0 document has neither null nor an empty list."""
    return {key: value for key, value in node.items() if value is not None and value != []}


def signable(number: float | None) -> float | None:
    """The number if all software signs it with the same digits; 8.3 it does not, and narratives tell that in words."""
    return None if number is None or not has_one_form(number) else number


def day_start(day: date) -> str:
    """The first second of a day (DateTimeZ)."""
    return f"{day.isoformat()}T00:00:00Z"


def day_end(day: date) -> str:
    """The last second of a day."""
    return f"{day.isoformat()}T23:59:59Z"


def profile_node(catalogue: Catalogue, plan: Plan, slug: str, language: str) -> Node:
    """The issuer (section B.1.22, Profile), which its DID names; `otherIdentifier` is its name in Open Badges 2.0."""
    found = catalogue.issuers[slug]
    picture = catalogue.issuer_pictures.get(slug)
    ob2 = {
        "type": "IdentifierEntry",
        "identifier": plan.url(plan.issuer_document(slug)),
        "identifierType": OB2_ISSUER,
    }
    return given(
        {
            "id": plan.did(slug),
            "type": ["Profile"],
            "name": found.name.in_language(language),
            "url": found.url,
            "email": found.email,
            "phone": _telephone(found.telephone),
            "description": found.description.in_language(language) if found.description else None,
            "image": _image(plan.url(plan.issuer_image(slug, picture.kind))) if picture else None,
            "address": _address(found.address) if found.address else None,
            "otherIdentifier": [ob2],
        }
    )


def achievement_node(catalogue: Catalogue, plan: Plan, slug: str, language: str, name: str = "") -> Node:
    """A badge (Achievement); what has no field of its own is told in the narrative of its criteria.

    With `name`, one that it had before it was moved, its addresses are those of then.
    """
    badge, called = catalogue.badges[slug], name or slug
    category = catalogue.site.categories.get(badge.category) if badge.category else None
    caption = badge.image_alt.in_language(language) if badge.image_alt else None
    return given(
        {
            "id": plan.url(plan.achievement(called, language)),
            "type": ["Achievement"],
            "achievementType": badge.achievement_type,
            "name": badge.name.in_language(language),
            "description": badge.description.in_language(language),
            "criteria": {
                "id": plan.url(plan.badge_page(called, language)),
                "narrative": criteria_narrative(badge, language),
            },
            "image": _image(plan.url(plan.badge_image(called, "png")), caption),
            "inLanguage": language_tag(language),
            "version": str(len(badge.amended)) if badge.amended else None,
            "creator": _creator(catalogue, plan, badge.issuer, language),
            "creditsAvailable": signable(badge.microcredential.ects) if badge.microcredential else None,
            "tag": [category.in_language(language)] if category else None,
            "alignment": _alignments(catalogue, plan, badge, language),
            "resultDescription": _result_descriptions(plan, badge, called, language),
            "related": _related(catalogue, plan, badge, called, language),
        }
    )


def languages_of(plan: Plan, badge: BadgeClass) -> tuple[str, ...]:
    """The languages in which a badge's achievement is published: the first, and each further one that it has."""
    return tuple(language for language in plan.languages if language == plan.first or badge.has_language(language))


def language_tag(language: str) -> str:
    """The tag as OB 3.0 writes it (LanguageCode): language, script, region; what it has no room for is left out."""
    primary, *rest = language.split("-")
    tag = [primary]
    if rest and _SCRIPT.fullmatch(rest[0]):
        tag.append(rest.pop(0).capitalize())
    if rest and _REGION.fullmatch(rest[0]):
        tag.append(rest[0].upper())
    return "-".join(tag)


def result_id(achievement: str, value: str = "") -> str:
    """The id of an achievement's ResultDescription, or of one of its named values."""
    return f"{achievement}{RESULT_VALUE}{value}" if value else f"{achievement}#result"


def _creator(catalogue: Catalogue, plan: Plan, slug: str, language: str) -> Node:
    """The issuer once more, briefly: a second whole Profile in a credential would say everything twice."""
    found = catalogue.issuers[slug]
    return {"id": plan.did(slug), "type": ["Profile"], "name": found.name.in_language(language), "url": found.url}


def _telephone(number: str | None) -> str | None:
    """The number without the spaces and signs that people write in it; None if it cannot be said in E.164."""
    plain = re.sub(r"[\s().\-/]", "", number or "")
    return plain if _TELEPHONE.fullmatch(plain) else None


def _image(address: str, caption: str | None = None) -> Node:
    return given({"id": address, "type": "Image", "caption": caption})


def _address(address: Address) -> Node:
    """Where the issuer is; the country's two letters stand where software looks for either name."""
    return given(
        {
            "type": ["Address"],
            "addressCountryCode": address.country,
            "addressCountry": address.country,
            "addressRegion": address.region,
            "addressLocality": address.locality,
            "postalCode": address.postal_code,
            "streetAddress": address.street,
        }
    )


def _alignments(catalogue: Catalogue, plan: Plan, badge: BadgeClass, language: str) -> list[Node]:
    """Skills, the EQF level if no skill says it, and the badges that this one counts towards."""
    found = [_skill(skill, language) for skill in badge.skills]
    level = badge.microcredential.eqf if badge.microcredential else None
    if level is not None and not any(map(_is_eqf, badge.skills)):
        name, code = f"{headings(language)['eqf']} {level}", str(level)
        found.append(_alignment(name, f"{EQF}{level}", framework="EQF", code=code, kind=EQF_TYPE))
    for larger in badge.part_of:
        name, url = catalogue.badges[larger].name.in_language(language), plan.url(plan.badge_page(larger, language))
        found.append(_alignment(name, url, kind=ACHIEVEMENT_TYPE))
    return found


def _is_eqf(skill: Skill) -> bool:
    return (skill.framework or "").upper() == "EQF"


def _skill(skill: Skill, language: str) -> Node:
    description = skill.description.in_language(language) if skill.description else None
    kind = EQF_TYPE if _is_eqf(skill) else None
    name = skill.name.in_language(language)
    return _alignment(name, skill.url, description, framework=skill.framework, code=skill.code, kind=kind)


def _alignment(
    name: str,
    url: str,
    description: str | None = None,
    *,
    framework: str | None = None,
    code: str | None = None,
    kind: str | None = None,
) -> Node:
    return given(
        {
            "type": ["Alignment"],
            "targetName": name,
            "targetUrl": url,
            "targetDescription": description,
            "targetFramework": framework,
            "targetCode": code,
            "targetType": kind,
        }
    )


def _result_descriptions(plan: Plan, badge: BadgeClass, called: str, language: str) -> list[Node]:
    return [_result_description(plan, called, badge.result, language)] if badge.result else []


def _result_description(plan: Plan, called: str, result: Result, language: str) -> Node:
    """What is measured. Named values are told twice: in order, as words to show, and each with an id that stays."""
    achievement = plan.url(plan.achievement(called, language))
    node: Node = {
        "id": result_id(achievement),
        "type": ["ResultDescription"],
        "name": result.name.in_language(language),
    }
    if not result.values:
        return {**node, "resultType": "Result", "valueMin": str(result.min), "valueMax": str(result.max)}
    names = [(value.id, value.name.in_language(language)) for value in result.values]
    return {
        **node,
        "resultType": "RubricCriterionLevel",
        "allowedValue": [name for _, name in names],
        "rubricCriterionLevel": [
            {"id": result_id(achievement, value), "type": ["RubricCriterionLevel"], "name": name}
            for value, name in names
        ],
    }


def _related(catalogue: Catalogue, plan: Plan, badge: BadgeClass, called: str, language: str) -> list[Node]:
    """The same badge in its other languages, and the earlier one that it replaces, in this language if it has it."""
    found = [_edition(plan, called, other) for other in languages_of(plan, badge) if other != language]
    if badge.replaces:
        earlier = catalogue.badges[badge.replaces]
        known = languages_of(plan, earlier)
        found.append(_edition(plan, badge.replaces, language if language in known else plan.first))
    return found


def _edition(plan: Plan, badge: str, language: str) -> Node:
    address = plan.url(plan.achievement(badge, language))
    return {"id": address, "type": ["Related"], "inLanguage": language_tag(language)}
