"""Have others' software read a built site: `python tests/interop/run.py SITE [ENVIRONMENTS]`.

Each verifier lives in a virtual environment of its own below ENVIRONMENTS (.interop), because their pins clash.
What cannot be installed is said plainly, and is a failure: "not checked" is never "passed".
"""

import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Verifier:
    """A piece of third-party software: its name here, what it is, its pins and the script that runs it."""

    name: str
    software: str
    script: str

    @property
    def pins(self) -> Path:
        """The file that says what its environment holds."""
        return HERE / f"{self.name}.txt"


VERIFIERS = (
    Verifier("bakery", "openbadges-bakery 2.0.0", "unbake_with_bakery.py"),
    Verifier("validator", "openbadges 1.1.2 (1EdTech)", "judge_with_validator.py"),
)


def environment(verifier: Verifier, folder: Path) -> Path:
    """The Python of the verifier's environment in `folder`, made if it is not there or its pins have changed."""
    home, stamp = folder / verifier.name, folder / verifier.name / "pins"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pins = verifier.pins.read_text(encoding="utf-8")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == pins:
        return python
    venv.create(home, clear=True, with_pip=True)
    command = [str(python), "-m", "pip", "install", "-qq", "--no-deps", "-r", str(verifier.pins)]
    subprocess.run(command, check=True)
    stamp.write_text(pins, encoding="utf-8")
    return python


def judged(verifier: Verifier, site: Path, folder: Path) -> tuple[list[tuple[str, int, int]], list[str]]:
    """Rows for the table, and surprises."""
    try:
        python = environment(verifier, folder)
    except (subprocess.CalledProcessError, OSError) as error:
        return [], [f"cannot be had, so nothing was checked with it: {error}"]
    done = subprocess.run([str(python), str(HERE / verifier.script), str(site)], capture_output=True, text=True)
    if done.returncode:
        return [], [f"ended with code {done.returncode}: {done.stderr.strip()[-2000:]}"]
    outcome = json.loads(done.stdout.splitlines()[-1])
    return outcome["rows"], outcome["surprises"]


def main(site: Path, folder: Path) -> int:
    """Print a table of what each verifier found, and then every surprise; 1 if there is one."""
    every: list[str] = []
    print(f"{'software':<28}{'what':<52}{'as it should be':>16}")
    for verifier in VERIFIERS:
        rows, surprises = judged(verifier, site.resolve(), folder.resolve())
        for what, good, total in rows:
            print(f"{verifier.software:<28}{what:<52}{f'{good} of {total}':>16}")
        every.extend(f"{verifier.software}: {surprise}" for surprise in surprises)
    print("\n".join(every) if every else "no surprise")
    return 1 if every else 0


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    sys.exit(main(*arguments) if len(arguments) == 2 else main(arguments[0], Path(".interop")))
