"""`badgesite sign` and `award --sign`, as a user types them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.signed import journal
from badgesite.content.signed.writing import STATE
from badgesite.crypto.public_keys import read_keys
from badgesite.issued.due import Due, due
from tests.example_keys import BASE, PASSPHRASE, environment
from tests.signing import reading_of, tree
from tests.sites import AWARDS, BATCH, BATCH_PATH, ISSUER, write_site

KEYS = Path(__file__).resolve().parent.parent.parent / "keys/example"
PRIVATE = Path(__file__).resolve().parent.parent / "keys/example"
CREDENTIALS = BATCH_PATH.replace(".yaml", ".credentials.jsonl")
REVOKED = BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"


def put(root: Path, files: dict[str, str | bytes | None] | None = None, **overrides: str | None) -> Path:
    """The small site, with the public halves of the example's published test keys."""
    given = {"base_url": BASE, "publish": "[ob2, ob3]", **overrides}
    keys = {f"keys/example/{path.name}": path.read_bytes() for path in KEYS.glob("*.json")}
    return write_site(root, {**keys, **(files or {})}, **given)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = put(tmp_path / "site")
    monkeypatch.chdir(root)
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    return root


def nothing_due(root: Path) -> bool:
    reading = reading_of(root)[0]
    found = due(reading, read_keys(root)[0])
    return found == Due(found.register)


def test_the_first_line_says_what_is_issued_and_then_it_is(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["sign"]) == 0
    told = capfd.readouterr()
    assert told.out == "to sign: 2 new credentials, 0 replaced, 1 status list\n"
    wrote, status, locked, after = told.err.splitlines()
    assert wrote == f"wrote {CREDENTIALS}"
    assert re.fullmatch(r"wrote content/status/example/[0-9a-f]{8}\.json", status)
    assert locked == "locked in content/published/: 4 files"
    assert after == "next: git add content keys, commit, and badgesite build"
    assert nothing_due(site)


def test_a_second_run_says_so_and_changes_no_byte(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["sign"])
    before = tree(site)
    for name in environment():
        monkeypatch.delenv(name)
    capfd.readouterr()
    assert run(["sign"]) == 0
    assert capfd.readouterr() == ("nothing to sign\n", "")
    assert tree(site) == before
    assert not (site / STATE).exists()


