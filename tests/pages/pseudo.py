"""A language that nobody speaks, made from what the pages say: accents on every vowel, and a third longer."""

import re
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

from badgesite.pages.theme import translation_path
from tests.pages.messages import extracted

TAG = "eo"  # Babel knows how it counts and writes days, and the theme does not speak it
_SLOT = re.compile(r"(%\(\w+\)s|%%)")
_ACCENTS = str.maketrans({plain: 2 * strange for plain, strange in zip("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ", strict=True)})


def strange(message: str) -> str:
    """A message in the language; what is filled in stays as it is."""
    return "".join(part if at % 2 else part.translate(_ACCENTS) for at, part in enumerate(_SLOT.split(message)))


def write_pseudo(root: Path, theme: str = "default") -> Path:
    """Put the language into a theme of the site in `root`."""
    catalog = Catalog(locale=TAG, charset="utf-8", fuzzy=False)
    for message in extracted():
        forms = tuple(map(strange, message)) if isinstance(message, tuple) else strange(message)
        catalog.add(message, forms)
    path = root / "themes" / theme / translation_path(TAG)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0)
    return path
