"""statistics.csv: a row for each number (docs/statistics.md)."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text
from badgesite.statistics.facts import unit_names
from badgesite.statistics.tables import IndicatorTable, Line, Score, Span, Statistics

HEAD = ("indicator", "scope", "period", "from", "to", "dimension", "value", "name", "measure", "number", "left_out")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # what spreadsheets take for the beginning of a formula


class _When(NamedTuple):
    """Of which time a number is: its scope, and name and days of a period."""

    scope: str
    period: str = ""
    first: str = ""
    last: str = ""


class _What(NamedTuple):
    """What was counted: a dimension, and which value of it, by key and by name."""

    dimension: str
    value: str = ""
    name: str = ""


_EVER = _When("ever")
_ALL = _What("all")
_Row = tuple[str, ...]


def csv_of(catalogue: Catalogue, statistics: Statistics) -> str:
    """The whole file: commas, LF; names in the first language of the site."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([HEAD, *_rows(catalogue, statistics)])
    return file.getvalue()


def _rows(catalogue: Catalogue, statistics: Statistics) -> Iterator[_Row]:
    for number, indicator in enumerate(statistics.indicators, 1):
        yield from _indicator(str(number), indicator)
    whole = (("issued", statistics.issued), ("revoked", statistics.revoked), ("erased", statistics.erased))
    yield from (_row(_EVER, _ALL, measure, number) for measure, number in whole)
    categories, spans = catalogue.site.categories, statistics.spans
    yield from _lines("category", spans, statistics.categories, categories)
    yield from _lines("unit", spans, statistics.units, unit_names(catalogue))
    yield from _groups(catalogue, statistics)
    yield from _lines("badge", spans, statistics.badges, {key: badge.name for key, badge in catalogue.badges.items()})
    for scope, stretches in (("year", statistics.years), ("month", statistics.months)):
        for each in stretches:
            when = _When(scope, first=each.first.isoformat(), last=each.last.isoformat())
            measures = (("issued", each.issued), ("revoked", each.revoked), ("erased", each.erased))
            yield from (_row(when, _ALL, measure, number) for measure, number in measures)


def _indicator(number: str, indicator: IndicatorTable) -> Iterator[_Row]:
    what = _What("indicator", number, _plain(indicator.name))
    for score in indicator.scores:
        yield from _score(number, _when(score.span), what, score)
    if indicator.total:
        yield from _score(number, _When("total"), what, indicator.total)


def _score(indicator: str, when: _When, what: _What, score: Score) -> Iterator[_Row]:
    measures = {"issued": score.issued, "revoked": score.revoked, "counted": score.counted}
    measures |= {"share": score.share, "target": score.target, "difference": score.difference}
    unknown = {"counted", "share" if score.issued else "", "difference" if score.target is not None else ""}
    for measure, number in measures.items():
        left_out = number is None and measure in unknown
        if number is not None or left_out:
            yield _row(when, what, measure, number, indicator, left_out=left_out)


def _groups(catalogue: Catalogue, statistics: Statistics) -> Iterator[_Row]:
    names = {slug: group.name for slug, group in catalogue.site.groups.items()}
    table = statistics.groups
    for line in table.lines if table else ():
        for group, number in zip(table.groups if table else (), line.numbers, strict=True):
            what = _What("group", group or "", _name(names, group))
            yield _row(_when(line.span), what, "issued", number, left_out=number is None)


def _lines(dimension: str, spans: Sequence[Span], lines: Iterable[Line], names: Mapping[str, Text]) -> Iterator[_Row]:
    for line in lines:
        what = _What(dimension, line.key or "", _name(names, line.key))
        for span, number in zip(spans, line.numbers, strict=True):
            yield _row(_when(span), what, "issued", number)
        yield _row(_EVER, what, "issued", line.ever)


def _when(span: Span | None) -> _When:
    return _When("period", _plain(span.name), span.first.isoformat(), span.last.isoformat()) if span else _EVER


def _row(
    when: _When, what: _What, measure: str, number: int | None, indicator: str = "", *, left_out: bool = False
) -> _Row:
    return (indicator, *when, *what, measure, "" if number is None else str(number), "yes" if left_out else "")


def _name(names: Mapping[str, Text], key: str | None) -> str:
    return _plain(names[key]) if key else ""


def _plain(name: Text) -> str:
    """A name on one line, which no spreadsheet takes for a formula (with an apostrophe before it, if need be)."""
    words = " ".join(str(name).split())
    return f"'{words}" if words.startswith(_FORMULA) else words
