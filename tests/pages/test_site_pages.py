import re
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urljoin

import pytest

from badgesite.model.key_life import KeyLife
from badgesite.model.text import Text
from badgesite.pages.sharing.links import NETWORKS
from badgesite.pages.site_pages import class_pages
from tests import sites
from tests.pages.html_faults import faults
from tests.pages.samples import AS_OF, BATCH, IDS, Sample, drawn, pictures

SHARED = {start[: start.index("/", 8)] for _, start in NETWORKS}
SHARED |= {"https://www.linkedin.com", "https://openbadgesvalidator.imsglobal.org"}
_LINK = re.compile(r'(?:href|src)="([^"]*)"')
_DOCUMENTS = re.compile(r"(issuer|revocations|badge|assertion|catalogue|statistics)\.(json|csv)$|/square\.[a-z]+\.png$")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return drawn(tmp_path_factory.mktemp("site"))


def _inner_links(page: str, html: str) -> set[str]:
    """Paths of the site that a page links to, `index.html` written out."""
    links = [unescape(link) for link in _LINK.findall(html)]
    inner = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    paths = [
        normpath("/" + unquote(urljoin(dirname(page) + "/", link))) + "/" * link.endswith(("/", ".")) for link in inner
    ]
    return {re.sub(r"/+$", "/", path).lstrip("/") + ("index.html" if path.endswith("/") else "") for path in paths}


def test_every_page_is_there_in_every_language(site: Sample) -> None:
    common = ["index.html", "issuers/example/index.html", "badges/english-b2/index.html", "pages/privacy/index.html"]
    common += ["verify/index.html", "statistics/index.html", "portfolio/index.html"]
    common += ["pages/solo/index.html", *(f"awards/{award}/index.html" for award in IDS.values())]
    assert set(site.html()) >= {*common, *(f"en/{path}" for path in common), "404.html"}


def test_pages_are_sound_html_without_a_script_or_style_inside(site: Sample) -> None:
    assert {path: found for path, html in site.html().items() if (found := list(faults(html)))} == {}


def test_links_are_relative_and_lead_to_what_is_published(site: Sample) -> None:
    there = {*site.files, *pictures(site)}
    for path, html in site.html().items():
        astray = {link for link in _inner_links(path, html) - there if not _DOCUMENTS.search(link)}
        assert astray == set(), path
        assert '="file:' not in html


def test_only_named_places_are_linked_absolutely(site: Sample) -> None:
    hosts = {"https://badges.example.edu", "https://www.example.edu", "https://skills.example.org"}
    hosts.add("https://evidence.example.org")
    for path, html in site.html().items():
        found = set(re.findall(r'(?:href|src)="(https?://[^/"]+)', html))
        assert found - hosts <= (SHARED if "awards/" in path else set()), path
        assert not re.search(r'src="(https?:)?//', html)


def test_the_policy_comes_before_anything_that_loads_and_lets_only_checks_run(site: Sample) -> None:
    for path, html in site.html().items():
        policy = html.index("Content-Security-Policy")
        assert policy < html.index("<link")
        scripts = ""
        if "awards/" in path or "portfolio/" in path:
            scripts = " script-src 'self'; connect-src 'self';"
        if re.fullmatch(r"(en/)?(index.html|catalogue/[^/]+/[^/]+/index.html)", path):
            scripts = " script-src 'self'; connect-src 'none';"
        if "verify/" in path:
            scripts = " script-src 'self'; connect-src 'self' https:;"
        assert f"default-src 'none'; img-src 'self'; style-src 'self';{scripts} base-uri 'none'; form-" in html
        assert ('<script type="module"' in html) is bool(scripts)


def test_a_page_names_its_translations_and_a_default(site: Sample) -> None:
    html = site.text("en/badges/english-b2/index.html")
    assert '<html lang="en">' in html
    assert '<link rel="canonical" href="https://badges.example.edu/en/badges/english-b2/">' in html
    assert '<link rel="alternate" hreflang="it" href="https://badges.example.edu/badges/english-b2/">' in html
    assert '<link rel="alternate" hreflang="en" href="https://badges.example.edu/en/badges/english-b2/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="https://badges.example.edu/badges/english-b2/">' in html
    assert 'lang="it">Italiano</a>' in html


