import subprocess
import sys
from pathlib import Path

import pytest

from badgesite.standards.baking import bake_png, bake_svg
from tests.standards.test_baking import PNG, SVG

OB2, OB3 = '{"type": "Assertion", "name": "è"}', '{"type": ["VerifiableCredential"]}'


def unbake(*arguments: str, folder: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "badgesite.cli", "unbake", *arguments], cwd=folder, input=stdin, capture_output=True
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "both.png").write_bytes(bake_png(PNG, {"openbadges": OB2, "openbadgecredential": OB3}))
    (tmp_path / "one.svg").write_bytes(bake_svg(SVG, "ob2", "https://badges.example.edu/1.json", OB2))
    (tmp_path / "plain.png").write_bytes(PNG)
    return tmp_path


def test_every_badge_is_printed_to_the_letter(folder: Path) -> None:
    done = unbake("both.png", folder=folder)
    assert (done.returncode, done.stdout) == (0, f"{OB2}\n{OB3}\n".encode())
    assert done.stderr.decode().splitlines() == ["Open Badges 2.0: a document", "Open Badges 3.0: a document"]


def test_one_standard_can_be_asked_for_and_talk_left_out(folder: Path) -> None:
    done = unbake("both.png", "--standard", "ob3", "--quiet", folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{OB3}\n".encode(), b"")


def test_a_badge_is_written_to_a_file(folder: Path) -> None:
    done = unbake("one.svg", "--out", "assertion.json", folder=folder)
    assert (done.returncode, done.stdout) == (0, b"")
    assert (folder / "assertion.json").read_bytes() == OB2.encode()


def test_two_badges_do_not_fit_into_one_file(folder: Path) -> None:
    done = unbake("both.png", "--out", "x.json", folder=folder)
    assert done.returncode == 2
    assert "choose one with --standard" in done.stderr.decode()


def test_a_picture_is_read_from_standard_input(folder: Path) -> None:
    done = unbake("-", folder=folder, stdin=(folder / "one.svg").read_bytes())
    assert (done.returncode, done.stdout) == (0, f"{OB2}\n".encode())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["plain.png"], 1, "plain.png: the picture carries no badge"),
        (["one.svg", "--standard", "ob3"], 1, "one.svg: the picture carries no badge of Open Badges 3.0"),
        (["missing.png"], 3, "missing.png cannot be read"),
        (["-"], 1, "-: the file is neither a PNG nor an SVG"),
        ([], 2, "Missing argument"),
        (["https://badges.example.edu/a/badge.png"], 2, "is on the web; download it first"),
        (["one.svg", "both.png", "--out", "x.json"], 2, "--out is for one picture"),
        (["one.svg", "--out", "plain.png"], 3, "plain.png is there already; name another file"),
    ],
    ids=["none", "none of that standard", "no file", "no picture", "no argument", "web", "two and one", "there"],
)
def test_what_cannot_be_had_is_told(folder: Path, arguments: list[str], code: int, words: str) -> None:
    done = unbake(*arguments, folder=folder)
    assert done.returncode == code
    assert words in done.stderr.decode()
    assert done.stdout == b""


def test_of_several_pictures_each_stands_under_its_name_and_one_without_a_badge_is_told(folder: Path) -> None:
    done = unbake("one.svg", "plain.png", "both.png", folder=folder)
    assert (done.returncode, done.stdout) == (1, f"one.svg:\n{OB2}\nboth.png:\n{OB2}\n{OB3}\n".encode())
    assert "plain.png: the picture carries no badge" in done.stderr.decode()


def test_a_file_that_is_there_is_left_alone(folder: Path) -> None:
    (folder / "x.json").write_text("mine")
    assert unbake("one.svg", "--out", "x.json", folder=folder).returncode == 3
    assert (folder / "x.json").read_text() == "mine"
