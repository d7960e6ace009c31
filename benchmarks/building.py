"""The contest of builds: with Open Badges 2.0 alone and with signed awards, beside a floor each, and beside Hugo."""

import sys
from pathlib import Path

from benchmarks import floor, hugo, verbs
from benchmarks.contest import Contest, Runs, compete, goal, show
from benchmarks.measure import Run, measure
from benchmarks.prepared import LARGE, Prepared
from benchmarks.university import CLASSES, LANGUAGES, write_list

TARGET_HUGO, TARGET_FLOOR = 3.0, 6.0
SIGNED, RIVAL, ALIKE = "build of signed", "Hugo, one page", "Hugo, all pages"
PEER = "Hugo, one page and cards"  # what builds are judged by: it draws as many share cards as they do


def bench(folder: Path, program: Path, given: Prepared, rounds: int) -> bool:
    """Let all compete, and print the table; whether the goals are met."""
    pages = _measured(given.plain, folder / "site", "Open Badges 2.0 alone")
    _measured(given.signed, folder / "site-signed", "signed, both standards")
    for site in ("site", "site-signed"):
        floor.pack(folder / site, folder / f"pack-{site}")
    hugo.write_pages(folder / "hugo-one", given.awards)
    hugo.write_pages(folder / "hugo-cards", given.awards, CLASSES * LANGUAGES)
    hugo.write_pages(folder / "hugo-all", pages)
    write_list(folder / "list.csv", given.awards)
    contest: Contest = {
        "floor": lambda turn: _floor(folder / "pack-site", turn / "floor"),
        "build": lambda turn: verbs.build(given.plain, turn / "site"),
        RIVAL: lambda turn: _hugo(program, folder / "hugo-one", turn / "hugo-one"),
        PEER: lambda turn: _hugo(program, folder / "hugo-cards", turn / "hugo-cards"),
        "floor of signed": lambda turn: _floor(folder / "pack-site-signed", turn / "floor-signed"),
        SIGNED: lambda turn: verbs.build(given.signed, turn / "site-signed"),
        ALIKE: lambda turn: _hugo(program, folder / "hugo-all", turn / "hugo-all"),
        "build again": lambda turn: verbs.build(given.plain, turn / "site"),
        "award": lambda turn: verbs.award(given.plain, folder / "list.csv", turn / "awarding"),
    }
    runs = compete(contest, folder / "building", rounds)
    show(runs, {"x its floor": _floor_of, f"x {RIVAL}": lambda _: RIVAL, f"x {PEER}": lambda _: PEER})
    return given.awards < LARGE or _judge(runs)  # of few, drawing the badges' pictures is most of the work


def _measured(root: Path, out: Path, what: str) -> int:
    """Build a site once, outside of the contest, and print how large it is; gives the number of its HTML pages."""
    verbs.build(root, out)
    files = [path for path in out.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    size = sum(path.stat().st_size for path in files)
    print(f"{what}: {len(files):,} files, {pages:,} of them HTML pages, {size / 1e6:,.0f} MB")
    return pages


def _floor_of(name: str) -> str:
    return "floor of signed" if name == SIGNED else "floor"


def _judge(runs: Runs) -> bool:
    """Whether the goals are met against the harder Hugo; a floor beside each tells a slow disk."""
    plain, signed = (runs[name].seconds / runs[_floor_of(name)].seconds for name in ("build", SIGNED))
    direct = f"build, at most {TARGET_FLOOR:g} x its floor"
    lean = "build, no more memory than Hugo with one page per award"
    ours, ours_signed, theirs = (runs[name].together for name in ("build", SIGNED, RIVAL))
    megabytes = f"{ours / 1e6:,.0f} MB; signed {ours_signed / 1e6:,.0f}; Hugo {theirs / 1e6:,.0f}"
    held = (
        _quick(runs, "build"),
        _quick(runs, SIGNED),
        goal(direct, plain <= TARGET_FLOOR, f"{plain:.2f}; signed {signed:.2f}"),
        goal(lean, ours <= theirs, megabytes),
    )
    return all(held)


def _quick(runs: Runs, name: str) -> bool:
    seconds, rival, bare = runs[name].seconds, runs[PEER].seconds, runs[_floor_of(name)].seconds
    figures = (
        f"{seconds / rival:.2f}; without cards there {seconds / runs[RIVAL].seconds:.2f}; its floor {bare / rival:.2f}"
    )
    alike = f"with as many pages as ours {seconds / runs[ALIKE].seconds:.2f}"
    what = f"{name}, at most {TARGET_HUGO:g} x Hugo with one page per award, and as many cards"
    return goal(what, seconds <= TARGET_HUGO * rival, f"{figures}; {alike}")


def _floor(pack: Path, target: Path) -> Run:
    return measure((sys.executable, "-m", "benchmarks.floor", "write", pack, target), Path.cwd())


def _hugo(program: Path, source: Path, target: Path) -> Run:
    return measure((program, "--source", source, "--destination", target, "--quiet"), source)
