"""Rows against the site: badge, group, unit, result and the rest must be ones that it has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic_core import PydanticCustomError

from badgesite.errors import Place, Problem
from badgesite.lists.addresses import domain_of
from badgesite.lists.rows import Row
from badgesite.model.addresses import addresses_in
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.scalars import fault, shown
from badgesite.model.text import Text

_FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Fitting:
    """What rows are measured by: the site, the command's own words for empty cells, and the day it is."""

    catalogue: Catalogue
    defaults: Row
    today: date

    def fit(self, row: Row) -> tuple[Row, list[Problem]]:
        """The row with empty cells filled and every word as the site spells it, and what does not fit."""
        problems: list[Problem] = []
        filled = self._filled(row)
        badge = self._checked(row, "badge", filled.badge, self._badge, problems)
        known = self.catalogue.badges.get(badge or "")
        checks: dict[str, Callable[[Any], Any]] = {"date": self._day, "language": self._language, "group": self._group}
        if known:
            checks |= {
                "visibility": lambda word: self._visibility(word, known),
                "unit": lambda word: self._unit(word, known),
                "result": lambda word: _result(word, known),
            }
        values = {
            field: self._checked(row, field, getattr(filled, field), check, problems) for field, check in checks.items()
        }
        if values["group"] is None and filled.group is None and filled.email:
            values["group"] = self._group_of(filled.email)
        if known:
            problems += self._unfounded(row, filled, known)
        problems += self._addresses(row)
        return replace(filled, badge=badge, **values), problems

    def _filled(self, row: Row) -> Row:
        fields = ("name", "visibility", "language", "group", "unit", "result", "date", "badge")
        empty = [field for field in fields if getattr(row, field) is None and field not in row.faulty]
        return replace(row, **{field: getattr(self.defaults, field) for field in empty})

    def _place(self, row: Row, field: str) -> Place:
        """Where the word came from: its cell, or the command for all rows alike."""
        return row.at(field) if getattr(row, field) is not None else self.defaults.place

    def _checked(self, row: Row, field: str, value: Any, check: Callable[[Any], Any], problems: list[Problem]) -> Any:
        if value is None:
            return None
        try:
            return check(value)
        except PydanticCustomError as error:
            context = error.context or {}
            what = f"{field}: {context.get('what')}"
            problems.append(Problem(self._place(row, field), what, str(context.get("mend", ""))))
            return None

    def _badge(self, word: str) -> str:
        now = self.catalogue.former_badges.get(word.lower(), word)
        return _one_of(now, self.catalogue.badges, "badge of this site")

    def _day(self, day: date) -> date:
        if day > self.today:
            raise fault("future", f"{day} lies in the future", f"today is {self.today} (UTC); award on the day")
        if day.year < _FIRST_YEAR:
            raise fault("past", f"{day} lies too far in the past", "write the year in full")
        return day

    def _language(self, word: str) -> str:
        languages = self.catalogue.site.languages
        tag = word.replace("_", "-").lower()
        if tag not in languages and tag.partition("-")[0] in languages:
            return tag.partition("-")[0]
        return _one_of(tag, languages, "language of this site")

    def _group(self, word: str) -> str:
        groups = self.catalogue.site.groups
        return _one_of(word, groups, "group of this site", {slug: group.name for slug, group in groups.items()})

    def _group_of(self, address: str) -> str | None:
        """The group whose domain the address is in, the longest domain first; None if none."""
        domain = domain_of(address)
        matches = [
            (len(own), slug)
            for slug, group in self.catalogue.site.groups.items()
            for own in group.domains
            if domain == own or domain.endswith(f".{own}")
        ]
        return max(matches)[1] if matches else None

    def _unit(self, word: str, badge: BadgeClass) -> str:
        units = self.catalogue.issuers[badge.issuer].units
        return _one_of(word, units, f"unit of {badge.issuer}", units)

    def _visibility(self, word: str, badge: BadgeClass) -> str:
        return "unlisted" if badge.minors and word == "public" else word

    def _unfounded(self, row: Row, filled: Row, badge: BadgeClass) -> list[Problem]:
        """Names are shown only where the site says why they may be (docs/privacy.md)."""
        site = self.catalogue.site
        if site.basis or (filled.visibility or badge.visibility or site.visibility) == "unnamed":
            return []
        place = self._place(row, "visibility") if filled.visibility else Place("content/site.yaml")
        what = "visibility: names cannot be shown, as the site does not say on what basis"
        return [Problem(place, what, "add basis to content/site.yaml, or write unnamed")]

    def _addresses(self, row: Row) -> list[Problem]:
        """Addresses among the words that will be published, which would stop every build (docs/privacy.md)."""
        words = {"name": row.name or "", "narrative": row.narrative or "", "evidence": " ".join(row.evidence)}
        return [
            Problem(row.at(field), f"{field}: an e-mail address stands among words that are published", "remove it")
            for field, text in words.items()
            if any(address not in self.catalogue.addresses for address in addresses_in(text.encode()))
        ]


def _result(word: str, badge: BadgeClass) -> str:
    result = badge.result
    if not result:
        raise fault("result", f"{badge.slug} has no results", "leave it empty")
    if result.values:
        values = {value.id: value.name for value in result.values}
        return _one_of(word, values, f"result of {badge.slug}", values)
    plain = word.replace(",", ".", 1)
    if mend := result.fault_of(plain):
        raise fault("result", f"{shown(word)} is not a result of {badge.slug}", mend)
    return plain


def _one_of(word: str, known: Iterable[str], what: str, names: Mapping[str, Text] | None = None) -> str:
    """The slug that a word means: itself, or the name of the thing in any language, whatever the case."""
    slugs = tuple(known)
    if word in slugs:
        return word
    spellings = {slug.casefold(): slug for slug in slugs}
    spellings |= {name.casefold(): slug for slug, text in (names or {}).items() for _, name in text}
    if word.casefold() in spellings:
        return spellings[word.casefold()]
    close = get_close_matches(word.casefold(), spellings, n=1)
    if not slugs:
        noun, _, owner = what.partition(" of ")
        where = "content/site.yaml" if owner == "this site" else f"the file of {owner}"
        raise fault("unknown", f"{owner} has no {noun}s yet", f"leave it out, or add {noun}s to {where}")
    each = [_with_name(slug, names) for slug in slugs[:12]]
    mend = f'did you mean "{spellings[close[0]]}"?' if close else f"write one of: {', '.join(each)}"
    raise fault("unknown", f"{shown(word)} is not a {what}", mend)


def _with_name(slug: str, names: Mapping[str, Text] | None) -> str:
    """A slug, with what it stands for beside it if that is another word."""
    name = str((names or {}).get(slug, slug))
    return slug if name.casefold() == slug else f'{slug} ("{name}")'
