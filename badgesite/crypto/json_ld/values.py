"""What stands in a document, before JSON-LD reads it: values that other software would sign in another form.

The canonical form says how a value is written (JSON-LD 1.1 API, section 8.2.2; RDF Dataset Canonicalization 1.0,
section 5); what is refused here is what implementations are known to write differently, or what says nothing.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from json import dumps
from math import isfinite
from urllib.parse import quote

from badgesite.crypto.json_ld.documents import Document, Path, leaves, written
from badgesite.errors import FormatError

DEPTH = 64  # levels of objects and lists in one another
SMALLEST, LARGEST = 1e-6, 2**53 - 1
KEYWORDS = frozenset(("@context", "@id", "@type", "@value", "@language", "@list", "@set", "@graph"))
"""The keywords that are signed; others are dropped (`@index`, `@direction`), or no credential is known to have them."""

_HIGH, _BEYOND = re.compile("[\ue000-\uffff]"), re.compile("[\U00010000-\U0010ffff]")
_TERM = re.compile(r'<[^>]*>|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s<"]+')  # of a line of N-Quads
_ASTRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def require_sound(value: object, path: Path = ()) -> None:
    """FormatError, naming the place, for a value that two implementations could sign in two forms."""
    if isinstance(value, str):
        _require_sound_text(value, path)
    elif isinstance(value, Mapping):
        _require_depth(path)
        for key, inner in value.items():
            _require_sound_key(key, path)
            if key != "@context":  # which has a language of its own, and is not signed itself
                require_sound(inner, (*path, key))
    elif isinstance(value, list):
        _require_depth(path)
        for index, inner in enumerate(value):
            require_sound(inner, (*path, index))
    elif isinstance(value, float) and not isfinite(value):
        raise FormatError(f"{written(path)} is not a finite number")
    elif not isinstance(value, int | float | None):
        raise FormatError(f"{written(path)} is a Python {type(value).__name__}, which JSON does not have; write a text")


def require_plain(value: object, path: Path = ()) -> None:
    """FormatError, naming the place, for what is sound and yet never in a document that we sign.

    Null, empty lists, lists in lists and names of blank nodes are signed as if they were not there. Of tabs and some
    numbers, known software signs another form than the standard: rdf-canonize before version 4 does not escape a tab.
    JSON-LD keywords are not needed, but for the `@context` at the top.
    """
    if fault := _unplain(value, path):
        raise FormatError(f"{written(path)} {fault}")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if path or key != "@context":
                require_plain(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            require_plain(inner, (*path, index))


def _unplain(value: object, path: Path) -> str:
    step = path[-1] if path else ""
    if isinstance(step, str) and step.startswith("@"):
        return "is a keyword of JSON-LD; write the document without it"
    if value is None:
        return "is null, which is not signed; leave it out"
    if value == []:
        return "is an empty list, which is not signed; leave it out"
    if isinstance(value, list) and isinstance(step, int):
        return "is a list in a list, whose bounds are not signed; write one list"
    if isinstance(value, int | float) and not has_one_form(value):
        return "is a number that others sign with other digits; round it, as to halves or quarters"
    if isinstance(value, str) and "\t" in value:
        return "holds a tab, of which others sign another form; write spaces"
    if isinstance(value, str) and step == "id" and value.startswith("_:"):
        return "names a blank node, and is signed without the name; write a URL"
    return ""


def require_one_order(form: bytes, document: Document) -> None:
    """FormatError, naming a place, if JavaScript would sort this canonical form of the document in another way.

    The standard sorts by code points. JavaScript sorts by halves of 16 bits, and so does rdf-canonize: a character
    beyond U+FFFF stands before U+E000 to U+FFFF, not after.
    """
    text = form.decode()
    if not may_differ_in_order(text):
        return
    for first, second in pairwise(text.removesuffix("\n").split("\n")):
        if _in_halves(first) > _in_halves(second):
            raise FormatError(_about_order(first, second, document))


def may_differ_in_order(text: str) -> bool:
    """Whether a text has characters of both kinds that JavaScript sorts in another way than the standard."""
    return bool(_HIGH.search(text) and _BEYOND.search(text))


def _in_halves(line: str) -> bytes:
    return line.encode("utf-16-be")


def _about_order(first: str, second: str, document: Document) -> str:
    """What parts two lines of a canonical form that others sort the other way round, and how to mend it."""
    at = next(index for index, (one, other) in enumerate(zip(first, second, strict=False)) if one != other)
    terms = [next(term[0] for term in _TERM.finditer(line) if term.end() > at) for line in (first, second)]
    here, there = (written(_place_of(term, document)) or "a part of the document" for term in terms)
    mend = f"write {quote(first[at])} in its place" if terms[0].startswith("<") else "use another character"
    return (
        f"{here} has {first[at]} (U+{ord(first[at]):04X}) where {there} has {second[at]} (U+{ord(second[at]):04X}), "
        f"and others would sort the two the other way round; {mend}"
    )


def _place_of(term: str, document: Document) -> Path:
    """Where the text or the address stands that a line of N-Quads has as `term`; the document itself if nowhere."""
    texts = ((path, value) for path, value in leaves(document) if isinstance(value, str))
    return next((path for path, value in texts if term in (f"<{value}>", dumps(value, ensure_ascii=False))), ())


def has_one_form(number: float) -> bool:
    """Whether a number is signed with the same digits by everyone.

    JSON-LD wants 16 digits of what has a fraction, so 8.3 is 8.300000000000001E0; titanium and oxigraph sign 8.3E0.
    jsonld.js takes 1e-7 for a whole number, and JavaScript rounds large ones (RFC 8259, section 6).
    """
    if not isfinite(number) or abs(number) > LARGEST or 0 < abs(number) < SMALLEST:
        return False
    return isinstance(number, int) or Decimal(repr(number)) == Decimal(f"{number:.15E}")


def _require_depth(path: Path) -> None:
    if len(path) > DEPTH:
        raise FormatError(f"the document is nested more than {DEPTH} levels deep")


def _require_sound_key(key: object, path: Path) -> None:
    if not isinstance(key, str):
        raise FormatError(f"{written(path) or 'the document'} has a name that is not a text: {key!r}")
    _require_sound_text(key, (*path, key))
    if key.startswith("@") and key not in KEYWORDS:
        raise FormatError(f"{written((*path, key))} is not signed, or not by everyone; write the document without it")


def _require_sound_text(text: str, path: Path) -> None:
    if found := _ASTRAY.search(text):
        raise FormatError(
            f"{written(path)} holds the character U+{ord(found[0]):04X}, of which others sign another form; remove it"
        )
