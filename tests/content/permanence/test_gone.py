"""Lock files are missed as soon as something signed needs them."""

from dataclasses import replace

import pytest

from badgesite.content.permanence.gone import gone
from badgesite.content.permanence.lock_files import LockFile
from badgesite.content.reading import read_or_raise
from badgesite.model.catalogue import Catalogue
from tests.signing import sign, write_signed_site

EMPTY = LockFile(frozenset())
BATCH = "batches/english-b2-2023-07-14.lock"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = write_signed_site(tmp_path_factory.mktemp("signed"))
    sign(root)
    catalogue = read_or_raise(root).catalogue
    assert catalogue
    return catalogue


@pytest.mark.parametrize(
    ("locked", "told"),
    [
        ([], "content/published: the lock files are gone, and 2 credentials are signed"),
        (["published/site.lock"], f"content/published/{BATCH}: the lock file is gone, and 2 credentials are signed"),
        ([f"published/{BATCH}"], ""),
    ],
)
def test_what_is_gone_is_told_with_the_way_back(signed: Catalogue, locked: list[str], told: str) -> None:
    problems = [str(problem) for problem in gone(dict.fromkeys(locked, EMPTY), signed)]
    assert len(problems) == bool(told)
    for problem in problems:
        assert problem.startswith(told)
        assert problem.endswith(f"; take it back from Git: git checkout -- {told.partition(': ')[0]}")


def test_status_lists_alone_need_them_too_and_what_is_not_signed_does_not(signed: Catalogue) -> None:
    unsigned = replace(signed, credentials={})
    assert [problem.what for problem in gone({}, unsigned)] == ["the lock files are gone, and 1 status list is signed"]
    assert [problem.place.path for problem in gone({"published/site.lock": EMPTY}, unsigned)] == [
        "content/published/batches"
    ]
    assert list(gone({}, replace(unsigned, status_lists={}))) == []
