"""`badgesite keys retire` and `keys revoke`, as a user types them."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.crypto.private_keys import make_pair
from badgesite.crypto.public_keys import PublicKey, read_keys
from tests.signing import sign, write_keys, write_signed_site
from tests.test_repository import ROOT

OLD, NEW = (make_pair("example", datetime(year, 9, 1, tzinfo=UTC)) for year in (2023, 2024))
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that the first of two pairs has signed, and ours; its private halves are nowhere."""
    root = write_signed_site(tmp_path / "site")
    sign(root)
    for pair in (OLD, NEW):
        write_keys(root, pair)
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.delenv("BADGESITE_KEYS", raising=False)
    return root


def keys(site: Path) -> dict[str, PublicKey]:
    return {key.name: key for key in read_keys(site)[0].of("example")}


def test_all_but_the_pair_that_signs_retire_and_their_private_halves_are_named(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    half = site.parent / "settings/badgesite/keys/example/2023-09-01-p256.pem"
    half.parent.mkdir(parents=True)
    half.write_text("")
    assert run(["keys", "retire", "example"]) == 0
    told = capfd.readouterr()
    ended = {name for name, key in keys(site).items() if key.end}
    assert ended == {f"{day}-{kind}" for day in ("2022-09-01", "2023-09-01") for kind in ("ed25519", "p256")}
    assert told.out.splitlines() == sorted(f"keys/example/{name}.json" for name in ended)
    assert told.err.splitlines() == [
        "commit keys/example/; what these keys signed stays good, so leave their files there",
        f"nobody needs their private halves any more; remove them, and copies: {half}",
    ]
    assert run(["keys", "retire", "example"]) == 0
    told = capfd.readouterr()
    assert told.out == "nothing to retire\n"
    assert "these sign: keys/example/2024-09-01-ed25519.json and keys/example/2024-09-01-p256.json" in told.err
    assert run(["check"]) == 0


def test_a_pair_retires_at_the_end_of_a_day_or_at_a_moment(site: Path) -> None:
    day = (datetime.now(UTC) + timedelta(days=9)).date()
    assert run(["keys", "retire", "example", "2023-09-01", "--date", str(day)]) == 0
    assert keys(site)["2023-09-01-p256"].end == datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    assert run(["keys", "retire", "example", "2023-09-01-p256", "--date", "2024-10-01T12:00:00Z"]) == 0
    assert keys(site)["2023-09-01-p256"].end == datetime(2024, 10, 1, 12, tzinfo=UTC)
    assert keys(site)["2023-09-01-ed25519"].end != keys(site)["2023-09-01-p256"].end


def test_revoking_says_when_and_why_in_the_files_and_what_to_do_next(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ours = ("keys", "revoke", "example", "2022-09-01", "--yes")
    assert run([*ours, "--reason", "Perso un portatile", "--date", "2024-03-01T10:00:00Z"]) == 0
    told = capfd.readouterr()
    assert told.out.splitlines() == ["keys/example/2022-09-01-ed25519.json", "keys/example/2022-09-01-p256.json"]
    assert [line.partition(" ")[0] for line in told.err.splitlines()] == [
        "keys/example/2024-09-01-ed25519.json",
        "then:",
        "replace",
    ]
    document = json.loads((site / "keys/example/2022-09-01-p256.json").read_text("utf-8"))
    assert (document["revoked"], document["reason"]) == ("2024-03-01T10:00:00Z", "Perso un portatile")
    before = (site / "keys/example/2022-09-01-p256.json").read_bytes()
    assert run([*ours, "--reason", "Again"]) == 0
    assert capfd.readouterr().out == "nothing to revoke: it was revoked before\n"
    assert (site / "keys/example/2022-09-01-p256.json").read_bytes() == before
    for command in (["build"], ["check"]):
        assert run(command) == 4
        told = capfd.readouterr()
        assert "was revoked on 2024-03-01, and 2 credentials and 1 status list that it signed" in told.out + told.err
    assert run(["sign", "--dry-run"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        "to sign: 0 new credentials, 2 replaced, 1 status list",
        "signs again what keys/example/2022-09-01-ed25519.json signed, as it was revoked on 2024-03-01: 2 credentials "
        "and 1 status list",
    ]
    assert run(["keys", "list"]) == 0
    told = capfd.readouterr()
    assert re.search(
        r"2022-09-01-p256 .* revoked 2024-03-01 .* signed 2 credentials and 1 status list, to be signed again .*\n +P",
        told.out,
    )


def test_private_halves_to_remove_are_looked_for_where_somebody_says(
    site: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    half = tmp_path / "stick/example/2022-09-01-p256.pem"
    half.parent.mkdir(parents=True)
    half.write_text("")
    assert run(["keys", "retire", "example", "2022-09-01", "--keys", str(tmp_path / "stick")]) == 0
    assert f"remove them, and copies: {half}\n" in capfd.readouterr().err
    revoke = ["keys", "revoke", "example", "2022-09-01", "--reason", "x", "--yes"]
    assert run([*revoke, "--keys", str(tmp_path / "stick")]) == 0
    told = capfd.readouterr().err.splitlines()
    assert told[-2].endswith("remove the private halves and their copies wherever they are")
    assert told[-1] == f"on this machine they are {half}"


def test_of_two_pairs_of_one_day_each_has_a_name_that_list_shows(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_keys(site, make_pair("example", datetime(2024, 9, 1, 8, tzinfo=UTC), [key.public.name for key in NEW]))
    assert run(["keys", "list"]) == 0
    listed = [line.strip() for line in capfd.readouterr().out.splitlines() if line.startswith("  20")]
    assert listed == ["2022-09-01", "2023-09-01", "2024-09-01-1", "2024-09-01-2"]
    before = keys(site)
    for verb in (["retire"], ["revoke", "--reason", "x", "--yes"]):
        assert run(["keys", *verb, "example", "2024-09-01"]) == 2
        assert capfd.readouterr().err == (
            "2 pairs were made on 2024-09-01: say which is meant: "
            "2024-09-01-1 (keys/example/2024-09-01-ed25519.json, keys/example/2024-09-01-p256.json); "
            "2024-09-01-2 (keys/example/2024-09-01-ed25519-2.json, keys/example/2024-09-01-p256-2.json)\n"
        )
    assert keys(site) == before
    for name, ending in (("2024-09-01-1", ""), ("2024-09-01-2", "-2")):
        assert run(["keys", "revoke", "example", name, "--reason", "x", "--yes"]) == 0
        assert capfd.readouterr().out.splitlines() == [
            f"keys/example/2024-09-01-{kind}{ending}.json" for kind in ("ed25519", "p256")
        ]


def test_when_nobody_can_sign_any_more_it_says_so(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pairs = ["2022-09-01", "2023-09-01", "2024-09-01"]
    assert run(["keys", "revoke", "example", *pairs, "--reason", "x", "--yes"]) == 0
    told = capfd.readouterr().err
    assert told.startswith("next: badgesite keys new example, with another passphrase, for nobody can sign any more\n")
    assert run(["sign"]) == 4
    told = capfd.readouterr().err
    assert "was revoked on" in told
    assert "; make new ones with `badgesite keys new example`" in told


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["retire", "exmple"], 2, 'there is no issuer "exmple"; did you mean "example"?'),
        (["retire", "example", "2024-09-02"], 2, 'example has no key "2024-09-02"; did you mean "2024-09-01"?'),
        (["retire", "example", "--date", "tomorrow"], 2, '"tomorrow" is not a moment; write it like 2026-01-31 or'),
        (["retire", "example", "--date", "2026-02-31"], 2, '"2026-02-31" is not a moment'),
        (["retire", "example", "2022-09-01", "--date", "2024-02-01"], 2, "signed something on 2024-03-01T09:30:00Z"),
        (["revoke", "example", "2022-09-01"], 2, "--reason"),
        (["revoke", "example", "--reason", "x"], 2, "KEY"),
        (["revoke", "example", "2022-09-01", "--reason", " "], 2, "the reason is empty; say it for those who verify"),
        (["revoke", "example", "2022-09-01", "--reason", "eve@example.net"], 2, "the reason is published, and holds"),
        (["revoke", "example", "2022-09-01", "--reason", "x", "--date", "2199-01-01"], 2, "is still to come"),
        (
            ["revoke", "example", "2022-09-01", "--reason", "x"],
            2,
            "what they signed counts no more (2 credentials and 1 status list), and is to be signed again; with --yes",
        ),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    arguments: list[str], code: int, told: str, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = keys(site)
    assert run(["keys", *arguments]) == code
    assert told in capfd.readouterr().err
    assert keys(site) == before


def test_the_last_pair_retires_only_with_yes(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["keys", "retire", "example"])
    capfd.readouterr()
    assert run(["keys", "retire", "example", "2024-09-01"]) == 4
    assert "make the next pair first, with `badgesite keys new example`" in capfd.readouterr().err
    assert run(["keys", "retire", "example", "2024-09-01", "--yes"]) == 0
    assert all(key.end for key in keys(site).values())


@POSIX
@pytest.mark.parametrize(("answer", "done"), [("n", False), ("y", True)])
def test_at_a_terminal_revoking_is_asked_about(site: Path, answer: str, done: bool) -> None:
    import pty

    person, terminal = pty.openpty()
    arguments = ["keys", "revoke", "example", "2022-09-01", "--reason", "A laptop was stolen"]
    command = [sys.executable, "-m", "badgesite.cli", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=site, env=environment, preexec_fn=lambda: os.login_tty(terminal))
    os.close(terminal)
    shown = ""
    while not shown.endswith("Revoke? [y/N]: "):
        shown += os.read(person, 1).decode()
    os.write(person, f"{answer}\n".encode())
    try:
        while more := os.read(person, 4096):
            shown += more.decode()
    except OSError:  # Linux: the other end is closed
        pass
    os.close(person)
    assert process.wait() == 0, shown
    assert bool(keys(site)["2022-09-01-p256"].revoked) == done
    assert ("nothing revoked" in shown) != done
