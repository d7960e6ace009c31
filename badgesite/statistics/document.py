"""statistics.json: the tables for other software (docs/statistics.md)."""

import json
from collections.abc import Mapping

from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text
from badgesite.statistics.facts import unit_names
from badgesite.statistics.tables import IndicatorTable, Line, Score, Span, Statistics, Stretch


def json_of(catalogue: Catalogue, statistics: Statistics) -> str:
    """The whole file: names as maps of languages, null for what is left out, no key for what there is not."""
    site = catalogue.site
    units = unit_names(catalogue)
    badges = {slug: badge.name for slug, badge in catalogue.badges.items()}
    document = {
        "version": 1,
        "base": site.base,
        "issued": statistics.issued,
        "revoked": statistics.revoked,
        "erased": statistics.erased,
        "periods": [_span(span) for span in statistics.spans],
        "indicators": [_indicator(indicator) for indicator in statistics.indicators],
        "categories": [_line("category", site.categories, line) for line in statistics.categories],
        "units": [_line("unit", units, line) for line in statistics.units],
        "groups": _groups(catalogue, statistics),
        "badges": [_line("badge", badges, line) for line in statistics.badges],
        "years": [_stretch("year", each.first.isoformat()[:4], each) for each in statistics.years],
        "months": [_stretch("month", each.first.isoformat()[:7], each) for each in statistics.months],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _indicator(indicator: IndicatorTable) -> dict[str, object]:
    total = {"total": _score(indicator.total)} if indicator.total else {}
    return {
        "name": _map(indicator.name),
        "counts": list(indicator.counts),
        "overlapping": indicator.overlapping,
        "periods": [_score(score) for score in indicator.scores],
        **total,
    }


def _score(score: Score) -> dict[str, object]:
    found: dict[str, object] = _span(score.span) if score.span else {}
    found |= {"issued": score.issued, "revoked": score.revoked, "counted": score.counted}
    if score.issued:
        found["share"] = score.share
    if score.target is not None:
        found |= {"target": score.target, "difference": score.difference}
    return found


def _groups(catalogue: Catalogue, statistics: Statistics) -> list[dict[str, object]]:
    """A line for each period, as in the table: numbers by group are told by period alone."""
    if not statistics.groups:
        return []
    names = {slug: group.name for slug, group in catalogue.site.groups.items()}
    return [
        {
            **(_span(line.span) if line.span else {}),
            "issued": line.total,
            "by_group": [
                {**_named("group", group, names), "issued": number}
                for group, number in zip(statistics.groups.groups, line.numbers, strict=True)
            ],
        }
        for line in statistics.groups.lines
    ]


def _named(kind: str, key: str | None, names: Mapping[str, Text]) -> dict[str, object]:
    return {kind: key, "name": _map(names[key])} if key else {}


def _line(kind: str, names: Mapping[str, Text], line: Line) -> dict[str, object]:
    return {**_named(kind, line.key, names), "issued": line.ever, "by_period": list(line.numbers)}


def _span(span: Span) -> dict[str, object]:
    return {"name": _map(span.name), "from": span.first.isoformat(), "to": span.last.isoformat()}


def _stretch(kind: str, name: str, each: Stretch) -> dict[str, object]:
    return {kind: name, "issued": each.issued, "revoked": each.revoked, "erased": each.erased}


def _map(text: Text) -> dict[str, str]:
    return dict(text.by_language)
