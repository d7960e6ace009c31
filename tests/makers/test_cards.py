"""Share cards as they are published, and what is said of them where a link is shared."""

import re
from io import BytesIO
from pathlib import Path

from PIL import Image

from badgesite.content.reading import read_or_raise
from badgesite.makers.cards import share_cards, undrawn_words
from badgesite.makers.context import Context, context_of
from badgesite.makers.pages import award_pages, class_pages
from tests.makers.sites import context_in
from tests.pages.samples import AS_OF
from tests.sites import AWARDS, BADGE, BADGE_PATH, write_site


def _context(root: Path, badge: str) -> Context:
    catalogue = read_or_raise(write_site(root, {BADGE_PATH: badge})).catalogue
    assert catalogue
    return context_of(catalogue, root, AS_OF)


def _tags(html: bytes) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">', html.decode()))


def test_a_badge_has_two_cards_in_each_language_of_a_size_and_weight_that_services_take(tmp_path: Path) -> None:
    made = {artifact.path: artifact.data for artifact in share_cards(context_in(tmp_path), "english-b2")}
    sizes = {path: Image.open(BytesIO(data)).size for path, data in made.items()}
    folder = "badges/english-b2"
    assert sizes == {f"{folder}/card.{tag}.png": (1200, 630) for tag in ("it", "en")} | {
        f"{folder}/square.{tag}.png": (1080, 1080) for tag in ("it", "en")
    }
    assert len(set(made.values())) == 4
    assert max(map(len, made.values())) < 300_000


def test_a_badge_that_lacks_a_language_has_no_card_in_it_and_pages_show_that_in_the_first(tmp_path: Path) -> None:
    context = _context(tmp_path, BADGE.replace("{it: Inglese B2, en: English B2}", "Inglese B2", 1))
    paths = {artifact.path for artifact in share_cards(context, "english-b2")}
    assert paths == {"badges/english-b2/card.it.png", "badges/english-b2/square.it.png"}
    pages = {artifact.path: artifact.data for artifact in class_pages(context)}
    assert _tags(pages["en/badges/english-b2/index.html"])["og:image"].endswith("/badges/english-b2/card.it.png")


def test_cards_answer_at_each_name_that_a_badge_had(tmp_path: Path) -> None:
    context = _context(tmp_path, BADGE + "formerly: [b2]\n")
    made = {artifact.path: artifact.data for artifact in share_cards(context, "english-b2")}
    assert made["badges/b2/card.en.png"] == made["badges/english-b2/card.en.png"]


def test_a_shared_badge_shows_its_card_by_an_absolute_address(tmp_path: Path) -> None:
    pages = {artifact.path: artifact.data for artifact in class_pages(context_in(tmp_path))}
    base = "https://badges.example.edu/"
    assert _tags(pages["en/badges/english-b2/index.html"]) == {
        "og:title": "English B2 · Example University",
        "og:description": "Understands and speaks English at level B2.",
        "og:type": "website",
        "og:url": f"{base}en/badges/english-b2/",
        "og:site_name": "Example Badges",
        "og:locale": "en_GB",
        "og:image": f"{base}badges/english-b2/card.en.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "English B2 · Example University",
        "twitter:card": "summary_large_image",
    }
    assert _tags(pages["index.html"])["twitter:card"] == "summary"
    assert "og:image" not in _tags(pages["index.html"])


def test_a_shared_award_says_what_it_is_and_not_whose(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    awards = list(context.catalogue.each_award())
    pages = {artifact.path: artifact.data for artifact in award_pages(context, awards)}
    tags = _tags(pages[f"awards/{AWARDS[0]}/index.html"])
    assert tags["og:title"] == "Inglese B2 · Università di Esempio"
    until = "ultimo giorno di validità: 14 luglio 2026"
    assert tags["og:description"] == f"Certificato · Conferito in data 14 luglio 2023 · {until}"
    assert tags["og:image"] == "https://badges.example.edu/badges/english-b2/card.it.png"
    assert b"Ada Esempio" in pages[f"awards/{AWARDS[0]}/index.html"]
    assert not any("Ada" in words or "sha256" in words for page in pages.values() for words in _tags(page).values())


def test_words_that_no_font_can_draw_are_found(tmp_path: Path) -> None:
    context = _context(tmp_path, BADGE.replace("Inglese B2", "Inglese B2 🐍", 1))
    assert [(each.tag, each.characters) for each in undrawn_words(context)] == [("it", "🐍")]
