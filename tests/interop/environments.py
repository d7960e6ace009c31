"""Environments for others' software, made below one folder (.interop) and kept until their pins change.

Each piece of Python software gets a virtual environment of its own, because their pins clash; the npm packages share a
folder. Node is the machine's own if it is new enough, else the one that comes as a Python package.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import venv
from collections.abc import Collection, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_NODE = 20
SCHEMAS = ("openbadgeslib-4.6.3", "aec21bf41b223ae3fcd196aa92972e3d3a6b12048f4929b2ceedd5fc54ea1eaf")
"""The source distribution in which 1EdTech's published JSON Schemas of Open Badges 3.0 lie, and its SHA-256."""


def version(package: str, name: str) -> str:
    """The version of a package that the pins of this environment ask for."""
    pins = HERE / ("node/package.json" if name == "node" else f"{name}.txt")
    found = re.search(rf'^\W*{re.escape(package)}(?:==|": ")([^"\s]+)', pins.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise KeyError(package)
    return found[1]


def python(name: str, folder: Path) -> Path:
    """The Python of the virtual environment that <name>.txt pins."""
    home, pins = folder / name, HERE / f"{name}.txt"
    if _is_due(home, pins):
        venv.create(home, clear=True, with_pip=True)
        run(str(_executable(home)), "-m", "pip", "install", "-qq", "--no-deps", "-r", str(pins))
        _is_done(home, pins)
    return _executable(home)


def node(folder: Path) -> Path:
    """Node; our scripts and the packages of node/package-lock.json are then in the folder `node` below."""
    home, pins = folder / "node", HERE / "node/package-lock.json"
    found, npm = _own_node() or _packaged_node(folder)
    home.mkdir(parents=True, exist_ok=True)
    for path in (HERE / "node").iterdir():
        shutil.copy(path, home)
    if _is_due(home, pins):
        run(str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", inside=home)
        _is_done(home, pins)
    return found


def schemas(folder: Path) -> Path:
    """The folder in which the published JSON Schemas lie."""
    home, (name, digest) = folder / "schemas", SCHEMAS
    archive = home / f"{name}.tar.gz"
    if not archive.is_file():
        pip, package = [str(python("jsonschema", folder)), "-m", "pip"], name.replace("-", "==")
        run(*pip, "download", "-qq", "--no-deps", "--no-binary", "openbadgeslib", "-d", str(home), package)
    if hashlib.sha256(archive.read_bytes()).hexdigest() != digest:
        raise OSError(f"{archive} is not what it was; remove it")
    with tarfile.open(archive) as opened:
        for member in opened:
            if re.search(r"/ob_schemas/\w+\.json$", member.name) and (file := opened.extractfile(member)):
                (home / Path(member.name).name).write_bytes(file.read())
    return home


def _own_node() -> tuple[Path, Path] | None:
    found, npm = shutil.which("node"), shutil.which("npm")
    if not found or not npm:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    return (Path(found), Path(npm)) if int(told.strip("v\n").partition(".")[0]) >= OLDEST_NODE else None


def _packaged_node(folder: Path) -> tuple[Path, Path]:
    programs = python("nodejs", folder).parent
    ending = ".exe" if sys.platform == "win32" else ""
    return programs / f"node{ending}", programs / f"npm{ending}"


def _executable(home: Path) -> Path:
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _is_due(home: Path, pins: Path) -> bool:
    """Whether nothing, or something other than what the pins say, is installed."""
    stamp = home / "pins"
    return not stamp.is_file() or stamp.read_bytes() != pins.read_bytes()


def _is_done(home: Path, pins: Path) -> None:
    shutil.copy(pins, home / "pins")


def run(
    *command: str,
    inside: Path | None = None,
    environment: Mapping[str, str] | None = None,
    codes: Collection[int] = (0,),
) -> str:
    """What a command says; OSError with its complaint if it ends with another code than these."""
    done = subprocess.run(command, cwd=inside, env=environment, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in codes:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise OSError(f"{' '.join(command)} ended with code {done.returncode}: {said}")
    return done.stdout
