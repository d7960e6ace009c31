"""Words of content stay words: in every field that lets them in, on every kind of page, with and without a policy."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from defusedxml import ElementTree
from playwright.sync_api import Browser, Dialog, Page

from badgesite.build import build
from tests.gates.attacking import Attack, strings_of_content, write_attacked
from tests.gates.injections import INJECTIONS, PLAIN
from tests.gates.states import OPEN_ALL
from tests.pages.browsing import served, write
from tests.pages.samples import draw

AS_OF = date(2026, 1, 15)
TEXTS = (PLAIN, *INJECTIONS)
AWARDS = ("3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f00", "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f11")
KINDS = ("badges/n{}/", "issuers/n{}/", "pages/n{}/", *(f"awards/{award}{{:02}}/" for award in AWARDS))
MARKDOWN = {"a.href", "a.title", "a.rel", "ol.start"}
MARKDOWN |= {"p.", "br.", "em.", "strong.", "code.", "pre.", "blockquote.", "ul.", "ol.", "li.", "hr.", "a."}
MARKDOWN |= {"h2.", "h3.", "h4.", "h5.", "h6.", "table.", "thead.", "tbody.", "tr.", "th.", "td."}
NAMES_OF_OTHERS = {"batch.awards[].email": "a draft is not published", "batch.awards[].evidence": "as one of a list"}

MOST_OF_ONE = 15
SCRIPTED = {"details.open", "html.data-ran", "h1.class", "p.data-code"}
"""What scripts and long names add to pages."""

HOOK = "globalThis.__xss = parent.__xss = () => { document.documentElement.dataset.ran = 'yes'; };"

# Whether a script ran, every element with its attributes, where links and pictures lead, what data islands hold.
LOOK = """() => {
  const found = {ran: document.documentElement.dataset.ran ?? "", parts: new Set(), places: [], islands: []};
  const follow = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster", "srcdoc"]);
  for (const element of document.querySelectorAll("*")) {
    const tag = element.tagName.toLowerCase();
    found.parts.add(`${tag}.`);
    for (const {name, value} of element.attributes) {
      found.parts.add(`${tag}.${name.toLowerCase()}`);
      if (follow.has(name)) found.places.push(new URL(value, location.href).protocol);
    }
    if (element.type === "application/ld+json" && tag === "script") found.islands.push(element.textContent);
  }
  found.title = document.querySelector("h1").textContent;
  return {...found, parts: [...found.parts], places: [...new Set(found.places)]};
}"""


class _Parts(HTMLParser):
    def __init__(self, pages: Iterator[Path]) -> None:
        super().__init__()
        self.parts: set[str] = set()
        for file in pages:
            self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts |= {f"{tag}.", *(f"{tag}.{name}" for name, _ in attrs)}


@pytest.fixture(scope="session")
def attack(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Attack]:
    """The attacked site, built, and what was let in."""
    root = tmp_path_factory.mktemp("attacked")
    found = write_attacked(root, TEXTS, INJECTIONS[0])
    build(root, root / "site", AS_OF)
    return root / "site", found


@pytest.fixture(scope="session")
def usual(site: Path) -> set[str]:
    """The elements and attributes of the example's pages, and those that Markdown can make."""
    return _Parts(site.rglob("*.html")).parts | MARKDOWN


def _look(page: Page, address: str) -> dict[str, Any]:
    page.goto(address)
    found: dict[str, Any] = page.evaluate(LOOK)
    found["islands"] = [json.loads(island) for island in found["islands"]]
    return {**found, "parts": set(found["parts"]), "moved": page.url != address}


def _faults(found: dict[str, Any], usual: set[str]) -> list[str]:
    faults = [f"a script ran: {found['ran']}"] if found["ran"] else []
    faults += ["it leads elsewhere"] if found["moved"] else []
    faults += [f"unexpected: {part}" for part in sorted(found["parts"] - usual - SCRIPTED)]
    return faults + [f"a link by {place}" for place in found["places"] if place not in ("http:", "https:", "mailto:")]


