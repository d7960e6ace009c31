"""A change that is cut off at any moment leaves an address that fits in private/, and the next run leaves only that."""

import os
import shutil
from pathlib import Path

import pytest
import yaml

from badgesite.cli import run
from badgesite.content.records import private
from badgesite.content.records.private import read_index
from badgesite.model.award import Recipient
from tests.killing import KILLED, forked, run_killed
from tests.sites import ADDRESSES, AWARDS, BATCH_PATH, write_site

BASE = "https://badges.example.edu/"
ADA, BRUNO = AWARDS


def recipient(root: Path) -> Recipient:
    """The holder of the first award, as the file says, whatever else is half done."""
    return Recipient(**yaml.safe_load((root / BATCH_PATH).read_bytes())["awards"][0]["recipient"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_killed_at_any_change_private_holds_the_address_that_the_record_has(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", base_url=BASE)
    (site / "private").mkdir()
    (site / "private/_index.tsv").write_text(f"{ADDRESSES[0]}\t{ADA}\n")
    (site / "private/group.csv").write_bytes(f"email,name,badge,link,award\r\n{ADDRESSES[0]},,B2,x,{ADA}\r\n".encode())
    seen = set()
    for last in range(1, 100):
        root = Path(shutil.copytree(site, tmp_path / f"{last}"))
        command = ["-C", str(root), "change", ADA, "--email", "new@example.com"]
        code = forked(lambda root=root, last=last, command=command: run_killed(str(root), last, command))  # type: ignore[misc]
        rows = private.read_rows(root / "private/group.csv") or []
        holder = recipient(root)
        assert [row[0] for row in rows if holder.is_of(row[0])] in (["new@example.com"], [ADDRESSES[0]])
        seen.add(len(rows))
        assert run(["-C", str(root), "change", BRUNO, "--unit", "ict"]) == 0  # any run that writes
        holder = recipient(root)
        rows = private.read_rows(root / "private/group.csv") or []
        assert [holder.is_of(row[0]) for row in rows] == [True]
        assert list(read_index(root / "private").items()) == [(rows[0][0], frozenset({ADA}))]
        assert not (root / "private/_changing.tsv").exists()
        shutil.rmtree(root)
        if code != KILLED:
            assert code == 0
            assert last > 15
            break
    assert seen == {1, 2}
