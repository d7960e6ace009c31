"""Free pages as `init` wrote them: blanks (✎) that only the institution can fill, and an issuer that is not its own."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from badgesite.content.yaml.texts import read_text
from badgesite.errors import Place, Problem, counted
from badgesite.model.catalogue import Catalogue
from badgesite.model.text import UNWRITTEN

FILLED_IN: Mapping[str, str] = {"url": "https://www.example.edu", "email": "badges@example.edu"}
FILLED_NAMES = frozenset(["Example University", "Università di Esempio"])

_BLANK = re.compile(rf"\[{UNWRITTEN}[^\]\n]*(?:\n[^\]\n]+)*\]|{UNWRITTEN}")
_FILLED = re.compile("|".join(map(re.escape, sorted({*FILLED_NAMES, *FILLED_IN.values()}))))


def blanks(root: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """A warning for each blank of a free page."""
    for path in _paths(catalogue, UNWRITTEN):
        text = read_text(root, path)
        for found in _BLANK.finditer(text):
            blank = " ".join(found[0].split())
            yield Problem(_place(path, text, found.start()), f"{blank} is still to be filled in", "write it", "warning")


def strangers(root: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """A warning for each line of a free page that names what `init` filled in, and that no issuer has now."""
    known = {word for issuer in catalogue.issuers.values() for _, word in issuer.name}
    known |= {word for issuer in catalogue.issuers.values() for word in (issuer.url, issuer.email)}
    for path in _paths(catalogue, *(left := {*FILLED_NAMES, *FILLED_IN.values()} - known)):
        text = read_text(root, path)
        told = set[tuple[int, str]]()
        for found in _FILLED.finditer(text):
            place = _place(path, text, found.start())
            if found[0] in left and (place.line, found[0]) not in told:
                told.add((place.line, found[0]))
                what = f"the page names {found[0]}, which `badgesite init` filled in and no issuer has"
                yield Problem(place, what, "write what is so of yours", "warning")


def published_as_they_are(root: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """For a build: how many blanks there are in one warning, at the first; and every stranger."""
    found = tuple(blanks(root, catalogue))
    if found:
        many = counted(len(found), "blank")
        what = f"{many} ({UNWRITTEN}) of free pages {'is' if len(found) == 1 else 'are'} published as they stand"
        yield Problem(found[0].place, what, "fill them in: `badgesite check` names each", "warning")
    yield from strangers(root, catalogue)


def _paths(catalogue: Catalogue, *words: str) -> Iterator[str]:
    """The files of free pages that hold any of the words in their text."""
    first = catalogue.site.languages[0]
    for slug, page in catalogue.pages.items():
        for language, text in page.body:
            if any(word in text for word in words):
                yield f"content/pages/{slug}{'' if language == first else f'.{language}'}.md"


def _place(path: str, text: str, position: int) -> Place:
    return Place(path, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))
