"""The words and numbers of options, as every command reads them."""

import io

import pytest

from badgesite.cli import run
from badgesite.commands.console import confirmed, sure
from badgesite.errors import UsageError


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("build --as-of yesterday", '"yesterday" is not a day; write it as YYYY-MM-DD, like 2025-06-30'),
        ("build --as-of 2025-02-30", '"2025-02-30" is not a day'),
        ("serve --as-of 30/6/2025", '"30/6/2025" is not a day'),
        ("serve --port abc", '"abc" is not a whole number from 0 to 65535; write digits alone'),
        ("serve --port 70000", '"70000" is not a whole number from 0 to 65535'),
        ("build --jobs 0", '"0" is not a whole number from 1 to 999'),
        ("build --jobs ²", '"²" is not a whole number from 1 to 999'),
    ],
)
def test_a_word_that_an_option_cannot_take_is_told_with_the_mend(
    line: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(line.split()) == 2
    assert told in capfd.readouterr().err


@pytest.mark.parametrize(
    ("said", "default", "answer"),
    [
        *((word, False, True) for word in ("y", "YES", "s", "sì", "si", "Si\u0300")),
        *((word, True, False) for word in ("n", "No")),
        ("", True, True),
        ("", False, False),
        ("perhaps\ns", False, True),
    ],
)
def test_questions_take_yes_in_english_and_italian(
    said: str, default: bool, answer: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{said}\n"))
    assert confirmed("Write them", default=default) is answer
    assert "Write them [" in capsys.readouterr().err


def test_what_cannot_be_undone_is_asked_of_a_person_and_refused_where_nobody_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sure("Go on?", "say --yes", yes=True)
    with pytest.raises(UsageError, match="say --yes"):
        sure("Go on?", "say --yes", yes=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    for said, answer in (("", False), ("no", False), ("sì", True)):
        person = io.StringIO(f"{said}\n")
        monkeypatch.setattr(person, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", person)
        assert sure("Go on?", "say --yes", yes=False) is answer
    assert "Go on? [y/N]" in capsys.readouterr().err
