from pathlib import Path

from tests import sites
from tests.pages.samples import BADGE_MORE, MINOR, OLD, Sample, drawn

OLDEST = OLD.replace("(2019)", "(2010)").replace("old.svg", "oldest.svg")
NOTE = "amended:\n  - {date: 2020-02-03, note: {it: Un refuso, en: A misprint}}\n"
BATCHES = {
    f"content/awards/{year}/old-{year}.yaml": f"""\
badge: english-b2-2019
date: {year}-07-14
awards:
  - {{id: {year}4a0e-5b0f-4a3c-9f0a-2b6f1c9d7e33, recipient: {{identity: sha256${"ab" * 32}, salt: {str(year) * 8}}}}}
"""
    for year in (2019, 2021)
}


def _site(root: Path) -> Sample:
    files = {
        "content/badges/english-b2-2019.yaml": f"{OLD}replaces: english-b2-2010\n{NOTE}",
        "content/badges/english-b2-2010.yaml": OLDEST,
        "content/badges/oldest.svg": sites.PICTURE,
        "content/badges/english-b2-online.yaml": f"{MINOR}replaces: english-b2-2019\n",
        sites.BADGE_PATH: sites.BADGE + BADGE_MORE,
    }
    return drawn(root, {**files, **BATCHES})


def _versions(site: Sample, path: str) -> str:
    return " ".join(site.text(path).partition('class="versions"')[2].partition("</ol>")[0].split())


def test_a_badge_shows_all_its_versions_the_oldest_first_with_years_and_corrections(tmp_path: Path) -> None:
    site = _site(tmp_path)
    html = _versions(site, "en/badges/english-b2/index.html")
    names = ["(2010)</a>", "(2019)</a>", "<strong>English B2</strong>", ">Minor</a>"]
    assert [html.index(name) for name in names] == sorted(html.index(name) for name in names)
    assert '(2010)</a> <span class="quiet">not awarded yet</span>' in html
    assert '(2019)</a> <span class="quiet">awarded in the years 2019 to 2021</span>' in html
    assert '<span class="source">this badge</span> <span class="quiet">awarded in 2023</span>' in html
    assert 'Corrected on <time datetime="2020-02-03">3 February 2020</time>: <span>A misprint</span>' in html
    assert "A misprint in the criteria" not in html, "its own corrections stand in their own section"


def test_every_version_shows_the_same_list_and_is_itself_the_current_one(tmp_path: Path) -> None:
    site = _site(tmp_path)
    for slug in ("english-b2-2010", "english-b2-2019", "english-b2-online"):
        html = _versions(site, f"badges/{slug}/index.html")
        assert html.count("<li>") == 4
        assert html.count("questo badge") == 1
        assert f'badges/{slug}/"' not in html


def test_a_badge_without_others_has_no_versions(tmp_path: Path) -> None:
    site = drawn(tmp_path)
    assert 'class="versions"' not in site.text("badges/minor/index.html")
