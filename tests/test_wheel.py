"""The wheel, built and installed elsewhere, is the whole program: themes and example travel in it."""

import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _run(*command: str | Path, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, freshly built."""
    out = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, folder=out)
    return next(out.glob("badgesite-*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a new environment with the wheel, and only its dependencies, borrowed from ours."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, with_pip=False)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    python = programs / ("python.exe" if sys.platform == "win32" else "python")
    pip = (sys.executable, "-m", "pip", "--python", str(python))
    _run(*pip, "install", "-q", "--no-index", "--no-deps", wheel, folder=home)
    own = Path(_run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home).strip())
    (own / "borrowed.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    place = _run(python, "-c", "import badgesite; print(badgesite.__file__)", folder=home).strip()
    assert Path(place).is_relative_to(own)
    return programs


def test_themes_and_example_travel_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for folder in ("themes", "content"):
        here = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        there = {name.removeprefix("badgesite/data/") for name in names if name.startswith(f"badgesite/data/{folder}/")}
        assert here
        assert {name for name in here if "__pycache__" not in name} <= there


def test_the_wheel_holds_no_tests_and_no_private_folder(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.startswith("badgesite")} == set()


def test_a_new_site_is_made_checked_and_built_elsewhere(elsewhere: Path, tmp_path: Path) -> None:
    badgesite = elsewhere / "badgesite"
    _run(badgesite, "init", "my-badges", "--yes", folder=tmp_path)
    _run(badgesite, "check", folder=tmp_path / "my-badges")
    _run(badgesite, "build", folder=tmp_path / "my-badges")
    assert (tmp_path / "my-badges" / "site" / "index.html").is_file()


def test_the_version_is_told(elsewhere: Path, tmp_path: Path) -> None:
    assert _run(elsewhere / "badgesite", "--version", folder=tmp_path).startswith("badgesite, version 0.1")
