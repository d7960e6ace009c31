from collections.abc import Mapping
from pathlib import Path

import pytest

from badgesite.content.reading import read_or_raise
from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text
from badgesite.pages.catalogue.facets import Facets, facets_of, slug_of
from tests import sites
from tests.pages.samples import FILES, MINOR, OLD, SITE

YEARS = {"english-b2": [2023, 2024], "minor": [2024]}


def _catalogue(root: Path, files: Mapping[str, str | bytes | None] | None = None, **overrides: str) -> Catalogue:
    sites.write_site(root, {**FILES, **(files or {})}, **{**SITE, **overrides})
    catalogue = read_or_raise(root).catalogue
    assert catalogue is not None
    return catalogue


def _badges(facets: Facets) -> dict[str, dict[str, tuple[str, ...]]]:
    return {facet.key: {value.slug: value.badges for value in facet.values} for facet in facets.all}


def test_each_value_has_its_badges_and_values_without_any_are_left_out(tmp_path: Path) -> None:
    assert _badges(facets_of(_catalogue(tmp_path), YEARS)) == {
        "category": {"language": ("english-b2",)},
        "unit": {"cla": ("english-b2",)},
        "skill": {"inglese": ("english-b2",)},
        "result": {"livello-b1": ("english-b2",), "livello-b2": ("english-b2",), "voto": ("minor",)},
        "language": {"it": ("english-b2", "english-b2-2019", "minor"), "en": ("english-b2", "minor")},
        "year": {"2024": ("english-b2", "minor"), "2023": ("english-b2",)},
    }


def test_results_stand_in_the_order_of_their_scale_and_name_it_once(tmp_path: Path) -> None:
    ordered = ("{id: b1, name: {it: Livello B1, en: B1}}", "{id: b2, name: Avanzato}", "{id: c1, name: {it: A, en: A}}")
    badge = sites.BADGE.replace("{id: b1, name: B1}\n    - {id: b2, name: B2}", "\n    - ".join(ordered))
    facets = facets_of(_catalogue(tmp_path, {sites.BADGE_PATH: badge}), YEARS).all
    (results,) = (facet for facet in facets if facet.key == "result")
    assert [str(value.name) for value in results.values[:3]] == ["Livello B1", "Livello: Avanzato", "Livello: A"]
    assert isinstance(results.values[0].name, Text)
    assert results.values[0].name.in_language("en") == "Level: B1"


def test_a_badge_knows_its_values(tmp_path: Path) -> None:
    own = facets_of(_catalogue(tmp_path), YEARS).of_badges()["minor"]
    assert [(key, value.slug) for key, value in own] == [
        ("result", "voto"),
        ("language", "it"),
        ("language", "en"),
        ("year", "2024"),
    ]


def test_a_site_in_one_language_is_not_sorted_by_language(tmp_path: Path) -> None:
    site = sites.write_site(
        tmp_path,
        {"content/issuers/example.yaml": "name: A\nurl: https://www.example.edu\nemail: a@example.edu\n"}
        | {sites.BADGE_PATH: "name: A\ndescription: B\ncriteria: C\nimage: english-b2.svg\n"}
        | {sites.BATCH_PATH: None},
        languages="[en]",
        title="A",
    )
    catalogue = read_or_raise(site).catalogue
    assert catalogue is not None
    assert facets_of(catalogue, {}).all == ()


def _skills(*skills: str) -> Mapping[str, str]:
    lines = "".join(f"  - {skill}\n" for skill in skills)
    return {"content/badges/minor.yaml": f"{MINOR}skills:\n{lines}"}


def test_a_skill_is_known_by_its_address_and_told_from_another_of_its_name(tmp_path: Path) -> None:
    other = "{name: {it: inglese!}, url: https://other.example.org/en, framework: Other}"
    same = "{name: {it: Lingua inglese}, url: https://skills.example.org/english}"
    found = facets_of(_catalogue(tmp_path, _skills(other, same)), {}).all[2].values
    assert [(value.slug, str(value.name), value.badges, value.note) for value in found] == [
        (found[0].slug, "Inglese", ("english-b2", "minor"), "ESCO S1.1"),
        (found[1].slug, "inglese!", ("minor",), "Other"),
    ]
    assert all(value.slug.startswith("inglese-") for value in found)
    assert found[0].slug != found[1].slug


def test_units_of_one_name_are_told_by_their_issuers(tmp_path: Path) -> None:
    other = (
        "name: {it: Altra}\nurl: https://other.example.edu\nemail: a@example.edu\nunits: {cla: {it: Altro centro}}\n"
    )
    minor = f"issuer: other\nunit: cla\n{MINOR}"
    old = f"issuer: example\n{OLD}"
    files = {"content/issuers/other.yaml": other, "content/badges/minor.yaml": minor}
    badges = _badges(facets_of(_catalogue(tmp_path, {**files, "content/badges/english-b2-2019.yaml": old}), {}))
    assert badges["unit"] == {"example.cla": ("english-b2",), "other.cla": ("minor",)}


def test_only_what_says_more_than_another_page_may_be_indexed(tmp_path: Path) -> None:
    catalogue = _catalogue(tmp_path, _skills("{name: {it: Inglese}, url: https://skills.example.org/english}"))
    facets = facets_of(catalogue, YEARS)
    indexed = [
        (facet.key, value.slug) for facet in facets.all for value in facet.values if facets.may_be_indexed(facet, value)
    ]
    assert indexed == [("skill", "inglese")]


def test_a_facet_that_all_badges_share_tells_none_apart(tmp_path: Path) -> None:
    facets = facets_of(_catalogue(tmp_path), {slug: [2024] for slug in ("english-b2", "english-b2-2019", "minor")})
    assert [facet.key for facet in facets.telling] == ["category", "unit", "skill", "result", "language"]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Public speaking", "public-speaking"),
        ("  C++ è così! ", "c-e-cosi"),
        ("a" * 60, "a" * 48),
        ("Ελληνικά", ""),
        ("con", ""),
        ("../..", ""),
    ],
    ids=["words", "accents", "long", "greek", "windows", "dots"],
)
def test_words_become_a_part_of_an_address(words: str, slug: str) -> None:
    assert slug_of(words) == slug


def test_a_value_that_cannot_be_written_in_an_address_has_one_nonetheless(tmp_path: Path) -> None:
    skill = "{name: {it: Ελληνικά}, url: https://skills.example.org/greek}"
    values = facets_of(_catalogue(tmp_path, _skills(skill)), {}).all[2].values
    assert [len(value.slug) for value in values if str(value.name) == "Ελληνικά"] == [8]
