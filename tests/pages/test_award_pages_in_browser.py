"""The award pages of the example in a browser: light, calm while they load, and one certificate when printed."""

import gzip
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from badgesite.build import build
from tests.pages.browsing import launched, served, write
from tests.pages.samples import BATCH, IDS, drawn, pictures
from tests.sites import BADGE, BADGE_PATH, BATCH_PATH

ROOT = Path(__file__).resolve().parents[2]
MOST = 12_000  # bytes of an award's page: hosts count them as they are
MOST_OF_THE_CHECK = 64_000  # bytes of all modules that "Check now" loads, each compressed
A4_LANDSCAPE = (297, 210)
LONG = "Maria Vittoria Anna Sofia Esempio-Lunghissimocognome von und zu Beispielhausen, in arte La Lunghissima"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built."""
    folder = tmp_path_factory.mktemp("example") / "site"
    build(ROOT, folder, date(2026, 11, 22))
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


def _pages(folder: Path, language: str = "*/") -> list[str]:
    """The award pages, by their addresses below the site's."""
    found = folder.glob(f"{language}awards/*/index.html")
    return sorted(path.parent.relative_to(folder).as_posix() + "/" for path in found)


def _in_state(folder: Path, state: str) -> str:
    """A page of an award in a state."""
    pages = (path for path in _pages(folder, "") if f'"state {state}"' in (folder / path / "index.html").read_text())
    return next(pages)


def test_no_award_page_is_large(folder: Path) -> None:
    pages = _pages(folder, "") + _pages(folder, "en/")
    assert len(pages) > 100
    sizes = {path: (folder / path / "index.html").stat().st_size for path in pages}
    assert {path: size for path, size in sizes.items() if size > MOST} == {}