@pytest.mark.parametrize(
    ("path", "kind", "target"),
    [
        ("badges/english-b2/index.html", "application/ld+json", "badge.json"),
        ("en/badges/english-b2/index.html", "application/ld+json", "../../../badges/english-b2/badge.json"),
        ("issuers/example/index.html", "application/ld+json", "issuer.json"),
        (f"awards/{IDS['named']}/index.html", "application/ld+json", "assertion.json"),
        ("index.html", "application/json", "catalogue.json"),
        ("index.html", "application/atom+xml", "feed.xml"),
    ],
)
def test_a_page_names_its_documents(site: Sample, path: str, kind: str, target: str) -> None:
    assert f'<link rel="alternate" type="{kind}" href="{target}">' in site.text(path)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("badges/english-b2/index.html", "achievement.json"),
        ("en/badges/english-b2/index.html", "achievement.json"),
        ("en/badges/english-b2-2019/index.html", "../../../badges/english-b2-2019/achievement.json"),
        ("issuers/example/index.html", "profile.json"),
    ],
)
def test_a_page_of_a_site_that_signs_names_its_documents_of_open_badges_3(
    tmp_path: Path, path: str, target: str
) -> None:
    site = drawn(tmp_path, publish="[ob2, ob3]")
    assert f'<link rel="alternate" type="application/ld+json" href="{target}">' in site.text(path)
    assert '<a href="did.json">did.json</a>' in site.text("issuers/example/index.html")


def test_a_text_without_a_translation_is_marked_with_its_language(site: Sample) -> None:
    html = site.text("en/badges/english-b2-2019/index.html")
    assert '<h1 lang="it">Inglese B2 (2019)</h1>' in html
    assert '<title lang="it">Inglese B2 (2019) · Example Badges</title>' in html
    assert '<div class="prose" lang="it">' in html
    assert "What it takes" in html
    assert ' lang="en"' not in html.replace('<html lang="en"', "").replace('lang="en" aria-current', "")


def test_a_language_the_theme_does_not_speak_has_english_words_marked_as_such(tmp_path: Path) -> None:
    site = drawn(tmp_path, languages="[it, en, de]", title="{it: Prova, en: Trial, de: Probe}")
    html = site.text("de/index.html")
    assert '<html lang="de">' in html
    assert '<body lang="en" dir="ltr">' in html
    assert '<h1 lang="de">Probe</h1>' in html
    assert "Skip to the content" in html
    assert list(faults(html)) == []


def test_a_page_is_written_from_right_to_left_where_its_language_is(tmp_path: Path) -> None:
    html = drawn(tmp_path, languages="[it, en, ar]").text("ar/index.html")
    assert '<html lang="ar" dir="rtl">' in html
    assert '<body lang="en" dir="ltr">' in html


def test_criteria_stand_below_the_headings_of_the_page(site: Sample) -> None:
    html = site.text("badges/english-b2-2019/index.html")
    assert "<h3>Prova</h3>" in html
    assert '<a href="https://www.example.edu/prova" rel="noopener">descritta qui</a>' in html
    assert "<em>di per sé</em>" in html


def test_a_badge_page_tells_all_about_it(site: Sample) -> None:
    html = site.text("en/badges/english-b2/index.html")
    for words in (
        "3 years",
        "75 hours",
        "ECTS credits",
        "ESCO · S1.1",
        "Presidio della Qualità",
        "Verbale 7/2022",
        "400",
        "A misprint in the criteria was mended",
        'Inglese B2 (2019)</a> <span class="quiet">not awarded yet</span>',
        '<strong>English B2</strong> <span class="source">this badge</span> <span class="quiet">awarded in 2023</span>',
        "Awarded 6 times.",
        "Counts towards",
        "Language Centre",
    ):
        assert words in html, words
    assert "18 months" in site.text("en/badges/minor/index.html")
    assert "from 18 to 30" in site.text("en/badges/minor/index.html")
    assert "Badges that count towards this one" in site.text("en/badges/minor/index.html")
    assert "A newer badge has taken the place" in site.text("en/badges/english-b2-2019/index.html")


def test_a_badge_page_lists_public_awards_and_no_other(site: Sample) -> None:
    html = site.text("en/badges/english-b2/index.html")
    assert "Bruno Esempio" in html
    for name in ("Ada", "Carla", "Dario", "Elena"):
        assert name not in html
    assert [key for key, award in IDS.items() if award in html] == ["public"]


