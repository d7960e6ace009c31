"""From the catalogue to the tables: every number counted once, from the same facts."""

from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from badgesite.model.catalogue import Catalogue
from badgesite.model.site import Indicator, Period
from badgesite.statistics.facts import Fact, Facts, facts_of, unit_names
from badgesite.statistics.hiding import Column, Layout, hidden_in
from badgesite.statistics.tables import (
    GroupLine,
    GroupTable,
    IndicatorTable,
    Line,
    Score,
    Span,
    Statistics,
    Stretch,
)
from badgesite.statistics.worlds import Cell

MONTHS = 24  # of the trend by month; with more there are only years


def statistics_of(catalogue: Catalogue) -> Statistics:
    """Everything there is to tell of the awards of a catalogue; at a former address of it nothing by group or period.

    There the new address tells of the same groups and more awards, and the two could be subtracted.
    """
    facts, site = facts_of(catalogue), catalogue.site
    indicators = () if catalogue.later else site.indicators
    spans = _spans(indicators)
    by_group = _ByGroup(facts, spans, indicators, (*site.groups, None))
    days = [fact.day for fact in facts.issued]
    return Statistics(
        issued=facts.count(),
        revoked=facts.count(lambda fact: fact.revoked),
        erased=sum(number for _, number in facts.erased) + facts.undated,
        undated=facts.undated,
        first=min(days, default=None),
        last=max(days, default=None),
        spans=spans,
        indicators=tuple(by_group.indicator(indicator) for indicator in indicators),
        categories=_lines(facts, spans, lambda fact: fact.category, (*site.categories, None)),
        units=_lines(facts, spans, lambda fact: fact.unit, (*unit_names(catalogue), None)),
        groups=None if catalogue.later else by_group.table(),
        badges=_most_first(_lines(facts, spans, lambda fact: fact.badge, tuple(catalogue.badges))),
        years=_stretches(facts, _years(days)),
        months=_stretches(facts, _months(days)),
    )


def _spans(indicators: Iterable[Indicator]) -> tuple[Span, ...]:
    """The different periods of all indicators, by their days; two with the same days are one, by the first name."""
    found: dict[tuple[date, date], Span] = {}
    for indicator in indicators:
        for period in indicator.periods:
            found.setdefault((period.first, period.last), _span(period))
    return tuple(found[days] for days in sorted(found))


def _span(period: Period) -> Span:
    return Span(period.name, period.first, period.last)


def _within(fact: Fact, span: Span | None) -> bool:
    return span is None or span.first <= fact.day <= span.last


def _lines(
    facts: Facts, spans: Sequence[Span], key: Callable[[Fact], str | None], order: Iterable[str | None]
) -> tuple[Line, ...]:
    """A line for each key that has awards, in an order."""
    ever: Counter[str | None] = Counter()
    counts: list[Counter[str | None]] = [Counter() for _ in spans]
    for fact in facts.issued:
        one = key(fact)
        ever[one] += fact.number
        for span, counter in zip(spans, counts, strict=True):
            if _within(fact, span):
                counter[one] += fact.number
    return tuple(Line(one, tuple(counter[one] for counter in counts), ever[one]) for one in order if one in ever)


def _most_first(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.ever, line.key or "")))


