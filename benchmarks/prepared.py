"""What a round of the benchmark works on: one university in three states, and its keys."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks import verbs
from benchmarks.university import write_university

LARGE = 10_000  # awards, from which on they are spread over four years, and not over one


@dataclass(frozen=True, slots=True)
class Prepared:
    """The same awards thrice: with Open Badges 2.0 alone, with both standards and not yet signed, and signed.

    The private halves of its keys lie in `halves`; signing took so many seconds, once and outside of all contests.
    """

    awards: int
    plain: Path
    recorded: Path
    signed: Path
    halves: Path
    seconds: float


def prepare(folder: Path, awards: int) -> Prepared:
    """Write a university with so many awards into a new folder, make keys for it, and sign."""
    plain, recorded, signed, halves = (folder / name for name in ("plain", "recorded", "signed", "halves"))
    for root, publish in ((plain, "ob2"), (recorded, "ob2, ob3")):
        write_university(root, awards, 4 if awards >= LARGE else 1, publish)
    verbs.make_keys(recorded, halves)
    run = verbs.sign(recorded, halves, signed)
    return Prepared(awards, plain, recorded, signed, halves, run.seconds)
