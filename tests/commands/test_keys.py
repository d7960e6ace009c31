"""`badgesite keys`, as a user types it."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from badgesite.cli import run
from badgesite.commands.key_options import default_folder
from badgesite.crypto.private_keys import FILE_MODE
from badgesite.crypto.public_keys import read_keys
from tests import example_keys
from tests.sites import ISSUER, write_site
from tests.test_repository import ROOT

WORDS = "correct horse battery"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_site(tmp_path / "site", publish="[ob2, ob3]"))
    for name in ("XDG_CONFIG_HOME", "HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "settings"))
    monkeypatch.setenv("BADGESITE_PASSPHRASE", WORDS)
    monkeypatch.delenv("BADGESITE_KEYS", raising=False)
    return tmp_path / "site"


def test_a_pair_is_made_in_the_folder_for_settings(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["keys", "new", "example"]) == 0
    told = capfd.readouterr()
    *public, first, second = told.out.splitlines()
    assert public == [key.path for key in read_keys(site)[0].of("example")]
    for path in map(Path, (first, second)):
        assert tmp_path / "settings" in path.parents
        assert path.parent.name == "example"
        assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == FILE_MODE
    assert told.err.splitlines() == [
        "commit keys/example/; keep a copy of the two .pem files, and of the passphrase, where others find them"
    ]


def test_a_second_pair_and_a_folder_of_ones_own_are_told(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["keys", "new", "example", "--quiet"])
    assert capfd.readouterr().err == ""
    assert run(["keys", "new", "example", "--to", "../stick", "--yes"]) == 0
    told = capfd.readouterr()
    assert "they are not where badgesite looks by itself: sign with --keys ../stick" in told.err
    assert "from now on these sign; what the earlier keys signed stays good" in told.err
    assert sorted(path.name for path in Path("../stick/example").iterdir()) == [
        Path(line).name for line in told.out.splitlines() if line.endswith(".pem")
    ]


def test_a_site_that_does_not_sign_yet_is_told_how_it_would(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_site(site, publish="[ob2]")
    assert run(["keys", "new", "example"]) == 0
    assert "to sign with them, add ob3 to publish: in content/site.yaml" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "say for which issuer: example"),
        (["exmple"], 2, 'there is no issuer "exmple"; did you mean "example"?'),
        (["example", "--to", "keys"], 2, "private halves cannot lie in keys/, which others will see"),
        (["example", "--to", "secrets"], 2, "in the site's folder, which goes into Git"),
        (["example", "--passphrase-fd", "words"], 2, '"words" is not a whole number from 0 to 1023'),
        (
            ["example", "--passphrase-fd", "1000"],
            2,
            "file descriptor 1000 cannot be read: bad file descriptor; open it",
        ),
    ],
)
def test_what_cannot_be_made_is_told(
    arguments: list[str], code: int, told: str, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["keys", "new", *arguments]) == code
    assert told in capfd.readouterr().err
    assert not (site / "keys").exists()


def test_faults_in_the_content_or_the_keys_are_told_first(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    key = site / "keys/example/2026-01-31-p256.json"
    key.parent.mkdir(parents=True)
    key.write_text("{}")
    (site / "keys/notes.txt").write_text("")
    for arguments in (["new", "example"], ["list"]):
        assert run(["keys", *arguments]) == 4
        told = capfd.readouterr().err
        assert 'keys/example/2026-01-31-p256.json: "type" is missing' in told
        assert "warning: keys/notes.txt: nothing reads this file" in told
    (site / "content/site.yaml").write_text("title: [")
    assert run(["keys", "list"]) == 1
    assert "content/site.yaml:" in capfd.readouterr().err


@pytest.mark.parametrize(("words", "warned"), [("eleven char", True), ("twelve chars", False)])
def test_a_short_passphrase_is_warned_of(
    words: str, warned: bool, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BADGESITE_PASSPHRASE", words)
    assert run(["keys", "new", "example", "--quiet"]) == 0
    assert ("the passphrase has fewer than 12 characters" in capfd.readouterr().err) == warned


def test_an_empty_passphrase_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BADGESITE_PASSPHRASE", "")
    assert run(["keys", "new", "example"]) == 2
    assert "the passphrase is empty, in $BADGESITE_PASSPHRASE; write it there; in CI, see" in capfd.readouterr().err
    assert not (site / "keys").exists()


def test_a_blank_passphrase_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BADGESITE_PASSPHRASE", " ")
    assert run(["keys", "new", "example"]) == 2
    assert not (site / "keys").exists()


def test_nobody_is_asked_where_there_is_no_terminal(
    site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BADGESITE_PASSPHRASE")
    assert run(["keys", "new", "example"]) == 2
    told = "there is nobody to ask for the passphrase; set BADGESITE_PASSPHRASE, or give it by --passphrase-fd"
    assert told in capfd.readouterr().err
    assert not (site / "keys").exists()


@pytest.mark.parametrize(("written", "words"), [("one line\r\nrest\n", "one line"), (" a b ", " a b ")])
def test_a_file_descriptor_gives_its_first_line(
    written: str, words: str, site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "words").write_text(written, encoding="utf-8", newline="")
    with (tmp_path / "words").open("rb") as file:
        assert run(["keys", "new", "example", "--passphrase-fd", str(file.fileno())]) == 0
    first = Path(capfd.readouterr().out.splitlines()[2])
    assert load_pem_private_key(first.read_bytes(), words.encode())


def test_what_was_made_is_listed(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_site(site, {"content/issuers/second.yaml": ISSUER}, publish="[ob2, ob3]")
    run(["keys", "new", "example", "--to", "../stick"])
    (private,) = Path("../stick/example").glob("*-p256.pem")
    private.unlink()
    capfd.readouterr()
    assert run(["keys", "list", "--keys", "../stick"]) == 0
    told = capfd.readouterr()
    today = private.name[:10]
    assert told.out.splitlines() == [
        "example",
        f"  {today}",
        f"    {today}-ed25519  Ed25519  since {today}  signed nothing  private half found",
        f"    {today}-p256     P-256    since {today}  signed nothing  private half not found",
        "second",
        "  no keys",
    ]
    assert told.err.splitlines() == [
        "make some with `badgesite keys new second`",
        f"private halves, which are .pem files, were looked for in {Path('../stick')}; --keys looks elsewhere",
    ]
    run(["keys", "list"])
    assert capfd.readouterr().out.count("private half not found") == 2


def test_the_end_of_a_key_and_an_issuer_that_is_gone_are_listed(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for path in (ROOT / "keys/example").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        target = site / "keys/former" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace('"until": null', '"until": "2024-01-01T00:00:00Z"'), encoding="utf-8")
    p256 = site / "keys/former/2022-09-01-p256.json"
    p256.write_text(p256.read_text(encoding="utf-8").replace('"revoked": null', '"revoked": "2023-05-01T10:00:00Z"'))
    assert run(["keys", "list"]) == 0
    told = capfd.readouterr().out
    alone = f"test key for {example_keys.BASE} alone"
    assert "former  (no issuer of this site)\n" in told
    assert f"2022-09-01-ed25519  Ed25519  since 2022-09-01, retired 2024-01-01, {alone} " in told
    assert f"P-256    since 2022-09-01, retired 2024-01-01, revoked 2023-05-01, {alone}  signed nothing" in told


def test_the_keys_of_the_example_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(ROOT), "keys", "list", "--keys", str(example_keys.FOLDER)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "example"
    assert lines[1] == "  2022-09-01"
    assert all(
        re.search(r"  signed [\d,]+ credentials and \d+ status lists +private half found$", line) for line in lines[2:]
    )
    assert len(lines) == 4


def test_an_issuer_who_has_keys_gets_others_only_on_demand(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["keys", "new", "example"])
    before = sorted((site / "keys/example").iterdir())
    capfd.readouterr()
    assert run(["keys", "new", "example"]) == 2
    assert re.search(
        r"example has keys already \(since 20[0-9-]{8}\); with --yes another pair is made",
        capfd.readouterr().err,
    )
    assert sorted((site / "keys/example").iterdir()) == before
    assert run(["keys", "new", "example", "--yes"]) == 0
    assert len(list((site / "keys/example").iterdir())) == 4


def typed(site: Path, *answers: tuple[str, str]) -> tuple[int, str]:
    """Run `keys new` at a terminal: after each question that ends in the first word, type the second."""
    import pty

    environment = {name: value for name, value in os.environ.items() if name != "BADGESITE_PASSPHRASE"}
    person, terminal = pty.openpty()
    command = [sys.executable, "-m", "badgesite.cli", "keys", "new", "example"]
    process = subprocess.Popen(command, cwd=site, env=environment, preexec_fn=lambda: os.login_tty(terminal))
    os.close(terminal)
    shown = ""
    for question, answer in answers:
        while not shown.endswith(question):
            shown += os.read(person, 1).decode()
        os.write(person, f"{answer}\n".encode())
    try:
        while more := os.read(person, 4096):
            shown += more.decode()
    except OSError:  # Linux: the other end is closed
        pass
    os.close(person)
    return process.wait(), shown


@POSIX
def test_at_a_terminal_the_passphrase_is_typed_twice_and_not_shown(site: Path) -> None:
    question, again = "Passphrase for the new keys of example: ", "Once more: "
    code, shown = typed(site, (question, WORDS), (again, "another"), (question, WORDS), (again, WORDS))
    assert code == 0, shown
    assert "do not match" in shown
    assert WORDS not in shown
    assert "another" not in shown
    assert len(list((site / "keys/example").iterdir())) == 2


@POSIX
def test_at_a_terminal_a_blank_passphrase_is_asked_for_again(site: Path) -> None:
    question, again = "Passphrase for the new keys of example: ", "Once more: "
    code, shown = typed(site, (question, "  "), (again, "  "), (question, WORDS), (again, WORDS))
    assert code == 0, shown
    assert shown.count("the passphrase is empty; type one") == 1


@POSIX
def test_at_a_terminal_another_pair_is_asked_about(site: Path) -> None:
    run(["keys", "new", "example"])
    code, shown = typed(site, ("signs from now on? [y/N]: ", "n"))
    assert (code, len(list((site / "keys/example").iterdir()))) == (0, 2)
    assert "nothing made" in shown


@POSIX
def test_at_a_terminal_ctrl_c_makes_nothing(site: Path, tmp_path: Path) -> None:
    code, shown = typed(site, ("example: ", "\x03"))
    assert code == 130, shown
    assert not (site / "keys").exists()
    assert not list(tmp_path.rglob("*.pem"))


def test_an_empty_folder_for_settings_is_as_none(site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", "")
    assert default_folder() == tmp_path / "home/.config/badgesite/keys"
