"""The columns a list may have, by the names people give them."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches

from badgesite.errors import Place, Problem
from badgesite.lists.table import Cell

COLUMNS = (
    "email",
    "name",
    "visibility",
    "language",
    "group",
    "unit",
    "result",
    "credits",
    "narrative",
    "evidence",
    "date",
    "badge",
)
FIRST_NAME, LAST_NAME = "first name", "last name"

_WORDS: Mapping[str, str] = {
    "email": "email, mail, email address, mail address, e-mail istituzionale, indirizzo email, indirizzo mail, "
    "indirizzo e-mail istituzionale, indirizzo di posta elettronica, posta elettronica",
    "name": "name, nome, full name, nominativo, nome e cognome, cognome e nome, nome cognome, cognome nome, "
    "nome completo",
    FIRST_NAME: "first name, given name, forename, nome proprio",
    LAST_NAME: "last name, surname, family name, cognome",
    "visibility": "visibility, visibilità",
    "language": "language, lang, lingua",
    "group": "group, gruppo",
    "unit": "unit, struttura, unità",
    "result": "result, grade, score, esito, risultato, voto, valutazione, punteggio",
    "credits": "credits, ects, crediti, cfu",
    "narrative": "narrative, motivazione, descrizione",
    "evidence": "evidence, evidenza, evidenze, prova, url",
    "date": "date, data",
    "badge": "badge, open badge",
}


def folded(words: str) -> str:
    """The words without capitals, spaces, hyphens and accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return re.sub(r"[\W_]", "", plain)


_COLUMN_OF = {folded(word): column for column, words in _WORDS.items() for word in words.split(",")}


def known_columns(header: Sequence[Cell]) -> list[str]:
    """The columns of a first row that we know, in its order."""
    found = (_COLUMN_OF.get(folded(cell)) for cell in header if isinstance(cell, str))
    return [column for column in found if column]


def read_header(
    header: Sequence[Cell], place: Place, ignored: Collection[str] = ()
) -> tuple[dict[int, str], list[Problem]]:
    """The column that stands at each index, and every fault of the first row; `place` is that row's.

    A misspelt name stands for the column that it is nearest to, so that faults below it are found in the same run.
    Columns called as those in `ignored` are passed over, whatever they hold.
    """
    passed_over = set(map(folded, ignored))
    columns: dict[int, str] = {}
    problems: list[Problem] = []
    known = known_columns(header)
    for index, cell in enumerate(header):
        if cell == "" or (isinstance(cell, str) and folded(cell) in passed_over):
            continue
        column = _COLUMN_OF.get(folded(cell)) if isinstance(cell, str) else None
        if column is None:
            problems.append(_unknown(cell, Place(place.path, place.line, index + 1)))
            column = _nearest(cell)
            if column in (*known, *columns.values()):
                continue
        if column:
            columns[index] = column
    if LAST_NAME in columns.values():
        columns = {index: FIRST_NAME if column == "name" else column for index, column in columns.items()}
    return columns, problems + _doubled(columns, header, place) + _missing(columns, place)


def _nearest(cell: Cell) -> str | None:
    """The column that somebody may have meant."""
    if not isinstance(cell, str) or "@" in cell:
        return None
    close = get_close_matches(folded(cell), _COLUMN_OF, n=1, cutoff=0.75)
    return _COLUMN_OF[close[0]] if close else None


def _unknown(cell: Cell, place: Place) -> Problem:
    if not isinstance(cell, str):
        return Problem(place, "the first row must name the columns", "write email, name ... above the rows")
    shown = cell if len(cell) <= 40 else f"{cell[:40]}..."
    names = f"name it one of {', '.join(COLUMNS)}"
    if "@" in cell:
        return Problem(place, "an address stands where a column's name is meant", f"remove the column, or {names}")
    mend = f'say --ignore-column "{cell}", or {names}'
    if near := _nearest(cell):
        mend = f'did you mean "{near}"? else say --ignore-column "{cell}"'
    return Problem(place, f'"{shown}" is not a column badgesite knows', mend)


def _doubled(columns: Mapping[int, str], header: Sequence[Cell], place: Place) -> list[Problem]:
    problems = []
    first: dict[str, int] = {}
    for index, column in columns.items():
        if column in first:
            what = f'"{header[first[column]]}" and "{header[index]}" are one column, {column}'
            problems.append(Problem(Place(place.path, place.line, index + 1), what, "keep one of the two"))
        first.setdefault(column, index)
    return problems


def _missing(columns: Mapping[int, str], place: Place) -> list[Problem]:
    if "email" in columns.values():
        return []
    what = "the first row names no column email"
    return [Problem(place, what, "name the column of addresses email; the first row must hold the columns' names")]
