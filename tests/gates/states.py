"""What pages of the example become once somebody uses them: every state that only a script makes, all of it opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"
UNFOLD = (
    "at => { const all = [...document.querySelectorAll('.facets details')]; all[at].open = true; return all.length; }"
)
AWARDS = ("valid", "unnamed", "expired")
NOBODY = "somebody.with.a.long.name@students.example.edu"


@dataclass(frozen=True)
class Used:
    """The pages in a language, in a browser: `base` is the site's address, `prefix` where the language begins."""

    page: Page
    site: Path
    base: str
    prefix: str
    paths: dict[str, str]

    def states(self) -> Iterator[str]:
        """Each state by its name, once it is there."""
        yield self.award()
        yield self.portfolio()
        yield from self.facets()
        yield self.search()
        token = (self.site / self.paths["valid"] / "credential.jwt").read_text()
        head, body, signature = token.split(".")
        yield self.verified("valid", token)
        yield self.verified("forged", ".".join([head, body, signature[:9] + "AAAA" + signature[13:]]))

    def award(self, kind: str = "valid") -> str:
        """Checked, compared with an address that is not the holder's, its texts and files open."""
        self._go(self.paths[kind])
        self.page.click(".checking button")
        self.page.locator(".result .state").wait_for()
        self.page.fill(".match input", NOBODY)
        self.page.press(".match input", "Enter")
        self.page.locator(".match .outcome").wait_for()
        self.page.evaluate(OPEN_ALL)
        self.page.locator(".texts code").first.wait_for()
        return "an award, checked"

    def portfolio(self) -> str:
        """Of three awards, with its form open after a line that is none of this site."""
        ids = [self.paths[kind].split("/")[1] for kind in AWARDS]
        self._go(f"portfolio/#{','.join(ids)}")
        self.page.locator(".gathered li").nth(2).wait_for()
        self.page.evaluate(OPEN_ALL)
        self.page.fill("#links", "https://elsewhere.example.org/awards/")
        self.page.click(".making [type=submit]")
        self.page.locator("#links-fault").wait_for()
        return "a portfolio"

    def facets(self) -> Iterator[str]:
        """The catalogue with one facet after the other open, as only one can be."""
        self._go("")
        at = 0
        while True:
            number = self.page.evaluate(UNFOLD, at)
            at += 1
            yield f"the catalogue, facet {at}"
            if at == number:
                return

    def search(self) -> str:
        """The catalogue with words and two values looked for, and nothing found."""
        self._go("#q=english+badges&language=en&language=it")
        self.page.locator(".chosen li").nth(1).wait_for()
        return "the catalogue, searched"

    def verified(self, answer: str, text: str) -> str:
        """The answer for a badge, with all of it open."""
        self._go("verify/")
        self.page.fill("#text", text)
        self.page.fill("#email", NOBODY)
        self.page.click("#desk button")
        self.page.locator(".report .state").wait_for()
        self.page.evaluate(OPEN_ALL)
        return f"the answer to one that is {answer}"

    def _go(self, path: str) -> None:
        self.page.goto("about:blank")  # a fragment alone loads no page anew
        self.page.goto(f"{self.base}{self.prefix}{path}")
