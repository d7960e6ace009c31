"""What JSON-LD would leave unsigned, silently: undefined terms and types, ids that are no IRI, values that go nowhere.

Expansion (JSON-LD 1.1 API, section 5.1) drops what no context defines; the step to RDF (section 8.1) drops what is no
absolute IRI. So every value of the document is looked for in its expansion. Which place is to blame is found by leaving
out one after the other: this costs time only when something is wrong.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from badgesite.crypto.json_ld.documents import Document, Path, leaves, members, without, written
from badgesite.errors import FormatError

_PART = r"(?:[^\x00-\x20<>\"{}|\\^`%#\[\]\x7f-\xa0\ud800-\udfff\ufffe\uffff]|%[0-9A-Fa-f]{2})*"
_HOST = r"(?://\[[0-9A-Fa-f:.]+\])?"  # brackets stand around an IPv6 address alone
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_HOST}{_PART}(?:#{_PART})?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_LIKE_A_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # "type" is none


_LEAST_TRIALS, _COST = 8, 50_000  # places that are tried at least, and members that are read for it at most


class DroppedError(FormatError):
    """A part of a document that JSON-LD drops, so that no proof is about it."""


@dataclass(frozen=True, slots=True)
class Losses:
    """What is lost of a document: terms that no context defines, ids and types that are no IRI, and values beyond."""

    terms: tuple[str, ...] = ()
    iris: tuple[str, ...] = ()
    values: int = 0

    def __bool__(self) -> bool:
        return bool(self.terms or self.iris or self.values)


def losses(document: Document, expanded: object, dropped: Iterable[object]) -> Losses:
    """What is in the document and not in its expansion; `dropped` are the terms that the processor left out."""
    found = list(_found(expanded))
    astray = tuple(iri for iri in found if iri is not None)
    terms = tuple(str(term) for term in dropped)
    missing = 0 if terms or astray else _count(document) - len(found)
    return Losses(terms, astray, max(0, missing))


def is_absolute(iri: object) -> bool:
    """Whether this is an absolute IRI (RFC 3987)."""
    return isinstance(iri, str) and bool(_IRI.fullmatch(iri))


def explained(document: Document, found: Losses, losses_in: Callable[[Document], Losses]) -> DroppedError:
    """The error that names the place of the first loss, and its mend; `losses_in` looks at the rest of the document.

    Types come before terms, which may be unknown because the type is.
    """
    inner_first = list(reversed(list(members(document))))
    if found.iris:
        suspects = [path for path, value in leaves(document) if value in found.iris or str(value).startswith("@")]
        suspects += [path for path in inner_first if path[-1] in found.iris]
        path = to_blame(document, suspects, lambda rest: len(losses_in(rest).iris) < len(found.iris))
        return DroppedError(_about_iri(path))
    if found.terms:
        suspects = [path for path in inner_first if path[-1] in found.terms or str(path[-1]).startswith("@")]
        path = to_blame(document, suspects, lambda rest: len(losses_in(rest).terms) < len(found.terms))
        return DroppedError(_about_term(document, path))
    suspects = [path for path, _ in leaves(document)]
    path = to_blame(document, suspects, lambda rest: losses_in(rest) in [Losses(values=n) for n in range(found.values)])
    return DroppedError(f"{written(path) or 'a part of the document'} is not signed, JSON-LD drops it; leave it out")


def to_blame(document: Document, suspects: Iterable[Path], mended: Callable[[Document], bool]) -> Path:
    """The first of the places without which the document is `mended`; the document itself if it is none.

    Of a large document only some are tried, so that a forger's does not keep us.
    """
    trials = max(_LEAST_TRIALS, _COST // (1 + sum(1 for _ in members(document))))
    return next((path for path in islice(suspects, trials) if mended(without(document, path))), ())


def _about_term(document: Document, path: Path) -> str:
    siblings = {str(each[-1]) for each in members(document) if each[:-1] == path[:-1]}
    if len(path) > 1 and "id" not in siblings and all(_LIKE_A_LANGUAGE.fullmatch(key) for key in siblings):
        return f"{written(path[:-1])} is a text by language, which is not signed; write one text, in one language"
    place = written(path) or "a part of the document"
    return f"{place} is not signed, because no context defines it here; look at its spelling, and at the type beside it"


def _about_iri(path: Path) -> str:
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if name in ("type", "@type"):
        return f"{written(path)} is a type that no context defines; look at its spelling and at @context"
    place = written(path) or "a part of the document"
    return f"{place} is not signed, because it is no absolute URL; write all of it, and a space as %20"


def _found(expanded: object) -> Iterator[str | None]:
    """None for each value of an expansion that will be signed, and the words of each that will not."""
    if isinstance(expanded, list):
        for item in expanded:
            yield from _found(item)
    elif isinstance(expanded, dict) and "@value" in expanded:
        yield from _found_literal(expanded)
    elif isinstance(expanded, dict):
        for key, value in expanded.items():
            if key == "@id":
                yield _astray(value)
            elif key == "@type":
                yield from (_astray(each) for each in value)
            elif not key.startswith("@") and not is_absolute(key):
                yield key
            elif key not in ("@index", "@language", "@direction"):
                yield from _found(list(value.values()) if key == "@reverse" else value)


def _found_literal(literal: Mapping[str, object]) -> Iterator[str | None]:
    datatype, language = literal.get("@type", "@json"), literal.get("@language")
    if datatype != "@json" and not is_absolute(datatype):
        yield str(datatype)
    if isinstance(language, str) and not _LANGUAGE.fullmatch(language):
        yield language
    yield from (None for _ in range(_count(literal["@value"])))


def _astray(iri: object) -> str | None:
    return None if is_absolute(iri) or (isinstance(iri, str) and iri.startswith("_:")) else str(iri)


def _count(value: object) -> int:
    if isinstance(value, Mapping):
        if "@value" in value:
            return _count(value["@value"])
        return sum(_count(inner) for key, inner in value.items() if key != "@context")
    if isinstance(value, list):
        return sum(map(_count, value))
    return value is not None