def test_a_page_with_all_that_it_loads_is_light(folder: Path, address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + _in_state(folder, "valid"), wait_until="networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    paths = [folder / url.removeprefix(address) for url in asked[1:]]
    scripts = [path.read_bytes() for path in paths if path.suffix == ".js"]
    assert sum(len(gzip.compress(script)) for script in scripts) < 12_000
    kinds = {".js", ".css", ".json", ".svg", ".ico"}
    assert MOST + 40_000 + sum(path.stat().st_size for path in paths if path.suffix in kinds) < 100_000


def test_the_check_with_every_module_that_it_loads_is_light_too(folder: Path, address: str, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.removeprefix(address)))
    page.goto(address + _in_state(folder, "valid"), wait_until="networkidle")
    at_rest = set(asked)
    page.click(".checking button")
    page.locator(".result .state").wait_for()
    assert any(path.endswith("/ob3.js") for path in asked - at_rest)
    scripts = [folder / path for path in asked if path.endswith(".js")]
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) < MOST_OF_THE_CHECK


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(folder: Path, address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver(list => list.getEntries().forEach(each => { window.shift += each.value; }))
          .observe({type: "layout-shift", buffered: true});"""
    )
    for state in ("valid", "expired", "revoked"):
        page.goto(address + _in_state(folder, state), wait_until="networkidle")
        assert page.evaluate("window.shift") == 0, state


def _printed(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))


def _is_one_a4(pdf: PdfReader) -> bool:
    size = tuple(round(float(points) / 72 * 25.4) for points in pdf.pages[0].mediabox[2:])
    return len(pdf.pages) == 1 and size == A4_LANDSCAPE


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_award_prints_as_one_page(folder: Path, address: str, page: Page, language: str) -> None:
    for path in _pages(folder, language):
        page.goto(address + path)
        assert _is_one_a4(_printed(page)), path


def test_a_certificate_names_what_by_whom_to_whom_when_and_where(folder: Path, address: str, page: Page) -> None:
    path = _in_state(folder, "valid")
    page.goto(address + path)
    facts = page.locator("h1, .holder, .by dd a, .key time, .permanent, .legal").all_text_contents()
    printed = normalize("NFKC", "".join(_printed(page).pages[0].extract_text().split()))  # fi may be one letter
    assert [fact for fact in facts if "".join(fact.split()) not in printed] == []
    assert "ATTESTATODIOPENBADGE" in printed
    assert not any(word in printed for word in ("LinkedIn", "Condividi", "Verificaora"))


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_printed_code_leads_to_the_page(folder: Path, address: str, page: Page, language: str) -> None:
    path = language + _in_state(folder, "valid")
    page.goto(address + path)
    page.emulate_media(media="print")
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator(".code svg").screenshot())))
    assert code.text == page.locator(".permanent").text_content() == f"https://badges.example.edu/{path}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_code_can_be_read_from_the_screen(folder: Path, address: str, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    path = _in_state(folder, "expired")
    page.goto(address + path)
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator(".code svg").screenshot())))
    assert code.text == f"https://badges.example.edu/{path}"


def test_what_was_revoked_prints_as_that_and_without_a_code(folder: Path, address: str, page: Page) -> None:
    page.goto(address + _in_state(folder, "revoked"))
    pdf = _printed(page)
    text = pdf.pages[0].extract_text()
    assert _is_one_a4(pdf)
    assert "Revocato" in text
    assert "ATTESTATO" not in text
    assert page.locator(".code").count() == 0


@pytest.mark.parametrize("repeat", [1, 3])
def test_long_names_and_titles_stay_on_the_page(folder: Path, address: str, page: Page, repeat: int) -> None:
    page.goto(address + _in_state(folder, "valid"))
    page.evaluate(
        """words => {
          for (const found of ["h1", ".holder", ".legal", ".by dd a"]) {
            const node = document.querySelector(found);
            if (node) { node.textContent = words; node.classList.add("longer"); }
          }
        }""",
        LONG * repeat,
    )
    assert _is_one_a4(_printed(page))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})  # A4 with its margins
    code = page.locator(".code svg").bounding_box()
    assert code is not None
    assert code["y"] + code["height"] < 718


# What of a fact is not on the sheet of paper: of each piece of its text, whether its box is within all that may cut it.
CUT = """names => {
  const cut = [];
  for (const name of names) {
    const node = document.querySelector(name);
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()];
    let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
    for (let at = node; at; at = at.parentElement) {
      if (getComputedStyle(at).overflow === "visible") continue;
      const box = at.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    const isIn = box => box.left > left - 1 && box.top > top - 1 && box.right < right + 1 && box.bottom < bottom + 1;
    if (!boxes.length || !boxes.every(isIn)) cut.push(name);
  }
  return cut;
}"""
FACTS = [".attest", ".holder", ".by dd a", ".key > :nth-child(3) dd", ".key > :nth-child(4) dd", ".state p"]


def _words(length: int, word: str) -> str:
    """So many characters in words, the last of which is one that is known."""
    return (f"{word} " * length)[: length - 5].rstrip().ljust(length - 5, "x") + " Fine"


@pytest.mark.parametrize("word", ["esempio", "WWWWW", "Κατάρτισης"])
def test_at_their_limits_no_fact_and_no_word_of_the_notice_is_cut(browser: Browser, tmp_path: Path, word: str) -> None:
    name = f"{{it: {_words(440, word)}, en: English B2}}"
    certificate = f"{{title: {_words(80, word)}, notice: {_words(400, word)}}}"
    site = drawn(
        tmp_path,
        {
            BADGE_PATH: BADGE.replace("{it: Inglese B2, en: English B2}", name),
            BATCH_PATH: BATCH.replace("Ada <b>Esempio</b> & C.", _words(160, word)),
        },
        certificate=certificate,
    )
    write(tmp_path / "site", {**site.files, **pictures(site)})
    with served(tmp_path / "site") as address:
        page = browser.new_page(viewport={"width": 1047, "height": 718})  # A4 with its margins
        page.goto(address + site.plan.award_page(IDS["named"], "it").removesuffix("index.html"))
        pdf = _printed(page)
        page.emulate_media(media="print")
        cut = page.evaluate(CUT, [*FACTS, ".legal", ".permanent"])
        printed = "".join(pdf.pages[0].extract_text().split())
        page.close()
    assert cut == []
    assert _is_one_a4(pdf)
    assert printed.count("Fine") >= 2  # of the holder and of the notice


@pytest.mark.parametrize("today", ["2026-11-22", "2046-01-01"])
def test_what_is_pasted_elsewhere_says_until_when(folder: Path, address: str, page: Page, today: str) -> None:
    path = next(path for path in _pages(folder, "en/") if ", until <time" in (folder / path / "index.html").read_text())
    page.clock.set_fixed_time(datetime.fromisoformat(f"{today}T12:00:00Z"))
    page.goto(address + path)
    page.locator(".texts summary").press("Enter")
    page.locator(".texts code").first.wait_for()
    last = page.locator(".state time:not(.today)").inner_text()
    said = f"expired (it was valid until {last})" if today > "2040" else f"valid until {last}"
    codes = page.locator(".texts .rows").last.locator("code").all_inner_texts()
    assert len(codes) == 4
    assert [code for code in codes if said not in code] == []
    row = page.locator("#genuine [data-step=dates] dt").inner_text()
    assert row == ("It is past its dates" if today > "2040" else "It is within its dates")
    assert page.get_by_text("It has expired, and the page that you share says so").count() == (today > "2040")
