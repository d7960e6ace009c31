"""Unbake every picture of a built site with openbadges-bakery, and find the Open Badges 2.0 document in it.

A PNG carries that beside the Open Badges 3.0 credential; an SVG holds one of the two, so on a site with credentials the
bakery has nothing to read in it.

Run by the Python of .interop/bakery: unbake_with_bakery.py SITE
"""

import io
import re
import sys
from pathlib import Path

from openbadges_bakery import unbake
from published import Outcome, Published, published

_VERIFY = re.compile(rb'(<openbadges:assertion\b[^>]*?)\s+verify="[^"]*"')


def _png(award: Published) -> str:
    path = award.folder / "badge.png"
    if not path.is_file():
        return f"{path} is missing"
    text = unbake(io.BytesIO(path.read_bytes()))
    if award.document.get("revoked"):
        return f"{path} still carries an assertion" if text else ""
    return "" if text == award.text.removesuffix("\n") else f"{path} does not carry assertion.json"


def _svg(award: Published) -> str:
    path = award.folder / "badge.svg"
    picture = path.read_bytes()
    if award.document.get("revoked"):
        return f"{path} still carries something" if b"<openbadges:" in picture else ""
    if unbake(io.BytesIO(picture)) != award.id:
        return f"{path} does not name {award.id}"
    body = unbake(io.BytesIO(_VERIFY.sub(rb"\1", picture, count=1)))
    return "" if body == award.text.removesuffix("\n") else f"{path} does not carry assertion.json"


def _has(award: Published, name: str) -> bool:
    path: Path = award.folder / name
    return path.is_file()


def _plain(path: Path) -> str:
    return f"{path} carries an assertion" if unbake(io.BytesIO(path.read_bytes())) else ""


def main(site: Path) -> None:
    """Unbake the pictures of every award, and as a control those of the badge classes."""
    awards = published(site)
    full = [award for award in awards if not award.document.get("revoked")]
    revoked = [award for award in awards if award.document.get("revoked")]
    outcome = Outcome()
    outcome.count("badge.png carries assertion.json", [_png(award) for award in full])
    with_svg = [award for award in full if _has(award, "badge.svg") and not _has(award, "credential.json")]
    outcome.count("badge.svg names and carries assertion.json", [_svg(award) for award in with_svg])
    outcome.count("badge.png of a revoked award carries nothing", [_png(award) for award in revoked])
    with_svg = [award for award in revoked if _has(award, "badge.svg")]
    outcome.count("badge.svg of a revoked award carries nothing", [_svg(award) for award in with_svg])
    outcome.count("control: image.png of a badge carries nothing", [_plain(p) for p in site.glob("badges/*/image.png")])
    if not full:
        outcome.surprises.append(f"{site} holds no assertion")
    outcome.print()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