class _ByGroup:
    """Whatever is counted by group: the indicators and the table by group, as far as it can be told."""

    def __init__(
        self, facts: Facts, spans: Sequence[Span], indicators: Iterable[Indicator], groups: tuple[str | None, ...]
    ) -> None:
        self.facts, self.groups = facts, groups
        lasting = not spans or any(not indicator.periods for indicator in indicators)
        self.lines: tuple[Span | None, ...] = (*spans, None) if lasting else tuple(spans)
        days = [fact.day for fact in facts.issued]
        self.cuts = sorted({cut for span in spans for cut in (span.first.toordinal(), span.last.toordinal() + 1)})
        pieces = {self._piece(day) for day in days}
        self.pieces = {piece: index for index, piece in enumerate(sorted(pieces))}  # of time in which there is anything
        self.numbers = [[0] * len(groups) for _ in pieces]
        position = {group: index for index, group in enumerate(groups)}
        for fact in facts.issued:
            self.numbers[self.pieces[self._piece(fact.day)]][position[fact.group]] += fact.number
        self.grouped = any(fact.group for fact in facts.issued)
        self.hidden = hidden_in(self._layout(indicators)) if self.grouped else frozenset()

    def indicator(self, indicator: Indicator) -> IndicatorTable:
        """What an indicator says."""
        spans: list[Span | None] = [_span(period) for period in indicator.periods]
        targets = [period.target for period in indicator.periods]
        counted = self._column(indicator)
        scores = tuple(
            self._score(span, cell, target)
            for span, cell, target in zip(spans or [None], counted.cells, targets or [None], strict=True)
        )
        total = None
        if counted.total:
            target = sum(filter(None, targets)) if None not in targets else None
            issued, revoked = sum(score.issued for score in scores), sum(score.revoked for score in scores)
            total = Score(None, issued, revoked, self._told(counted.total), target)
        return IndicatorTable(indicator.name, indicator.counts, scores, total, _overlap(indicator.periods))

    def table(self) -> GroupTable | None:
        """Awards by group; none if nobody is in a group."""
        if not self.grouped:
            return None
        lines = tuple(
            GroupLine(
                span,
                tuple(self._told(Cell(self._weights(span), frozenset([group]))) for group in range(len(self.groups))),
                self.facts.count(lambda fact, span=span: _within(fact, span)),  # type: ignore[misc]
            )
            for span in self.lines
        )
        if all(line.numbers[-1] == 0 for line in lines):
            return GroupTable(self.groups[:-1], tuple(_without_last(line) for line in lines))
        return GroupTable(self.groups, lines)

    def _score(self, span: Span | None, cell: Cell, target: int | None) -> Score:
        issued = self.facts.count(lambda fact: _within(fact, span))
        revoked = self.facts.count(lambda fact: fact.revoked and _within(fact, span))
        return Score(span, issued, revoked, self._told(cell), target)

    def _told(self, cell: Cell) -> int | None:
        return None if cell in self.hidden else cell.of(self.numbers)

    def _layout(self, indicators: Iterable[Indicator]) -> Layout:
        rows = tuple(dict.fromkeys(self._weights(span) for span in self.lines))
        columns = tuple(self._column(indicator) for indicator in indicators if indicator.counts)
        return Layout(self.numbers, rows, columns)

    def _column(self, indicator: Indicator) -> Column:
        counts = indicator.counts or self.groups
        groups = frozenset(index for index, group in enumerate(self.groups) if group in counts)
        weights = [self._weights(_span(period)) for period in indicator.periods] or [self._weights(None)]
        total = tuple(map(sum, zip(*weights, strict=True)))
        return Column(tuple(Cell(one, groups) for one in weights), Cell(total, groups) if len(weights) > 1 else None)

    def _piece(self, day: date) -> int:
        return bisect_right(self.cuts, day.toordinal())

    def _weights(self, span: Span | None) -> tuple[int, ...]:
        if span is None:
            return (1,) * len(self.pieces)
        first, last = self._piece(span.first), self._piece(span.last)
        return tuple(int(first <= piece <= last) for piece in self.pieces)


def _without_last(line: GroupLine) -> GroupLine:
    return GroupLine(line.span, line.numbers[:-1], line.total)


def _overlap(spans: Iterable[Period]) -> bool:
    return any(one.first <= two.last and two.first <= one.last for one, two in combinations(spans, 2))


def _years(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    if days:
        years = range(min(days).year, max(days).year + 1)
        yield from ((date(year, 1, 1), date(year, 12, 31)) for year in years)


def _months(days: Sequence[date]) -> Sequence[tuple[date, date]]:
    if not days:
        return ()
    first, last = (day.year * 12 + day.month - 1 for day in (min(days), max(days)))
    if last - first >= MONTHS:
        return ()
    pairs = [(number // 12, number % 12 + 1) for number in range(first, last + 1)]
    return [(date(year, month, 1), date(year, month, monthrange(year, month)[1])) for year, month in pairs]


def _stretches(facts: Facts, stretches: Iterable[tuple[date, date]]) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(
            first,
            last,
            sum(fact.number for fact in facts.issued if first <= fact.day <= last),
            sum(fact.number for fact in facts.issued if fact.revoked and first <= fact.day <= last),
            facts.erased_between(first, last),
        )
        for first, last in stretches
    )
