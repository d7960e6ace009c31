"""Hashes come in the order of the documents, whoever makes them, and a fault is one document's alone."""

import os
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

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


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system does not show it")
def test_no_process_that_hashes_has_the_private_keys_in_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BADGESITE_KEYS", "secret")
    found = hashes(map(document, range(MANY)), MANY, 2)
    next(found)
    seen = [Path(f"/proc/{process.pid}/environ").read_bytes() for process in active_children()]
    found.close()  # type: ignore[attr-defined]
    assert len(seen) == 2
    assert not any(b"BADGESITE_KEYS" in each for each in seen)
    assert os.environ["BADGESITE_KEYS"] == "secret"
