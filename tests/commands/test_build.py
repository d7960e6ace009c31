import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from badgesite.cli import badgesite
from badgesite.errors import BadgesiteError, ContentError, PermanenceError
from tests.sites import BADGE, BADGE_PATH, write_site


def _run(root: Path, *options: str) -> Result:
    return CliRunner().invoke(badgesite, ["-C", str(root), "build", *options], catch_exceptions=True)


def _error(result: Result) -> BadgesiteError:
    assert isinstance(result.exception, BadgesiteError)
    return result.exception


def test_a_build_ends_with_one_line_on_stderr(tmp_path: Path) -> None:
    result = _run(write_site(tmp_path), "--as-of", "2024-01-15")
    assert result.exit_code == 0
    assert result.stdout == ""
    line = rf"built {tmp_path.as_posix()}/site/: 1 badge, 2 awards, (\d+) files \(\1 written, 0 unchanged, 0 removed\)"
    assert re.fullmatch(line, result.stderr.strip())
    assert (tmp_path / "site/index.html").exists()


def test_a_quiet_build_says_nothing(tmp_path: Path) -> None:
    result = _run(write_site(tmp_path), "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_the_day_is_today_unless_given(tmp_path: Path) -> None:
    before = datetime.now(UTC).date().isoformat()
    _run(write_site(tmp_path))
    after = datetime.now(UTC).date().isoformat()
    manifest = (tmp_path / "site/manifest.json").read_text("utf-8")
    assert any(f'"as_of": "{day}"' in manifest for day in (before, after))


def test_the_output_can_be_elsewhere(tmp_path: Path) -> None:
    result = _run(write_site(tmp_path / "root"), "--out", str(tmp_path / "deep/er/out"), "--jobs", "2")
    assert result.exit_code == 0
    assert (tmp_path / "deep/er/out/index.html").exists()
    assert not (tmp_path / "root/site").exists()


def test_warnings_are_told_even_to_the_quiet(tmp_path: Path) -> None:
    result = _run(write_site(tmp_path, base_url="https://badges.example.edu/"), "--quiet")
    assert result.exit_code == 0
    assert result.stderr.startswith("warning: ")


def test_locked_refuses_what_the_locks_do_not_know(tmp_path: Path) -> None:
    error = _error(_run(write_site(tmp_path, base_url="https://badges.example.edu/"), "--locked"))
    assert isinstance(error, PermanenceError)
    assert error.exit_code == 5


def test_problems_in_content_end_the_build(tmp_path: Path) -> None:
    error = _error(_run(write_site(tmp_path, {BADGE_PATH: BADGE.replace("criteria", "critera")})))
    assert isinstance(error, ContentError)
    assert f"{BADGE_PATH}:" in str(error)


@pytest.mark.parametrize("options", [("--as-of", "yesterday"), ("--jobs", "0"), ("--out", __file__), ("elsewhere",)])
def test_wrong_words_are_usage_errors(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert _run(write_site(tmp_path), *options).exit_code == 2
