"""Hashes come in the order of the documents, whoever makes them, and a fault is one document's alone."""

from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from badgesite.crypto.proofs import hashed
from badgesite.errors import FormatError, OutputError
from badgesite.hashing import PIECE, WORTH_A_PROCESS, Document, hashes
from badgesite.standards.status import CONTEXT

MANY = 2 * WORTH_A_PROCESS


def document(number: int) -> Document:
    fault = {"unknown": "x"} if number == 3 else {}
    return {"@context": [CONTEXT], "id": f"https://x.example/{number}", "name": f"No. {number}", **fault}


@pytest.mark.parametrize(("count", "jobs"), [(0, 2), (5, 2), (MANY, 1), (MANY + 1, 2)])
def test_each_document_comes_with_its_hash_in_order(count: int, jobs: int) -> None:
    documents = [document(number) for number in range(count)]
    found = list(hashes(iter(documents), count, jobs))
    assert [one for one, _ in found] == documents
    for one, digest in found:
        if "unknown" in one:
            assert isinstance(digest, FormatError)
            assert "unknown" in str(digest)
        else:
            assert digest == hashed(one)


def test_documents_are_made_as_they_are_needed() -> None:
    made = 0

    def documents() -> Iterator[Document]:
        nonlocal made
        for number in range(MANY):
            made += 1
            yield document(number)

    found = hashes(documents(), MANY, 2)
    next(found)
    assert made == 4 * PIECE < MANY
    found.close()  # type: ignore[attr-defined]


def test_a_process_that_is_killed_ends_the_run_with_words() -> None:
    def documents() -> Iterator[Document]:
        for number in range(MANY):
            if number == 3 * PIECE:
                for process in active_children():
                    process.kill()
            yield document(number)

    with pytest.raises(OutputError, match="a process ended too early"):
        list(hashes(documents(), MANY, 2))
