"""The page of an award that was erased: in every language, hidden, and without a word of badge or holder."""

from pathlib import Path

import pytest

from tests.pages.samples import BASE, ERASED, LOCK, LOCK_PATH, Sample, drawn


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return drawn(tmp_path_factory.mktemp("content"), {LOCK_PATH: LOCK}, visibility="public")


def _paths(site: Sample) -> list[str]:
    return [site.plan.award_page(ERASED, language) for language in ("it", "en")]


def test_it_says_in_each_language_that_it_was_erased_by_whom_and_when(site: Sample) -> None:
    first, second = (site.text(path) for path in _paths(site))
    assert "<h1>Questo conferimento è stato cancellato</h1>" in first
    assert '<div class="state revoked"><strong>It no longer counts</strong></div>' in second
    assert "<title>Erased award · Example Badges</title>" in second
    assert '<a href="../../issuers/example/">Example University</a> erased it on' in second
    assert '<time datetime="2026-01-12">12 January 2026</time>' in second
    assert '<a href="../../../awards/' in second
    assert f'hreflang="it" href="{BASE}awards/{ERASED}/"' in second


def test_it_says_nothing_of_badge_or_batch(site: Sample) -> None:
    for path in _paths(site):
        assert not any(word in site.text(path) for word in ("B2", "english-b2", "2023", "Corso", "image.png"))


def test_no_list_and_no_search_engine_knows_it(site: Sample) -> None:
    for path in _paths(site):
        assert '<meta name="robots" content="noindex">' in site.text(path)
        assert path in site.unlisted
    named = {path for path, data in site.files.items() if ERASED.encode() in data}
    assert named == set(_paths(site))


def test_it_is_counted_nowhere_but_among_the_erased(site: Sample, tmp_path: Path) -> None:
    without = drawn(tmp_path, {}, visibility="public")
    counted = {f"{language}statistics/index.html" for language in ("", "en/")}
    told = {path: data for path, data in site.files.items() if path not in {*_paths(site), *counted}}
    assert told == {path: data for path, data in without.files.items() if path not in counted}
    for path in counted:
        assert site.text(path).count("<tr") == without.files[path].count(b"<tr")
        assert "B2" not in set(site.text(path).split()) - set(without.files[path].decode().split())
