"""The example of `content/`, built whole, and the kinds of its pages; a page of a new kind is to be named here.

One award is erased, one badge moved and one award not signed before it is built, so that their pages are there too.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import chdir
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from badgesite.build import build
from badgesite.cli import badgesite

ROOT = Path(__file__).resolve().parent.parent
AS_OF = date(2026, 11, 22)
LANGUAGES: Mapping[str, str] = {"it": "", "en": "en/"}
"""The languages of the example, and where their pages begin."""
ERASED, MOVED = "b5aabded-d5de-4904-be58-a326cd817fcb", "teamwork"
UNSIGNED = f"""\
badge: english-b2
date: 2026-10-09
awards:
  - id: 6d0f7c1e-58a4-4b0e-9a52-3c1f0e9b7d24
    recipient: {{identity: sha256${"d5" * 32}, salt: {"5e" * 16}}}
    name: Nadia Cortesini
    result: merit
"""
"""A batch with an award that nobody has signed."""

_KINDS = {
    "home": r"",
    "facet": r"catalogue/[^/]+/",
    "shelf": r"catalogue/[^/]+/[^/]+/",
    "issuer": r"issuers/[^/]+/",
    "badge": r"badges/[^/]+/",
    "award": r"awards/[^/]+/",
    "page": r"pages/[^/]+/",
    "verify": r"verify/",
    "statistics": r"statistics/",
    "portfolio": r"portfolio/",
    "not-found": r"404\.html",
}


_STATES = ("valid", "expired", "revoked")
_BESIDE_STATES = {"erased": 'class="free erased"', "not-issued": 'class="not-issued"'}


def build_example(home: Path) -> Path:
    """The folder of the built example, with an erased, a moved and an unsigned page; `home` is an empty folder."""
    for name in ("content", "keys", "themes"):
        shutil.copytree(ROOT / name, home / name)
    with chdir(home):
        for typed in (["erase", ERASED, "--yes"], ["move", "badge", MOVED, "working-together", "--yes"]):
            done = CliRunner().invoke(badgesite, typed, catch_exceptions=False)
            assert done.exit_code == 0, done.output
    (home / "content/awards/2026/english-b2-october.yaml").write_text(UNSIGNED, encoding="utf-8")
    build(home, home / "site", AS_OF, drafts=True)
    return home / "site"


def kinds(site: Path) -> dict[str, list[str]]:
    """The pages of a built site by their kind, as addresses in its first language; LookupError for an unknown kind."""
    found: dict[str, list[str]] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        if not path.startswith(tuple(prefix for prefix in LANGUAGES.values() if prefix)):
            found.setdefault(_kind(path, file.read_text(encoding="utf-8")), []).append(path)
    return found


def examples(site: Path) -> dict[str, str]:
    """For each kind of page the one that has most to say; all kinds are there, or nothing could be held of them."""
    found = kinds(site)
    assert set(found) >= {*_KINDS, *_STATES, *_BESIDE_STATES, "unnamed", "moved"} - {"award"}, sorted(found)
    return {kind: max(paths, key=lambda path: _size(site, path)) for kind, paths in found.items()}


def translated(path: str) -> Iterator[str]:
    """A page in every language that it has."""
    yield from ([path] if path == "404.html" else [prefix + path for prefix in LANGUAGES.values()])


def _kind(path: str, html: str) -> str:
    kind = next((kind for kind, pattern in _KINDS.items() if re.fullmatch(pattern, path)), None)
    if kind is None:
        raise LookupError(f"{path} is a page of no known kind: name it in tests/example_site.py")
    if 'http-equiv="refresh"' in html:
        return "moved"
    return _kind_of_award(html) if kind == "award" else kind


def _kind_of_award(html: str) -> str:
    for kind, mark in _BESIDE_STATES.items():  # first, as an erased one looks like one that was revoked
        if mark in html:
            return kind
    state = re.search(r'class="state (\w+)', html)
    if state is None:
        raise LookupError("an award has a page of no known kind: name it in tests/example_site.py")
    unnamed = state[1] == "valid" and 'class="holder"' not in html
    return "unnamed" if unnamed else state[1]


def _size(site: Path, path: str) -> int:
    return (site / (path if path.endswith(".html") else f"{path}index.html")).stat().st_size
