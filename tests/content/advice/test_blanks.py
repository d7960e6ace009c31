"""The privacy page that `init` writes is told of until it is the institution's own: its blanks, and whom it names."""

from pathlib import Path

import pytest

from badgesite.cli import run

PAGE = "content/pages/privacy.md"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--yes", "--language", "en"]) == 0
    capfd.readouterr()
    return tmp_path


def edit_issuer(root: Path, **words: str) -> None:
    path = root / "content/issuers/example-university.yaml"
    text = path.read_text()
    for old, new in words.items():
        before = {"name": "Example University", "email": "badges@example.edu"}[old]
        assert before in text
        text = text.replace(before, new)
    path.write_text(text)


def test_a_page_that_names_another_issuer_than_the_site_has_is_told_by_check_and_build(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit_issuer(site, name="Prova University", email="badge@prova.example")
    assert run(["check"]) == 0
    told = capfd.readouterr().out
    line = next(n for n, text in enumerate((site / PAGE).read_text().splitlines(), 1) if "Controller" in text)
    assert f"{PAGE}:{line}:19: warning: the page names Example University, which `badgesite init` filled in" in told
    assert told.count("the page names badges@example.edu") == 1
    assert run(["build"]) == 0
    assert "the page names Example University" in capfd.readouterr().err


def test_a_page_that_names_the_issuer_as_it_is_is_not_told(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit_issuer(site, email="badge@prova.example")
    assert run(["check"]) == 0
    told = capfd.readouterr().out
    assert "names Example University" not in told
    assert "names badges@example.edu" in told


def test_a_build_tells_in_one_line_how_many_blanks_it_publishes(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    many = (site / PAGE).read_text().count("✎")
    assert run(["build"]) == 0
    lines = [line for line in capfd.readouterr().err.splitlines() if "✎" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"warning: {PAGE}:")
    assert f"{many} blanks (✎) of free pages are published as they stand" in lines[0]
