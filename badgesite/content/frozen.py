"""The digests of what does not change once a badge has been awarded (FORMATS.md, Lock files)."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from badgesite.model.badge import BadgeClass
from badgesite.model.duration import Duration
from badgesite.model.noun import Noun
from badgesite.model.picture import Picture
from badgesite.model.text import Text

IN_EACH_LANGUAGE = ("name", "description", "criteria", "skills", "microcredential", "result")
IN_NONE = ("achievement_type", "issuer", "valid_for")


def frozen_lines(badge: BadgeClass, picture: Picture, languages: tuple[str, ...]) -> Iterator[str]:
    """`<n> <field>[.<language>] <sha256>` for each frozen field, in each of the languages that the badge has."""
    stage = len(badge.amended)
    for language in filter(badge.has_language, languages):
        for field in IN_EACH_LANGUAGE:
            yield f"{stage} {field}.{language} {digest(getattr(badge, field), language)}"
    for field in IN_NONE:
        yield f"{stage} {field} {digest(getattr(badge, field), languages[0])}"
    yield f"{stage} image {picture.digest}"


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
