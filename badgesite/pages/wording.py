"""The theme's own words in a language: gettext catalogues, read from their .po files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from io import BytesIO

from babel.messages.pofile import PoFileError, read_po

from badgesite.errors import Place, Problem, ThemeError

SOURCE_LANGUAGE = "en"  # what the templates are written in


@dataclass(frozen=True, slots=True)
class Wording:
    """Messages of one language; a message that is missing is said as the template has it."""

    language: str
    messages: Mapping[str, str]
    plurals: Mapping[tuple[str, int], str]
    plural: Callable[[int], int]

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.messages.get(message, message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form of the message for a number."""
        return self.plurals.get((one, self.plural(count)), one if count == 1 else many)

    def lacks(self, other: "Wording") -> int:
        """How many of the other's messages it does not say."""
        counted = {one for one, _ in other.plurals} - {one for one, _ in self.plurals}
        return len(other.messages.keys() - self.messages.keys()) + len(counted)

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
    plural = c2py("(n != 1)")
    for path, data in files:
        try:
            catalog = read_po(BytesIO(data), locale=language, abort_invalid=True)
            plural = c2py(catalog.plural_expr)
        except (PoFileError, ValueError) as error:
            place = Place(path, getattr(error, "lineno", 0) or 0)
            raise ThemeError(problems=[Problem(place, f"the translations cannot be read: {error}")]) from error
        for message in catalog:
            if not message.id or message.fuzzy:
                continue
            if isinstance(message.id, str):
                if message.string:
                    messages[message.id] = str(message.string)
            else:
                forms = enumerate(message.string if isinstance(message.string, list | tuple) else ())
                plurals.update({(message.id[0], index): form for index, form in forms if form})
    return Wording(language, messages, plurals, plural)


def speaker_of(tag: str, wordings: Mapping[str, Wording]) -> Wording:
    """The wording for pages in the language `tag`: its own, that of its wider language (pt for pt-br), else English."""
    while tag not in wordings and "-" in tag:
        tag = tag.rpartition("-")[0]
    return wordings.get(tag) or wordings[SOURCE_LANGUAGE]