def test_the_catalogue_sorts_badges_onto_shelves(site: Sample) -> None:
    html = site.text("en/index.html")
    assert '<section id="category-language">\n<h2>Languages</h2>' in html
    assert html.index("English B2") < html.index("Other badges</h2>") < html.index("Earlier badges</h2>")
    assert html.index("Earlier badges</h2>") < html.index("Inglese B2 (2019)</a>")


def test_an_issuer_page_has_its_units_and_their_badges(site: Sample) -> None:
    html = site.text("en/issuers/example/index.html")
    assert html.index("Language Centre</h2>") < html.index("English B2") < html.index("IT Services</h2>")
    assert "No badge yet." in html
    assert "Badges of the institution as a whole" in html


LIVES = {
    "example": (
        KeyLife("2026-02-01-p256", "P-256", "coming", date(2026, 2, 1)),
        KeyLife("2025-09-01-p256", "P-256", "signing", date(2025, 9, 1)),
        KeyLife("2025-09-01-ed25519", "Ed25519", "with", date(2025, 9, 1)),
        KeyLife("2025-01-01-p256", "P-256", "ending", date(2025, 1, 1), date(2026, 12, 31)),
        KeyLife("2024-09-01-p256", "P-256", "retired", date(2024, 9, 1), date(2025, 9, 1)),
        KeyLife("2023-01-01-p256", "P-256", "stolen", date(2023, 1, 1), None, date(2023, 2, 1)),
        KeyLife(
            *("2022-09-01-p256", "P-256", "revoked", date(2022, 9, 1), date(2023, 9, 1), date(2024, 3, 1)),
            Text((("it", "Perso un <b>portatile</b>"),)),
        ),
    )
}


def test_an_issuer_page_tells_what_became_of_each_key(site: Sample) -> None:
    pages = {page.path: page.data.decode() for page in class_pages(site.theme, site.catalogue, site.plan, AS_OF, LIVES)}
    html = pages["en/issuers/example/index.html"]
    section = html.partition('id="keys"')[2].partition("</section>")[0]
    items = [_plain(item) for item in section.partition("</ul>")[0].split("<li>")[1:]]
    assert items == [
        "Signs from 1 February 2026 on. Name of the key 2026-02-01-p256 (P-256) #coming",
        "Signs since 1 September 2025. Names of the keys 2025-09-01-p256 (P-256) #signing "
        "2025-09-01-ed25519 (Ed25519) #with",
        "Signs since 1 January 2025, until 31 December 2026. Name of the key 2025-01-01-p256 (P-256) #ending",
        "Signed from 1 September 2024 to 1 September 2025. What was signed then stays good. "
        "Name of the key 2024-09-01-p256 (P-256) #retired",
        "Signed from 1 January 2023 on, revoked on 1 February 2023. What had been signed was signed again "
        "with another key. "
        "Whatever is shown with this signature does not count, whenever it was made. "
        "Name of the key 2023-01-01-p256 (P-256) #stolen",
        "Signed from 1 September 2022 to 1 September 2023, revoked on 1 March 2024. Reason: Perso un "
        "&lt;b&gt;portatile&lt;/b&gt; "
        "What had been signed was signed again with another key. Whatever is shown with this signature does not count, "
        "whenever it was made. Name of the key 2022-09-01-p256 (P-256) #revoked",
    ]
    assert "A key is what this issuer signs its badges with" in section
    assert '<span lang="it">Perso un' in html
    assert "<code>did:web:badges.example.edu:issuers:example</code></p></details>" in html
    italian = pages["issuers/example/index.html"]
    assert "revocate il giorno" in italian
    assert "Ciò che è stato firmato allora resta valido." in italian


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split()).replace(" ,", ",").replace(" .", ".")


def test_an_issuer_without_keys_tells_of_none(site: Sample) -> None:
    assert 'id="keys"' not in site.text("issuers/example/index.html")


def test_an_issuer_without_units_simply_has_badges(tmp_path: Path) -> None:
    issuer = sites.ISSUER.partition("units:")[0]
    badge = sites.BADGE.replace("unit: cla\n", "")
    batch = BATCH.replace("    unit: ict\n", "")
    files = {sites.ISSUER_PATH: issuer, sites.BADGE_PATH: badge, sites.BATCH_PATH: batch}
    html = drawn(tmp_path, files).text("en/issuers/example/index.html")
    assert "<h2>Badges</h2>" in html
    assert "as a whole" not in html


