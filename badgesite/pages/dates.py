"""Dates and numbers as a reader of a language writes them."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

_ENGLISH = Locale("en", "GB")  # day before month, as the world outside the United States writes it

# The first of a month, which Babel and browsers write as any other day; words.js of the default theme has these too.
_FIRSTS = {"it": "1º", "fr": "1er"}


class Local(str):
    """A day or a number in the words of one language, which can be said in another: that of the sentence around it."""

    say: Callable[[str, Any], str]
    tag: str
    value: Any

    def __new__(cls, say: Callable[[str, Any], str], tag: str, value: object) -> "Local":
        """What `say` makes of a value in the language `tag`."""
        made = super().__new__(cls, say(tag, value))
        made.say, made.value, made.tag = say, value, tag
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:  # for what is given to another process
        return self.say, self.tag, self.value

    def in_language(self, tag: str) -> str:
        """The same in the language `tag`."""
        return self.say(tag, self.value)


@lru_cache(maxsize=256)
def locale_of(tag: str) -> Locale | None:
    """Babel's locale of a language tag, or None if it has none."""
    if tag == "en":
        return _ENGLISH
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=4096)
def day_in(tag: str, day: date) -> str:
    """A day as in 22 November 2026, in the language `tag`."""
    words = format_date(day, format="long", locale=locale_of(tag) or _ENGLISH)
    first = _FIRSTS.get(tag.partition("-")[0])
    return f"{first}{words[1:]}" if first and words.startswith("1 ") else words


@lru_cache(maxsize=4096)
def number_in(tag: str, number: int | float) -> str:
    """A number with the marks of the language `tag`; fractions as long as they are."""
    return format_decimal(number, locale=locale_of(tag) or _ENGLISH, decimal_quantization=False)


@lru_cache(maxsize=1024)
def month_in(tag: str, day: date) -> str:
    """The month of a day as in Nov 2026, in the language `tag`."""
    return format_skeleton("yMMM", day, locale=locale_of(tag) or _ENGLISH)


def percent_in(tag: str, number: int) -> str:
    """Whole per cent as the language `tag` writes them."""
    return format_percent(number / 100, locale=locale_of(tag) or _ENGLISH)


def signed_in(tag: str, number: int) -> str:
    """A whole number with its sign in front, a true minus where the language has a mere hyphen for one; 0 has none."""
    sign = "+#,##0;-#,##0" if number else "#,##0"
    return format_decimal(number, format=sign, locale=locale_of(tag) or _ENGLISH).replace("-", "\N{MINUS SIGN}")


def own_name(tag: str) -> str:
    """What a language calls itself, with a capital; its tag if nobody told Babel."""
    locale = locale_of(tag)
    name = locale.get_language_name(locale) if locale else None
    return name[0].upper() + name[1:] if name else tag


def direction_of(tag: str) -> str:
    """`ltr` or `rtl`."""
    locale = locale_of(tag)
    return locale.text_direction if locale else "ltr"


def country_in(tag: str, code: str) -> str:
    """The name of a country in the language `tag`; its code if nobody told Babel."""
    return str((locale_of(tag) or _ENGLISH).territories.get(code, code))
