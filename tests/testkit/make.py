"""Make the kit: `python -m tests.testkit.make` writes every badge, its header, and the world they live in.

What is in the folder and not of the kit is left; what a former run made and is of the kit no more is taken away.
"""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.testkit.case import Case, written
from tests.testkit.cases import all_cases, shared_world

FOLDER = Path(__file__).resolve().parent
WORLD = "world"


def kit() -> dict[str, bytes]:
    """Every file of the kit by its path in it."""
    cases, world = all_cases(), dict(shared_world())
    for case in cases:
        if again := world.keys() & case.world.keys():
            raise ValueError(f"{case.name} serves what is served already: {', '.join(sorted(again))}")
        world |= case.world
    files = {f"{WORLD}/{place_of(address)}": data for address, data in world.items()}
    for case in cases:
        files[case.name] = case.data
        files[header_name(case.name)] = written(case.header(world))
    files["index.json"] = written(_index(cases))
    return files


def header_name(name: str) -> str:
    """Where the header of a badge lies: beside it."""
    return f"{name.rpartition('.')[0]}.expected.json"


def place_of(address: str) -> str:
    """The file in `world` that is served at an address; the colon of a port is written %3A, for Windows."""
    return address.removeprefix("https://").replace(":", "%3A")


def _index(cases: tuple[Case, ...]) -> Mapping[str, object]:
    names = [case.name for case in cases]
    if len(set(map(header_name, names))) < len(names):
        raise ValueError("two badges have one name")
    return {"kit": 1, "count": len(cases), "badges": names}


def main() -> int:
    """Write what differs, and tell how much there is."""
    files = kit()
    for folder in {name.partition("/")[0] for name in files if "/" in name}:
        shutil.rmtree(FOLDER / folder, ignore_errors=True)
    for name, data in files.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    size = sum(map(len, files.values()))
    badges = sum(1 for name in files if name.endswith(".expected.json"))
    print(f"{badges} badges, {len(files)} files, {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
