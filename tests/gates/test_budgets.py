"""How much a reader has to fetch, and that nothing moves once it is there."""

import gzip

import pytest
from playwright.sync_api import Page, Response, Route

from tests.example_site import LANGUAGES, translated
from tests.gates.conftest import Open

AWARDS = ("valid", "unnamed", "expired", "revoked")
PICTURE = 40_000
WHOLE = 100_000
STILL = 0.1
"""The most that may shift where a script puts up what a page without one lacks (a good layout shift, by Web Vitals)."""
SCRIPTS = 12_000

# The sum of all layout shifts so far, once two more frames are drawn.
SHIFTS = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const shift of list.getEntries()) sum += shift.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum))));
})"""


def _fetched(page: Page, address: str) -> dict[str, bytes]:
    """What a page fetches until it stands there, by its kind of content and address."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    return {f"{answer.headers['content-type']} {answer.url}": answer.body() for answer in answers}


@pytest.mark.parametrize("kind", AWARDS)
def test_the_page_of_an_award_is_light(opened: Open, address: str, paths: dict[str, str], kind: str) -> None:
    for path in translated(paths[kind]):
        fetched = _fetched(opened(), address + path)
        rest = {name: len(body) for name, body in fetched.items() if not name.endswith("/badge.png")}
        assert len(rest) < len(fetched)
        assert sum(rest.values()) + PICTURE < WHOLE, rest


def test_no_page_asks_for_many_scripts(opened: Open, address: str, paths: dict[str, str]) -> None:
    heavy, some = {}, 0
    for kind, path in paths.items():
        fetched = _fetched(opened(), address + path)
        scripts = [len(gzip.compress(body, mtime=0)) for name, body in fetched.items() if "javascript" in name]
        some += len(scripts)
        if sum(scripts) >= SCRIPTS:
            heavy[kind] = sum(scripts)
    assert some
    assert heavy == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_pictures_are_slow(opened: Open, address: str, paths: dict[str, str], width: int) -> None:
    page, held, moved = opened(viewport={"width": width, "height": 844}), list[Route](), {}
    page.route("**/*.{png,svg}", lambda route: held.append(route))
    for kind in ("home", "badge", *AWARDS):
        for language, path in zip(LANGUAGES, translated(paths[kind]), strict=True):
            page.goto(address + path, wait_until="domcontentloaded")
            moved[kind, language] = page.evaluate(SHIFTS)
            assert held, "no picture was held back"
            while held:
                held.pop().continue_()
            page.wait_for_load_state("load")
            moved[kind, language] += page.evaluate(SHIFTS)
    assert {page: shift for page, shift in moved.items() if shift} == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_little_moves_when_scripts_put_up_what_they_offer(
    opened: Open, address: str, paths: dict[str, str], width: int
) -> None:
    two, moved = ",".join(paths[kind].split("/")[1] for kind in ("valid", "expired")), {}
    page, held = opened(viewport={"width": width, "height": 844}), list[Route]()
    places = ["verify/", "portfolio/", f"portfolio/#{two}"]
    places += [f"{paths[kind]}#{part}" for kind in ("valid", "expired") for part in ("yours", "holder", "genuine")]
    for path in [prefix + place for place in places for prefix in LANGUAGES.values()]:
        page.goto("about:blank")  # a fragment alone loads no page anew
        page.route("**/*.js", lambda route: held.append(route))
        page.goto(address + path, wait_until="commit")
        page.locator("footer").wait_for()
        page.evaluate(SHIFTS)  # what is there without a script is drawn
        assert held, "no script was held back"
        page.unroute("**/*.js")
        while held:
            held.pop().continue_()
        page.wait_for_load_state("networkidle")
        moved[path] = page.evaluate(SHIFTS)
    assert {path: shift for path, shift in moved.items() if shift > STILL} == {}
