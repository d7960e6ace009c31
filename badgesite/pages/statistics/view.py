"""What the page of statistics shows, every number written as its language writes it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from badgesite.model.text import Text
from badgesite.pages.edition import Day, Edition, Said
from badgesite.pages.statistics.charts import Bar, Column, bar, columns, scale_of
from badgesite.pages.views.page import Linker
from badgesite.plan import STATISTICS_CSV, STATISTICS_JSON
from badgesite.statistics.facts import unit_names
from badgesite.statistics.tables import IndicatorTable, Line, Score, Span, Statistics, Stretch

_YEARS, _MONTHS = 8, 4  # so many labels stand below a chart on a phone


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A period, and whether it is over, running or ahead."""

    name: Said
    first: Day
    last: Day
    state: Literal["over", "running", "ahead"]


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A line of an indicator; `period` is None in the total, and where there are no periods. None is not shown."""

    period: PeriodView | None
    issued: str
    counted: str | None
    share: str | None
    target: str | None
    difference: str | None
    bar: Bar


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator; `left_out` if some of its numbers are."""

    anchor: str
    name: Said
    counts: tuple[Said, ...]
    scores: tuple[ScoreView, ...]
    total: ScoreView | None
    overlapping: bool
    left_out: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a table by period; without a name, awards of none."""

    name: Said | None
    url: str | None
    numbers: tuple[str, ...]
    ever: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class GroupLineView:
    """A period by group; None is not shown."""

    period: PeriodView | None
    numbers: tuple[str | None, ...]
    total: str


@dataclass(frozen=True, slots=True)
class GroupsView:
    """Awards by group; the group without a name is that of none."""

    names: tuple[Said | None, ...]
    lines: tuple[GroupLineView, ...]
    left_out: bool


@dataclass(frozen=True, slots=True)
class MomentView:
    """A year or a month, with its column in the chart."""

    words: str
    issued: str
    revoked: str
    erased: str
    column: Column


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The whole page. `issued` and `undated` are numbers for the choice of words, with the words beside them.

    `totals` are the awards issued in each of the `periods`.
    """

    issued: int
    issued_words: str
    revoked: str
    erased: str
    any_erased: bool
    undated: int
    undated_words: str
    first: Day | None
    last: Day | None
    periods: tuple[Said, ...]
    indicators: tuple[IndicatorView, ...]
    categories: tuple[LineView, ...]
    units: tuple[LineView, ...]
    groups: GroupsView | None
    badges: tuple[LineView, ...]
    totals: tuple[str, ...]
    years: tuple[MomentView, ...]
    months: tuple[MomentView, ...]
    table: str
    document: str


def statistics_view(edition: Edition, link: Linker, found: Statistics) -> StatisticsView:
    """The page of statistics, from which `link` leads away."""
    catalogue, plan = edition.catalogue, edition.plan
    badges = {slug: badge.name for slug, badge in catalogue.badges.items()}
    pages = {slug: link(plan.badge_page(slug, edition.tag)) for slug in catalogue.badges}
    return StatisticsView(
        issued=found.issued,
        issued_words=edition.number(found.issued),
        revoked=edition.number(found.revoked),
        erased=edition.number(found.erased),
        any_erased=found.erased > 0,
        undated=found.undated,
        undated_words=edition.number(found.undated),
        first=edition.day(found.first) if found.first else None,
        last=edition.day(found.last) if found.last else None,
        periods=tuple(edition.said(span.name) for span in found.spans),
        indicators=tuple(_indicator(edition, number, each) for number, each in enumerate(found.indicators, 1)),
        categories=tuple(_lines(edition, found.categories, catalogue.site.categories)),
        units=tuple(_lines(edition, found.units, unit_names(catalogue))),
        groups=_groups(edition, found),
        badges=tuple(_lines(edition, found.badges, badges, pages)),
        totals=tuple(edition.number(sum(each)) for each in zip(*(line.numbers for line in found.badges), strict=True)),
        years=_trend(edition, found.years),
        months=_trend(edition, found.months, monthly=True),
        table=link(STATISTICS_CSV),
        document=link(STATISTICS_JSON),
    )


def _indicator(edition: Edition, number: int, table: IndicatorTable) -> IndicatorView:
    groups = edition.catalogue.site.groups
    scale = scale_of([score.issued for score in table.scores], [score.target for score in table.scores])
    scores = (*table.scores, *([table.total] if table.total else []))
    views = tuple(_score(edition, score, scale, parts=bool(table.counts)) for score in scores)
    return IndicatorView(
        anchor=f"indicator-{number}",
        name=edition.said(table.name),
        counts=tuple(edition.said(groups[group].name) for group in table.counts),
        scores=views[: len(table.scores)],
        total=views[-1] if table.total else None,
        overlapping=table.overlapping,
        left_out=any(score.counted is None for score in scores),
    )


def _score(edition: Edition, score: Score, scale: int, *, parts: bool) -> ScoreView:
    """`parts` says whether only a part of what was issued counts: if all does, there is nothing to set off."""
    return ScoreView(
        period=_period(edition, score.span) if score.span else None,
        issued=edition.number(score.issued),
        counted=None if score.counted is None else edition.number(score.counted),
        share=None if score.share is None else edition.percent(score.share),
        target=None if score.target is None else edition.number(score.target),
        difference=None if score.difference is None else edition.signed(score.difference),
        bar=bar(scale, score.issued, score.counted if parts else score.issued, score.target),
    )


def _period(edition: Edition, span: Span) -> PeriodView:
    return PeriodView(
        edition.said(span.name), edition.day(span.first), edition.day(span.last), _state(span, edition.as_of)
    )


def _state(span: Span, day: date) -> Literal["over", "running", "ahead"]:
    if span.last < day:
        return "over"
    return "running" if span.first <= day else "ahead"


def _lines(
    edition: Edition, lines: Sequence[Line], names: Mapping[str, Text], pages: Mapping[str, str] | None = None
) -> Iterator[LineView]:
    scale = scale_of([line.ever for line in lines])
    for line in lines:
        yield LineView(
            name=edition.said(names[line.key]) if line.key else None,
            url=pages[line.key] if pages and line.key else None,
            numbers=tuple(map(edition.number, line.numbers)),
            ever=edition.number(line.ever),
            bar=bar(scale, line.ever),
        )


def _groups(edition: Edition, found: Statistics) -> GroupsView | None:
    table, groups = found.groups, edition.catalogue.site.groups
    if table is None:
        return None
    return GroupsView(
        names=tuple(edition.said(groups[group].name) if group else None for group in table.groups),
        lines=tuple(
            GroupLineView(
                _period(edition, line.span) if line.span else None,
                tuple(None if number is None else edition.number(number) for number in line.numbers),
                edition.number(line.total),
            )
            for line in table.lines
        ),
        left_out=any(number is None for line in table.lines for number in line.numbers),
    )


def _trend(edition: Edition, stretches: tuple[Stretch, ...], *, monthly: bool = False) -> tuple[MomentView, ...]:
    drawn = columns([each.issued for each in stretches], _MONTHS if monthly else _YEARS)
    return tuple(
        MomentView(
            words=edition.month(each.first) if monthly else str(each.first.year),
            issued=edition.number(each.issued),
            revoked=edition.number(each.revoked),
            erased=edition.number(each.erased),
            column=column,
        )
        for each, column in zip(stretches, drawn, strict=True)
    )
