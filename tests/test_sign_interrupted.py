"""A `sign` that is cut off at any moment leaves all or nothing, and the next one finishes it."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from badgesite.content.reading import read
from badgesite.content.signed.writing import STATE, unfinished
from badgesite.errors import OutputError
from tests.killing import KILLED, Killer, forked
from tests.signing import NOW, sign, tree, write_signed_site
from tests.sites import BATCH, BATCH_PATH

RENAMED = BATCH.replace("Ada Esempio", "Ada Rossi") + "    revoked: {date: 2024-03-01, reason: By mistake}\n"


def killed_sign(root: Path, last: int) -> int:
    """Sign until the change numbered `last` to a file of the site; 0 if it ends before."""

    def work() -> int:
        sys.addaudithook(Killer(str(root), last))
        sign(root, NOW, seed=1, replaces=True)
        return 0

    return forked(work)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_whenever_it_is_cut_off_the_next_run_ends_as_if_there_had_been_one(tmp_path: Path) -> None:
    start = tmp_path / "start"
    sign(write_signed_site(start))
    write_signed_site(start, {BATCH_PATH: RENAMED})
    before = tree(start)
    whole = Path(shutil.copytree(start, tmp_path / "whole"))
    sign(whole, NOW, seed=1, replaces=True)
    after = tree(whole)
    halfway = 0
    last = 0
    code = KILLED
    while code == KILLED:
        last += 1
        root = Path(shutil.copytree(start, tmp_path / str(last)))
        code = killed_sign(root, last)
        if unfinished(root):
            halfway += 1
            with pytest.raises(OutputError, match="`badgesite sign` was cut off"):
                read(root)
        else:
            assert tree(root) in (before, after)
        sign(root, NOW, seed=1, replaces=True)
        assert tree(root) == after
        assert not (root / STATE).exists()
    assert code == 0
    assert halfway > 4
