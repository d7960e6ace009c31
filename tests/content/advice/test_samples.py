"""The examples of `init` are told until they are somebody's own, gone, or permanent; never in a rehearsal."""

from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.advice.samples import MARK, samples
from badgesite.content.reading import read_or_raise
from badgesite.content.yaml.texts import read_text
from badgesite.starter.words import starter

B2 = "content/badges/language/english-b2.yaml"
SPEAKING = "content/badges/soft-skills/public-speaking.yaml"
AWARD = ("award", "english-b2", "ada@example.org", "--result", "pass", "--yes")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "site"
    given = ("--yes", "--language", "en", "--base-url", "https://badges.example.edu/", "--issuer-name", "Ours")
    assert run(["init", str(root), *given]) == 0
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


def told(root: Path, *badges: str) -> dict[str, str]:
    reading = read_or_raise(root)
    assert reading.catalogue
    found = tuple(samples(root, reading.catalogue, reading.places, badges or None))
    assert {(each.place.line, each.severity) for each in found} <= {(2, "warning")}
    return {each.place.path: f"{each.what}; {each.mend}" for each in found}


def test_examples_are_told_with_what_becomes_permanent_and_when(site: Path) -> None:
    assert starter("example.yaml").splitlines()[1].startswith(MARK)
    assert told(site).keys() == {B2, SPEAKING}
    assert "its address becomes permanent with the first `badgesite lock`" in told(site)[B2]
    assert told(site, "english-b2").keys() == {B2}
    assert run(["lock"]) == 0
    assert "init` wrote: what it says becomes permanent with its first award; make it your own" in told(site)[B2]
    assert run([*AWARD]) == 0
    assert told(site).keys() == {SPEAKING}


def test_who_makes_an_example_their_own_or_removes_it_hears_no_more(site: Path) -> None:
    path = site / B2
    path.write_text("".join(line for line in path.read_text("utf-8").splitlines(True) if MARK not in line), "utf-8")
    (site / SPEAKING).unlink()
    assert told(site) == {}


def test_a_rehearsal_makes_nothing_permanent(site: Path) -> None:
    text = read_text(site, "content/site.yaml")
    (site / "content/site.yaml").write_text(text.replace("\nbase_url:", "\n# base_url:"), "utf-8")
    assert told(site) == {}


def test_check_lock_and_award_warn_of_them(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    what = "this badge is an example that `badgesite init` wrote"
    assert run(["check"]) == 0
    assert capfd.readouterr().out.count(f":2:1: warning: {what}") == 2
    assert run([*AWARD, "--dry-run"]) == 0
    assert capfd.readouterr().err.count(what) == 1
    assert run(["lock"]) == 0
    assert capfd.readouterr().err.count(what) == 2
    assert run(["lock"]) == 0
    assert what not in capfd.readouterr().err, "it was told before it was locked"


def test_lock_warns_of_what_an_award_left_free(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*AWARD]) == 0
    capfd.readouterr()
    assert run(["lock"]) == 0
    said = capfd.readouterr().err
    assert SPEAKING in said
    assert B2 not in said
