import re
from dataclasses import fields, replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from badgesite.model.award import Award, Batch, Recipient
from badgesite.pages.award_pages import award_pages
from tests.pages.samples import AS_OF, BATCH, IDS, Sample, draw, drawn
from tests.sites import BADGE, BADGE_PATH, BATCH_PATH

_RECIPIENT = f"{{identity: sha256${'a0' * 32}, salt: {'c0' * 16}}}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return drawn(tmp_path_factory.mktemp("site"))


def _words(html: str) -> str:
    """What a reader reads: the page without its tags, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html[html.index("<main") :])).split())


@pytest.mark.parametrize(
    ("award", "language", "words"),
    [
        ("named", "en", "Valid on 15 January 2026 , until 14 July 2026"),
        ("named", "it", "Valido in data 15 gennaio 2026 ; scadenza: 14 luglio 2026"),
        ("named", "en", "Awarded to Ada <b>Esempio</b> & C."),
        ("named", "en", "Example University www.example.edu Language Centre"),
        ("named", "en", "Awarded on 14 July 2023"),
        ("named", "en", "Level B2"),
        ("named", "en", "English course from 1 March 2023 to 7 July 2023"),
        ("unnamed", "en", "The holder is not named on this page."),
        ("expired", "en", "Expired: it was valid until 31 December 2025 (as of 15 January 2026 )"),
        ("expired", "it", "Scaduto; ultimo giorno di validità: 31 dicembre 2025"),
        ("revoked", "en", "Revoked by Example University on 10 January 2024 Reason: Assegnato per errore"),
        ("revoked", "it", "Revocato dall'ente (Università di Esempio) in data 10 gennaio 2024"),
        ("rich", "en", "ECTS credits 3.5"),
        ("rich", "it", "Crediti ECTS 3,5"),
        ("named", "en", "Certificate All about this badge English B2"),
        (
            "named",
            "en",
            "Download the badge Picture for Instagram The award itself is in the picture; of you, only a",
        ),
        ("expired", "en", "It has expired, and the page that you share says so."),
        ("named", "en", "It is within its dates It counts from 14 July 2023 to 14 July 2026"),
        ("expired", "en", "It is past its dates It counts from 14 July 2023 to 31 December 2025"),
        ("expired", "it", "È scaduto Periodo di validità"),
        ("revoked", "en", "Its dates It counts from"),
        ("named", "en", "Share it Add to your LinkedIn profile LinkedIn WhatsApp Telegram Facebook X Bluesky Mastodon"),
        ("named", "en", "This print proves nothing by itself"),
        ("named", "en", "Backpacks for badges take the picture;"),
        ("named", "it", "Per chi ha ottenuto questo badge"),
        ("revoked", "en", "Permanent link https://badges.example.edu/en/awards/" + IDS["revoked"]),
        ("rich", "en", "IT Services"),
        ("rich", "en", "Replaced on 1 February 2024"),
        ("rich", "en", "https://evidence.example.org/two"),
        ("rich", "en", "What it takes Pass the written and the oral test."),
        ("rich", "en", "Counts towards Minor"),
        ("named", "en", "https://badges.example.edu/en/awards/" + IDS["named"] + "/ This print"),
        ("named", "en", "The address bar must show badges.example.edu : this proves"),
        ("named", "en", "It counts from 14 July 2023 to 14 July 2026, days in UTC."),
        ("named", "en", "Check it elsewhere Our verify page , badgesite verify , the 1EdTech validator , a wallet."),
        ("named", "en", "sha256$" + "a0" * 32),
    ],
)
def test_an_award_page_says(site: Sample, award: str, language: str, words: str) -> None:
    assert words in _words(site.award(award, language))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return drawn(tmp_path_factory.mktemp("signed"), publish="[ob2, ob3]")


@pytest.mark.parametrize(
    ("award", "words"),
    [
        ("named", "Its signature is genuine This proves that nobody has changed a letter of it."),
        ("named", "The address bar must show badges.example.edu : this proves who awarded it."),
        ("named", "with your name and a fingerprint of your e-mail address"),
        ("unnamed", "of you, only a fingerprint of your e-mail address"),
        ("named", "Wallets take credential.json, backpacks the picture; many take no badges yet."),
        ("named", "Documents: assertion.json , credential.json , JWT ."),
        ("named", "It is not in the issuer's list of withdrawn badges: this proves it."),
        ("revoked", "It was revoked The issuer's list says so to every software that asks."),
        ("revoked", "Its record is still here, and says that it was revoked."),
    ],
)
def test_the_page_of_a_signed_award_says(signed: Sample, award: str, words: str) -> None:
    assert words in _words(signed.award(award, "en"))


def test_a_signed_award_leads_to_its_credential(signed: Sample) -> None:
    html = signed.award("named", "en")
    folder = f"../../../awards/{IDS['named']}"
    assert f'<link rel="alternate" type="application/ld+json" href="{folder}/credential.json">' in html
    assert f'<a href="{folder}/credential.json">' in html


def test_a_site_without_signatures_and_a_rehearsal_speak_of_none(site: Sample, tmp_path: Path) -> None:
    rehearsal = drawn(tmp_path, publish="[ob2, ob3]", base_url=None)
    for sample in (site, rehearsal):
        assert not re.search(r"credential\.|did\.json", sample.award("named", "en"))


def test_networks_are_told_what_no_longer_holds_and_until_when_the_others_do(site: Sample) -> None:
    def told(award: str) -> list[str]:
        return re.findall(r'(?:<title>|og:title" content="|og:description" content=")([^"<]*)', site.award(award, "en"))

    title, shared, description = told("expired")
    assert title.startswith("Expired · English B2 · Carla Esempio")
    assert shared.startswith("Expired · English B2 · ")
    assert description.endswith(" · Awarded on 14 July 2023 · expired (it was valid until 31 December 2025)")
    assert told("named")[1].startswith("English B2 · ")
    assert told("named")[2].endswith(" · Awarded on 14 July 2023 · valid until 14 July 2026")
    assert told("revoked")[1].startswith("Revoked · English B2 · ")
    assert told("revoked")[2].endswith(" · Awarded on 14 July 2023")


def test_a_rehearsal_offers_nothing_to_share_and_prints_as_one(site: Sample, tmp_path: Path) -> None:
    rehearsal = drawn(tmp_path, base_url=None)
    sharing = re.compile(r"linkedin|wa\.me|mailto:\?|Instagram|Share|Printed|class=\"networks\"")
    for language in ("it", "en"):
        assert sharing.search(site.award("named", language).partition("<main")[2])
        assert not sharing.search(rehearsal.award("named", language).partition("<main")[2])
    assert '<p class="attest">Rehearsal: not a certificate</p>' in rehearsal.award("named", "en")
    assert "This print proves nothing by itself" not in rehearsal.award("named", "en")


def test_an_award_that_is_not_issued_says_so_and_leads_to_no_document(tmp_path: Path) -> None:
    drawn(tmp_path, publish="[ob2, ob3]")
    site = draw(tmp_path, not_issued=["public"])
    html = site.award("public", "en")
    assert "Not issued. This award, or its latest change, is recorded and not signed yet." in _words(html)
    assert '<meta name="robots" content="noindex">' in html
    assert not re.search(r"(assertion|credential)\.json|badge\.(png|svg)|\.jwt", html)
    assert "Valid on" not in _words(html)
    assert "Not issued." not in site.award("named", "en")


def test_the_first_things_said_are_what_to_whom_by_whom_when_and_whether_valid(site: Sample) -> None:
    words = _words(site.award("named", "en"))
    order = ["English B2", "Ada", "Example University", "14 July 2023", "Valid on", "How do I know this is genuine?"]
    places = [words.index(part) for part in order]
    assert places == sorted(places)
    assert places[-1] < 400


def test_words_in_another_language_are_marked(site: Sample) -> None:
    assert '<span lang="it">Assegnato per errore</span>' in site.award("revoked", "en")
    assert '<div class="prose" lang="it">\n<p>Ha guidato <em>tutto</em> il gruppo.</p>' in site.award("rich", "en")
    main = site.award("rich", "it").partition("<main")[2]
    assert " lang=" not in main


def test_names_and_texts_are_escaped(site: Sample) -> None:
    html = site.award("named")
    assert "Ada &lt;b&gt;Esempio&lt;/b&gt; &amp; C." in html
    assert "Ada <b>" not in html


def test_a_revoked_award_offers_no_picture_to_download(site: Sample) -> None:
    assert " download" not in site.award("revoked")
    assert 'href="badge.png" download>' in site.award("named")
    assert "<title>Revocato · Inglese B2 · Dario Esempio" in site.award("revoked")


def test_only_public_awards_may_be_found(site: Sample) -> None:
    for name, award in IDS.items():
        hidden = '<meta name="robots" content="noindex">' in site.award(name)
        assert hidden is (name != "public")
        assert (site.plan.award_page(award, "it") in site.unlisted) is (name != "public")


def test_a_result_by_number_is_written_as_its_language_writes_numbers(tmp_path: Path) -> None:
    batch = BATCH.partition("awards:")[0].replace("english-b2", "minor") + "awards:\n"
    batch += f"  - {{id: {IDS['named']}, recipient: {_RECIPIENT}, result: 27.5}}\n"
    site = drawn(tmp_path, {BATCH_PATH: batch})
    assert "Voto 27,5" in _words(site.award("named", "it"))
    assert "Mark 27.5" in _words(site.award("named", "en"))


def test_credits_of_a_badge_that_speaks_of_no_ects_are_just_credits(tmp_path: Path) -> None:
    site = drawn(tmp_path, {BADGE_PATH: BADGE.replace("  ects: 3\n", "")})
    assert ">Credits<" in site.award("rich", "en")
    assert "ECTS" not in site.award("rich", "en")


def test_a_name_that_may_not_be_shown_stands_nowhere(tmp_path: Path) -> None:
    batch = BATCH.replace("name: Carla Esempio", "name: Carla Esempio, visibility: unnamed")
    site = drawn(tmp_path, {BATCH_PATH: batch})
    assert "Carla" not in "".join(site.html().values())


def test_award_pages_are_small(site: Sample) -> None:
    sizes = [len(data) for path, data in site.files.items() if "awards/" in path]
    assert max(sizes) < 12_000


def _many(site: Sample) -> list[tuple[Batch, Award]]:
    batch, first = next(site.catalogue.each_award())
    names = ["Ada", "<i>Bo</i> & \"Co\" 'x'", "Ç̈ é 漢", "%01id%01", "a" * 300, "{{ 7 }}", "Ada"]
    return [
        (
            batch,
            replace(
                first,
                id=f"0000000{n}-0000-4000-8000-000000000000",
                name=name,
                recipient=Recipient(f"sha256${n:064x}", f"{n:032x}"),
            ),
        )
        for n, name in enumerate(names)
    ]


def test_a_page_from_the_mould_is_the_page_as_it_would_be_drawn(site: Sample) -> None:
    awards = _many(site)
    together = list(award_pages(site.theme, site.catalogue, site.plan, AS_OF, awards))
    alone = [page for pair in awards for page in award_pages(site.theme, site.catalogue, site.plan, AS_OF, [pair])]
    assert together == alone


def test_awards_that_differ_in_more_than_their_holder_share_no_mould(site: Sample) -> None:
    batch, first = next(site.catalogue.each_award())
    differing: dict[str, Any] = {
        "visibility": "public",
        "language": "en",
        "unit": "ict",
        "result": "b1",
        "credits": 2,
        "narrative": "Bene.",
        "evidence": ("https://evidence.example.org/x",),
        "expires": AS_OF.replace(year=2027),
        "changed": AS_OF,
        "revoked": next(award.revoked for _, award in site.catalogue.each_award() if award.revoked),
        "group": None,
    }
    assert set(differing) == {field.name for field in fields(Award)} - {"id", "recipient", "name"}
    awards = [(batch, replace(first, **{field: value})) for field, value in differing.items()]
    awards = [pair for pair in awards for _ in range(3)]
    together = list(award_pages(site.theme, site.catalogue, site.plan, AS_OF, awards))
    alone = [page for pair in awards for page in award_pages(site.theme, site.catalogue, site.plan, AS_OF, [pair])]
    assert together == alone


def test_a_theme_that_changes_a_name_is_drawn_page_by_page(tmp_path: Path) -> None:
    template = (
        '{% extends "base.html" %}{% block main %}{{ (award.holder or "")|upper }}{{ award.salt|length }}{% endblock %}'
    )
    site = drawn(tmp_path, {"themes/own/templates/award.html": template}, theme="own")
    pages = [page.data.decode() for page in award_pages(site.theme, site.catalogue, site.plan, AS_OF, _many(site))]
    assert any("漢32" in page for page in pages)
    assert not any("\x01" in page for page in pages)


def test_a_theme_that_changes_names_only_where_there_is_a_result_leaves_no_mark(tmp_path: Path) -> None:
    template = (
        '{% extends "base.html" %}{% block main %}{{ award.result and (award.holder or "")|upper }}{% endblock %}'
    )
    site = drawn(tmp_path, {"themes/own/templates/award.html": template}, theme="own")
    plain = [(batch, replace(award, result=None)) for batch, award in _many(site)]
    pages = [
        page.data.decode() for page in award_pages(site.theme, site.catalogue, site.plan, AS_OF, plain + _many(site))
    ]
    assert any("漢" in page for page in pages)
    assert not any("\x01" in page for page in pages)
