"""A letter says who awarded what, when, and the three steps, the same in text and in HTML, in every language."""

import html
import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from badgesite.letters.composing import Letter, composer
from badgesite.letters.view import LetterView
from tests.letters.samples import BASE, FOR_EVER, NOW, content, write_site_with_people
from tests.pages.html_faults import faults
from tests.signing import reading_of
from tests.sites import AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH


def composed(
    root: Path, number: int = 0, language: str = "en", name: str | None = "Ada"
) -> tuple[LetterView, str, str]:
    """What the letter about an award of the small site is, its text and its HTML."""
    _, catalogue, _ = reading_of(root)
    batch, award = next(pair for pair in catalogue.each_award() if pair[1].id == AWARDS[number])
    letter = Letter(batch, award, "ada@example.org", name, language)
    view, _, data = composer(root, catalogue, NOW).compose(letter)
    message = message_from_bytes(data, policy=policy.default)
    return view, content(message, "plain"), content(message, "html")


def unsound(page: str) -> list[str]:
    """What a strict reader of tags finds that is not for pages alone: a letter has styles in its tags."""
    of_pages = {f"<{tag}> is there 0 times" for tag in ("main", "header", "footer")}
    return [fault for fault in faults(page) if not fault.startswith("style on ") and fault not in of_pages]


def seen(page: str) -> list[str]:
    """The words of HTML, as they follow each other."""
    body = page.partition("<body")[2].partition(">")[2]
    return html.unescape(re.sub(r"<[^>]+>", " ", body)).split()


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("visibility", ["unnamed", "unlisted", "public"])
def test_text_and_html_say_the_same(tmp_path: Path, language: str, visibility: str) -> None:
    batch = BATCH.replace("language: en", f"visibility: {visibility}")
    root = write_site_with_people(tmp_path, {BADGE_PATH: BADGE, BATCH_PATH: batch})
    _, text, page = composed(root, language=language)
    words = [word.strip(":,.") for word in text.split() if word.strip(":,.")]
    shown = [word.strip(":,.") for word in seen(page) if word.strip(":,.")]
    assert sorted(set(words) - {"1", "2", "3"}) == sorted(set(shown))
    assert unsound(page) == []
    assert "localhost" not in text + page


def test_it_says_who_what_when_and_how_to_get_help(tmp_path: Path) -> None:
    root = write_site_with_people(tmp_path, {BADGE_PATH: BADGE})
    _, text, _ = composed(root)
    for line in (
        "Hello Ada,",
        "Example University has awarded you this badge:",
        "English B2",
        "Certificate",
        "Understands and speaks English at level B2.",
        "Awarded by: Example University, Language Centre",
        "Awarded on: 14 July 2023",
        "Level: B2",
        "Valid until: 14 July 2026",
        f"{BASE}en/awards/{AWARDS[0]}/",
        f"{BASE}awards/{AWARDS[0]}/badge.png",
        "Your name is on the page, which only those find who have its address.",
        "Reply to this message, or write to help@example.edu.",
    ):
        assert line in text.split("\n"), line


def test_whose_name_is_not_on_the_page_is_told_so(tmp_path: Path) -> None:
    root = write_site_with_people(tmp_path)
    assert "Your name is not on the page." in composed(root, 1)[1]
    unnamed = write_site_with_people(tmp_path, {BATCH_PATH: BATCH.replace("    name: Ada Esempio\n", "")})
    assert "Your name is not on the page." in composed(unnamed)[1]


def test_without_a_contact_the_issuer_helps(tmp_path: Path) -> None:
    root = write_site_with_people(tmp_path, contact=None)
    assert "write to openbadge@example.edu." in composed(root)[1]


def test_what_a_language_lacks_is_said_in_the_first_and_marked(tmp_path: Path) -> None:
    only = FOR_EVER.replace("name: {it: Inglese B2, en: English B2}", "name: {it: Inglese B2}")
    root = write_site_with_people(tmp_path, {BADGE_PATH: only})
    _, text, page = composed(root)
    assert "Inglese B2\n" in text
    assert '<h1 lang="it" ' in page
    assert '<html lang="en" dir="ltr">' in page


@pytest.mark.parametrize("name", ["<b>Ada</b>", "Ada & Bo", 'Ada" onclick="x'])
def test_names_are_text_in_html_and_as_they_are_in_text(tmp_path: Path, name: str) -> None:
    _, text, page = composed(write_site_with_people(tmp_path), name=name)
    assert text.startswith(f"Hello {name},\n")
    assert f"<bdi>{html.escape(name)}".replace("&quot;", "&#34;") in page
    assert unsound(page) == []


def test_a_theme_writes_its_own_letter_and_gets_the_colours(tmp_path: Path) -> None:
    colours = 'colours: {accent: "#7a0019"}\n'
    files = {
        "themes/ours/theme.yaml": colours,
        "themes/ours/templates/letter.txt": "{{ letter.name }}: {{ shared.name.words }} <{{ colours.accent }}>\n",
    }
    root = write_site_with_people(tmp_path, files, theme="ours")
    _, text, page = composed(root)
    assert text == "Ada: English B2 <#7a0019>\n"
    assert "background:#7a0019" in page
