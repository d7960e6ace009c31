import os
from pathlib import Path

import pytest

from badgesite.commands.key_options import default_folder
from badgesite.commands.passphrases import Passphrases, halves
from badgesite.errors import UsageError


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BADGESITE_PASSPHRASE", "BADGESITE_KEYS"):
        monkeypatch.delenv(name, raising=False)


def test_private_halves_come_from_the_folder_named_then_the_environment_then_our_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (halves(None).folder, halves(None).text) == (default_folder(), None)
    monkeypatch.setenv("BADGESITE_KEYS", "PEM")
    assert halves(None).text == "PEM"
    assert (halves(Path("stick")).folder, halves(Path("stick")).text) == (Path("stick"), None)


def test_an_empty_variable_holds_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BADGESITE_KEYS", "")
    assert halves(None).text is None


def test_a_file_descriptor_is_read_once_and_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BADGESITE_PASSPHRASE", "of the environment")
    assert Passphrases(None).of("example") == "of the environment"
    read, write = os.pipe()
    os.write(write, "perché no\nrest\n".encode())
    os.close(write)
    passphrases = Passphrases(read)
    assert [passphrases.of("example"), passphrases.of("second"), passphrases.new("third")] == ["perché no"] * 3
    os.close(read)


@pytest.mark.parametrize("given", [b"", b"\n"], ids=["nothing", "an empty line"])
def test_a_file_descriptor_without_a_passphrase_is_refused(given: bytes) -> None:
    read, write = os.pipe()
    os.write(write, given)
    os.close(write)
    with pytest.raises(UsageError, match="the passphrase is empty, in what was given; write it there"):
        Passphrases(read).of("example")
    os.close(read)


def test_at_a_prompt_each_issuer_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def prompt(question: str, **options: object) -> str:
        asked.append(question)
        return f"words {len(asked)}"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", prompt)
    passphrases = Passphrases(None)
    given = [passphrases.of(issuer) for issuer in ("one", "two", "one")]
    assert given == ["words 1", "words 2", "words 1"]
    assert asked == ["Passphrase of the keys of one", "Passphrase of the keys of two"]
