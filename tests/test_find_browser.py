"""Where the browser for the tests of pages comes from."""

import sys
from pathlib import Path

import pytest

from tests import find_browser


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a browser; gives the one folder on its PATH."""
    monkeypatch.delenv("BADGESITE_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find_browser, "_playwrights_own", lambda: None)
    return tmp_path


def _program(path: Path) -> Path:
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_browser_that_was_chosen_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(bare / "chromium")
    chosen = _program(bare / "mine")
    monkeypatch.setenv("BADGESITE_BROWSER", str(chosen))
    assert find_browser.find() == str(chosen)


def test_a_choice_that_cannot_be_run_is_said(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(bare / "chromium")
    monkeypatch.setenv("BADGESITE_BROWSER", str(bare / "gone"))
    with pytest.raises(LookupError, match=r"BADGESITE_BROWSER is .*gone"):
        find_browser.find()


@pytest.mark.skipif(sys.platform == "win32", reason="programs are named otherwise on Windows")
@pytest.mark.parametrize("name", ["chromium", "google-chrome", "msedge"])
def test_a_browser_on_the_path_is_found(bare: Path, name: str) -> None:
    there = _program(bare / name)
    assert find_browser.find() == str(there)


def test_without_a_browser_one_line_says_what_to_do(bare: Path) -> None:
    with pytest.raises(LookupError, match="run apt-get install chromium, or set BADGESITE_BROWSER"):
        find_browser.need()


def test_what_fails_to_install_a_browser_ends_in_that_line(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_browser, "_run", lambda *command: False)
    with pytest.raises(LookupError, match="no browser"):
        find_browser.get()


def test_an_installed_browser_is_used(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def install(*command: str) -> bool:
        _program(bare / "chromium")
        return True

    monkeypatch.setattr(find_browser, "_run", install)
    assert find_browser.get() == str(bare / "chromium")