def test_a_dry_run_needs_no_key_and_writes_nothing(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in environment():
        monkeypatch.delenv(name)
    before = tree(site)
    assert run(["sign", "--dry-run"]) == 0
    assert capfd.readouterr() == ("to sign: 2 new credentials, 0 replaced, 1 status list\n", "")
    assert tree(site) == before


def test_a_difference_is_shown_and_replaced_only_on_demand(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["sign"])
    put(site, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Rossi")})
    before = tree(site)
    line = f'{BATCH_PATH}:5:9: name was "Ada Esempio", now "Ada Rossi" (award {AWARDS[0]})'
    for arguments in (["sign"], ["sign", "--dry-run"]):
        capfd.readouterr()
        assert run(arguments) == 4
        assert capfd.readouterr() == (
            "nothing to sign\n",
            "1 record says something else than the credential that was signed, and until that is decided "
            "`badgesite build` publishes nothing, no revocation either; put back what was signed, or run "
            f"`badgesite sign --replace`, which issues anew at the same address\n{line}\n",
        )
    assert tree(site) == before
    assert run(["sign", "--replace"]) == 0
    told = capfd.readouterr()
    assert told.out == "to sign: 0 new credentials, 1 replaced, 1 status list\n"
    assert told.err.splitlines()[0] == line
    assert nothing_due(site)


def test_others_are_revoked_while_a_difference_waits(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["sign"])
    put(site, {BATCH_PATH: REVOKED.replace("Ada Esempio", "Ada Rossi")})
    before = tree(site)
    first = "to sign: 0 new credentials, 0 replaced, 1 revoked, 1 status list"
    capfd.readouterr()
    assert run(["sign", "--dry-run"]) == 4
    assert capfd.readouterr().out.splitlines()[0] == first
    assert tree(site) == before
    assert run(["sign"]) == 4
    told = capfd.readouterr()
    assert told.out.splitlines()[0] == first
    assert "next: git add content keys, commit, and decide about:" in told.err
    assert told.err.splitlines()[-1] == f'{BATCH_PATH}:5:9: name was "Ada Esempio", now "Ada Rossi" (award {AWARDS[0]})'
    assert run(["sign"]) == 4
    assert capfd.readouterr().out == "nothing to sign\n"


@pytest.mark.parametrize("mend", ["put back", "replaced"])
def test_what_holds_a_revocation_up_is_named_with_both_mends_and_either_publishes_it(
    site: Path, capfd: pytest.CaptureFixture[str], mend: str
) -> None:
    run(["sign"])
    put(site, {BATCH_PATH: REVOKED.replace("Ada Esempio", "Ada Rossi")})
    assert run(["sign"]) == 4
    capfd.readouterr()
    assert run(["build"]) == 4
    assert capfd.readouterr().err == (
        f'{BATCH_PATH}:5:9: the record says otherwise than its credential: name was "Ada Esempio", now "Ada Rossi"; '
        "nothing is published until you put back what was signed, or run `badgesite sign --replace`\n"
    )
    if mend == "put back":
        put(site, {BATCH_PATH: REVOKED})
        assert run(["sign"]) == 0
    else:
        assert run(["sign", "--replace"]) == 0
    assert run(["build"]) == 0
    assert b'"revoked": true' in (site / f"site/awards/{AWARDS[1]}/assertion.json").read_bytes()


def test_replace_finds_nothing_where_nothing_differs(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["sign"])
    capfd.readouterr()
    assert run(["sign", "--replace"]) == 0
    assert capfd.readouterr().out == "nothing to sign\n"


def test_quiet_says_nothing_but_what_was_issued(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["sign", "--quiet"]) == 0
    assert capfd.readouterr() == ("to sign: 2 new credentials, 0 replaced, 1 status list\n", "")


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"base_url": None}, 2, "a rehearsal is not signed; set base_url in content/site.yaml first"),
        ({"publish": "[ob2]"}, 2, "write publish: [ob2, ob3] in content/site.yaml"),
        ({"files": {BATCH_PATH: BATCH + "  - email: eve@example.org\n"}}, 1, "the award is a draft"),
        ({"files": {BATCH_PATH: "<<<<<<< main\n" + BATCH}}, 1, f"{BATCH_PATH}:1"),
        ({"files": {BATCH_PATH: BATCH.replace("2023-07-14\nact", "2090-07-14\nact")}}, 1, "lies after"),
        (
            {"files": {"keys/example/2022-09-01-p256.json": "{}"}},
            4,
            'keys/example/2022-09-01-p256.json: "type" is missing',
        ),
        ({"files": {"keys/example/2022-09-01-p256.json": None}}, 4, "example has no P-256 key in keys/example/"),
        ({"base_url": "https://other.example.edu/"}, 4, "is a test key, which signs for https://badges.example.edu/"),
    ],
    ids=["rehearsal", "ob2 alone", "draft", "conflict", "future", "damaged key", "no key", "test key"],
)
def test_what_stands_in_the_way_is_told_and_nothing_is_written(
    site: Path, capfd: pytest.CaptureFixture[str], change: dict[str, object], code: int, message: str
) -> None:
    put(site, **change)  # type: ignore[arg-type]
    before = tree(site)
    assert run(["sign"]) == code
    told = capfd.readouterr()
    assert message in told.err
    assert "eve@example.org" not in told.out + told.err
    assert tree(site) == before


