"""What a YAML parser says -> what a person reads."""

import re

import yaml

from badgesite.errors import Place, Problem

_ALIGN = ("this line does not fit where it stands", "align it with the lines above")
_NO_BLANK = re.compile(r"\s*(?:- +)*[\w-]+:(?=[^\s/:])")  # name:Ada, and not https://...
_COLOUR = re.compile(r"[\s,:]\s+(#[0-9A-Za-z]+)")
_VALUE = re.compile(r"\s*(?:- +)*[^\s#][^#]*?:\s+[^\s#|>]")
_MEND = "put texts that hold other characters than letters and digits in quotes"
_SENTENCES = (
    ("'\\t' that cannot start", "a tab stands at the beginning", "indent with spaces"),
    ("tab character", "a tab stands at the beginning", "indent with spaces"),
    ("cannot start any token", "no value can begin with this character", "put the text in quotes"),
    ("did not find expected key", *_ALIGN),
    ("<block end>", *_ALIGN),
    ("'-' indicator", *_ALIGN),
    ("alphabetic or numeric", "no text can begin with this character", "put the text in quotes"),
    ("sequence entries are not allowed", 'a "-" stands where no list can begin', "begin the list on a line of its own"),
    ("expected ',' or", "a comma or a closing bracket is missing", "close what was opened, or use quotes"),
    ("end of stream", "the file ends in the middle of something", "close the quotes or brackets"),
    ("quoted scalar", "a text in quotes has no end", "close the quotes"),
    ("escape", "a backslash stands before a character it cannot stand before", "write '...' instead of \"...\""),
    ("unexpected ':'", 'a ":" stands where none can', "write a blank after it, or put the text in quotes"),
    ("node content", "a value is missing", "write one, or close the brackets"),
)


def syntax_problem(error: yaml.YAMLError, path: str, text: str) -> Problem:
    """The fault that ended the reading of `text`, at a place within it."""
    said = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(Place(path), f"this is not YAML: {said.lower().splitlines()[0]}", _MEND)
    line, column = mark.line + 1, mark.column + 1
    lines = text.rstrip().split("\n")
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    place = Place(path, line, column)
    if told := _known(said, error, place, lines):
        return told
    if lines[line - 1][column - 1 : column] == "\t":
        return Problem(place, "a tab stands at the beginning", "indent with spaces")
    for fragment, what, mend in _SENTENCES:
        if fragment in said:
            return Problem(place, what, mend)
    return Problem(place, f"this is not YAML: {said.lower().splitlines()[0]}", _MEND)


def _known(said: str, error: yaml.YAMLError, place: Place, lines: list[str]) -> Problem | None:
    """The fault, if the lines around it tell more than the parser does."""
    began = getattr(error, "context_mark", None)
    opened = Place(place.path, began.line + 1, began.column + 1) if began else place
    if "mapping values are not allowed" in said:
        return _colon(place, lines)
    if "could not find expected ':'" in said:
        return _blank(place.path, opened.line, lines) or _no_colon(opened)
    if "end of stream" in said and began and "quoted" in str(getattr(error, "context", "")):
        return Problem(opened, "the quote that opens here is never closed", "close it where the text ends")
    before = lines[place.line - 1][: place.column - 1].rstrip()
    if before.endswith(("'", '"')) and any(words in said for words in ("expected key", "block end", "expected ',' or")):
        return _after_quote(place, before, lines)
    if "expected ',' or" in said and (found := _COLOUR.search(lines[opened.line - 1], opened.column - 1)):
        what = f'what follows "#" is a comment, so that the bracket of column {opened.column} stays open'
        return Problem(Place(place.path, opened.line, found.start(1) + 1), what, f'write it in quotes: "{found[1]}"')
    if "expected ',' or" in said and opened.line < place.line:
        what = f"a comma or a closing bracket is missing: one was opened in line {opened.line}"
        return Problem(place, what, "close it, or put the text in quotes")
    return None


def _no_colon(place: Place) -> Problem:
    return Problem(place, 'a line without a ": " stands where a key is meant', "write key: value")


def _colon(place: Place, lines: list[str]) -> Problem:
    """A `: ` too many: in a text, or because of what is wrong with the line above."""
    if re.search(r":\s", lines[place.line - 1][: place.column - 1]):
        return Problem(place, 'a second ": " stands in this line', "put the text after the first one in quotes")
    above = next((line for line in range(place.line - 1, 0, -1) if lines[line - 1].strip()), 0)
    if above and (told := _blank(place.path, above, lines)):
        return told
    if above and _VALUE.match(lines[above - 1]) and _indent(lines[above - 1]) < _indent(lines[place.line - 1]):
        what = "this line stands further right than the one above, which has its value already"
        return Problem(place, what, "align the two; or, if it goes on with the text above, put all of that in quotes")
    mend = (
        'align the line with the key above, write a blank after the ":" above, or put a text that holds ": " in quotes'
    )
    return Problem(place, 'a ": " stands where no key can begin', mend)


def _blank(path: str, line: int, lines: list[str]) -> Problem | None:
    """What is wrong with `name:Ada`."""
    found = _NO_BLANK.match(lines[line - 1]) if line <= len(lines) else None
    if found is None:
        return None
    return Problem(Place(path, line, found.end() + 1), 'a blank is missing after the ":"', "write key: value")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _after_quote(place: Place, before: str, lines: list[str]) -> Problem:
    """Something follows the end of a text in quotes: an apostrophe ended it, or it should have ended lines above."""
    quote, end, began = before[-1], len(before), place.line
    try:
        for token in yaml.scan("\n".join(lines), Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and (token.end_mark.line + 1, token.end_mark.column) == (
                place.line,
                end,
            ):
                began = token.start_mark.line + 1
    except yaml.YAMLError:
        pass
    if began < place.line:
        return Problem(place, f"the quote opened in line {began} ends here only", f"close it in line {began}")
    mend = (
        "put it in double quotes, or write each ' in it twice" if quote == "'" else 'write \\" for each quote inside it'
    )
    return Problem(place, "the text goes on after its closing quote", mend)
