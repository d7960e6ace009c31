"""Whether a record still says what its credential says (docs/formats.md, Credentials).

What an award says of its holder is compared; the words of badge and issuer, and the language, stay as they were
signed. So a badge is known by its address and a result by its id, and the narrative, which has words of the badge in
it, is compared after putting the words that were signed into it again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.narrative import HEADINGS, award_narrative, headings, markdown, plain, told
from badgesite.model.scalars import shown
from badgesite.plan import Plan
from badgesite.standards.ob3_nodes import RESULT_VALUE, day_end, day_start, signable

Signed = Mapping[str, object]
Compared = tuple[str, str, str]
_HEADINGS = "|".join({re.escape(words["credits"]) for words in HEADINGS.values()})
_CREDITS = re.compile(rf"^(?:{_HEADINGS}): ([0-9]+(?:\.[0-9]+)?(?:e[+-][0-9]+)?)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which a record says something else than was signed; empty is what is not said at all."""

    field: str
    was: str
    now: str

    def __str__(self) -> str:
        was, now = shown(self.was), shown(self.now)
        if was == now:  # long texts, of which only the rest differs
            same = next((at for at, pair in enumerate(zip(self.was, self.now, strict=False)) if len({*pair}) == 2), 0)
            was, now = (shown(f"...{text[same:]}") for text in (self.was, self.now))
        return f"{self.field} was {was}, now {now}"


def differences(
    catalogue: Catalogue, plan: Plan, batch: Batch, award: Award, document: Signed
) -> tuple[Difference, ...]:
    """Everything that the record says otherwise than `document`, the credential that was signed for it.

    A document that is no credential at all differs in its id.
    """
    address, path = _text(document, "id"), plan.credential(award.id)
    there, compared = plan, ("id", address, plan.url(path))
    if address.endswith(f"/{path}"):  # of another site it is one difference, not one in each address
        base = address.removesuffix(path)
        there = plan if base == plan.base else replace(plan, base=base)
        compared = ("base_url", base, plan.base)
    found = [compared, *_of_credential(catalogue, there, batch, award, document)]
    found += _of_subject(catalogue, there, batch, award, _node(document, "credentialSubject"))
    return tuple(Difference(*each) for each in found if each[1] != each[2])


def _of_credential(
    catalogue: Catalogue, plan: Plan, batch: Batch, award: Award, document: Signed
) -> Iterator[Compared]:
    expires = catalogue.expires(batch, award)
    evidence = [_text(each, "id") for each in _nodes(document, "evidence")]
    yield "issuer", _text(_node(document, "issuer"), "id"), plan.did(catalogue.badges[batch.badge].issuer)
    yield "date", _text(document, "awardedDate"), day_start(batch.date)
    yield "expires", _text(document, "validUntil"), day_end(expires) if expires else ""
    if set(evidence) != set(award.evidence):
        yield "evidence", " ".join(evidence), " ".join(award.evidence)


def _of_subject(catalogue: Catalogue, plan: Plan, batch: Batch, award: Award, subject: Signed) -> Iterator[Compared]:
    achievement = _text(_node(subject, "achievement"), "id")
    editions = _editions(plan, batch.recorded_badge)
    if achievement not in editions:
        yield "badge", achievement, next(iter(editions))
    identities = {_text(each, "identityType"): each for each in _nodes(subject, "identifier")}
    address, name = identities.get("emailAddress", {}), identities.get("name", {})
    yield "identity", _text(address, "identityHash"), award.recipient.identity
    yield "salt", _text(address, "salt"), award.recipient.salt
    yield "name", _text(name, "identityHash"), plain(catalogue.shown_name(batch, award) or "")
    yield "result", _result(subject), award.result or ""
    if activity := batch.head.activity:
        yield "activity from", _text(subject, "activityStartDate"), day_start(activity.first) if activity.first else ""
        yield "activity to", _text(subject, "activityEndDate"), day_start(activity.last) if activity.last else ""
    elif "activityStartDate" in subject or "activityEndDate" in subject:
        yield "activity", " ".join(_days(subject)).strip(), ""
    language = editions.get(achievement) or catalogue.language(batch, award)
    alike = award_narrative(catalogue.badges[batch.badge], batch, award, language) == _text(subject, "narrative")
    now = "" if award.credits is None else str(award.credits)
    in_words_alone = signable(award.credits) is None and "creditsEarned" not in subject
    was = now if alike and in_words_alone else _credits(subject)
    yield "credits", was, now
    if not alike:
        yield from _of_narrative(batch, award, subject, language, was)


@lru_cache(maxsize=256)
def _editions(plan: Plan, badge: str) -> Mapping[str, str]:
    """The language of each address that a badge has as an achievement."""
    return {plan.url(plan.achievement(badge, language)): language for language in plan.languages}


def _of_narrative(batch: Batch, award: Award, subject: Signed, language: str, earned: str) -> Iterator[Compared]:
    """The narrative and the activity's name, around words, result and days that were signed, and the credits `earned`.

    A name that has been translated since is no other name, nor is a heading another one in a language that had none.
    """
    signed, activity, own = _text(subject, "narrative"), batch.head.activity, markdown(award.narrative or "")
    names = [activity.name.in_language(language), *(name for _, name in activity.name)] if activity else []
    tails = [
        told(
            words,
            None,
            _result_words(subject),
            earned or None,
            (plain(name), *_days(subject)) if name else None,
        )
        for words, name in product((headings(language), *HEADINGS.values()), names or [""])
    ]
    wholes = ["\n\n".join(filter(None, (own, tail))) for tail in tails]
    if signed in wholes:
        return
    if tail := next((tail for tail in tails if tail and signed.endswith(tail)), ""):
        yield "narrative", signed.removesuffix(tail).rstrip("\n"), own
        return
    told_activity = tuple(f"{words['activity']}: " for words in HEADINGS.values())
    with_activity = activity or signed.rpartition("\n\n")[2].startswith(told_activity)
    kept = signed.startswith(own)
    yield "activity" if with_activity and kept else "narrative", signed, wholes[0]


def _result_words(subject: Signed) -> tuple[str, str] | None:
    described, reached = _nodes(_node(subject, "achievement"), "resultDescription"), _nodes(subject, "result")
    return (_text(described[0], "name"), _text(reached[0], "value")) if described and reached else None


def _result(subject: Signed) -> str:
    """The id of the named value that was reached, or the number."""
    for result in _nodes(subject, "result"):
        return _text(result, "achievedLevel").partition(RESULT_VALUE)[2] or _text(result, "value")
    return ""


def _credits(subject: Signed) -> str:
    """The number that was signed: a member, or if it has no one form, in the narrative alone."""
    if (earned := subject.get("creditsEarned")) is not None:
        return str(earned)
    told = [number for number in _CREDITS.findall(_text(subject, "narrative")) if signable(float(number)) is None]
    return told[-1] if told else ""


def _days(subject: Signed) -> tuple[str, str]:
    return _text(subject, "activityStartDate")[:10], _text(subject, "activityEndDate")[:10]


def _text(node: Signed, name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _node(node: Signed, name: str) -> Signed:
    value = node.get(name)
    return value if isinstance(value, dict) else {}


def _nodes(node: Signed, name: str) -> list[Signed]:
    value = node.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