def test_footer_names_contact_and_accessibility(site: Sample) -> None:
    for html in site.html().values():
        footer = html[html.index("<footer") :]
        assert '<a href="mailto:openbadge@example.edu' in html  # in the page of an award, with its address
        assert '<a href="https://www.example.edu/accessibility">' in footer
        assert '<a href="mailto:access@example.edu">' in footer


def test_a_rehearsal_says_so_on_every_page_and_is_found_by_nobody(site: Sample, tmp_path: Path) -> None:
    rehearsal = drawn(tmp_path, base_url=None)
    assert all('class="rehearsal"' in html for html in rehearsal.html().values())
    assert all('name="robots" content="noindex"' in html for html in rehearsal.html().values())
    assert not any('class="rehearsal"' in html for html in site.html().values())
    assert '"robots"' not in site.text("index.html")


def test_only_what_anyone_may_find_is_shown_to_search_engines(site: Sample) -> None:
    shown = {path for path, html in site.html().items() if '<meta name="robots" content="noindex">' not in html}
    award = {path for path in shown if "awards/" in path}
    assert award == {site.plan.award_page(IDS["public"], tag) for tag in site.plan.languages}
    assert not shown & site.unlisted
    kinds = {path.removeprefix("en/").partition("/")[0] for path in shown - award}
    assert kinds <= {"index.html", "badges", "issuers", "pages", "verify", "statistics", "portfolio"}
    assert not any(path.startswith(("404", "catalogue/")) for path in shown)


def test_not_found_links_from_the_root_of_its_host(tmp_path: Path) -> None:
    html = drawn(tmp_path, base_url="https://example.github.io/badges/").text("404.html")
    links = [link for link in _LINK.findall(html) if not re.match("https?:|mailto:|#", link)]
    assert links
    assert all(link.startswith("/badges/") for link in links)
    assert "/badges/en/" in links
    assert '<section lang="en">' in html
    assert '<section lang="it">' in html
    assert re.findall("<h1>(.*)</h1>", html) == ["A questo indirizzo non c'è nulla"]
    assert "noindex" in html
    assert "canonical" not in html


def test_assets_are_named_by_their_content(site: Sample) -> None:
    assets = {path: data for path, data in site.files.items() if re.match(r"assets/[^/]+$", path)}
    names = {path.split(".")[0].removeprefix("assets/") for path in assets}
    assert names == {"catalogue", "icon", "site", "words-it", "words-en", "award-words-it", "award-words-en"}
    for path, data in assets.items():
        assert sha256(data).hexdigest()[:8] in path


def test_scripts_lie_in_a_folder_that_is_named_by_them_all(site: Sample, tmp_path: Path) -> None:
    folders = {path.rpartition("/")[0] for path in site.files if path.endswith(".js") and path.count("/") > 1}
    assert len(folders) == 1
    other = drawn(tmp_path, {"themes/default/assets/verify/moments.js": "export const mine = 1;"})
    changed = {path.rpartition("/")[0]: data for path, data in other.files.items() if path.endswith("/moments.js")}
    assert len({path for path in other.files if path.endswith(".js")}) == len(
        {path for path in site.files if path.endswith(".js")}
    )
    assert list(changed.values()) == [b"export const mine = 1;"]
    assert not folders & set(changed)


def test_the_stylesheet_is_small_and_loads_nothing(site: Sample) -> None:
    css = next(data for path, data in site.files.items() if path.endswith(".css")).decode()
    assert len(css) < 32_000
    assert "url(" not in css
    assert "@import" not in css
    assert "prefers-color-scheme: dark" in css


def test_drawing_twice_gives_the_same_bytes(site: Sample, tmp_path: Path) -> None:
    assert drawn(tmp_path).files == site.files


def test_where_a_badge_was_a_page_leads_on(tmp_path: Path) -> None:
    moved = sites.BADGE.replace("name: {it", "formerly: [b2]\nname: {it", 1)
    site = drawn(tmp_path, {sites.BADGE_PATH: moved})
    for path, words in {
        "badges/b2/index.html": "Questo badge ha un nuovo indirizzo",
        "en/badges/b2/index.html": "This badge has a new address",
    }.items():
        html = site.text(path)
        assert list(faults(html)) == []
        assert words in html
        assert {
            link for link in _inner_links(path, html) - {*site.files, *pictures(site)} if ".json" not in link
        } == set()
    assert 'lang="it">Italiano' in html
    assert "badges/b2/" not in site.text("index.html") + site.text("sitemap.xml")
