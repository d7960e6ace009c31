"""The verify page for everybody: by keyboard, on a phone, in the dark, under a strict policy, without a script."""

from collections.abc import Callable

import pytest

from tests.pages.browsing import FAINT_TEXT, OVERHANG, barriers
from tests.pages.views.conftest import EXPIRED, REVOKED, file_of
from tests.pages.web import Desk, Web
from tests.signing import BASE
from tests.sites import ADDRESSES, AWARDS

Site = dict[str, bytes]
NAMED = AWARDS[0]
RIGHT = ["readable", "genuine", "issuer", "hosted", "dates", "revocation", "schema"]
Open = Callable[..., Desk]


def test_everything_can_be_done_with_the_keyboard_and_the_answer_has_the_focus(desk: Desk) -> None:
    page = desk.page
    focused = "document.activeElement.id || document.activeElement.type"
    page.locator("#file").focus()
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "text"
    page.keyboard.insert_text(f"{BASE}awards/{NAMED}/credential.jwt")
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "email"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "submit"
    page.keyboard.press("Enter")
    page.locator(".report").wait_for()
    assert page.evaluate(focused) == "answer-1"
    assert page.evaluate("document.activeElement.textContent") == "Valid"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".files tbody tr").count() == 3


def test_a_file_is_chosen_with_the_keyboard_and_nothing_on_the_page_is_out_of_its_reach(desk: Desk, site: Site) -> None:
    page = desk.page
    with page.expect_file_chooser() as chooser:  # first of all: playwright asks for choosers without awaiting an answer
        page.mouse.click(1, 1)  # a browser opens no chooser on a page that nobody has touched
        page.locator("#file").focus()
        page.keyboard.press("Enter")
    data = file_of(site, NAMED, "badge.png")
    chooser.value.set_files({"name": "badge.png", "mimeType": "image/png", "buffer": data})
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".report").wait_for()
    left = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, textarea, summary")]
          .filter(each => each.checkVisibility())
          .map((each, at) => (each.dataset.mark = at))"""
    )
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    reached = set()
    for _ in left:
        page.keyboard.press("Tab")
        reached.add(page.evaluate("Number(document.activeElement.dataset.mark)"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
    assert reached == set(left)


def test_a_text_is_pasted_and_checked_with_the_keyboard_and_what_goes_on_is_announced(desk: Desk, site: Site) -> None:
    page = desk.page
    assert page.locator(".progress").get_attribute("role") == "status"
    page.evaluate(
        """() => {
          const progress = document.querySelector(".progress");
          globalThis.heard = [];
          new MutationObserver(() => heard.push(progress.textContent)).observe(progress, {childList: true});
        }"""
    )
    page.locator("#text").focus()
    page.keyboard.insert_text(file_of(site, NAMED, "credential.jwt").decode())
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # in the field of the address, which sends the form as everywhere
    page.locator(".report").wait_for()
    assert page.evaluate("heard") == ["Checking …", ""]
    assert page.evaluate("document.activeElement.closest('article').getAttribute('aria-labelledby')") == "answer-1"
    assert page.get_by_role("article", name="Valid", exact=True).count() == 1


@pytest.mark.parametrize(("award", "answer"), [(NAMED, "Valid"), (EXPIRED, "Expired"), (REVOKED, "Revoked")])
def test_each_outcome_is_a_word_and_a_sign_and_no_mere_colour(
    opened: Open, site: Site, award: str, answer: str
) -> None:
    desk = opened(Web(site), forced_colors="active")
    assert desk.put(file_of(site, award, "credential.json"))[0]["headline"] == answer
    marks = {"passed": "✓ passed", "failed": "✕ failed", "unchecked": "– not checked"}
    for step in desk.page.locator(".outcome").all():
        (kind,) = set((step.get_attribute("class") or "").split()) & set(marks)
        assert step.inner_text().startswith(f"{marks[kind]}: ")
    assert desk.page.locator(".outcome [aria-hidden]").count() == len(RIGHT)


def test_dropping_or_pasting_a_file_does_what_the_form_does(desk: Desk, site: Site) -> None:
    text = file_of(site, NAMED, "credential.jwt").decode()
    for kind, holder in (("drop", "dataTransfer"), ("paste", "clipboardData")):
        desk.page.evaluate("document.querySelector('.answers').replaceChildren()")
        desk.page.evaluate(
            """([text, kind, holder]) => {
              const data = new DataTransfer();
              data.items.add(new File([text], "badge.jwt"));
              const event = new (kind === "drop" ? DragEvent : ClipboardEvent)(
                kind, {[holder]: data, bubbles: true, cancelable: true});
              document.getElementById("desk").dispatchEvent(event);
            }""",
            [text, kind, holder],
        )
        desk.page.locator(".report").wait_for()
        assert desk.page.locator(".report h2").inner_text() == "Valid"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_before_or_after_the_answer(opened: Open, site: Site, width: int, scheme: str) -> None:
    desk = opened(Web(site), viewport={"width": width, "height": 844}, color_scheme=scheme)
    for _ in ("before", "after"):
        assert barriers(desk.page) == []
        assert desk.page.evaluate(OVERHANG) == []
        assert desk.page.evaluate(FAINT_TEXT) == []
        desk.put(file_of(site, REVOKED, "credential.json"), email=ADDRESSES[0])
        desk.page.click(".files summary")


def test_what_is_no_address_is_told_beside_its_field(desk: Desk, site: Site) -> None:
    data = file_of(site, NAMED, "credential.jwt")
    desk.page.set_input_files("#file", {"name": "badge", "mimeType": "text/plain", "buffer": data})
    desk.page.fill("#email", "ada.example.org")
    desk.page.click("#desk button")
    assert "This is not an e-mail address" in desk.page.locator("#email + #email-fault").inner_text()
    assert desk.page.locator(".report").count() == 0
    assert barriers(desk.page) == []


def test_the_page_speaks_the_language_of_its_readers(opened: Open, site: Site) -> None:
    desk = opened(Web(site), f"{BASE}verify/")
    (report,) = desk.put(file_of(site, EXPIRED, "credential.json"))
    assert report["headline"] == "Scaduto"
    assert "era valido fino al giorno 31 dicembre 2023" in report["text"]


def test_it_works_under_a_strict_policy_of_the_server(opened: Open, site: Site) -> None:
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' https:"
    desk = opened(Web(site, headers={"Content-Security-Policy": f"{policy}; base-uri 'none'; form-action 'none'"}))
    assert [each["answer"] for each in desk.put(file_of(site, NAMED, "badge.png"))] == ["valid", "valid"]


def test_without_scripts_the_page_says_how_to_verify(opened: Open, site: Site) -> None:
    desk = opened(Web(site), ready="#without", java_script_enabled=False)
    assert not desk.page.locator("form").is_visible()
    assert "which is not running. There are other ways:" in desk.page.locator("#without").inner_text()
    assert desk.page.get_by_text("badgesite verify FILE").is_visible()
    assert desk.page.locator("#without").bounding_box()["y"] < 844  # type: ignore[index]


def test_a_copy_elsewhere_reads_its_own_files_and_says_whose_address_it_is_not(opened: Open, site: Site) -> None:
    there = "https://preview.example.net/try/"
    desk = opened(Web({address.replace(BASE, there): data for address, data in site.items()}), f"{there}en/verify/")
    assert desk.page.locator(".notice:visible").count() == 0
    assert desk.put(b"")[0]["headline"] == "The file is empty"
    assert desk.page.locator(".notice:visible").count() == 0
    (report,) = desk.put(file_of(site, NAMED, "credential.json"))
    notice = desk.page.locator(".answers .notice").inner_text()
    assert notice.startswith("This is a copy: the files were read from preview.example.net")
    assert report["answer"] == "unknown"
    assert report["steps"] == {**dict.fromkeys(RIGHT, "passed"), "issuer": "unchecked", "hosted": "unchecked"}
    assert "the signed list at badges.example.edu (read from preview.example.net, a copy) says" in report["text"]
    assert "Published by" not in report["text"]
    assert "badges.example.edu holds it" not in report["text"]
    assert desk.paste(f"{there}awards/{NAMED}/")[0]["steps"]["genuine"] == "passed"
    assert desk.web.hosts() == {"preview.example.net"}


def test_a_page_without_https_says_why_it_cannot_check(opened: Open, site: Site) -> None:
    there = "http://plain.example.net/"
    web = Web({address.replace(BASE, there): data for address, data in site.items()})
    desk = opened(web, f"{there}en/verify/", ready=".progress:not(:empty)")
    assert "whose address begins with https" in desk.page.locator(".progress").inner_text()
    assert desk.page.locator("#without").is_visible()
