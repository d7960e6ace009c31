"""A web that answers from memory, for a browser that must not leave the machine, and the verify page in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
_KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css", "json": "application/json"}
_KINDS |= {"svg": "image/svg+xml", "png": "image/png"}
_NETWORK = ("Failed to load resource", "blocked by CORS")  # what a browser says of a host that does not answer
_PARSER = ("Applying inline style",)  # and of XML that is not sound, which it shows to nobody in colours of its own

# A browser tells a page where a redirect led, and not that there was one; so it is as if it had asked there.
_REDIRECTS = """{
  const [right, moved] = [globalThis.fetch, %s];
  globalThis.fetch = (address, ...rest) => right(moved[address] ?? address, ...rest);
}"""

# A report is a badge's own answer: one of those on the page, or one of two records that have an answer together.
_REPORTS = """() => [...document.querySelectorAll(".record, .report:not(:has(.record))")].map(report => ({
  answer: (report.querySelector(".state") ?? report).dataset.answer,
  headline: report.querySelector("h2, summary strong").textContent,
  text: report.open === undefined ? report.innerText : report.textContent,
  files: report.querySelector(".files")?.textContent ?? "",
  steps: Object.fromEntries([...report.querySelectorAll(".steps li")].map(step => {
    const outcome = step.querySelector(".outcome");
    return [step.dataset.step, [outcome.className.split(" ")[1], outcome.dataset.code ?? ""].join(" ").trim()];
  })),
}))"""


@dataclass
class Web:
    """Hosts by their files (address to bytes); a host that has none does not answer. `asked` is what was asked for.

    `moved` are addresses that lead to others.
    """

    files: dict[str, bytes]
    headers: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def attach(self, context: BrowserContext) -> None:
        """Answer everything that pages of this context ask for."""
        context.route("**/*", self._answer)
        context.add_init_script(_REDIRECTS % json.dumps(dict(self.moved)))

    @property
    def told(self) -> list[str]:
        """What was asked for beside the site's own scripts, style and words, which are loaded when they are needed."""
        return [address for address in self.asked if "/assets/" not in address]

    def hosts(self) -> set[str]:
        """The hosts that were asked."""
        return {urlsplit(address).netloc for address in self.asked}

    def _answer(self, route: Route) -> None:
        address = route.request.url.partition("#")[0]
        self.asked.append(address)
        host = urlsplit(address).netloc
        if not any(urlsplit(known).netloc == host for known in self.files):
            route.abort("connectionfailed")
            return
        path = address + "index.html" if address.endswith("/") else address
        kind = _KINDS.get(path.rpartition(".")[2], "text/plain")
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": kind, **self.headers}
        if address in self.gone or path not in self.files:
            route.fulfill(status=410 if address in self.gone else 404, body="nothing", headers=headers)
        else:
            route.fulfill(status=200, body=self.files[path], headers=headers)


@dataclass
class Desk:
    """The verify page, open in a browser; what the console says and a page should not is a fault."""

    page: Page
    web: Web
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._hear(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.clock.set_fixed_time(NOW)

    def open(self, address: str, ready: str = "form") -> "Desk":
        """Go to the page, and wait until something is there: its form, if nothing else is named."""
        self.page.goto(address)
        self.page.locator(ready).wait_for()
        return self

    def put(self, data: bytes, email: str = "") -> list[dict[str, Any]]:
        """Choose a file, press the button; the reports."""
        self.page.set_input_files("#file", {"name": "badge", "mimeType": "text/plain", "buffer": data})
        return self._verified(email)

    def paste(self, text: str, email: str = "") -> list[dict[str, Any]]:
        """Write a text or an address, press the button; the reports."""
        self.page.fill("#text", text)
        return self._verified(email)

    def head(self) -> dict[str, str]:
        """The first answer in large letters: its words, and what stands below them in the box."""
        box = self.page.locator(".report .state").first
        said = {"headline": box.locator("h2").inner_text(), "answer": box.get_attribute("data-answer") or ""}
        return {**said, "text": box.inner_text()}

    def _verified(self, email: str) -> list[dict[str, Any]]:
        self.page.fill("#email", email)
        self.page.evaluate("document.querySelector('.answers').replaceChildren()")
        self.page.click("#desk button")
        self.page.locator(".report").first.wait_for()
        found: list[dict[str, Any]] = self.page.evaluate(_REPORTS)
        return found

    def _hear(self, text: str) -> None:
        if not any(known in text for known in _NETWORK + _PARSER):
            self.faults.append(text)
