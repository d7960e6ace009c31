"""The page of an award: its state is today's, and its check says in each row what came of it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.pages.browsing import FAINT_TEXT, OVERHANG, barriers
from tests.pages.views.conftest import EXPIRED, REVOKED
from tests.pages.web import Desk, Web
from tests.signing import BASE
from tests.sites import ADDRESSES, AWARDS

Site = dict[str, bytes]
Open = Callable[..., Desk]
NAMED, UNNAMED = AWARDS
ROWS = ["genuine", "issuer", "hosted", "dates", "revocation"]


def _page(award: str, language: str = "en/") -> str:
    return f"{BASE}{language}awards/{award}/"


def _checked(desk: Desk) -> dict[str, str]:
    """Press the button; outcome by row, and the answer."""
    desk.page.evaluate("document.querySelector('.result').replaceChildren()")
    desk.page.click(".checking button")
    desk.page.locator(".result .state").wait_for()
    rows: dict[str, str] = desk.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".checks [data-step]")].map(row => {
             const outcome = row.querySelector(".outcome");
             const words = outcome ? [outcome.className.split(" ")[1], outcome.dataset.code ?? ""] : [];
             return [row.dataset.step, words.join(" ").trim()];
           }))"""
    )
    return {**rows, "answer": desk.page.locator(".result h2").inner_text()}


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_valid_award_passes_all_five_rows(opened: Open, site: Site, language: str) -> None:
    desk = opened(Web(site), _page(NAMED, language))
    right = dict.fromkeys(ROWS, "passed")
    assert _checked(desk) == {**right, "answer": "Valid" if language else "Valido"}
    assert desk.page.evaluate("document.activeElement.id") == "answer"


def test_each_row_says_what_it_proves_before_anybody_asks(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED))
    rows = desk.page.locator(".checks [data-step] dd").all_inner_texts()
    assert len(rows) == 5
    assert all("prove" in row or "counts from" in row for row in rows)


def test_nothing_is_read_before_the_button_is_pressed_and_then_nothing_from_elsewhere(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED))
    before = [address for address in desk.web.asked if "/assets/" not in address]
    assert before == [_page(NAMED), f"{BASE}awards/{NAMED}/badge.png"]
    scripts = {address.rpartition("/")[2] for address in desk.web.asked if address.endswith(".js")}
    assert scripts == {"award.js", "offers.js", "words.js"}
    _checked(desk)
    assert desk.web.hosts() == {"badges.example.edu"}
    assert desk.page.locator(".result summary").inner_text() == "Files that were read: 3"


def test_a_revoked_award_fails_the_row_of_revocation(opened: Open, site: Site) -> None:
    rows = _checked(opened(Web(site), _page(REVOKED)))
    assert (rows["revocation"], rows["answer"]) == ("failed revoked", "Revoked")


def test_an_expired_award_fails_the_row_of_dates(opened: Open, site: Site) -> None:
    rows = _checked(opened(Web(site), _page(EXPIRED)))
    assert (rows["dates"], rows["answer"]) == ("failed expired", "Expired")


def test_an_award_whose_file_is_that_of_another_is_found_out(opened: Open, site: Site) -> None:
    swapped = {f"{BASE}awards/{NAMED}/credential.jwt": site[f"{BASE}awards/{UNNAMED}/credential.jwt"]}
    rows = _checked(opened(Web({**site, **swapped}), _page(NAMED)))
    assert (rows["hosted"], rows["answer"]) == ("failed id", "Not genuine")


def test_an_award_whose_file_is_not_there_says_so(opened: Open, site: Site) -> None:
    missing = f"{BASE}awards/{NAMED}/credential.jwt"
    rows = _checked(opened(Web({name: data for name, data in site.items() if name != missing}), _page(NAMED)))
    assert rows["answer"] == "Not a badge that can be read"


def _compared(desk: Desk, email: str) -> str:
    """Compare an address, by the keyboard alone; what is said of it."""
    desk.page.evaluate("document.querySelector('.match [role=status]').className = ''")
    field = desk.page.locator(".match input")
    field.fill(email)
    field.press("Enter")
    desk.page.locator(".match .outcome").wait_for()
    return desk.page.locator(".match .outcome").inner_text()


def test_the_holder_is_compared_by_address_and_nothing_is_sent(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(UNNAMED))
    assert _compared(desk, f" {ADDRESSES[1].upper()} ").startswith("✓ It matches: this badge was awarded to ")
    asked = len(desk.web.asked)
    assert _compared(desk, ADDRESSES[0]).startswith(f"✕ No match: this badge was not awarded to {ADDRESSES[0]}.")
    assert _compared(desk, "") == "Type the e-mail address that the candidate gave you."
    assert len(desk.web.asked) == asked
    assert desk.web.hosts() == {"badges.example.edu"}


def test_what_is_no_address_is_told_beside_its_field(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED))
    desk.page.fill("#email", "Ada Esempio")
    desk.page.click(".match button")
    fault = desk.page.locator("#email + #email-fault")
    assert fault.inner_text() == "This is not an e-mail address. Correct it, or leave the field empty."
    assert desk.page.evaluate("document.activeElement.id") == "email"
    assert _compared(desk, ADDRESSES[0]).startswith("✓")
    assert fault.count() == 0


