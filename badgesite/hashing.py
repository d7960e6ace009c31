"""Canonical hashes of many documents, here or in several processes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from badgesite.crew import worked
from badgesite.crypto.proofs import hashed
from badgesite.errors import FormatError

PIECE = 25  # documents that a process takes in one go
WORTH_A_PROCESS = 100  # documents; a process takes about as long to begin

Document = Mapping[str, object]
Hash = bytes | FormatError


def hashes(documents: Iterable[Document], total: int, jobs: int) -> Iterator[tuple[Document, Hash]]:
    """Each document, in order, with its hash, or with what stands in the way of one.

    At most `jobs` processes hash the `total` documents, which are taken as they are needed.
    """
    return worked(_hash_all, documents, min(jobs, total // WORTH_A_PROCESS), PIECE)


def _hash_all(documents: Sequence[Document]) -> list[Hash]:
    return [hash_of(document) for document in documents]


def hash_of(document: Document) -> Hash:
    """The hash of a document, or what stands in the way of one."""
    try:
        return hashed(document)
    except FormatError as error:
        return error
