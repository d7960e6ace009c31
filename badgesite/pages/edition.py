"""The site in one language, as of a day: what every view is made from."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text
from badgesite.pages.dates import Local, day_in, month_in, number_in, percent_in, signed_in
from badgesite.pages.markdown import html_of
from badgesite.pages.theme import Theme
from badgesite.pages.wording import SOURCE_LANGUAGE, Wording
from badgesite.plan import Plan


@dataclass(frozen=True, slots=True)
class Said:
    """Words to show, and their language where it is not that of the page around them."""

    words: str
    lang: str | None = None

    @property
    def wide(self) -> str:
        """How much room they take as a title, as for `width_of`."""
        return width_of(self.words)


def width_of(words: str) -> str:
    """How much room a name or a title takes: nothing to say, `long`, `longer`, or `longest`."""
    return "longest" if len(words) > 200 else "longer" if len(words) > 90 else "long" if len(words) > 40 else ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day for people and, as YYYY-MM-DD, for machines."""

    words: str
    iso: str


@dataclass(frozen=True)
class Edition:
    """A catalogue in the language `tag`, as of a day, in a theme, at the addresses of a plan."""

    theme: Theme
    catalogue: Catalogue
    plan: Plan
    as_of: date
    tag: str

    @cached_property
    def wording(self) -> Wording:
        """The theme's own words."""
        return self.theme.wording(self.tag)

    @cached_property
    def body_language(self) -> str:
        """The language of a page's own words, which is not the page's where the theme does not speak it."""
        if not self.wording.covers(self.tag):
            return self.wording.language
        return self.tag if self.theme.speaks(self.tag) else SOURCE_LANGUAGE

    def said(self, text: Text) -> Said:
        """A text in our language, else in the site's first, marked where it differs from the words around it."""
        tag, words = text.tagged(self.tag)
        return Said(words, self.mark(tag))

    def maybe(self, text: Text | None) -> Said | None:
        """As `said`, for a text that may be missing."""
        return self.said(text) if text else None

    def prose(self, text: Text, top: int = 3) -> Said:
        """A Markdown text as HTML with headings from `<h{top}>`."""
        tag, words = text.tagged(self.tag)
        return Said(html_of(words, top), self.mark(tag))

    def maybe_prose(self, text: Text | None) -> Said | None:
        """As `prose`, for a text that may be missing."""
        return self.prose(text, top=2) if text else None

    def mark(self, tag: str) -> str | None:
        """The language to name in a `lang` attribute: None where it is that of the words around."""
        return None if tag == self.body_language else tag

    @cached_property
    def _tag(self) -> str:
        """The language of days and numbers: of the page's own words, even where it says some in another."""
        return SOURCE_LANGUAGE if self.body_language == SOURCE_LANGUAGE else self.wording.language

    def day(self, day: date) -> Day:
        """A day in the language of the page's own words, and of the sentence in which it is said."""
        return Day(Local(day_in, self._tag, day), day.isoformat())

    def number(self, number: int | float) -> str:
        """A number as the page's own words, or the sentence around it, would write it."""
        return Local(number_in, self._tag, number)

    def month(self, day: date) -> str:
        """The month of a day."""
        return month_in(self._tag, day)

    def percent(self, number: int) -> str:
        """Whole per cent."""
        return percent_in(self._tag, number)

    def signed(self, number: int) -> str:
        """A whole number with its sign in front."""
        return signed_in(self._tag, number)

    def draw(self, template: str, **values: object) -> Markup:
        """A template of the theme in our words."""
        return self.theme.render(template, self.wording, **values)


def editions(theme: Theme, catalogue: Catalogue, plan: Plan, as_of: date) -> tuple[Edition, ...]:
    """One edition for each language of the site, the first first."""
    return tuple(Edition(theme, catalogue, plan, as_of, tag) for tag in plan.languages)
