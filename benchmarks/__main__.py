"""Print seconds, memory and size for a university's first year of awards, and for its four years.

python -m benchmarks [--rounds N] [--sizes 1485,15783] [--folder .bench]

Every competitor writes into a new folder, and they take turns: floor, build, Hugo, floor, build, Hugo ... The figures
are medians. "Hugo, one page" has a Markdown page per award; "Hugo, all pages" has one per HTML page that we write.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import floor, hugo
from benchmarks.measure import Run, measure, middle
from benchmarks.university import AS_OF, write_list, write_university

YEARS = {1_485: 1}  # years over which so many awards are spread; four for other numbers
BADGESITE = (sys.executable, "-m", "badgesite.cli")
TARGET_HUGO, TARGET_FLOOR = 3.0, 6.0
TARGET_FROM = 10_000  # awards; below, drawing the badges' pictures is most of the work
Contest = dict[str, Callable[[], Run]]


def main() -> None:
    """Run every size."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--sizes", default="1485,15783")
    arguments.add_argument("--folder", type=Path, default=Path(".bench"))
    given = arguments.parse_args()
    program = hugo.install(given.folder.resolve() / "hugo")
    held = True
    for size in map(int, given.sizes.split(",")):
        with _fresh(given.folder.resolve() / f"awards-{size}") as folder:
            held &= bench(folder, program, size, given.rounds)
    sys.exit(not held)


def bench(folder: Path, program: Path, awards: int, rounds: int) -> bool:
    """Prepare a university with so many awards, let all compete, and print the table; whether the goals are met."""
    root, out = folder / "university", folder / "site"
    write_university(root, awards, YEARS.get(awards, 4))
    build = (*BADGESITE, "-C", root, "build", "--out", out, "--as-of", str(AS_OF), "--quiet")
    measure(build, folder)
    files = [path for path in out.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files)
    floor.pack(out, folder / "pack")
    hugo.write_pages(folder / "hugo-one", awards)
    hugo.write_pages(folder / "hugo-all", pages)
    write_list(folder / "list.csv", awards)
    contest: Contest = {
        "floor": lambda: _floor(folder),
        "build": lambda: _build(folder, build, out),
        "Hugo, one page": lambda: _hugo(folder, program, "hugo-one"),
        "Hugo, all pages": lambda: _hugo(folder, program, "hugo-all"),
        "build again": lambda: measure(build, folder),
        "award": lambda: _award(folder, root, awards),
    }
    print(f"\n{awards:,} awards: {len(files):,} files, {pages:,} of them HTML pages, {size / 1e6:,.0f} MB")
    runs = compete(contest, rounds)
    _print(runs)
    return awards < TARGET_FROM or _judge(runs)


def compete(contest: Contest, rounds: int) -> dict[str, Run]:
    """Everybody in turn, round after round; the medians."""
    runs: dict[str, list[Run]] = {name: [] for name in contest}
    for _ in range(rounds):
        for name, run in contest.items():
            runs[name].append(run())
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


def _floor(folder: Path) -> Run:
    with _fresh(folder / "floor") as target:
        return measure((sys.executable, "-m", "benchmarks.floor", "write", folder / "pack", target), Path.cwd())


def _build(folder: Path, command: Sequence[str | Path], out: Path) -> Run:
    shutil.rmtree(out)
    shutil.rmtree(out.with_name(f".{out.name}.badgesite"))
    return measure(command, folder)


def _hugo(folder: Path, program: Path, name: str) -> Run:
    with _fresh(folder / f"{name}-site") as target:
        return measure((program, "--source", folder / name, "--destination", target, "--quiet"), folder)


def _award(folder: Path, root: Path, awards: int) -> Run:
    """Award one list of all of them, on a copy of the content without its awards."""
    with _fresh(folder / "awarding") as copy:
        shutil.copytree(root / "content", copy / "content", ignore=shutil.ignore_patterns("awards", "published"))
        day = ("--date", str(AS_OF), "--yes", "--quiet")
        return measure((*BADGESITE, "-C", copy, "award", "skill-1", folder / "list.csv", *day), folder)


@contextmanager
def _fresh(folder: Path) -> Iterator[Path]:
    """A new empty folder, removed afterwards; the disk is at rest before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run(["sync"], check=False)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
