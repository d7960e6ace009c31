"""The theme's own words in a language: gettext catalogues, read from their .po files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from markupsafe import Markup

from badgesite.errors import Place, Problem
from badgesite.pages.dates import Local, day_in
from badgesite.pages.look.po_file import Entry, read_po_file
from badgesite.pages.look.po_rules import Rule, entry_problems, head_problems, is_formatted, rule_of, rule_of_language

SOURCE_LANGUAGE = "en"  # what the templates are written in
_TIME = re.compile(r"(?P<start><time\b(?P<attributes>[^<>]*))>(?P<words>[^<]*)(?P<end></time>)")
_ISO = re.compile(r'\bdatetime="(\d{4}-\d\d-\d\d)"')
_SIGN = re.compile("%%?")


@dataclass(frozen=True, slots=True)
class Wording:
    """Messages of one language; a message that is missing is said as the template has it.

    `places` tells where each message stands in the last of its `files`, and `problems` what is wrong with all of them.
    """

    language: str
    messages: Mapping[str, str]
    plurals: Mapping[tuple[str, int], str]
    rule: Rule
    files: tuple[str, ...]
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.messages.get(message, message)

    def as_format(self, message: str) -> str:
        """The message to be filled in, as templates do with all that they say; a bare per cent sign stays one then."""
        said = self.gettext(message)
        return said if "%" not in said or is_formatted(message) else _SIGN.sub("%%", said)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form of the message for a number."""
        return self.plurals.get((one, self.rule.plural(count)), one if count == 1 else many)

    def language_of(self, message: str, count: int | None = None) -> str:
        """The language in which a message is said, that counts if there is a number: ours, else that of templates."""
        said = message in self.messages if count is None else (message, self.rule.plural(count)) in self.plurals
        return self.language if said else SOURCE_LANGUAGE

    def filled(self, message: str, **values: str) -> str:
        """The message with its placeholders filled in, days and numbers in the language in which it is said."""
        return self.as_format(message) % self.fitting(self.language_of(message), values)

    def fitting(self, language: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a message is filled with, days and numbers in the language in which it is said."""
        return {name: self._fitting(language, value) for name, value in values.items()}

    def _fitting(self, language: str, value: Any) -> Any:
        if isinstance(value, Local):
            return value.in_language(language)
        return Markup(_TIME.sub(partial(self._day, language), value)) if isinstance(value, Markup) else value  # noqa: S704

    def _day(self, language: str, found: re.Match[str]) -> str:
        """The element of a day in a language, marked with it if it was in another of ours."""
        iso = _ISO.search(found["attributes"])
        try:
            day = date.fromisoformat(iso[1] if iso else "")
        except ValueError:
            return found[0]
        words, ours = day_in(language, day), (day_in(self.language, day), day_in(SOURCE_LANGUAGE, day))
        if words == found["words"] or found["words"] not in ours:
            return found[0]
        return f'{found["start"]} lang="{language}">{words}{found["end"]}'

    @property
    def said(self) -> frozenset[str]:
        """The messages that it says; one that counts if it has every form."""
        forms = range(self.rule.count)
        counted = {one for one, _ in self.plurals if all((one, form) in self.plurals for form in forms)}
        return frozenset(self.messages.keys() | counted)

    def lacks(self, other: "Wording") -> int:
        """How many of the other's messages it does not say, or not in every form."""
        return len(other.said - self.said)

    def covers(self, tag: str) -> bool:
        """Whether a page in the language `tag` is wholly in that language."""
        return tag == self.language or tag.startswith(f"{self.language}-")


def wording(language: str, files: Iterable[tuple[str, bytes]]) -> Wording:
    """The messages of some .po files (path for messages, content), later ones over earlier ones."""
    return _read(language, tuple(files))


@lru_cache(maxsize=64)
def _read(language: str, files: tuple[tuple[str, bytes], ...]) -> Wording:
    messages: dict[str, str] = {}
    plurals: dict[tuple[str, int], str] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    rule = rule_of_language(language)
    for path, data in files:
        file = read_po_file(path, data)
        rule, faults = rule_of(file, language)
        problems += (*file.problems, *head_problems(file, language), *faults)
        if not faults:  # else the forms of a plural cannot be told
            problems += (fault for entry in file.entries for fault in entry_problems(entry, rule))
        places = {entry.message.words: entry.message.place for entry in file.entries if not entry.context}
        for entry in file.entries:
            _say(entry, messages, plurals)
    return Wording(language, messages, plurals, rule, tuple(path for path, _ in files), places, tuple(problems))


def _say(entry: Entry, messages: dict[str, str], plurals: dict[tuple[str, int], str]) -> None:
    if entry.fuzzy or entry.context:  # a guess, and what no page can say
        return
    if entry.plural:
        plurals.update({(entry.message.words, form): said.words for form, said in entry.forms.items() if said.words})
    elif entry.forms[0].words:
        messages[entry.message.words] = entry.forms[0].words


def speaker_of(tag: str, wordings: Mapping[str, Wording]) -> Wording:
    """The wording for pages in the language `tag`: its own, that of its wider language (pt for pt-br), else English."""
    while tag not in wordings and "-" in tag:
        tag = tag.rpartition("-")[0]
    return wordings.get(tag) or wordings[SOURCE_LANGUAGE]
