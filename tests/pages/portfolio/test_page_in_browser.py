"""The portfolio page: awards side by side as their own pages tell them, with nothing stored, sent or run."""

import re
from collections.abc import Callable, Iterator
from gzip import compress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.pages.browsing import FAINT_TEXT, OVERHANG, barriers
from tests.pages.samples import BASE, ERASED, IDS, LOCK, LOCK_PATH, drawn, pictures
from tests.pages.web import Desk, Web

Site = dict[str, bytes]
Open = Callable[..., Desk]
FORMER = "https://old.example.org/badges/"
HOLDER = "Ada <b>Esempio</b> & C."
UNKNOWN = "99999999-9999-4999-8999-999999999999"
NAMED, REVOKED, UNNAMED = IDS["named"], IDS["revoked"], IDS["unnamed"]
PAGE = f"{BASE}en/portfolio/"
SCRIPTS = Path("themes/default/assets/verify")
DRAWN = """() => [...document.querySelectorAll(".gathered > li")].map(card => ({
  id: card.dataset.id, state: card.dataset.state, title: card.querySelector("h2").textContent,
  link: card.querySelector("a").href, words: card.querySelector(".state").textContent,
  facts: [...card.querySelectorAll("dd")].map(each => each.textContent),
}))"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Site:
    sample = drawn(tmp_path_factory.mktemp("portfolio"), {LOCK_PATH: LOCK}, formerly=f"[{FORMER}]")
    return {BASE + path: data for path, data in {**sample.files, **pictures(sample)}.items()}


@pytest.fixture
def show(opened: Open, files: Site) -> Iterator[Callable[..., Page]]:
    """Open the page with a fragment, and wait until it has drawn all; it asks no other host."""
    desks: list[Desk] = []

    def show(fragment: str = "", page: str = PAGE, more: Site | None = None, **options: object) -> Page:
        desk = opened(Web({**files, **(more or {})}), page + fragment, "#portfolio", **options)
        desks.append(desk)
        settle(desk.page)
        return desk.page

    yield show
    assert {host for desk in desks for host in desk.web.hosts()} <= {"badges.example.edu"}


def settle(page: Page) -> None:
    """Wait until the page reads no more."""
    expect(page.locator(".progress")).not_to_contain_text("...", timeout=30_000)


def ids(page: Page) -> list[str]:
    return [card["id"] for card in page.evaluate(DRAWN)]


def notices(page: Page) -> list[str]:
    return page.locator(".notes p").all_inner_texts()


def test_awards_are_shown_in_the_order_of_the_address_with_the_state_that_they_have_today(
    show: Callable[..., Page],
) -> None:
    cards = show(f"#{REVOKED},{NAMED},{IDS['expired']}").evaluate(DRAWN)
    assert [card["id"] for card in cards] == [REVOKED, NAMED, IDS["expired"]]
    assert [card["state"] for card in cards] == ["revoked", "valid", "expired"]
    assert cards[0]["words"] == "Revoked by Example University on 10 January 2024 · Reason: Assegnato per errore"
    assert cards[1]["words"] == "Valid on 15 January 2026, until 14 July 2026"
    assert cards[1]["title"] == "English B2"
    assert cards[1]["link"] == f"{BASE}en/awards/{NAMED}/"
    assert "14 July 2023" in cards[1]["facts"]
    assert HOLDER in cards[1]["facts"]


def test_an_award_that_ended_since_the_build_is_expired(show: Callable[..., Page]) -> None:
    page = show(f"#{NAMED}")
    assert page.evaluate(DRAWN)[0]["state"] == "valid"
    page.clock.set_fixed_time("2026-07-15T00:00:00Z")
    page.reload()
    settle(page)
    (card,) = page.evaluate(DRAWN)
    assert (card["state"], card["words"]) == (
        "expired",
        "Expired: it was valid until 14 July 2026 (as of 15 July 2026)",
    )


def test_erased_and_unknown_awards_say_so_without_a_name(show: Callable[..., Page]) -> None:
    erased, unknown = show(f"#{ERASED},{UNKNOWN}").evaluate(DRAWN)
    assert (erased["state"], erased["title"]) == ("erased", "This award was erased")
    assert "erased it on 12 January 2026" in erased["words"]
    assert (unknown["state"], unknown["words"]) == ("unknown", "This site has no award with this id.")
    assert erased["facts"] == unknown["facts"] == []


def test_a_page_that_is_no_awards_and_one_that_does_not_come_are_told_apart(opened: Open, files: Site) -> None:
    strange = {**files, f"{BASE}en/awards/{UNKNOWN}/index.html": b"<title>Welcome</title><h1>Welcome</h1>"}
    desk = opened(Web(strange), f"{PAGE}#{UNKNOWN}", ".gathered .card")
    assert desk.page.evaluate(DRAWN)[0]["state"] == "unknown"
    broken = opened(Web(files), PAGE, "#portfolio")
    broken.page.route("**/awards/**", lambda route: route.fulfill(status=503))
    broken.page.goto(f"{PAGE}#{NAMED}")
    broken.page.locator(".gathered .card").wait_for()
    (card,) = broken.page.evaluate(DRAWN)
    assert (card["state"], card["title"]) == ("unread", "This award could not be read just now")


def test_an_id_counts_once_and_junk_is_told(show: Callable[..., Page]) -> None:
    page = show(f"#{NAMED}, {NAMED.upper()},nonsense,,{REVOKED}")
    assert ids(page) == [NAMED, REVOKED]
    assert "Parts of the address that are no award's id, and were left out: 1" in notices(page)


def test_no_more_than_fifty_awards_are_read(show: Callable[..., Page]) -> None:
    many = [f"{number:08x}-1111-4111-8111-111111111111" for number in range(53)]
    page = show(f"#{','.join(many)}")
    assert ids(page) == many[:50]
    assert "A portfolio holds at most 50 awards. Left out: 3" in notices(page)


@pytest.mark.parametrize(
    "fragment",
    [
        "#%3Cimg%20src=x%20onerror=alert(1)%3E",
        "#<img src=x onerror=alert(1)>",
        "#%",
        "#%E0%A4%A",
        f"#../../{NAMED}",
        f"#{NAMED}/../../evil",
        "#javascript:alert(1)",
        "#__proto__,constructor",
        f"#{NAMED[:14]}1{NAMED[15:]}",
    ],
)
def test_nothing_of_a_hostile_address_is_shown_or_read(show: Callable[..., Page], files: Site, fragment: str) -> None:
    page = show(fragment)
    assert ids(page) == []
    assert notices(page)[-1].startswith("Parts of the address that are no award's id")
    assert page.locator("main img").count() == 0


def test_what_an_awards_page_says_is_shown_as_text_and_pictures_come_from_this_site_alone(
    show: Callable[..., Page], files: Site
) -> None:
    path = f"{BASE}en/awards/{NAMED}/index.html"
    html = files[path].decode()
    assert "English B2</h1>" in html
    evil = html.replace("English B2</h1>", "&lt;img src=x onerror=alert(1)&gt;</h1>")
    evil = re.sub(r'(class="plate"><img src=)"[^"]+"', r'\1"https://evil.example.org/x.png"', evil)
    page = show(f"#{NAMED}", more={path: evil.encode()})
    assert page.evaluate(DRAWN)[0]["title"] == "<img src=x onerror=alert(1)>"
    assert page.locator(".gathered img").count() == 0


def test_different_holders_are_told_and_nobody_is_said_to_own_all(show: Callable[..., Page]) -> None:
    page = show(f"#{NAMED},{REVOKED},{UNNAMED}")
    people, nameless = notices(page)
    assert people == "These awards name different people: Ada <b>Esempio</b> & C. and Dario Esempio."
    assert nameless.startswith("Some of these awards do not name their holder")
    assert page.evaluate(DRAWN)[2]["facts"][0] == "This award does not name its holder"
    assert page.locator("h1").inner_text() == "Portfolio"


def test_a_portfolio_of_one_person_bears_the_name_as_its_title(show: Callable[..., Page]) -> None:
    page = show(f"#{NAMED},{UNKNOWN}")
    assert (page.locator("h1").inner_text(), page.locator(".opening .kind").inner_text()) == (HOLDER, "Portfolio")
    assert notices(page) == []
    page.evaluate(f"location.hash = '#{NAMED},{UNNAMED}'")
    page.locator(".notes p").wait_for()
    assert page.locator("h1").inner_text() == "Portfolio"
    assert page.locator(".lead").is_visible()


def test_a_card_says_the_issuers_name_without_its_logo(show: Callable[..., Page]) -> None:
    assert "Example University · Language Centre" in show(f"#{NAMED}").evaluate(DRAWN)[0]["facts"]


def test_a_portfolio_is_put_together_from_pasted_links(show: Callable[..., Page]) -> None:
    page = show()
    assert page.locator(".making").get_attribute("open") is not None
    lines = [f"{BASE}awards/{NAMED}/", UNNAMED.upper(), f"badges.example.edu/en/awards/{REVOKED}/#genuine"]
    lines.append(f"{FORMER}awards/{IDS['public']}/")  # as it still stands in a CV
    lines += ["what?", f"https://elsewhere.example.org/awards/{IDS['public']}/"]
    page.fill("#links", "\n".join(lines))
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator(".gathered li").nth(3).wait_for()
    assert ids(page) == [NAMED, UNNAMED, REVOKED, IDS["public"]]
    assert page.input_value("#links").splitlines() == lines[4:]
    assert page.locator("#links-fault").inner_text().endswith("stay in the field above: 2")
    assert page.url == f"{PAGE}#{NAMED},{UNNAMED},{REVOKED},{IDS['public']}"
    assert page.input_value("#link") == page.url


def test_the_order_is_changed_with_the_keyboard_alone(show: Callable[..., Page]) -> None:
    page = show(f"#{NAMED},{REVOKED},{UNNAMED}")
    page.locator(".making summary").focus()
    page.keyboard.press("Enter")
    page.locator("[data-step=down]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("number 2", timeout=30_000)
    assert ids(page) == [REVOKED, NAMED, UNNAMED]
    assert page.locator(".done").inner_text() == "English B2 is now number 2 of 3"
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("number 3", timeout=30_000)
    assert ids(page) == [REVOKED, UNNAMED, NAMED]
    assert page.evaluate("document.activeElement.dataset.step") == "up"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".gathered li")).to_have_count(2, timeout=30_000)
    assert ids(page) == [REVOKED, UNNAMED]
    assert page.url.endswith(f"#{REVOKED},{UNNAMED}")


def test_the_link_is_copied_or_selected_for_copying_by_hand(opened: Open, files: Site) -> None:
    allowed = opened(Web(files), f"{PAGE}#{NAMED}", ".gathered li", permissions=["clipboard-read", "clipboard-write"])
    allowed.page.locator(".making summary").click()
    allowed.page.click(".copy")
    allowed.page.get_by_text("Copied", exact=True).wait_for()
    assert allowed.page.evaluate("navigator.clipboard.readText()") == f"{PAGE}#{NAMED}"
    refused = opened(Web(files), f"{PAGE}#{NAMED}", ".gathered li")
    refused.page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    refused.page.locator(".making summary").click()
    refused.page.click(".copy")
    refused.page.get_by_text("copy it by hand").wait_for()
    assert refused.page.evaluate("String(getSelection())") == f"{PAGE}#{NAMED}"


def test_the_ids_reach_no_server_but_as_pages_of_awards_and_nothing_is_stored(opened: Open, files: Site) -> None:
    desk = opened(Web(files), f"{PAGE}#{NAMED}", ".gathered li")
    asked = [address for address in desk.web.asked if NAMED in address]
    assert sorted(asked) == [f"{BASE}awards/{NAMED}/badge.png", f"{BASE}en/awards/{NAMED}/"]
    assert desk.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_page_in_the_first_language_shows_its_awards_in_it(show: Callable[..., Page]) -> None:
    page = show(f"#{NAMED}", f"{BASE}portfolio/")
    (card,) = page.evaluate(DRAWN)
    assert (card["title"], card["words"]) == ("Inglese B2", "Valido in data 15 gennaio 2026; scadenza: 14 luglio 2026")
    assert page.locator(".notice").count() == 1


def test_without_a_script_the_page_says_what_it_is_for_and_how_it_goes_without(opened: Open, files: Site) -> None:
    desk = opened(Web(files), f"{PAGE}#{NAMED}", "#without", java_script_enabled=False)
    assert f"{BASE}en/awards/ID/" in desk.page.locator("#without").inner_text()
    assert not desk.page.locator("#portfolio").is_visible()
    assert "no server" in desk.page.locator("#about").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_can_be_read_by_all(show: Callable[..., Page], width: int, scheme: str) -> None:
    everything = ",".join([*IDS.values(), ERASED, UNKNOWN, "junk"])
    page = show(f"#{everything}", viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.locator(".making summary").click()
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("#links-fault").wait_for()
    settle(page)
    assert barriers(page) == []
    assert page.evaluate(FAINT_TEXT) == []
    assert page.evaluate(OVERHANG) == []


def test_in_print_stands_what_a_reader_of_paper_needs(show: Callable[..., Page]) -> None:
    page = show(f"#{NAMED},{REVOKED}")
    page.emulate_media(media="print")
    assert page.locator(".address").all_inner_texts() == [f"{BASE}en/awards/{each}/" for each in (NAMED, REVOKED)]
    assert not page.locator(".making").is_visible()


def test_the_page_is_not_for_search_engines_and_its_scripts_are_small(files: Site) -> None:
    assert b'<meta name="robots" content="noindex">' in files[f"{BASE}en/portfolio/index.html"]
    assert b"portfolio" not in files[f"{BASE}sitemap.xml"]
    names, todo = set(), {"portfolio.js"}
    while todo:
        name = todo.pop()
        names.add(name)
        todo |= set(re.findall(r'from "\./([\w.]+)"', (SCRIPTS / name).read_text("utf-8"))) - names
    assert len(compress(b"".join((SCRIPTS / name).read_bytes() for name in sorted(names)))) < 12_000


def test_the_scripts_say_what_the_page_has_words_for_and_nothing_else(files: Site) -> None:
    text = "".join(path.read_text("utf-8") for path in SCRIPTS.glob("portfolio*.js"))
    words = set(re.findall(r'data-key="([a-z-]+)"', files[f"{BASE}en/portfolio/index.html"].decode()))
    assert words - set(re.findall(r'"([a-z-]+)"', text)) == {"about-unknown", "about-unread"}
    assert set(re.findall(r'\bsay\("([a-z-]+)"', text)) <= words
