"""The contest of signers: `sign`, openbadgeslib, and Digital Bazaar's libraries for Node, over the same credentials.

Inside the measured time is, for everybody, the start of the process, the reading of all input, the opening of one and
the same encrypted private key, and the writing of what was signed. The others read ready documents, a line each, put an
eddsa-rdfc-2022 proof on one after the other, and write as many lines. `sign` does more in that time: it reads and
checks the content of the site, makes the documents, signs each as a JWT too, verifies all it signed, signs the status
lists, and writes files with their locks.

The documents of the others are those that were signed before the contest, without the proofs. The proofs that they make
have to be ours to the letter, so nobody signs less. `sign` draws new places in the status lists in every run; else its
credentials are the same.

openbadgeslib has two ways. `add_data_integrity_proof` signs what it is given; it is the quicker one, so that we are
judged by it. `OB3LdpSigner` ("checked") is the one that its authors recommend: it looks whether the proof covers all
that the document says, as `sign` does.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import verbs
from benchmarks.contest import Contest, Runs, compete, goal, show
from benchmarks.measure import Run, measure
from benchmarks.prepared import Prepared
from tests.interop import environments

HERE = Path(__file__).resolve().parent
TARGET = 0.5  # of openbadgeslib's time
TARGET_FROM = 1_000  # awards; with few, starting is most of the work
RIVAL, CHECKED = "openbadgeslib", "openbadgeslib, checked"


@dataclass(frozen=True, slots=True)
class Tools:
    """What runs the other signers: the beginning of each command."""

    openbadgeslib: tuple[Path, ...]
    digital_bazaar: tuple[Path, ...]


def install(folder: Path) -> Tools:
    """The other signers below `folder`, with the pins of tests/interop; made if they are not there."""
    python, node = environments.python("openbadgeslib", folder), environments.node(folder)
    script = shutil.copy(HERE / "sign_with_digitalbazaar.mjs", folder / "node")  # beside the packages it imports
    return Tools((python, HERE / "sign_with_openbadgeslib.py"), (node, Path(script)))


def bench(folder: Path, tools: Tools, given: Prepared, rounds: int) -> bool:
    """Let all compete, and print the table; whether the goal is met."""
    folder.mkdir()
    ask = _asking(folder, given)
    contest: Contest = {
        "sign": lambda turn: _sign(given, turn / "sign"),
        "sign, one process": lambda turn: _sign(given, turn / "sign-alone", "--jobs", "1"),
        RIVAL: lambda turn: ask((*tools.openbadgeslib, "unchecked"), turn / "unchecked.jsonl"),
        CHECKED: lambda turn: ask((*tools.openbadgeslib, "checked"), turn / "checked.jsonl"),
        "@digitalbazaar/vc": lambda turn: ask(tools.digital_bazaar, turn / "digital-bazaar.jsonl"),
    }
    runs = compete(contest, folder, rounds)
    show(runs, {f"x {RIVAL}": lambda _: RIVAL})
    return given.awards < TARGET_FROM or _judge(runs)


def _judge(runs: Runs) -> bool:
    """Whether we are quick enough with as many processes as `sign` takes by itself, and with one, as the others are."""
    ways = ("sign", "sign, one process")
    ratios = [runs[way].seconds / runs[RIVAL].seconds for way in ways]
    checked = [runs[way].seconds / runs[CHECKED].seconds for way in ways]
    figures = f"{ratios[0]:.2f}, in one process {ratios[1]:.2f}; of the checked {checked[0]:.2f} and {checked[1]:.2f}"
    return goal(f"sign, at most {TARGET:g} x {RIVAL}", max(ratios) <= TARGET, figures)


def _sign(given: Prepared, copy: Path, *options: str) -> Run:
    run = verbs.sign(given.recorded, given.halves, copy, *options)
    if len(list(_credentials(copy))) != given.awards:
        sys.exit(f"sign did not sign {given.awards:,} credentials")
    return run


def _asking(folder: Path, given: Prepared) -> Callable[[Sequence[Path | str], Path], Run]:
    """A function that runs a command with what it has to sign, and looks whether the result is right."""
    documents = list(_credentials(given.signed))
    proofs = [document.pop("proof") for document in documents]
    source = folder / "documents.jsonl"
    source.write_text("".join(f"{json.dumps(document)}\n" for document in documents))
    (key,) = given.halves.glob("*/*-ed25519.pem")
    method, created = proofs[0]["verificationMethod"], proofs[0]["created"]

    def ask(command: Sequence[Path | str], target: Path) -> Run:
        run = measure((*command, source, key, method, created, target), folder, verbs.SECRET)
        if [json.loads(line)["proof"] for line in target.open()] != proofs:
            sys.exit(f"{' '.join(map(str, command))} signed something else than we do")
        return run

    return ask


def _credentials(root: Path) -> Iterator[dict[str, Any]]:
    """The signed credentials of a site."""
    for path in sorted((root / "content/awards").rglob("*.credentials.jsonl")):
        for line in path.read_bytes().splitlines():
            yield json.loads(line)["credential"]
