"""What stays once a badge has been awarded: its digests, and what differs from them (docs/formats.md, Lock files)."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256

from badgesite.errors import Place, Problem
from badgesite.model.badge import BadgeClass
from badgesite.model.duration import Duration
from badgesite.model.noun import Noun
from badgesite.model.picture import Picture
from badgesite.model.text import Text

Where = Callable[[str], Place]  # of a field, `name.it`

_WORDS = ("name", "description", "criteria")
IN_EACH_LANGUAGE = (*_WORDS, "skills", "microcredential", "result")
IN_NONE = ("achievement_type", "issuer", "valid_for")  # no misprint is in them: `amended` does not free them


def frozen_lines(badge: BadgeClass, picture: Picture, languages: tuple[str, ...]) -> Iterator[str]:
    """`<n> <field>[.<language>] <sha256>` for each frozen field, in each of the languages that the badge has."""
    stage = len(badge.amended)
    for language in filter(badge.has_language, languages):
        for field in IN_EACH_LANGUAGE:
            yield f"{stage} {field}.{language} {digest(getattr(badge, field), language)}"
    for field in IN_NONE:
        yield f"{stage} {field} {digest(getattr(badge, field), languages[0])}"
    yield f"{stage} image {picture.digest}"


def digests_in(lines: Iterable[str]) -> frozenset[str]:
    """Those lines of a badge's lock file that hold digests."""
    return frozenset(line for line in lines if line[0].isdigit())


def is_frozen(lines: Iterable[str]) -> bool:
    """Whether the lines of a badge's lock file hold digests: it has been awarded."""
    return bool(digests_in(lines))


def says_the_same(lines: Iterable[str], badge: BadgeClass, language: str) -> bool:
    """Whether a badge has the name, description and criteria that the lines of a lock file once held."""
    pairs = set(_pairs(lines))
    return all((f"{field}.{language}", digest(getattr(badge, field), language)) in pairs for field in _WORDS)


def frozen_problems(
    lines: Collection[str],
    badge: BadgeClass,
    picture: Picture,
    languages: tuple[str, ...],
    where: Where,
    gone: Collection[str] = (),
) -> Iterator[Problem]:
    """What of an awarded badge is not as the lines of its lock file have it, told where its fields stand.

    Words and pictures are compared with the lines of the current number of amendments, the rest with those of any.
    Two branches that were merged may have left several digests for one field and number: it may be as either says.
    A badge of one of the issuers that are `gone` has another for that reason alone.
    """
    follows = {digest(issuer, languages[0]) for issuer in gone}
    now = dict(_pairs(frozen_lines(badge, picture, languages)))
    stages = _stages(lines)
    was = stages.get(str(len(badge.amended)), {})
    yield from _lost_languages(was, badge, where)
    again = f"put it back, or make a new badge: `badgesite new badge NEW --replaces {badge.slug}`"
    amend = f"{again}; if it mends a misprint, add an entry to amended: {{date, note}}"
    of_badge = f'of the badge "{badge.slug}", which has been awarded,'
    for field in IN_NONE:
        released = follows if field == "issuer" else set()
        once = (stage.get(field, set()) - released for stage in stages.values())
        if any(digests and now[field] not in digests for digests in once):
            yield Problem(where(field), f'"{field}" {of_badge} has changed', again)
    for field in sorted(was.keys() - set(IN_NONE)):
        name, _, language = field.partition(".")
        if now.get(field) not in was[field] and not (language and not badge.has_language(language)):
            words = f'"{name}" in "{language}"' if language else f'"{name}"'
            became = "has changed" if field in now else "is gone"
            yield Problem(where(field), f"{words} {of_badge} {became}", amend)


def _lost_languages(was: Iterable[str], badge: BadgeClass, where: Where) -> Iterator[Problem]:
    for language in sorted({field.partition(".")[2] for field in was} - {""}):
        if not badge.has_language(language):
            what = f'the badge "{badge.slug}", which has been awarded, is no longer written in "{language}"'
            yield Problem(where("name"), what, "put its name, description and criteria in that language back")


def agree(lines: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two lock files are of one badge: after one number of amendments, all that both hold was the same."""
    ours, theirs = _stages(lines), _stages(others)
    return any(_same(ours[stage], theirs[stage]) for stage in ours.keys() & theirs.keys())


def _same(ours: Mapping[str, set[str]], theirs: Mapping[str, set[str]]) -> bool:
    both = ours.keys() & theirs.keys()
    return bool(both) and all(ours[field] & theirs[field] for field in both)


def _stages(lines: Iterable[str]) -> dict[str, dict[str, set[str]]]:
    """By number of amendments the digests of each field, `name.it`."""
    stages: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for line in digests_in(lines):
        stage, field, digest = line.split(" ")
        stages[stage][field].add(digest)
    return stages


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Field and digest of each `<n> <field>[.<language>] <sha256>`."""
    for line in digests_in(lines):
        _, field, digest = line.split(" ")
        yield field, digest


def digest(value: object, language: str) -> str:
    """SHA-256 of the value as JSON: sorted keys, no spaces, texts reduced to a language (else the first they have).

    What is not given is left out; a field that is not given at all is null. A length of time is its months.
    """
    plain = _plain(value, language)
    text = json.dumps(plain if plain != [] else None, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _plain(value: object, language: str) -> object:
    if isinstance(value, Text):
        return value.in_language(language).strip()
    if isinstance(value, Noun):
        fields = type(value).model_fields
        given = {fields[name].alias or name: _plain(each, language) for name, each in value}
        return {name: each for name, each in given.items() if each is not None and each != []}
    if isinstance(value, tuple):
        return [_plain(each, language) for each in value]
    if isinstance(value, Duration):
        return f"{value.months} months"
    return value.isoformat() if isinstance(value, date) else value