def test_a_site_without_signatures_checks_its_records(opened: Open, plain_site: Site) -> None:
    desk = opened(Web(plain_site), _page(NAMED))
    assert _checked(desk) == {**dict.fromkeys(ROWS, "passed"), "answer": "Valid"}
    assert _checked(opened(Web(plain_site), _page(REVOKED)))["answer"] == "Revoked"


def test_on_a_copy_the_row_of_the_issuer_is_not_checked(opened: Open, site: Site) -> None:
    there = "https://preview.example.net/"
    web = Web({address.replace(BASE, there): data for address, data in site.items()})
    desk = opened(web, f"{there}en/awards/{NAMED}/")
    rows = _checked(desk)
    open_rows = {"issuer": "unchecked", "hosted": "unchecked", "answer": "Not known"}
    assert rows == {**dict.fromkeys(ROWS, "passed"), **open_rows}
    assert desk.page.locator(".result .open").inner_text() == "Not checked: Who published it; At its own address"
    assert "(read from preview.example.net, a copy)" in desk.page.locator('[data-step="revocation"]').inner_text()
    assert "the address bar is not the issuer's" in desk.page.locator('[data-step="issuer"]').inner_text()
    assert web.hosts() == {"preview.example.net"}


def _state(desk: Desk, today: str, award: str, language: str = "en/") -> str:
    desk.page.clock.set_fixed_time(datetime.fromisoformat(f"{today}T12:00:00Z"))
    desk.open(_page(award, language))
    return " ".join(desk.page.locator(".state").inner_text().split()).partition(" How do")[0].partition(" Come")[0]


def test_the_state_on_the_page_is_that_of_today(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED))
    assert _state(desk, "2026-07-14", NAMED) == "Valid on 14 July 2026, until 14 July 2026"
    assert _state(desk, "2026-07-15", NAMED) == "Expired: it was valid until 14 July 2026 (as of 15 July 2026)"
    assert desk.page.locator(".state.expired").count() == 1
    assert (
        _state(desk, "2026-07-15", NAMED, "")
        == "Scaduto; ultimo giorno di validità: 14 luglio 2026 (situazione al giorno 15 luglio 2026)"
    )
    assert _state(desk, "2025-01-02", EXPIRED) == "Expired: it was valid until 31 December 2023 (as of 2 January 2025)"
    assert _state(desk, "2026-07-15", REVOKED).startswith("Revoked by Example University on 10 January 2024")


def test_a_clock_that_is_behind_does_not_take_the_page_back(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED))
    assert _state(desk, "2001-01-01", NAMED) == "Valid on 1 March 2024, until 14 July 2026"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_before_or_after_the_check(opened: Open, site: Site, width: int, scheme: str) -> None:
    desk = opened(Web(site), _page(NAMED), viewport={"width": width, "height": 844}, color_scheme=scheme)
    for _ in ("before", "after"):
        assert barriers(desk.page) == []
        assert desk.page.evaluate(OVERHANG) == []
        assert desk.page.evaluate(FAINT_TEXT) == []
        _checked(desk)
        _compared(desk, ADDRESSES[1])
        desk.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        desk.page.locator(".texts code").first.wait_for()


def test_texts_for_elsewhere_are_made_of_what_the_page_says(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED))
    desk.page.locator(".texts summary").press("Enter")
    desk.page.locator(".texts code").first.wait_for()
    terms, codes = (desk.page.locator(f".texts .rows {name}").all_inner_texts() for name in ("dt", "code"))
    rows = dict(zip(terms, codes, strict=True))
    assert (rows["Issue date"], rows["Expiry date"]) == ("7/2023", "7/2026")
    assert (rows["Credential ID"], rows["Credential URL"]) == (NAMED, _page(NAMED))
    assert rows["A line for a CV"].endswith(f". {_page(NAMED)}")
    picture = f"{BASE}awards/{NAMED}/badge.png"
    assert rows["HTML for a page of your own"].startswith(f'<a href="{_page(NAMED)}"><img src="{picture}" alt="')
    assert "script" not in rows["HTML for a page of your own"]


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_link_leads_to_the_award_in_a_portfolio(opened: Open, site: Site, language: str) -> None:
    desk = opened(Web(site), f"{BASE}{language}awards/{NAMED}/", "#genuine button")
    desk.page.locator('#yours a[href*="portfolio"]').click()
    desk.page.locator(".gathered li").wait_for()
    assert desk.page.url == f"{BASE}{language}portfolio/#{NAMED}"


def test_the_link_is_copied_and_said_to_be(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED), permissions=["clipboard-read", "clipboard-write"])
    button = desk.page.locator(".take button").first
    button.press("Enter")
    desk.page.get_by_role("button", name="Copied").wait_for()
    assert desk.page.evaluate("navigator.clipboard.readText()") == _page(NAMED)


def test_without_a_script_nothing_is_missing_but_comfort(opened: Open, site: Site) -> None:
    desk = opened(Web(site), _page(NAMED), "h1", java_script_enabled=False)
    assert desk.page.locator("main button, main form, main input").count() == 0
    assert desk.page.locator(".networks a").count() == 9
    assert desk.page.locator(".code svg").is_visible()
    desk.page.locator("#holder summary").click()
    assert desk.page.locator("#holder code").first.is_visible()