def test_a_wrong_passphrase_and_missing_private_halves_are_told(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = tree(site)
    monkeypatch.setenv("BADGESITE_PASSPHRASE", "not it")
    assert run(["sign"]) == 4
    told = capfd.readouterr()
    assert told.out == "to sign: 2 new credentials, 0 replaced, 1 status list\n"
    assert told.err.startswith("nothing was signed: no key in BADGESITE_KEYS opens ")
    assert "the passphrase" in told.err
    assert run(["sign", "--keys", str(tmp_path / "nowhere"), "--quiet"]) == 4
    err = capfd.readouterr().err
    assert err.startswith("nothing was signed: ")
    assert "the private half of keys/example/2022-09-01-ed25519.json" in err
    assert "not it" not in err
    assert tree(site) == before


def test_the_passphrase_may_come_from_an_open_file(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BADGESITE_PASSPHRASE")
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE}\n".encode())
    os.close(writing)
    assert run(["sign", "--passphrase-fd", str(reading)]) == 0
    os.close(reading)
    assert nothing_due(site)


def test_without_a_passphrase_nobody_is_asked_where_nobody_is(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "badgesite.cli", "sign"]
    environ = {name: value for name, value in os.environ.items() if name != "BADGESITE_PASSPHRASE"}
    done = subprocess.run(command, cwd=site, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("nothing was signed: there is nobody to ask for the passphrase; ")


def test_what_cannot_be_signed_as_it_reads_takes_back_the_first_line(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = tree(put(site, {BATCH_PATH: BATCH + "    evidence: 'https://work.example.org/100%'\n"}))
    assert run(["sign"]) == 1
    told = capfd.readouterr()
    assert told.out == "to sign: 2 new credentials, 0 replaced, 1 status list\n"
    first, second = told.err.splitlines()
    assert first == "nothing was signed"
    assert second.startswith(f"{BATCH_PATH}:12:9: the credential cannot be signed: evidence[0].id ")
    assert tree(site) == before


def test_only_an_issuer_with_something_to_sign_needs_keys(site: Path) -> None:
    put(site, {"content/issuers/second.yaml": ISSUER})
    assert run(["sign"]) == 0


@pytest.fixture
def cut_off(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site when `sign` was cut off right after its journal."""
    with monkeypatch.context() as patch:
        patch.setattr(journal, "finish", lambda *_: "")
        assert run(["sign"]) == 0
    return site


def test_what_a_cut_off_run_had_signed_is_put_in_place(cut_off: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["build"]) == 3
    assert "run `badgesite sign`, which finishes it" in capfd.readouterr().err
    assert run(["sign"]) == 0
    told = capfd.readouterr()
    assert "put in place what a run that was cut off had signed" in told.err
    assert told.out == "nothing to sign\n"
    assert (cut_off / CREDENTIALS).exists()


def test_what_a_cut_off_run_had_signed_from_other_records_is_dropped(
    cut_off: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    put(cut_off, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Rossi")})
    assert run(["sign"]) == 0
    told = capfd.readouterr()
    assert "dropped what a run that was cut off had signed, as content/ or keys/ was changed since" in told.err
    assert told.out == "to sign: 2 new credentials, 0 replaced, 1 status list\n"
    assert b"Ada Rossi" in (cut_off / CREDENTIALS).read_bytes()
    assert not (cut_off / STATE).exists()


def test_the_marks_of_a_merge_in_what_sign_wrote_are_resolved(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["sign"])
    data = (site / CREDENTIALS).read_bytes()
    first, second = data.splitlines(keepends=True)
    (site / CREDENTIALS).write_bytes(first + b"<<<<<<< a\n" + second + b"=======\n" + second + b">>>>>>> b\n")
    capfd.readouterr()
    assert run(["sign"]) == 0
    assert capfd.readouterr().out == f"kept both sides of the merge in {CREDENTIALS}; nothing new to sign\n"
    assert (site / CREDENTIALS).read_bytes() == data
    assert run(["sign"]) == 0
    assert capfd.readouterr().out == "nothing to sign\n"


LIST = "email\neve@example.org\n"


def test_award_can_sign_at_once(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site.parent / "list.csv").write_text(LIST)
    assert run(["award", "english-b2", "../list.csv", "--date", "2024-03-01", "--sign"]) == 0
    told = capfd.readouterr()
    first, second = told.out.splitlines()
    assert first.startswith("1 new: 0 named, 1 unnamed")
    assert second == "to sign: 3 new credentials, 0 replaced, 2 status lists"
    assert told.err.count("next: ") == 1
    assert "eve@example.org" not in told.err
    assert nothing_due(site)
    text = (site / "content/awards/2024/english-b2-2024-03-01.credentials.jsonl").read_text()
    assert json.loads(text)["credential"]["awardedDate"] == "2024-03-01T00:00:00Z"


def test_award_signs_with_keys_and_a_passphrase_that_are_named(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "halves/example"
    folder.mkdir(parents=True, mode=0o700)
    for path in PRIVATE.glob("*.pem"):
        (folder / path.name).write_bytes(path.read_bytes())
        (folder / path.name).chmod(0o600)
    for name in environment():
        monkeypatch.delenv(name)
    passphrase = os.open(tmp_path / "passphrase", os.O_RDWR | os.O_CREAT)
    os.write(passphrase, PASSPHRASE.encode())
    os.lseek(passphrase, 0, os.SEEK_SET)
    named = ["--sign", "--keys", "../halves", "--passphrase-fd", str(passphrase)]
    assert run(["award", "english-b2", "eve@example.org", "--date", "2024-03-01", *named]) == 0
    assert nothing_due(site)


@pytest.mark.parametrize("options", [["--keys", "elsewhere"], ["--passphrase-fd", "3"]])
def test_keys_are_for_those_who_sign(site: Path, capfd: pytest.CaptureFixture[str], options: list[str]) -> None:
    before = tree(site)
    assert run(["award", "english-b2", "eve@example.org", "--date", "2024-03-01", *options]) == 2
    assert f"{options[0]} is for --sign; add that, or leave it out" in capfd.readouterr().err
    assert tree(site) == before


def test_award_says_that_signing_comes_next(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["award", "english-b2", "eve@example.org", "--date", "2024-03-01"]) == 0
    assert "next: git add content, commit, and badgesite sign, once it is reviewed" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("options", "change", "code"),
    [(["--print"], {}, 2), ([], {"publish": "[ob2]"}, 2), ([], {"base_url": None}, 2), (["--dry-run"], {}, 0)],
    ids=["print", "ob2 alone", "rehearsal", "dry run"],
)
def test_award_records_nothing_that_it_may_not_sign(
    site: Path, options: list[str], change: dict[str, str | None], code: int
) -> None:
    before = tree(put(site, None, **change))
    assert run(["award", "english-b2", "eve@example.org", "--date", "2024-03-01", "--sign", *options]) == code
    assert tree(site) == before


def test_awards_that_cannot_be_signed_are_recorded_all_the_same(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGESITE_PASSPHRASE", "not it")
    assert run(["award", "english-b2", "eve@example.org", "--date", "2024-03-01", "--sign"]) == 4
    assert "the awards are recorded; what is not issued yet waits for this" in capfd.readouterr().err
    monkeypatch.setenv("BADGESITE_PASSPHRASE", PASSPHRASE)
    assert run(["sign"]) == 0
    assert capfd.readouterr().out == "to sign: 3 new credentials, 0 replaced, 2 status lists\n"


@pytest.mark.parametrize("arguments", [["sign"], ["sign", "--dry-run", "--quiet"]])
def test_whom_it_revokes_is_said_before_it_is_done(
    site: Path, capfd: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    run(["sign"])
    put(site, {BATCH_PATH: REVOKED})
    capfd.readouterr()
    assert run(arguments) == 0
    assert capfd.readouterr().out.splitlines() == [
        "to sign: 0 new credentials, 0 replaced, 1 revoked, 1 status list",
        f"revokes for good: {BATCH_PATH}:12:9 {AWARDS[1]} (Inglese B2): By mistake",
    ]


def test_of_many_that_it_revokes_the_first_are_told_and_the_rest_counted(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("badgesite.commands.sign._REVOKED", 0)
    put(site, {BATCH_PATH: REVOKED})
    assert run(["sign", "--dry-run"]) == 0
    assert capfd.readouterr().out.splitlines()[1:] == ["revokes for good: 1 more"]
