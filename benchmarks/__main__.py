"""Print seconds, memory and size for a university's first year of awards, and for its four years.

python -m benchmarks [--rounds N] [--sizes 1485,15783] [--folder .bench]

Every run writes into a new folder, and competitors take turns: floor, build, Hugo, floor, build, Hugo ... The figures
are medians. "Hugo, one page" has a Markdown page per award; "Hugo, all pages" has one per HTML page that we write.
Nothing is removed before the end (some 8 GB): for minutes after many files were removed, ext4 makes new ones slowly.
"""

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from benchmarks import floor, hugo
from benchmarks.measure import Run, measure, middle
from benchmarks.university import AS_OF, write_list, write_university

YEARS = {1_485: 1}  # years over which so many awards are spread; four for other numbers
BADGESITE = (sys.executable, "-m", "badgesite.cli")
TARGET_HUGO, TARGET_FLOOR = 3.0, 6.0
TARGET_FROM = 10_000  # awards; below, drawing the badges' pictures is most of the work
Contest = dict[str, Callable[[Path], Run]]  # a run, given the folder of its round


def main() -> None:
    """Run every size."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--sizes", default="1485,15783")
    arguments.add_argument("--folder", type=Path, default=Path(".bench"))
    given = arguments.parse_args()
    program = hugo.install(given.folder.resolve() / "hugo")
    place = Path(mkdtemp(prefix="runs-", dir=given.folder.resolve()))
    try:
        sizes = map(int, given.sizes.split(","))
        held = [bench(place / f"awards-{size}", program, size, given.rounds) for size in sizes]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    sys.exit(not all(held))


def bench(folder: Path, program: Path, awards: int, rounds: int) -> bool:
    """Prepare a university with so many awards, let all compete, and print the table; whether the goals are met."""
    root, out = folder / "university", folder / "site"
    write_university(root, awards, YEARS.get(awards, 4))
    _build(root, out)
    files = [path for path in out.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files)
    floor.pack(out, folder / "pack")
    hugo.write_pages(folder / "hugo-one", awards)
    hugo.write_pages(folder / "hugo-all", pages)
    write_list(folder / "list.csv", awards)
    contest: Contest = {
        "floor": lambda turn: _floor(folder / "pack", turn / "floor"),
        "build": lambda turn: _build(root, turn / "site"),
        "Hugo, one page": lambda turn: _hugo(program, folder / "hugo-one", turn / "hugo-one"),
        "Hugo, all pages": lambda turn: _hugo(program, folder / "hugo-all", turn / "hugo-all"),
        "build again": lambda turn: _build(root, turn / "site"),
        "award": lambda turn: _award(root, folder / "list.csv", turn / "awarding"),
    }
    print(f"\n{awards:,} awards: {len(files):,} files, {pages:,} of them HTML pages, {size / 1e6:,.0f} MB")
    runs = compete(contest, folder, rounds)
    _print(runs)
    return awards < TARGET_FROM or _judge(runs)


def compete(contest: Contest, folder: Path, rounds: int) -> dict[str, Run]:
    """Everybody in turn, round after round, each round in a folder of its own; the medians."""
    runs: dict[str, list[Run]] = {name: [] for name in contest}
    for number in range(rounds):
        turn = folder / f"round-{number}"
        turn.mkdir()
        for name, run in contest.items():
            runs[name].append(run(turn))
    return {name: middle(each) for name, each in runs.items()}


def _print(runs: dict[str, Run]) -> None:
    print(f"{'':18}{'seconds':>10}{'memory, all':>14}{'largest':>12}{'x floor':>10}{'x Hugo':>10}")
    for name, run in runs.items():
        ratios = (run.seconds / runs["floor"].seconds, run.seconds / runs["Hugo, one page"].seconds)
        memory = f"{run.together / 1e6:>11,.0f} MB{run.largest / 1e6:>9,.0f} MB"
        print(f"{name:18}{run.seconds:>10.2f}{memory}{ratios[0]:>10.2f}{ratios[1]:>10.2f}")


def _judge(runs: dict[str, Run]) -> bool:
    """Whether the goals are met against the harder Hugo; the floor stands beside, so that a slow disk can be told."""
    built, floor_, alike, fewer = (runs[name] for name in ("build", "floor", "Hugo, all pages", "Hugo, one page"))
    quick = built.seconds <= TARGET_HUGO * fewer.seconds
    lean = built.together <= fewer.together
    direct = built.seconds <= TARGET_FLOOR * floor_.seconds
    print(
        f"at most {TARGET_HUGO:g} x Hugo with one page per award: {_yes(quick)} "
        f"({built.seconds / fewer.seconds:.2f}; the floor alone {floor_.seconds / fewer.seconds:.2f}; "
        f"with as many pages as ours {built.seconds / alike.seconds:.2f})"
    )
    print(f"at most {TARGET_FLOOR:g} x the floor: {_yes(direct)} ({built.seconds / floor_.seconds:.2f})")
    print(f"no more memory than Hugo with one page per award: {_yes(lean)}")
    return quick and lean and direct


def _yes(held: bool) -> str:
    return "yes" if held else "NO"


def _floor(pack: Path, target: Path) -> Run:
    return measure((sys.executable, "-m", "benchmarks.floor", "write", pack, target), Path.cwd())


def _build(root: Path, out: Path) -> Run:
    return measure((*BADGESITE, "-C", root, "build", "--out", out, "--as-of", str(AS_OF), "--quiet"), root)


def _hugo(program: Path, source: Path, target: Path) -> Run:
    return measure((program, "--source", source, "--destination", target, "--quiet"), source)


def _award(root: Path, recipients: Path, copy: Path) -> Run:
    """Award one list of all of them, on a copy of the content without its awards."""
    shutil.copytree(root / "content", copy / "content", ignore=shutil.ignore_patterns("awards", "published"))
    day = ("--date", str(AS_OF), "--yes", "--quiet")
    return measure((*BADGESITE, "-C", copy, "award", "skill-1", recipients, *day), copy)


if __name__ == "__main__":
    main()
