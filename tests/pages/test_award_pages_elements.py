"""The page of an award tells every element of its badge, in each language, whatever its state."""

import re
from html import unescape

import pytest

from tests.pages.samples import IDS, Sample, drawn
from tests.sites import BADGE, BADGE_PATH

WHOLE = (
    BADGE.replace(
        "  ects: 3\n",
        "  ects: 3\n  assessment: {it: Prova scritta e orale, en: A written and an oral test}\n",
    )
    + """\
part_of: [minor]
notice: {it: Non è un titolo di studio., en: It is no academic degree.}
amended:
  - {date: 2024-05-06, note: {it: Corretto un refuso, en: A misprint was mended}}
"""
)
ROWS = {
    "en": {"Workload": "75 hours", "ECTS credits": "3", "EQF level": "6", "Assessment": "A written and an oral test"},
    "it": {
        "Carico di lavoro": "75 ore",
        "Crediti ECTS": "3",
        "Livello EQF": "6",
        "Valutazione": "Prova scritta e orale",
    },
}
SECTIONS = {
    "about": {
        "en": "What this badge certifies Understands and speaks English at level B2.",
        "it": "Che cosa attesta Comprende e parla l'inglese al livello B2.",
    },
    "criteria": {
        "en": "What it takes Pass the written and the oral test.",
        "it": "Come si ottiene Superare la prova scritta e quella orale.",
    },
    "skills": {"en": "Skills English ESCO · S1.1", "it": "Competenze Inglese ESCO · S1.1"},
    "scale": {
        "en": "What the result can be Level : B1 , B2 (the lowest first)",
        "it": "I risultati possibili Livello : B1 , B2 (dal più basso)",
    },
    "towards": {"en": "Counts towards Minor", "it": "Concorre a Minor"},
    "amended": {
        "en": "Corrections 6 May 2024 : A misprint was mended",
        "it": "Correzioni 6 maggio 2024 : Corretto un refuso",
    },
}
NOTICE = {"en": "It is no academic degree.", "it": "Non è un titolo di studio."}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return drawn(tmp_path_factory.mktemp("site"), {BADGE_PATH: WHOLE})


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _section(html: str, name: str) -> str:
    return html.partition(f'<section id="{name}">')[2].partition("</section>")[0]


@pytest.mark.parametrize("award", ["named", "expired", "revoked"])
@pytest.mark.parametrize("language", ["it", "en"])
def test_every_element_of_the_badge_is_told(site: Sample, award: str, language: str) -> None:
    html = site.award(award, language)
    assert {name: _words(_section(html, name)) for name in SECTIONS} == {
        name: words[language] for name, words in SECTIONS.items()
    }
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", _section(html, "elements"))
    assert {unescape(term): unescape(words) for term, words in rows} == ROWS[language]
    assert '<a href="https://skills.example.org/english">' in _section(html, "skills")
    notice = html.partition('<div class="notice">')[2].partition("</div>")[0]
    assert _words(notice) == NOTICE[language]


def test_nothing_of_it_is_hidden(site: Sample) -> None:
    for path in (site.plan.award_page(IDS["named"], language) for language in ("it", "en")):
        main = site.text(path).partition("<main")[2].partition("</main>")[0]
        assert not re.search(r"\shidden|aria-hidden|style=|<template|<!--", main)
