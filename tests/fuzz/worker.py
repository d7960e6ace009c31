"""The process that feeds one reader until its time is up: `python -m tests.fuzz.worker READER SEED SECONDS FOLDER`.

It may die of what it reads, so each input lies in a file before it is read. Prints how many inputs were read.
"""

import resource
import sys
import traceback
from pathlib import Path
from random import Random
from time import monotonic

from badgesite.errors import BadgesiteError
from tests.fuzz.readers import READERS, Reader

SECONDS = 5.0  # for one input
MEMORY = 200 * 1024 * 1024  # more than the process had before
_CEILING = 2 * 1024 * 1024 * 1024  # where the system itself stops it


def main(name: str, seed: int, seconds: float, folder: Path) -> int:
    """Feed the reader; the faults it shows lie in `folder`. Exits with 1 if memory was too much, to begin anew."""
    resource.setrlimit(resource.RLIMIT_AS, (_CEILING, _CEILING))
    chance, current, done = Random(seed), folder / f"{name}.current", 0
    end = monotonic() + seconds
    before = _memory()
    while monotonic() < end and _memory() - before < MEMORY:
        data = READERS[name].make(chance)
        current.write_bytes(data)
        if fault := fault_of(READERS[name], data):
            save(folder, name, data, fault)
        done += 1
    print(done)
    if _memory() - before >= MEMORY:
        save(folder, name, data, "it takes more than 200 MB")
        return 1
    return 0


def fault_of(reader: Reader, data: bytes) -> str:
    """What is wrong with how the reader took these bytes; "" if it read them, or refused them in plain words."""
    begin = monotonic()
    try:
        reader.read(data)
    except BadgesiteError as error:
        return "" if str(error).strip() else "the refusal says nothing"
    except Exception:
        return traceback.format_exc()
    return f"it took {monotonic() - begin:.1f} seconds" if monotonic() - begin > SECONDS else ""


def save(folder: Path, name: str, data: bytes, fault: str) -> None:
    """Keep an input, and what was wrong, once for each kind of fault."""
    kind = fault.strip().splitlines()[-1][:60] + "".join(fault.strip().splitlines()[-3:-1])[:200]
    stem = f"{name}-{sum(map(ord, kind)) % 10**6:06d}"
    if not (folder / f"{stem}.txt").exists():
        (folder / f"{stem}.bin").write_bytes(data)
        (folder / f"{stem}.txt").write_text(fault, encoding="utf-8", errors="backslashreplace")


def _memory() -> int:
    """The most bytes that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
