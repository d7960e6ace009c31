"""badgesite as a person runs it, verb by verb, each measured."""

import shutil
import sys
from pathlib import Path

from benchmarks.measure import Run, measure
from benchmarks.university import AS_OF, ISSUER_SLUG

BADGESITE = (sys.executable, "-m", "badgesite.cli")
SECRET = {"BADGESITE_PASSPHRASE": "a passphrase for benchmarks"}
"""The variable that opens the private halves; the other signers read it too."""


def build(root: Path, out: Path) -> Run:
    """Build the site in `root` into `out`."""
    return measure((*BADGESITE, "-C", root, "build", "--out", out, "--as-of", str(AS_OF), "--quiet"), root)


def award(root: Path, recipients: Path, copy: Path) -> Run:
    """Award one list of all of them, on a copy of the content without its awards."""
    shutil.copytree(root / "content", copy / "content", ignore=shutil.ignore_patterns("awards", "published"))
    day = ("--date", str(AS_OF), "--yes", "--quiet")
    return measure((*BADGESITE, "-C", copy, "award", "skill-1", recipients, *day), copy)


def make_keys(root: Path, halves: Path) -> None:
    """Make the pair of the university, its private halves below `halves`."""
    measure((*BADGESITE, "-C", root, "keys", "new", ISSUER_SLUG, "--to", halves, "--quiet"), root, SECRET)


def sign(root: Path, halves: Path, copy: Path, *options: str) -> Run:
    """Sign all that is recorded in `root`, on a copy of it."""
    shutil.copytree(root, copy)
    return measure((*BADGESITE, "-C", copy, "sign", "--keys", halves, "--quiet", *options), copy, SECRET)
