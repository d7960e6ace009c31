"""Open Badges 3.0: the Profile, the Achievement and the AchievementCredential that we publish, still without a proof.

Documents are plain dicts with their keys in the order of publication. A credential is in the recipient's language if
the badge has it, an achievement in each language of its badge, all else in the site's first. What makes a credential
right is checked in `ob3_checks`; whether a record still says what was signed, in `ob3_differences`.
"""

from collections.abc import Mapping
from json import dumps
from typing import Any

from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.narrative import award_narrative, plain, result_words
from badgesite.plan import Plan
from badgesite.standards.ob3_differences import Difference as Difference
from badgesite.standards.ob3_differences import differences as differences
from badgesite.standards.ob3_nodes import (
    Node,
    achievement_node,
    day_end,
    day_start,
    given,
    profile_node,
    result_id,
    signable,
)

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def profile(catalogue: Catalogue, plan: Plan, issuer: str) -> Node:
    """The issuer's own document."""
    return _without_tabs({"@context": [VC_CONTEXT, OB_CONTEXT], **profile_node(catalogue, plan, issuer, plan.first)})


def achievement(catalogue: Catalogue, plan: Plan, badge: str, language: str, name: str = "") -> Node:
    """The badge's own document in a language; with `name`, one that it had before, the document that answers there."""
    return _without_tabs({"@context": OB_CONTEXT, **achievement_node(catalogue, plan, badge, language, name)})


def credential(
    catalogue: Catalogue, plan: Plan, batch: Batch, award: Award, *, status: Mapping[str, object], valid_from: str
) -> Node:
    """An award (AchievementCredential), with its issuer and achievement whole, so that it can be read alone.

    `status` is its entry in a status list; `valid_from` the start of the award's day, or the moment at which the
    credential replaces an earlier one.
    """
    language = catalogue.language(batch, award)
    badge = catalogue.badges[batch.badge]
    expires = catalogue.expires(batch, award)
    made = given(
        {
            "@context": [VC_CONTEXT, OB_CONTEXT],
            "id": plan.url(plan.credential(award.id)),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": badge.name.in_language(language),
            "issuer": profile_node(catalogue, plan, badge.issuer, language),
            "validFrom": valid_from,
            "validUntil": day_end(expires) if expires else None,
            "awardedDate": day_start(batch.date),
            "credentialSubject": _subject(catalogue, plan, batch, award, language),
            "evidence": [{"id": url, "type": ["Evidence"]} for url in award.evidence],
            "credentialStatus": dict(status),
        }
    )
    return _without_tabs(made)


def compact(document: Mapping[str, object]) -> bytes:
    """The document as it is signed and kept: JSON without spaces, UTF-8 unescaped, no line feed.

    The end of a CDATA section is written with an escape, so that the same text can be baked into an SVG.
    """
    text = dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("]]>", "]]\\u003e").encode()


def _without_tabs(node: Node) -> Node:
    """The node as it is signed: with a space for each tab in a text that is no Markdown (narratives have none)."""
    return {key: _spaced(value) for key, value in node.items()}


def _spaced(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return _without_tabs(value)
    return [_spaced(each) for each in value] if isinstance(value, list) else value


def _subject(catalogue: Catalogue, plan: Plan, batch: Batch, award: Award, language: str) -> Node:
    """The holder, and what is said of them (AchievementSubject)."""
    badge, activity = catalogue.badges[batch.badge], batch.head.activity
    return given(
        {
            "id": plan.holder(award.id),
            "type": ["AchievementSubject"],
            "identifier": _identifiers(award, catalogue.shown_name(batch, award)),
            "activityStartDate": day_start(activity.first) if activity and activity.first else None,
            "activityEndDate": day_start(activity.last) if activity and activity.last else None,
            "creditsEarned": signable(award.credits),
            "narrative": award_narrative(badge, batch, award, language) or None,
            "result": _results(catalogue, plan, batch, award, language),
            "achievement": achievement_node(catalogue, plan, batch.badge, language, batch.recorded_badge),
        }
    )


def _identifiers(award: Award, name: str | None) -> list[Node]:
    """The hashed address, and the name where it may be shown (IdentityObject)."""
    found: list[Node] = [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": award.recipient.identity,
            "identityType": "emailAddress",
            "salt": award.recipient.salt,
        }
    ]
    if name:
        found.append({"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"})
    return found


def _results(catalogue: Catalogue, plan: Plan, batch: Batch, award: Award, language: str) -> list[Node]:
    """What was reached, in words; of named values also which one it is, whatever its words (Result)."""
    badge = catalogue.badges[batch.badge]
    words = result_words(badge, award, language)
    if not words or not award.result or not badge.result:
        return []
    described = plan.url(plan.achievement(batch.recorded_badge, language))
    node: Node = {"type": ["Result"], "resultDescription": result_id(described), "value": words[1]}
    return [{**node, "achievedLevel": result_id(described, award.result)} if badge.result.values else node]