class _Visitor:
    """A browser that hears of dialogs, windows and requests that no page should make."""

    def __init__(self, browser: Browser, base: str, *, policy: bool) -> None:
        self.context = browser.new_context(bypass_csp=not policy)
        self.context.add_init_script(HOOK)
        self.page, self.heard = self.context.new_page(), list[str]()
        self.page.on("dialog", self._dismiss)
        self.page.on("popup", lambda popup: self.heard.append(f"window: {popup.url}"))
        self.page.on("request", lambda asked: None if asked.url.startswith(base) else self.heard.append(asked.url))
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("console", lambda said: self.heard.append(said.text) if "Content Security" in said.text else None)

    def _dismiss(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without a policy"])
def test_nothing_that_content_says_runs(
    browser: Browser, attack: tuple[Path, Attack], usual: set[str], policy: bool
) -> None:
    folder, found = attack[0], {}
    with served(folder) as base:
        visitor = _Visitor(browser, base, policy=policy)
        for kind in KINDS[:1] if policy else KINDS:
            known = usual | _look(visitor.page, base + kind.format(0))["parts"]
            for at, text in enumerate(TEXTS):
                looked = _look(visitor.page, base + kind.format(at))
                faults = _faults(looked, known)
                if " ".join(looked["title"].split()) not in (" ".join(text.split()), "Words") and kind != "pages/n{}/":
                    faults.append(f"it is called {looked['title']}")
                found.update({(kind, text): faults} if faults else {})
        for path in ("", "verify/", "statistics/", "portfolio/", "404.html", *_facets(folder)):
            if faults := _faults(_look(visitor.page, base + path), usual):
                found[path, ""] = faults
        visitor.context.close()
    assert found == {}
    assert visitor.heard == []


def test_nothing_runs_once_pages_are_used(browser: Browser, attack: tuple[Path, Attack], usual: set[str]) -> None:
    awards = [f"{award}{at:02}" for award in AWARDS for at in range(len(TEXTS))]
    shown = {award: (attack[0] / f"awards/{award}/assertion.json").read_text(encoding="utf-8") for award in awards}
    tried = [*((f"portfolio/#{','.join(awards[at : at + 40])}", "") for at in range(0, len(awards), 40))]
    tried += [("verify/", text) for text in list(shown.values())[::8]]
    tried += [(f"#q={quote(text)}", "") for text in TEXTS[::6]]
    with served(attack[0]) as base:
        visitor = _Visitor(browser, base, policy=False)
        found, known = {}, dict[str, set[str]]()
        for path, text in tried:
            visitor.page.goto("about:blank")  # a fragment alone loads no page anew
            visitor.page.goto(base + path)
            _use(visitor.page, path, text)
            looked: dict[str, Any] = visitor.page.evaluate(LOOK)
            looked |= {"parts": set(looked["parts"]), "moved": visitor.page.url != base + path}
            kind = path.partition("/")[0] if "/" in path else "search"
            if faults := _faults(looked, known.setdefault(kind, usual | looked["parts"])):  # the first is plain
                found[path, text] = faults
        visitor.context.close()
    assert found == {}
    assert visitor.heard == []


def _use(page: Page, path: str, text: str) -> None:
    """Bring a page to where it shows what others wrote, all of it opened."""
    if path.startswith("portfolio/"):
        page.locator(f".gathered li:nth-child({path.count(',') + 1})").wait_for()
    elif path.startswith("verify/"):
        page.fill("#text", text)
        page.click("#desk button")
        page.locator(".report .state").first.wait_for()
        page.evaluate(OPEN_ALL)
    else:
        page.locator(".found").wait_for(state="attached")


def _facets(folder: Path) -> list[str]:
    """One page of the catalogue for each facet, and for each facet the list of its values."""
    pages = {file.parent.relative_to(folder).as_posix() + "/" for file in folder.glob("catalogue/*/index.html")}
    pages |= {next(folder.glob(f"{page}*/index.html")).parent.relative_to(folder).as_posix() + "/" for page in pages}
    return sorted(pages)


def test_nothing_that_a_site_says_of_itself_runs(browser: Browser, tmp_path: Path, usual: set[str]) -> None:
    seen = [text for text in INJECTIONS if text.replace("\n", "").isprintable()]
    several = ["\n\n".join(seen[at : at + 8]) for at in range(0, len(seen), 8)]
    found, page = {}, f"awards/{AWARDS[0]}00/"
    for at, text in enumerate(several):
        tried = write_attacked(tmp_path / "content", [PLAIN], text)
        assert tried.accepted > MOST_OF_ONE
        files = draw(tmp_path / "content").files
        shown = {path: files[path] for path in ("index.html", f"{page}index.html")}
        write(tmp_path / f"site/{at}", shown)
        assert all(b"__xss" in data for data in shown.values())
    with served(tmp_path / "site") as base:
        visitor = _Visitor(browser, base, policy=False)
        for at, text in enumerate(several):
            for path in ("", page):
                if faults := _faults(_look(visitor.page, f"{base}{at}/{path}"), usual):
                    found[path, text] = faults
        visitor.context.close()
    assert found == {}
    assert visitor.heard == []


def test_every_field_that_takes_words_was_attacked(attack: tuple[Path, Attack]) -> None:
    tried = {re.sub(r"\.n\d+\b", ".*", field) for field in attack[1].tried}
    tried = {field.replace(".units.office", ".units.*") for field in tried}
    every = {f"{kind}{name}" for kind, names in strings_of_content().items() for name in names}
    of_a_language = {name for name in every if name.removesuffix(".*") in every and name.endswith(".*")}
    assert every - of_a_language - tried - set(NAMES_OF_OTHERS) == set()
    assert attack[1].accepted > 2500
    assert attack[1].refused > 1000


def test_documents_and_feeds_stay_sound(attack: tuple[Path, Attack]) -> None:
    folder = attack[0]
    for name in ("feed.xml", "sitemap.xml", *(file.relative_to(folder).as_posix() for file in folder.rglob("*.svg"))):
        ElementTree.parse(folder / name)
    documents = [json.loads(file.read_text(encoding="utf-8")) for file in folder.rglob("*.json")]
    assert len(documents) > len(TEXTS)
    feed = ElementTree.parse(folder / "feed.xml").getroot()
    assert feed is not None
    titles = [title.text or "" for title in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("<script>" in title for title in titles)
    with (folder / "statistics/statistics.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len({len(row) for row in rows}) == 1
    assert any("__xss()" in cell for row in rows for cell in row)
