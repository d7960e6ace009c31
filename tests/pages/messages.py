"""Every message that templates and views say, as Babel finds them.

`python -m tests.pages.messages` writes them into the catalogues of themes/default: new ones empty, old ones kept.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "themes" / "default"
LANGUAGES = ("en", "it")
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={count}; plural={rule};\\n"

"""

Message = str | tuple[str, ...]


def extracted() -> dict[Message, list[tuple[str, int]]]:
    """Message to the places (file from the repository, line) that say it, in the order of files and lines."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for path, method in _sources():
        for line, message, _comments, _context in extract_from_file(method, path, keywords=_KEYWORDS):
            found.setdefault(message, []).append((path.relative_to(ROOT).as_posix(), line))
    return found


def catalogue(language: str) -> Catalog:
    """The messages of a language as they are in the theme."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def path_of(language: str) -> Path:
    """The .po file of a language."""
    return THEME / "translations" / language / "LC_MESSAGES" / "messages.po"


def _sources() -> Iterator[tuple[Path, str]]:
    templates = [path for ending in ("html", "xml", "txt") for path in THEME.glob(f"templates/**/*.{ending}")]
    yield from ((path, "jinja2") for path in sorted(templates))
    yield from ((path, "python") for path in sorted((ROOT / "badgesite").glob("**/*.py")))


def _update(language: str) -> None:
    old = catalogue(language) if path_of(language).exists() else Catalog(locale=language)
    new = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message, places in extracted().items():
        known = old.get(message[0] if isinstance(message, tuple) else message)
        string = known.string if known else None
        new.add(message, string, locations=[(path, None) for path in dict.fromkeys(path for path, _ in places)])  # type: ignore[misc]
    header = HEADER.format(language=language, count=new.num_plurals, rule=new.plural_expr)
    with path_of(language).open("wb") as file:
        file.write(header.encode())
        write_po(file, new, width=0, omit_header=True)


if __name__ == "__main__":
    for tag in LANGUAGES:
        _update(tag)
