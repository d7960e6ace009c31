"""Pages, and what machines read of the whole site."""

from dataclasses import replace
from pathlib import Path

from badgesite.makers.pages import award_pages, class_pages, indexes
from tests.makers.sites import SIGNED, UNSIGNED, context_in


def test_every_award_has_a_page_in_each_language(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    found = {artifact.path: artifact.data for artifact in award_pages(context, context.catalogue.each_award())}
    assert found.keys() == {
        f"{language}awards/{award}/index.html" for language in ("", "en/") for award in (SIGNED, UNSIGNED)
    }
    assert b"credential.json" in found[f"awards/{SIGNED}/index.html"]


def test_an_award_that_is_not_issued_has_a_page_that_links_to_no_document(tmp_path: Path) -> None:
    context = replace(context_in(tmp_path), not_issued=frozenset([SIGNED]))
    pair = next(pair for pair in context.catalogue.each_award() if pair[1].id == SIGNED)
    for artifact in award_pages(context, [pair]):
        assert b"credential.json" not in artifact.data


def test_the_whole_site_has_its_pages_and_indexes(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    pages = {artifact.path for artifact in class_pages(context)}
    assert {"index.html", "en/index.html", "badges/english-b2/index.html", "issuers/example/index.html"} <= pages
    assert {"catalogue.json", "sitemap.xml", "robots.txt"} <= {artifact.path for artifact in indexes(context)}
