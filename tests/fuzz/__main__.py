"""Feed every reader of strangers' files with what is nearly right: `python -m tests.fuzz [--minutes 10] [--seed N]`.

A fault is an exception other than a BadgesiteError, more than 200 MB, or more than five seconds for one input. Inputs
and faults lie in .fuzz; exits with 1 if there is one. With the same seed, a reader gets the same inputs.
"""

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from secrets import randbelow
from time import monotonic

from tests.fuzz.readers import READERS
from tests.fuzz.worker import SECONDS

FOLDER = Path(__file__).resolve().parent.parent.parent / ".fuzz"
_TURN = 20.0  # seconds for which one reader is fed before the next has its turn


def main() -> int:
    """One reader after another, until the time is up."""
    asked = ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=randbelow(10**6))
    asked.add_argument("--reader", choices=[*READERS], action="append")
    given = asked.parse_args()
    FOLDER.mkdir(exist_ok=True)
    names, counts = given.reader or [*READERS], dict.fromkeys(READERS, 0)
    end = monotonic() + given.minutes * 60
    turn, seed = min(_TURN, given.minutes * 60 / len(names)), given.seed
    while monotonic() < end:
        for name in names:
            counts[name] += _fed(name, seed, turn)
        seed += 1
    faults = sorted(FOLDER.glob("*.txt"))
    print(f"seeds {given.seed} to {seed - 1}: " + ", ".join(f"{name} {counts[name]:,}" for name in names))
    for path in faults:
        print(f"{path.with_suffix('.bin')}: {path.read_text(encoding='utf-8').strip().splitlines()[-1]}")
    print(
        "no fault was found" if not faults else f"{len(faults)} faults; each .bin is what was read, its .txt says why"
    )
    return 1 if faults else 0


def _fed(name: str, seed: int, seconds: float) -> int:
    """How many inputs a reader got in its turn; what hangs or kills it is kept as a fault."""
    command = [sys.executable, "-m", "tests.fuzz.worker", name, str(seed), str(seconds), str(FOLDER)]
    current = FOLDER / f"{name}.current"
    fault = ""
    try:
        done = subprocess.run(
            command, cwd=FOLDER.parent, capture_output=True, text=True, timeout=seconds + 4 * SECONDS, check=False
        )
        if not done.stdout.strip():
            fault = done.stderr.strip() or f"the process died, with {done.returncode}"
    except subprocess.TimeoutExpired:
        done, fault = None, f"it took more than {4 * SECONDS:g} seconds"
    if fault and current.exists():
        current.replace(FOLDER / f"{name}-{seed}.bin")
        (FOLDER / f"{name}-{seed}.txt").write_text(fault, encoding="utf-8", errors="backslashreplace")
    current.unlink(missing_ok=True)
    return int(done.stdout or 0) if done and not fault else 0


if __name__ == "__main__":
    sys.exit(main())
