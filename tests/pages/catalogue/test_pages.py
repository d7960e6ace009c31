"""The pages of facets: reached by plain links, and of exactly the badges that the content says."""

import re
from html import unescape
from pathlib import Path
from posixpath import normpath

import pytest

from badgesite.content.reading import read_or_raise
from badgesite.model.badge import BadgeClass
from tests.pages.samples import MINOR, Sample, drawn

_FACET = re.compile(r'<details name="facet" data-facet="(\w+)"><summary>(.*?)</summary>(.*?)</details>', re.DOTALL)
_VALUE = re.compile(r'<li><a href="([^"]+)" data-value="[^"]*"[^>]*>(.*?)</a> <span class="count">(\d+)</span>')
_CARD = re.compile(r'<h3[^>]*><a href="[^"]*badges/([^/"]+)/">')
MORE = "category: language\nunit: ict\nskills: [{name: {it: Inglese}, url: https://skills.example.org/english}]\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    minor = MINOR + MORE
    return drawn(tmp_path_factory.mktemp("site"), {"content/badges/minor.yaml": minor})


def _cards(html: str) -> list[str]:
    return sorted(_CARD.findall(html))


def _title(html: str) -> str:
    return re.sub("<[^>]*>", "", html.partition("<h1>")[2].partition("</h1>")[0])


def _path(page: str, link: str) -> str:
    return normpath(f"{page.rpartition('/')[0]}/{unescape(link)}").lstrip("/") + "/index.html"


def _has(site: Sample, badge: BadgeClass, facet: str, name: str, tag: str) -> bool:
    """Whether the content says that a badge has a value, told anew from the nouns."""
    catalogue = site.catalogue
    match facet:
        case "category":
            return catalogue.site.categories[badge.category].in_language(tag) == name if badge.category else False
        case "unit":
            units = catalogue.issuers[badge.issuer].units
            return units[badge.unit].in_language(tag) == name if badge.unit else False
        case "skill":
            return any(skill.url == "https://skills.example.org/english" for skill in badge.skills)
        case "result":
            scale, _, value = name.partition(": ")
            values = [each.name.in_language(tag) for each in badge.result.values] if badge.result else []
            return (
                badge.result is not None and badge.result.name.in_language(tag) == scale and value in (values or [""])
            )
        case "language":
            return badge.has_language({"Italiano": "it", "English": "en"}[name])
        case _:
            dates = [batch.date.year for batch, _ in catalogue.each_award() if batch.badge == badge.slug]
            return int(name) in dates


@pytest.mark.parametrize("tag", ["it", "en"])
@pytest.mark.parametrize("start", ["home", "value"])
def test_every_value_leads_to_a_page_that_lists_its_badges_and_no_other(site: Sample, tag: str, start: str) -> None:
    page = site.plan.home(tag) if start == "home" else site.plan.facet_page("unit", "cla", tag)
    facets = _FACET.findall(site.text(page))
    assert [key for key, _, _ in facets] == ["category", "unit", "skill", "result", "language", "year"]
    for key, _, inside in facets:
        assert _VALUE.findall(inside), key
        for link, name, number in _VALUE.findall(inside):
            badges = site.catalogue.badges.values()
            expected = sorted(badge.slug for badge in badges if _has(site, badge, key, unescape(name), tag))
            listed = site.text(_path(page, link))
            assert _cards(listed) == expected
            assert len(expected) == int(number) > 0
            assert _title(listed).endswith(f": {name}")


def test_the_catalogue_has_every_badge_once(site: Sample) -> None:
    for tag in ("it", "en"):
        assert _cards(site.text(site.plan.home(tag))) == sorted(site.catalogue.badges)


def test_the_page_of_a_facet_has_all_its_values_by_name(site: Sample) -> None:
    html = site.text("en/catalogue/unit/index.html")
    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span class="count">1</span>', html) == [
        ("ict/", "IT Services"),
        ("cla/", "Language Centre"),
    ]


def test_a_facet_of_many_values_shows_the_commonest_and_leads_to_all(tmp_path: Path) -> None:
    skills = "".join(f"  - {{name: Skill {n}, url: https://skills.example.org/{n}}}\n" for n in range(30))
    minor = f"{MINOR}skills:\n{skills}"
    site = drawn(tmp_path, {"content/badges/minor.yaml": minor})
    inside = next(inside for key, _, inside in _FACET.findall(site.text("en/index.html")) if key == "skill")
    assert len(_VALUE.findall(inside)) == 20
    assert '<a href="catalogue/skill/">Show all</a>' in inside
    assert site.text("en/catalogue/skill/index.html").count('class="count"') == 31


def test_pages_of_one_badge_of_all_and_of_mere_sorting_are_not_for_search_engines(site: Sample) -> None:
    pages = {path: 'content="noindex"' in html for path, html in site.html().items() if path.startswith("catalogue/")}
    assert {path for path, hidden in pages.items() if not hidden} == {
        "catalogue/category/language/index.html",
        "catalogue/skill/inglese/index.html",
    }
    listed = set(re.findall(r"<loc>https://badges.example.edu/(catalogue/[^<]*)</loc>", site.text("sitemap.xml")))
    assert listed == {"catalogue/category/language/", "catalogue/skill/inglese/"}
    assert "catalogue/" not in site.text("feed.xml")


def test_a_page_of_a_facet_is_the_same_in_each_language(site: Sample) -> None:
    html = site.text("en/catalogue/category/language/index.html")
    assert '<link rel="canonical" href="https://badges.example.edu/en/catalogue/category/language/">' in html
    assert 'hreflang="it" href="https://badges.example.edu/catalogue/category/language/"' in html
    assert "<title>Category: Languages · Example Badges</title>" in html


def test_a_badge_leads_to_the_pages_of_its_category_unit_and_skills(site: Sample) -> None:
    html = site.text("en/badges/english-b2/index.html")
    assert '<a href="../../catalogue/category/language/">Languages</a>' in html
    assert '<a href="../../catalogue/unit/cla/">Language Centre</a>' in html
    more = html.partition('id="more"')[2].partition("</section>")[0]
    assert re.findall(r'<a href="([^"]*)">(.*?)</a> <span class="count">(\d)', more) == [
        ("../../catalogue/category/language/", "Languages", "2"),
        ("../../catalogue/skill/inglese/", "English", "2"),
    ]


def test_what_a_card_does_not_show_can_be_found_nonetheless(site: Sample) -> None:
    html = site.text("en/index.html")
    card = html.partition('data-category="language" data-unit="cla"')[2].partition("</li>")[0]
    assert 'data-skill="inglese" data-result="livello-b1 livello-b2" data-language="it en" data-year="2023"' in card
    assert 'data-sought="English Example University Languages Level B1 B2 Certificate S1.1"' in card


@pytest.mark.parametrize(
    ("path", "listed"),
    [("index.html", True), ("catalogue/year/2023/index.html", True), ("issuers/example/index.html", True)],
)
def test_pages_of_the_catalogue_are_for_anyone(site: Sample, path: str, listed: bool) -> None:
    assert (path not in site.unlisted) is listed


def test_reading_again_and_drawing_again_gives_the_same_pages(site: Sample, tmp_path: Path) -> None:
    minor = MINOR + MORE
    again = drawn(tmp_path, {"content/badges/minor.yaml": minor})
    assert read_or_raise(tmp_path).catalogue == again.catalogue
    assert again.files == site.files
