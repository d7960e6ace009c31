"""Open Badges 2.0, hosted: the Issuer, BadgeClass, Assertion and RevocationList that we publish.

Documents are plain dicts with their keys in the order of publication; all texts are in the site's first language. What
makes such a document right is checked in `ob2_checks`.
"""

import re
from collections.abc import Mapping
from json.encoder import encode_basestring
from urllib.parse import urlsplit

from badgesite.model.award import Award, Batch
from badgesite.model.badge import BadgeClass, Skill
from badgesite.model.catalogue import Catalogue
from badgesite.model.narrative import award_narrative, criteria_narrative, headings
from badgesite.plan import Plan

CONTEXT = "https://w3id.org/openbadges/v2"
EQF = "http://data.europa.eu/snb/eqf/"  # the EU's own list of EQF levels
_TELEPHONE = re.compile(r"\+?[1-9]\d{1,14}(;ext=\d+)?")  # OB 2.0, Profile: E.164


def issuer(catalogue: Catalogue, plan: Plan, slug: str) -> dict[str, object]:
    """The issuer (OB 2.0, Profile).

    The type is `Issuer`: 1EdTech's validator looks for the revocation list of no other. `startsWith` is one string, as
    validator-core wants it; a rehearsal names no origin, because an allowed origin is a host with a dot.
    """
    found = catalogue.issuers[slug]
    host = urlsplit(plan.base).hostname or ""
    picture = catalogue.issuer_pictures.get(slug)
    return _given(
        {
            **_beginning("Issuer", plan.url(plan.issuer_document(slug)), plan.first),
            "name": str(found.name),
            "url": found.url,
            "email": found.email,
            "description": str(found.description) if found.description else None,
            "telephone": _telephone(found.telephone),
            "image": plan.url(plan.issuer_image(slug, picture.kind)) if picture else None,
            "verification": _given(
                {
                    "type": "VerificationObject",
                    "verificationProperty": "id",
                    "startsWith": plan.base,
                    "allowedOrigins": host if "." in host else None,
                }
            ),
            "revocationList": plan.url(plan.revocations(slug)),
            "related": [
                {"id": Plan(base, plan.languages).url(plan.issuer_document(slug))} for base in catalogue.elsewhere
            ]
            or None,
        }
    )


def badge_class(catalogue: Catalogue, plan: Plan, slug: str, name: str = "") -> dict[str, object]:
    """A badge (OB 2.0, BadgeClass); what has no field of its own is told in the narrative of its criteria.

    With `name`, one that it had before it was moved, the document as it answers there.
    """
    badge, called = catalogue.badges[slug], name or slug
    image = plan.url(plan.badge_image(called, "png"))
    category = catalogue.site.categories.get(badge.category) if badge.category else None
    return _given(
        {
            **_beginning("BadgeClass", plan.url(plan.badge_document(called)), plan.first),
            "name": str(badge.name),
            "description": str(badge.description),
            "image": {"id": image, "caption": str(badge.image_alt)} if badge.image_alt else image,
            "criteria": {
                "id": plan.url(plan.badge_page(called, plan.first)),
                "narrative": criteria_narrative(badge, plan.first),
            },
            "issuer": plan.url(plan.issuer_document(badge.issuer)),
            "alignment": _alignments(catalogue, plan, badge) or None,
            "tags": [str(category)] if category else None,
            "related": {"id": plan.url(plan.badge_document(badge.replaces))} if badge.replaces else None,
        }
    )


def assertion(catalogue: Catalogue, plan: Plan, batch: Batch, award: Award) -> dict[str, object]:
    """An award (OB 2.0, Assertion), without the holder's name; of a revoked one, the stub.

    The stub has nothing but its id and reason, so that software which does not look at `revoked` refuses it too.
    """
    address = plan.url(plan.assertion(award.id))
    document: dict[str, object] = {"@context": CONTEXT, "type": "Assertion", "id": address}
    if award.revoked:
        return {**document, "revoked": True, "revocationReason": award.revoked.reason}
    document["recipient"] = {
        "type": "email",
        "hashed": True,
        "salt": award.recipient.salt,
        "identity": award.recipient.identity,
    }
    document["badge"] = plan.url(plan.badge_document(batch.recorded_badge))
    document["issuedOn"] = f"{batch.date.isoformat()}T00:00:00Z"
    if expires := catalogue.expires(batch, award):
        document["expires"] = f"{expires.isoformat()}T23:59:59Z"
    document["verification"] = {"type": "HostedBadge"}
    document["image"] = plan.url(plan.award_image(award.id, "png"))
    if narrative := award_narrative(catalogue.badges[batch.badge], batch, award, plan.first):
        document["narrative"] = narrative
    if award.evidence:
        document["evidence"] = [{"id": url} for url in award.evidence]
    return document


