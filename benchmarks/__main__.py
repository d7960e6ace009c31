"""Print seconds, memory and size for a university's first year of awards, and for its four years.

python -m benchmarks [--rounds N] [--sizes 1485,15783] [--folder .bench]

Every run writes into a new folder, and competitors take turns: floor, build, Hugo, floor, build, Hugo ... The figures
are medians. "Hugo, one page" has a Markdown page per award; "Hugo, all pages" has one per HTML page that we write.
Nothing is removed before the end (some 18 GB): for minutes after many files were removed, ext4 makes new ones slowly.
"""

import argparse
import compileall
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import building, hugo, signing
from benchmarks.prepared import LARGE, prepare


def main() -> None:
    """Run every size."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--sizes", default="1485,15783")
    arguments.add_argument("--folder", type=Path, default=Path(".bench"))
    given = arguments.parse_args()
    folder = given.folder.resolve()
    compileall.compile_dir("badgesite", quiet=1)  # as pip does when it installs, whatever the environment says of it
    program, tools = hugo.install(folder / "hugo"), signing.install(folder)
    place = Path(mkdtemp(prefix="runs-", dir=folder))
    try:
        sizes = map(int, given.sizes.split(","))
        held = [bench(place / f"awards-{size}", program, tools, size, given.rounds) for size in sizes]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    sys.exit(not all(held))


def bench(folder: Path, program: Path, tools: signing.Tools, awards: int, rounds: int) -> bool:
    """Prepare a university with so many awards, and hold both contests; whether the goals are met."""
    print(f"\n{awards:,} awards")
    given = prepare(folder, awards)
    print(f"signed once for the builds below, in {given.seconds:,.1f} seconds")
    held = building.bench(folder, program, given, rounds)
    if awards < LARGE:  # of many, the others would sign for half an hour in each round
        print()
        held &= signing.bench(folder / "signing", tools, given, rounds)
    return held


if __name__ == "__main__":
    main()
