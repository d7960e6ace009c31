"""The name that somebody meant who wrote another."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The mend for a name that is none of the known ones; "" if none is like it."""
    by_case = {each.lower(): each for each in sorted(known, reverse=True)}
    close = get_close_matches(word.lower(), by_case, 1, 0.7)
    return f'did you mean "{by_case[close[0]]}"?' if close else ""
