import os
from pathlib import Path
from typing import Any

import pytest

from badgesite.content.folders import find_files
from badgesite.content.permanence.locks import compare
from badgesite.content.reading import read, read_or_raise
from badgesite.errors import OutputError
from tests.sites import BATCH_PATH, write_site


def closed(monkeypatch: pytest.MonkeyPatch, name: str, folder: Path) -> None:
    """Let a function of `os` refuse a folder, as the system does where one may not look into it (and is not root)."""
    true = getattr(os, name)

    def refusing(path: Any) -> Any:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return true(path)

    monkeypatch.setattr(os, name, refusing)


def test_a_folder_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path)
    closed(monkeypatch, "scandir", tmp_path / "content/awards/2023")
    (problem,) = read(tmp_path).problems
    assert str(problem) == (
        "content/awards/2023: the folder cannot be read: permission denied; look at its permissions"
    )


def test_a_site_whose_content_cannot_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path)
    closed(monkeypatch, "scandir", tmp_path / "content")
    assert "content: the folder cannot be read" in "\n".join(map(str, read(tmp_path).problems))


def test_locks_that_cannot_be_listed_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path, {"content/published/batches/x.lock": "lock 1\n"})
    reading = read_or_raise(tmp_path)
    closed(monkeypatch, "listdir", tmp_path / "content/published/batches")
    with pytest.raises(OutputError, match="content/published/batches cannot be read"):
        compare(tmp_path, reading)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_linked_folder_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    write_site(tmp_path)
    (tmp_path / "content/awards/2024").symlink_to(tmp_path / "content/awards/2023")
    (problem,) = read(tmp_path).problems
    assert str(problem).startswith("content/awards/2024: this is a link, and may lead out of the site")


@pytest.mark.parametrize(
    ("path", "mend"),
    [
        ("content/badges/english-c1.yaml.txt", "rename it to english-c1.yaml"),
        ("content/issuers/school.yml.txt", "rename it to school.yaml"),
        (f"{BATCH_PATH}.txt", "rename it to english-b2-2023-07-14.yaml"),
        ("content/pages/about.md.txt", "rename it to about.md"),
        ("content/badges/language/notes.docx", "badges end in .yaml, their pictures in .png or .svg"),
        ("content/issuers/logo.jpg", "issuers end in .yaml, their pictures in .png or .svg"),
    ],
)
def test_a_file_that_nothing_reads_is_told_with_the_name_it_should_have(tmp_path: Path, path: str, mend: str) -> None:
    write_site(tmp_path, {path: ""})
    (warning,) = find_files(tmp_path).warnings
    assert (warning.place.path, warning.mend) == (path, mend)


def test_pictures_and_what_windows_leaves_are_no_faults(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/badges/spare.PNG": "", "content/badges/Thumbs.db": "", "content/desktop.ini": ""})
    assert find_files(tmp_path).warnings == []


@pytest.mark.parametrize(("inside", "up"), [("content", ".."), ("content/badges", "../..")])
def test_inside_a_site_the_way_out_is_told(tmp_path: Path, inside: str, up: str) -> None:
    write_site(tmp_path)
    (problem,) = read(tmp_path / inside).problems
    assert str(problem).endswith(f"there is no site here; you are inside a site's folder: go up with `cd {up}`")


@pytest.mark.parametrize(
    "path", ["content/status", "content/status/example", "content/published", "content/published/batches"]
)
def test_a_file_in_place_of_a_folder_that_is_written_to_is_a_problem(tmp_path: Path, path: str) -> None:
    write_site(tmp_path, {path: "words"})
    (problem,) = read(tmp_path).problems
    assert str(problem) == f"{path}: a file stands where a folder is needed; move it away"
