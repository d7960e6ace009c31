"""The command line's manners."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from badgesite import cli
from badgesite.cli import run
from badgesite.errors import ContentError, OutputError, PermanenceError, Place, Problem, UsageError
from tests.sites import write_site


def typed(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What `badgesite ARGUMENTS` does in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "badgesite.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | more,
        timeout=60,
    )


def verb_that(does: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that call a verb which does something of ours."""

    @click.command()
    def command() -> None:
        does()

    monkeypatch.setattr(cli.Verbs, "get_command", lambda *_: command)
    return ["check"]


def raising(error: BaseException) -> Callable[[], object]:
    def does() -> None:
        raise error

    return does


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["schema", "First", "Aid"], '"First Aid" is more than this command takes; a name is one word, with hyphens'),
        (["lock", "b2", "a@x.org"], '"b2 ..." is more than this command takes; a name'),
        (["check", "--site", "x"], "--site stands before the verb: badgesite --site FOLDER check"),
        (["new", "badge", "-C", "x"], "--site stands before the verb: badgesite --site FOLDER new badge"),
        (["build", "--ou", "x"], "No such option '--ou'"),
    ],
)
def test_words_that_click_cannot_place_are_told_with_a_mend(
    words: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(words) == 2
    told = capfd.readouterr().err
    assert f"Error: {message}" in told
    assert "--help" in told


def test_a_file_where_a_folder_is_needed_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert cli.run(["init", str(tmp_path / "file/below"), "--yes"]) == 3
    assert "a file stands where a folder is needed" in capfd.readouterr().err


def test_help_names_every_verb_with_a_line() -> None:
    told = typed("--help")
    assert told.returncode == 0
    for verb, line in cli.VERBS:
        assert verb in told.stdout
        assert line.split()[0] in told.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from badgesite.cli import run; run(['--help']); "
        "print([name for name in ('pydantic', 'yaml', 'PIL', 'jinja2', 'watchdog', 'openpyxl') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert told.stdout.splitlines()[-1] == "[]"


def test_help_is_there_at_once() -> None:
    def seconds() -> float:
        before = os.times()
        subprocess.run([sys.executable, "-m", "badgesite.cli", "--help"], capture_output=True, timeout=60)
        after = os.times()  # the processor's time: what else the machine does is not ours
        return after.children_user + after.children_system - before.children_user - before.children_system

    assert min(seconds() for _ in range(5)) < 0.15


def test_every_verb_has_help_with_an_example() -> None:
    for verb, _ in cli.VERBS:
        told = typed(verb, "--help")
        assert told.returncode == 0, told.stderr
        assert f"badgesite {verb}" in told.stdout.partition("Options:")[0].partition("\n")[2], verb


def test_a_misspelt_verb_is_answered_with_the_right_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["biuld"]) == 2
    assert 'did you mean "build"?' in capfd.readouterr().err


def test_an_unknown_verb_is_answered_with_all(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["xyzzy"]) == 2
    assert "there are init, new, award" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ContentError("oh"), 1),
        (UsageError("oh"), 2),
        (OutputError("oh"), 3),
        (PermanenceError("oh"), 5),
    ],
)
def test_errors_are_told_on_stderr_with_their_exit_code(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(verb_that(raising(error), monkeypatch)) == code
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "oh\n")


def test_problems_are_lines_sorted_by_place(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    second = Problem(Place("content/site.yaml", 10, 2), "second")
    first = Problem(Place("content/site.yaml", 9, 1), "first", "mend it")
    run(verb_that(raising(ContentError(problems=[second, first])), monkeypatch))
    assert capfd.readouterr().err == "content/site.yaml:9:1: first; mend it\ncontent/site.yaml:10:2: second\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied", "site/index.html"), "site/index.html: permission denied; look at"),
        (OSError(28, "No space left on device"), "no space left on device"),
    ],
)
def test_trouble_with_files_is_plain_and_ends_with_3(
    error: OSError, told: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(verb_that(raising(error), monkeypatch)) == 3
    assert capfd.readouterr().err.startswith(told)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort(), EOFError()])
def test_an_interruption_is_quiet(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(verb_that(raising(error), monkeypatch)) == 130
    assert capfd.readouterr().err.strip() == "stopped; nothing is left half-written"


def test_a_mistake_of_ours_keeps_its_traceback_and_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(verb_that(raising(ZeroDivisionError("oh")), monkeypatch)) == 70
    told = capfd.readouterr().err
    assert "Traceback" in told
    assert "please report it" in told.splitlines()[-1]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    shell = f'"{sys.executable}" -m badgesite.cli schema | head -c 1; echo "${{PIPESTATUS[0]}}"'
    told = subprocess.run(["bash", "-c", shell], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in told.stderr
    assert "Broken" not in told.stderr


def test_a_folder_without_a_site_is_told_how_to_get_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for words in (["check"], ["build"], ["serve"], ["new", "badge", "a"], ["lock"], ["award", "a", "ada@example.org"]):
        assert run(["-C", str(tmp_path), *words]) in (1, 3), words
        told = capfd.readouterr()
        assert "`badgesite init`" in told.out + told.err, words
        assert "Traceback" not in told.err


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool | None] = []
    words = verb_that(lambda: seen.append(click.get_current_context().color), monkeypatch)
    monkeypatch.delenv("NO_COLOR", raising=False)
    run(words)
    monkeypatch.setenv("NO_COLOR", "1")
    run(words)
    assert seen == [None, False]


def test_output_is_utf_8_whatever_the_console_says() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "badgesite.cli", "è"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        timeout=60,
    )
    assert '"è" is nothing that badgesite does'.encode() in told.stderr


@pytest.fixture
def cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose build was killed after its commit point; `new/` is what was to come."""
    root = write_site(tmp_path / "root", title="Old")
    assert run(["-C", str(root), "build", "--as-of", "2024-01-15"]) == 0
    write_site(root, title="New")
    assert run(["-C", str(root), "build", "--as-of", "2024-01-15", "--out", str(tmp_path / "new")]) == 0
    with monkeypatch.context() as patch:
        patch.setattr("badgesite.files._merge", lambda source, target: raising(KeyboardInterrupt())())
        assert run(["-C", str(root), "build", "--as-of", "2024-01-15"]) == cli.STOPPED
    return root


@pytest.mark.parametrize("verb", [["check"], ["lock"], ["new", "badge", "first-aid"], ["award", "none", "none.csv"]])
def test_any_command_first_finishes_a_build_that_was_cut_off(
    cut_off: Path, capfd: pytest.CaptureFixture[str], verb: list[str]
) -> None:
    site, new = cut_off / "site", cut_off.parent / "new"
    assert (site / "index.html").read_bytes() != (new / "index.html").read_bytes()
    capfd.readouterr()
    run(["-C", str(cut_off), *verb])
    told = capfd.readouterr()
    assert f"finished {site.as_posix()}/" in told.err
    assert "if the power had failed, run `badgesite build` too" in told.err
    assert "finished" not in told.out
    tree = {path.relative_to(new): path.read_bytes() for path in new.rglob("*") if path.is_file()}
    assert {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()} == tree
    run(["-C", str(cut_off), "check"])
    assert "finished" not in capfd.readouterr().err


def test_the_readme_lists_every_verb() -> None:
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## The commands")[2].splitlines()
    rows = [line.split("|")[1] for line in table if line.startswith("| `")]
    assert sorted(verb for row in rows for verb in row.replace("`", "").split()) == sorted(v for v, _ in cli.VERBS)
