"""`badgesite revoke`, as a user types it."""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.records.tables import COLUMNS
from badgesite.content.signed.writing import STATE
from tests.killing import KILLED, forked, run_killed
from tests.signing import reading_of, sign, tree, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BATCH, BATCH_PATH, SALTS, identity, write_site

BASE = "https://badges.example.edu/"
WHY = ("--reason", "Awarded by mistake")
TABLE_PATH = "content/awards/2024/many.csv"
IDS = tuple(f"00000000-0000-4000-8000-{number:012}" for number in range(3))


def _row(number: int) -> str:
    salt = f"ab{number:030}"
    address = ADDRESSES[0] if number == 0 else f"p{number}@example.org"
    cells = {"id": IDS[number], "identity": identity(address, salt), "salt": salt, "result": "b2"}
    return ",".join(cells.get(column, "") for column in COLUMNS)


MANY = "\ufeff" + "\r\n".join([",".join(COLUMNS), *map(_row, range(3))]) + "\r\n"
FILES = {
    BATCH_PATH: BATCH.replace("result: b2", "result: b2  # checked").replace("\n", "\r\n"),
    "content/awards/2024/many.yaml": "badge: english-b2\ndate: 2024-02-01\nawards: many.csv\n",
    TABLE_PATH: MANY,
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_site(tmp_path / "site", FILES, base_url=BASE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


def revoked(root: Path) -> dict[str, tuple[date, str]]:
    _, catalogue, _ = reading_of(root)
    return {
        award.id: (award.revoked.date, award.revoked.reason) for _, award in catalogue.each_award() if award.revoked
    }


def test_awards_in_several_batches_are_revoked_as_one_and_nothing_else_changes(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    link = f"{BASE}en/awards/{IDS[1].upper()}/assertion.json"
    assert run(["revoke", AWARDS[0], link, AWARDS[0], *WHY, "--date", "2024-03-01"]) == 0
    told = capfd.readouterr()
    assert told.out.splitlines() == [
        "2 to revoke",
        f'revokes from 2024-03-01: {AWARDS[0]} ("Inglese B2", 14 July 2023)',
        f'revokes from 2024-03-01: {IDS[1]} ("Inglese B2", 1 February 2024)',
    ]
    assert told.err.splitlines() == [
        f"wrote {BATCH_PATH}",
        f"wrote {TABLE_PATH}",
        "next: git add content, commit, and badgesite build",
    ]
    line = '    revoked: {date: 2024-03-01, reason: "Awarded by mistake"}\r\n'
    first = FILES[BATCH_PATH].replace("# checked\r\n", f"# checked\r\n{line}")
    assert (site / BATCH_PATH).read_bytes().decode() == first
    rows = MANY.split("\r\n")
    rows[2] = rows[2][:-1] + "2024-03-01,Awarded by mistake"
    assert (site / TABLE_PATH).read_bytes().decode() == "\r\n".join(rows)
    assert not (site / STATE).exists()


def test_today_is_the_day_unless_another_is_said(site: Path) -> None:
    assert run(["revoke", IDS[2], *WHY]) == 0
    assert revoked(site) == {IDS[2]: (datetime.now(UTC).date(), WHY[1])}


def test_what_is_revoked_already_is_passed_over(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["revoke", IDS[0], *WHY, "--date", "2024-03-01"]) == 0
    before = tree(site)
    capfd.readouterr()
    assert run(["revoke", IDS[0], "--reason", "Again"]) == 0
    told = capfd.readouterr()
    assert told.out == "0 to revoke; 1 is revoked already\n"
    assert told.err == f'passed over, revoked since 2024-03-01: {IDS[0]} ("Inglese B2", 1 February 2024)\n'
    assert tree(site) == before


def test_a_holder_is_known_by_the_salts_and_told_apart_by_badge_or_id(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["revoke", "Bruno <BRUNO@example.org>", *WHY]) == 0
    assert set(revoked(site)) == {AWARDS[1]}
    capfd.readouterr()
    assert run(["revoke", ADDRESSES[0], *WHY]) == 1
    told = capfd.readouterr().err
    assert told == (
        f"the command line: the address has 2 awards: {AWARDS[0]} (english-b2, 14 July 2023), "
        f"{IDS[0]} (english-b2, 1 February 2024); name the one that is meant by its id\n"
    )
    assert run(["revoke", AWARDS[0], *WHY]) == 0
    assert run(["revoke", ADDRESSES[0], *WHY]) == 0, "of the two, one still stands"
    assert set(revoked(site)) == {AWARDS[0], AWARDS[1], IDS[0]}


def test_a_list_names_awards_by_id_link_or_address(site: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(f"Nome;E-mail;Award\nA;x@example.org;{IDS[0]}\nB;p1@example.org;\nC;;{BASE}awards/{IDS[2]}/\n")
    assert run(["revoke", "--list", str(listed), *WHY]) == 0
    assert set(revoked(site)) == set(IDS)


def test_everything_that_stands_against_it_is_told_at_once_and_nothing_is_written(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (site / "content/awards/drafts.yaml").write_text(
        "badge: english-b2\ndate: 2024-02-01\nawards:\n  - email: New@example.org\n"
    )
    unknown = IDS[0].replace("00", "11")
    listed = tmp_path / "list.csv"
    listed.write_text(f"email\nnew@example.org\nnobody@example.org\n{unknown}\n")
    before = tree(site)
    words = [AWARDS[0], "--list", str(listed), "--reason", "Ask someone@else.example", "--date", "2023-07-13"]
    assert run(["revoke", *words]) == 1
    told = capfd.readouterr().err
    assert told.splitlines() == [
        "list.csv:2:1: the address has no award yet, but a draft in content/awards/drafts.yaml; "
        "remove that record, or complete it: `badgesite award content/awards/drafts.yaml`",
        "list.csv:3:1: no award is this address's; was it awarded to another address?",
        f"list.csv:4:1: there is no award {unknown}; look at its record, or at its page's address",
        "the command line: --reason: an e-mail address stands in it, and the reason is published; leave it out",
        f"the command line: the award {AWARDS[0]} is of 2023-07-14, after 2023-07-13; say another --date",
    ]
    assert tree(site) == before


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([AWARDS[0], "--reason", " "], 2, "the command line: --reason: the text is empty"),
        ([AWARDS[0], "--reason", "=1+1"], 2, '--reason: "=1+1" would be a formula in a spreadsheet'),
        ([AWARDS[0], *WHY, "--date", "2999-01-01"], 2, "--date: 2999-01-01 lies in the future"),
        ([*WHY], 2, "name an AWARD"),
        (["english-b2", AWARDS[0], *WHY], 2, "the command line, AWARD 1: this names no award"),
        (["ada@@example", *WHY], 2, "the command line: this is neither an award nor an e-mail address"),
        ([AWARDS[0], *WHY, "--badge", "english"], 2, '"english" is not a badge of this site; there are english-b2'),
        (["--list", "nowhere.csv", *WHY], 3, "there is no list nowhere.csv"),
    ],
)
def test_mistakes_are_told_plainly(
    site: Path, capfd: pytest.CaptureFixture[str], words: list[str], code: int, message: str
) -> None:
    before = tree(site)
    assert run(["revoke", *words]) == code
    told = capfd.readouterr().err
    assert message in told
    assert "ada@" not in told
    assert tree(site) == before


def test_a_dry_run_writes_nothing(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert run(["revoke", AWARDS[0], *WHY, "--dry-run"]) == 0
    assert capfd.readouterr().out.startswith("1 to revoke\n")
    assert tree(site) == before


def test_a_signed_revocation_cannot_be_taken_back(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    before = (root / BATCH_PATH).read_bytes()
    assert run(["-C", str(root), "revoke", AWARDS[0], *WHY, "--date", "2024-03-01"]) == 0
    assert "next: git add content, commit, and badgesite sign, once it is reviewed" in capfd.readouterr().err
    sign(root)
    assert run(["-C", str(root), "build"]) == 0
    (root / BATCH_PATH).write_bytes(before)
    capfd.readouterr()
    for verb in (["build"], ["sign"], ["revoke", AWARDS[1], *WHY]):
        assert run(["-C", str(root), *verb]) == 5
        assert f"the award {AWARDS[0]} was revoked, and its record no longer says so" in capfd.readouterr().err


def test_reason_and_date_of_a_signed_revocation_may_be_mended_and_nothing_that_is_signed_changes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = write_signed_site(tmp_path)
    assert run(["-C", str(root), "revoke", AWARDS[0], "--reason", "Ada Esempio cheated"]) == 0
    sign(root, datetime.now(UTC))
    before = tree(root)
    batch = root / BATCH_PATH
    was = f'revoked: {{date: {datetime.now(UTC).date()}, reason: "Ada Esempio cheated"}}'
    mended = batch.read_text("utf-8").replace(was, "revoked: {date: 2024-02-01, reason: Withdrawn by the issuer}")
    batch.write_text(mended, "utf-8")
    assert str(sign(root, datetime.now(UTC))[0]).startswith("0 new credentials, 0 replaced, 0 status lists")
    assert tree(root) == {**before, BATCH_PATH: mended.encode()}
    assert run(["-C", str(root), "build"]) == 0
    built = root / "site"
    assert "Withdrawn by the issuer" in (built / f"awards/{AWARDS[0]}/assertion.json").read_text("utf-8")
    assert "2024-02-01" in (built / f"en/awards/{AWARDS[0]}/index.html").read_text("utf-8")
    assert not any(b"cheated" in path.read_bytes() for path in built.rglob("*") if path.is_file())
    batch.write_text(mended.replace("reason: Withdrawn by the issuer", 'reason: ""'), "utf-8")
    capfd.readouterr()
    assert run(["-C", str(root), "build"]) == 1
    assert "the text is empty; write it" in capfd.readouterr().err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_killed_at_any_change_all_batches_are_old_or_the_next_run_makes_them_new(
    tmp_path: Path, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["revoke", AWARDS[0], *IDS, *WHY, "--date", "2024-03-01"]
    whole = Path(shutil.copytree(site, tmp_path / "whole"))
    assert run(["-C", str(whole), *words]) == 0
    old, new = tree(site), tree(whole)
    seen = set()
    for last in range(1, 100):
        root = Path(shutil.copytree(site, tmp_path / f"{last}"))
        command = ["-C", str(root), *words]
        code = forked(lambda root=root, last=last, command=command: run_killed(str(root), last, command))  # type: ignore[misc]
        if code != KILLED:
            assert code == 0
            break
        halfway = (root / STATE / "journal").exists()
        seen.add("halfway" if halfway else "old" if tree(root) == old else "new")
        assert halfway or tree(root) in (old, new)
        capfd.readouterr()
        assert run(["-C", str(root), "build", "--as-of", "2025-01-01"]) == (3 if halfway else 0)
        assert ("a run that edits records was cut off here" in capfd.readouterr().err) is halfway
        assert run(command) == 0
        assert ("put in place what a run that was cut off had written" in capfd.readouterr().err) is halfway
        assert tree(root) == new
        assert not (root / STATE).exists()
        shutil.rmtree(root)
    assert seen == {"old", "halfway", "new"}


def test_salts_are_not_needed_where_private_knows_the_holder(site: Path) -> None:
    (site / "private").mkdir()
    (site / "private/_index.tsv").write_text(f"{ADDRESSES[1]}\t{AWARDS[1]}\n{ADDRESSES[1]}\t{AWARDS[0]}\n")
    assert identity(ADDRESSES[1], SALTS[0]) not in BATCH, "what the index says wrongly is not believed"
    assert run(["revoke", ADDRESSES[1], *WHY]) == 0
    assert set(revoked(site)) == {AWARDS[1]}
