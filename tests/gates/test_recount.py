"""The published numbers, counted again from the files of the content, in another way."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from playwright.sync_api import Page


class One(NamedTuple):
    """An award, as its file has it; days as they are written, which sort as days do."""

    day: str
    badge: str
    category: str
    group: str
    revoked: bool


def _yaml(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def _awards(content: Path) -> Iterator[One]:
    badges = {path.stem: _yaml(path) for path in content.glob("badges/**/*.yaml")}
    today = {former: slug for slug, badge in badges.items() for former in (slug, *badge.get("formerly", []))}
    for path in content.glob("awards/**/*.yaml"):
        batch = _yaml(path)
        rows = batch["awards"]
        if isinstance(rows, str):
            with (path.parent / rows).open(encoding="utf-8-sig", newline="") as file:
                rows = [{key: value for key, value in row.items() if value} for row in csv.DictReader(file)]
        for row in rows:
            revoked = any(key.startswith("revoked") for key in row)
            badge = today[batch["badge"]]
            yield One(batch["date"], badge, badges[badge].get("category", ""), row.get("group", ""), revoked)


def _rows(site: Path) -> list[dict[str, str]]:
    with (site / "statistics/statistics.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _of(row: dict[str, str], awards: list[One]) -> list[One]:
    """Those of whom a row of statistics.csv speaks."""
    within = [one for one in awards if not row["from"] or row["from"] <= one.day <= row["to"]]
    if row["dimension"] in ("category", "badge", "group"):
        return [one for one in within if getattr(one, row["dimension"]) == row["value"]]
    return within


def test_every_number_of_the_file_is_that_of_the_content(site: Path) -> None:
    awards = list(_awards(site.parent / "content"))
    counts = [each.get("counts", []) for each in _yaml(site.parent / "content/site.yaml")["indicators"]]
    checked = set()
    for row in _rows(site):
        if row["dimension"] == "unit" or row["scope"] == "total" or not row["number"]:
            continue
        found = _of(row, awards)
        mine = counts[int(row["indicator"]) - 1] if row["indicator"] else []
        counted = sum(one.group in mine or not mine for one in found)
        numbers = {"issued": len(found), "revoked": sum(one.revoked for one in found), "counted": counted}
        if row["measure"] in numbers:
            assert int(row["number"]) == numbers[row["measure"]], row
            checked.add((row["scope"], row["dimension"], row["measure"]))
    assert {("ever", "all", "issued"), ("ever", "all", "revoked"), ("year", "all", "issued")} <= checked
    assert {("period", "indicator", measure) for measure in ("issued", "revoked", "counted")} <= checked
    assert {
        (scope, dimension, "issued") for scope in ("ever", "period") for dimension in ("category", "badge")
    } <= checked


def test_what_follows_from_two_numbers_follows_from_them(site: Path) -> None:
    scores: dict[tuple[str, str], dict[str, int]] = {}
    for row in _rows(site):
        if row["dimension"] == "indicator" and row["number"]:
            scores.setdefault((row["indicator"], row["from"]), {})[row["measure"]] = int(row["number"])
    told = [score for score in scores.values() if "counted" in score]
    assert len(told) > 4
    for score in told:
        assert score["difference"] == score["counted"] - score["target"]
        assert abs(score["share"] - 100 * score["counted"] / score["issued"]) <= 0.5


def test_the_page_shows_the_numbers_of_the_file(opened: Any, address: str, site: Path) -> None:
    page: Page = opened()
    page.goto(f"{address}statistics/")
    names = [row for row in _rows(site) if (row["scope"], row["dimension"]) == ("ever", "badge")]
    shown = page.locator("#badges tbody tr").evaluate_all(
        "rows => rows.map(row => [row.querySelector('th').innerText.trim(), row.querySelector('.sum').innerText])"
    )
    assert sorted(map(tuple, shown)) == sorted((row["name"], row["number"]) for row in names)
    assert len(shown) > 10
