"""Several competitors, measured in turn, and the table of their medians."""

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.measure import Run, middle

Contest = Mapping[str, Callable[[Path], Run]]
"""Each competitor's run, given the folder of its round."""
Runs = Mapping[str, Run]
Beside = Callable[[str], str]
"""The competitor that one is set beside, by name."""


def compete(contest: Contest, folder: Path, rounds: int) -> Runs:
    """Everybody in turn, round after round, each round in a folder of its own; the medians."""
    runs: dict[str, list[Run]] = {name: [] for name in contest}
    for number in range(rounds):
        turn = folder / f"round-{number}"
        turn.mkdir(parents=True)
        for name, run in contest.items():
            runs[name].append(run(turn))
    return {name: middle(each) for name, each in runs.items()}


def show(runs: Runs, ratios: Mapping[str, Beside]) -> None:
    """Print a line for each, with its seconds as a multiple of another's in a column for each of the `ratios`."""
    width = max(map(len, runs))
    wide = max(16, *map(len, ratios)) + 2
    heads = "".join(f"{head:>{wide}}" for head in ratios)
    print(f"{'':{width}}{'seconds':>10}{'memory, all':>14}{'largest':>12}{heads}")
    for name, run in runs.items():
        times = "".join(f"{run.seconds / runs[beside(name)].seconds:>{wide}.2f}" for beside in ratios.values())
        memory = f"{run.together / 1e6:>11,.0f} MB{run.largest / 1e6:>9,.0f} MB"
        print(f"{name:{width}}{run.seconds:>10.2f}{memory}{times}")


def goal(what: str, held: bool, figures: str) -> bool:
    """Print whether a goal is met, and by which figures; gives back whether."""
    print(f"{what}: {'yes' if held else 'NO'} ({figures})")
    return held
