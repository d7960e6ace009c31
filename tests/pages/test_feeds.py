from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from badgesite.pages.feeds import sitemaps
from tests.pages.samples import AS_OF, BASE, IDS, Sample, drawn

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return drawn(tmp_path_factory.mktemp("site"))


def _xml(site: Sample, path: str) -> Element:
    root: Element = fromstring(site.files[path])
    return root


def test_the_feed_has_badges_and_public_awards_the_newest_first(site: Sample) -> None:
    feed = _xml(site, "feed.xml")
    entries = [(entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in feed.iter(f"{ATOM}entry")]
    assert entries == [
        (f"{BASE}badges/english-b2/", "2024-05-06T00:00:00Z"),
        (f"{BASE}badges/english-b2-2019/", "2023-07-14T00:00:00Z"),
        (f"{BASE}badges/minor/", "2023-07-14T00:00:00Z"),
        (f"{BASE}awards/{IDS['public']}/", "2023-07-14T00:00:00Z"),
    ]
    assert feed.findtext(f"{ATOM}updated") == "2024-05-06T00:00:00Z"
    assert feed.findtext(f"{ATOM}id") == f"{BASE}feed.xml"


def test_a_site_without_awards_or_dates_has_a_sound_feed(tmp_path: Path) -> None:
    batch = {"content/awards/2023/english-b2-2023-07-14.yaml": None}
    feed = _xml(drawn(tmp_path, batch), "feed.xml")
    assert all(entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry"))


def test_the_sitemap_leads_to_statistics_where_the_pages_do(site: Sample, tmp_path: Path) -> None:
    empty = drawn(tmp_path, {"content/awards/2023/english-b2-2023-07-14.yaml": None}, indicators=None)
    for sample, there in ((site, True), (empty, False)):
        urls = [url.text for url in _xml(sample, "sitemap.xml").iter(f"{MAP}loc")]
        assert (f"{BASE}statistics/" in urls, 'href="statistics/"' in sample.text("index.html")) == (there, there)


def test_the_sitemap_names_public_pages_with_their_translations(site: Sample) -> None:
    urls = {url.findtext(f"{MAP}loc"): url for url in _xml(site, "sitemap.xml").iter(f"{MAP}url")}
    assert set(urls) >= {BASE, f"{BASE}en/", f"{BASE}badges/minor/", f"{BASE}en/pages/privacy/"}
    assert [key for key, award in IDS.items() if any(award in (url or "") for url in urls)] == ["public"]
    links = {link.get("hreflang"): link.get("href") for link in urls[f"{BASE}en/"].iter(f"{XHTML}link")}
    assert links == {"it": BASE, "en": f"{BASE}en/"}


def test_every_page_in_the_sitemap_is_there_and_may_be_indexed(site: Sample) -> None:
    for url in _xml(site, "sitemap.xml").iter(f"{MAP}loc"):
        page = f"{(url.text or '').removeprefix(BASE)}index.html"
        assert "noindex" not in site.text(page), page


def test_more_addresses_than_a_sitemap_takes_are_in_several_that_an_index_names(site: Sample) -> None:
    whole = [url.text for url in _xml(site, "sitemap.xml").iter(f"{MAP}loc")]
    made = {one.path: one for one in sitemaps(site.theme, site.catalogue, site.plan, AS_OF, limit=4)}
    index = fromstring(made["sitemap.xml"].data)
    assert index.tag == f"{MAP}sitemapindex"
    parts = [loc.text for loc in index.iter(f"{MAP}loc")]
    assert parts == [f"{BASE}sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    assert {*made} == {"sitemap.xml", *(part.removeprefix(BASE) for part in parts if part)}
    pages = [
        [loc.text for loc in fromstring(made[f"sitemap-{n + 1}.xml"].data).iter(f"{MAP}loc")] for n in range(len(parts))
    ]
    assert [page for part in pages for page in part] == whole
    assert max(map(len, pages)) == 4 < len(whole)
    assert all(one.listed for one in made.values())


def test_addresses_that_just_fit_are_in_one_sitemap(site: Sample) -> None:
    whole = [url.text for url in _xml(site, "sitemap.xml").iter(f"{MAP}loc")]
    made = list(sitemaps(site.theme, site.catalogue, site.plan, AS_OF, limit=len(whole)))
    assert [one.data for one in made] == [site.files["sitemap.xml"]]


def test_robots_are_welcome_but_at_a_rehearsal(site: Sample, tmp_path: Path) -> None:
    assert site.text("robots.txt") == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"
    assert "Disallow: /\n" in drawn(tmp_path, base_url=None).text("robots.txt")