def erased_assertion(plan: Plan, award: str) -> dict[str, object]:
    """What stands for an award that was erased: the stub, without a reason."""
    return {"@context": CONTEXT, "type": "Assertion", "id": plan.url(plan.assertion(award)), "revoked": True}


def revocation_list(catalogue: Catalogue, plan: Plan, issuer: str) -> dict[str, object]:
    """The revoked awards of an issuer (OB 2.0, RevocationList), by id; of those that were erased, nothing else."""
    revoked = {
        plan.url(plan.assertion(award.id)): {"revocationReason": award.revoked.reason}
        for batch, award in catalogue.each_award()
        if award.revoked
        and catalogue.badges[batch.badge].issuer == issuer
        and catalogue.base_of(batch.slug) == plan.base
    }
    revoked |= {plan.url(plan.assertion(each.award)): {} for each in catalogue.erased_of(issuer)}
    return {
        "@context": CONTEXT,
        "type": "RevocationList",
        "id": plan.url(plan.revocations(issuer)),
        "issuer": plan.url(plan.issuer_document(issuer)),
        "revokedAssertions": [{"id": each, **revoked[each]} for each in sorted(revoked)],
    }


def text_of(document: Mapping[str, object]) -> str:
    """The document as it is published: JSON indented by two, keys as made, UTF-8 unescaped, a line feed at the end.

    The end of a CDATA section is written with an escape, so that the same text can be baked into an SVG.
    """
    text = _json(document, "\n")
    return (text.replace("]]>", "]]\\u003e") if "]]>" in text else text) + "\n"


def _json(value: object, line: str) -> str:
    """As json.dumps with an indent, which is slow because it is then written in Python for every kind of value."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    inner = line + "  "
    if isinstance(value, Mapping):
        pairs = [f"{inner}{encode_basestring(key)}: {_json(each, inner)}" for key, each in value.items()]
        return f"{{{','.join(pairs)}{line}}}" if pairs else "{}"
    if isinstance(value, list):
        items = [inner + _json(each, inner) for each in value]
        return f"[{','.join(items)}{line}]" if items else "[]"
    raise TypeError(f"{type(value).__name__} has no place in an OB 2.0 document")


def _beginning(kind: str, address: str, language: str) -> dict[str, object]:
    return {"@context": CONTEXT, "@language": language, "type": kind, "id": address}


def _given(document: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if value is not None}


def _telephone(number: str | None) -> str | None:
    """The number without the spaces and signs that people write in it; None if it cannot be said in E.164."""
    plain = re.sub(r"[\s().\-/]", "", number or "")
    return plain if _TELEPHONE.fullmatch(plain) else None


def _alignments(catalogue: Catalogue, plan: Plan, badge: BadgeClass) -> list[dict[str, object]]:
    """Skills, the EQF level if no skill says it, and the badges that this one counts towards."""
    found = [_skill(skill) for skill in badge.skills]
    level = badge.microcredential.eqf if badge.microcredential else None
    if level is not None and all((skill.framework or "").upper() != "EQF" for skill in badge.skills):
        name = f"{headings(plan.first)['eqf']} {level}"
        found.append(
            {"targetName": name, "targetUrl": f"{EQF}{level}", "targetFramework": "EQF", "targetCode": str(level)}
        )
    for larger in badge.part_of:
        url = plan.url(plan.badge_page(larger, plan.first))
        found.append({"targetName": str(catalogue.badges[larger].name), "targetUrl": url})
    return found


def _skill(skill: Skill) -> dict[str, object]:
    return _given(
        {
            "targetName": str(skill.name),
            "targetUrl": skill.url,
            "targetDescription": str(skill.description) if skill.description else None,
            "targetFramework": skill.framework,
            "targetCode": skill.code,
        }
    )
