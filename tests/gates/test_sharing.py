"""What pages of the example hand out for elsewhere, fetched as others do: pictures and cards."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image

from tests.example_site import LANGUAGES, kinds

BASE = "https://badges.example.edu/"
CARD, MOST_OF_A_CARD = (1200, 630), 300_000
SQUARE = (1080, 1080)
ISSUED = ("valid", "unnamed", "expired", "revoked")
SHARED = ("valid", "unnamed", "expired")


def _read(site: Path, path: str) -> str:
    return (site / (path if path.endswith(".html") else f"{path}index.html")).read_text(encoding="utf-8")


def _image(file: Path) -> tuple[str | None, tuple[int, int]]:
    with Image.open(file) as image:
        return image.format, image.size


def test_every_page_that_names_a_card_has_one_that_networks_take(site: Path) -> None:
    shown, faults = dict[str, set[str]](), list[str]()
    for kind, paths in kinds(site).items():
        for path in [prefix + path for path in paths for prefix in LANGUAGES.values() if path != "404.html"]:
            for address in re.findall(r'<meta property="og:image" content="([^"]*)"', _read(site, path)):
                shown.setdefault(unescape(address), set()).add(kind)
    for address in shown:
        file = site / address.removeprefix(BASE)
        if not address.startswith(BASE) or not file.is_file():
            faults.append(f"{address} is not there")
        elif _image(file) != ("PNG", CARD) or file.stat().st_size >= MOST_OF_A_CARD:
            faults.append(f"{address}: {_image(file)}, {file.stat().st_size} bytes")
    assert faults == []
    assert {"badge", *ISSUED} <= set().union(*shown.values())
    assert len(shown) >= 2 * len(kinds(site)["badge"])


@pytest.mark.parametrize(("prefix", "words"), [("", "Immagine per Instagram"), ("en/", "Picture for Instagram")])
def test_the_picture_for_instagram_is_a_square_of_its_size(site: Path, prefix: str, words: str) -> None:
    found = {}
    for path in [prefix + path for kind in SHARED for path in kinds(site)[kind]]:
        (link,) = re.findall(rf'<a href="([^"]*)">{words}</a>', _read(site, path))
        found[path] = urljoin(BASE + path, unescape(link)).removeprefix(BASE)
    assert {_image(site / file) for file in set(found.values())} == {("PNG", SQUARE)}
