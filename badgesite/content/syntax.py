"""What a YAML parser says -> what a person reads."""

import yaml

from badgesite.errors import Place, Problem

_ALIGN = ("this line does not fit where it stands", "align it with the lines above")
_SENTENCES = (
    ("mapping values are not allowed", 'a ": " stands where no map can begin', "put the text in quotes"),
    ("'\\t' that cannot start", "a tab stands at the beginning", "indent with spaces"),
    ("tab character", "a tab stands at the beginning", "indent with spaces"),
    ("cannot start any token", "no value can begin with this character", "put the text in quotes"),
    ("could not find expected ':'", 'a line without a ":" stands where a key is meant', "write key: value"),
    ("did not find expected key", *_ALIGN),
    ("<block end>", *_ALIGN),
    ("'-' indicator", *_ALIGN),
    ("sequence entries are not allowed", 'a "-" stands where no list can begin', "begin the list on a line of its own"),
    ("expected ',' or", "a comma or a closing bracket is missing", "close what was opened, or use quotes"),
    ("end of stream", "the file ends in the middle of something", "close the quotes or brackets"),
    ("quoted scalar", "a text in quotes has no end", "close the quotes"),
    ("escape", "a backslash stands before a character it cannot stand before", "write '...' instead of \"...\""),
    ("node content", "a value is missing", "write one, or close the brackets"),
)


def syntax_problem(error: yaml.YAMLError, path: str, text: str) -> Problem:
    """The fault that ended the reading of `text`, at a place within it."""
    said = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(Place(path), f"this is not YAML: {said.lower().splitlines()[0]}")
    line, column = mark.line + 1, mark.column + 1
    lines = text.rstrip().split("\n")
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    place = Place(path, line, column)
    if lines[line - 1][column - 1 : column] == "\t":
        return Problem(place, "a tab stands at the beginning", "indent with spaces")
    for fragment, what, mend in _SENTENCES:
        if fragment in said:
            return Problem(place, what, mend)
    return Problem(place, f"this is not YAML: {said.lower().splitlines()[0]}")
