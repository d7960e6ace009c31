"""The bytes that a Data Integrity proof is about: a document as sorted N-Quads (RDF Dataset Canonicalization 1.0).

pyld expands and canonicalises. What it would drop or write otherwise than other software is refused before, so that
everything one can read in a document is signed.
"""

from collections.abc import Callable, Iterator, Mapping

from pyld.jsonld import ContextResolver  # type: ignore[import-untyped]

from badgesite.crypto import contexts
from badgesite.crypto.contexts import UnknownContextError
from badgesite.crypto.json_ld.documents import Document, Path, members, written
from badgesite.crypto.json_ld.losses import Losses, explained, to_blame
from badgesite.crypto.json_ld.processor import REFUSALS, Learnt, LostError, Processor
from badgesite.crypto.json_ld.values import require_sound
from badgesite.errors import BadgesiteError, FormatError

Canonical = Callable[[Document], bytes]
Contexts = Callable[[str], Mapping[str, object]]

_NOT_JSON_LD = Losses(values=2**31)


def canonical(document: Document) -> bytes:
    """The canonical N-Quads of a document over the published contexts.

    FormatError, naming the place, for what would not be signed or that others would sign in another form: terms and
    types that no context defines, relative IRIs, control characters, numbers that others round, unknown contexts.
    """
    return _PUBLISHED(document)


def canonical_with(more: Mapping[str, Mapping[str, object]]) -> Canonical:
    """`canonical`, with further contexts by their URL."""
    return _Canonicaliser(lambda url: more[url] if url in more else contexts.context(url))


class _Canonicaliser:
    """Canonical forms over one set of contexts, with all that was learnt of them."""

    def __init__(self, documents: Contexts) -> None:
        self._documents = documents
        self._resolved: dict[str, object] = {}
        self._learnt: Learnt = {}

    def __call__(self, document: Document) -> bytes:
        require_sound(document)
        self._require_known_contexts(document)
        try:
            text: str = Processor(self._learnt).normalize(document, self._options())
        except LostError as lost:
            raise explained(document, lost.found, self._losses) from lost
        except REFUSALS as error:
            raise self._not_json_ld(document, error) from error
        if not text:
            raise FormatError("the document says nothing")
        return text.encode()

    def _options(self) -> dict[str, object]:
        return {
            "algorithm": "URDNA2015",  # as RDFC-1.0 was called; its canonical form is the same
            "format": "application/n-quads",
            "base": None,  # a relative IRI stays one, and is noticed
            "documentLoader": self._load,
            "contextResolver": ContextResolver(self._resolved, self._load),
        }

    def _load(self, url: str, options: object) -> dict[str, object]:
        """The context at `url`, as pyld asks for it; the tag lets it keep what it resolved."""
        return {
            "document": self._documents(url),
            "documentUrl": url,
            "contextUrl": None,
            "contentType": "application/ld+json",
            "tag": "static",
        }

    def _require_known_contexts(self, document: Document) -> None:
        if not document.get("@context"):
            raise FormatError("@context is missing; without it, nothing in the document is signed")
        for path, url in _context_urls(document):
            try:
                self._documents(url)
            except UnknownContextError as error:
                raise UnknownContextError(f"{written(path)}: {error}") from error

    def _losses(self, document: Document) -> Losses:
        try:
            Processor(self._learnt).expand(document, self._options())
        except LostError as lost:
            return lost.found
        except REFUSALS:
            return _NOT_JSON_LD
        return Losses()

    def _not_json_ld(self, document: Document, error: Exception) -> BadgesiteError:
        cause: BaseException | None = error
        reason = ""
        while cause:
            if isinstance(cause, BadgesiteError):
                return cause  # from reading a context that another names
            reason = getattr(cause, "code", None) or reason
            cause = cause.__cause__
        suspects = reversed(list(members(document)))
        path = to_blame(document, suspects, lambda rest: self._losses(rest) != _NOT_JSON_LD)
        return FormatError(f"{written(path) or 'the document'} is not JSON-LD: {reason or 'it cannot be expanded'}")


def _context_urls(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every context that a document names by its URL, with its place."""
    if isinstance(value, str) and "@context" in path[-2:]:
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _context_urls(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _context_urls(inner, (*path, index))


_PUBLISHED = _Canonicaliser(contexts.context)
