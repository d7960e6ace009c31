"""`badgesite change`, as a user types it."""

import csv
import io
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.records import private
from badgesite.content.records.private import Index, read_index
from badgesite.content.signed.writing import STATE
from badgesite.model.award import Award, hashed
from tests.killing import KILLED, forked, run_killed
from tests.signing import reading_of, sign, tree, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, write_site

BASE = "https://badges.example.edu/"
TODAY = datetime.now(UTC).date()
ADA, BRUNO = AWARDS
LATER_PATH = "content/awards/2024/later.yaml"
LATER_ID = "00000000-0000-4000-8000-000000000001"
LATER = (
    "badge: english-b2\ndate: 2024-02-01\nawards:\n"
    f"  - {{id: {LATER_ID}, recipient: {{identity: sha256${'ab' * 32}, salt: {'cd' * 16}}}}}\n"
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_site(tmp_path / "site", {LATER_PATH: LATER}, base_url=BASE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


def award(root: Path, identifier: str = ADA) -> Award:
    _, catalogue, _ = reading_of(root)
    return next(award for _, award in catalogue.each_award() if award.id == identifier)


def people(root: Path) -> dict[str, dict[str, str]]:
    found = {}
    for path in (root / "private").glob("*.csv"):
        for row in csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")):
            found[row["award"]] = row
    return found


def test_a_misspelt_name_is_put_right(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["change", ADA, "--name", "Ada  Rossi", "--result", "B1"]) == 0
    told = capfd.readouterr()
    assert told.out.splitlines() == [
        "1 to change",
        f'{ADA} ("Inglese B2", 14 July 2023)',
        "  name: was Ada Esempio, now Ada Rossi",
        "  result: was b2, now b1",
    ]
    assert told.err.splitlines()[-1] == "next: git add content, commit, and badgesite build"
    expected = BATCH.replace("Ada Esempio", "Ada Rossi").replace("result: b2\n", f"result: b1\n    changed: {TODAY}\n")
    assert (site / BATCH_PATH).read_text("utf-8") == expected


def test_what_says_so_already_is_left_alone(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    words = ["--name", "Ada Esempio", "--email", ADDRESSES[0].upper(), "--visibility", ""]
    assert run(["change", ADA, *words, "--expires", "2026-07-14"]) == 0
    assert capfd.readouterr().out == "0 to change; 1 say so already\n"
    assert tree(site) == before
    assert not (site / "private").exists()


def test_many_awards_are_renewed_at_once(site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "renewed.csv"
    listed.write_text(f"id\n{BRUNO}\n{LATER_ID}\n")
    assert run(["change", ADA, "--list", str(listed), "--valid-until", "2030-07-14"]) == 0
    assert "  expires: was 2026-07-14, now 2030-07-14" in capfd.readouterr().out
    for identifier in (ADA, BRUNO, LATER_ID):
        found = award(site, identifier)
        assert (str(found.expires), found.changed) == ("2030-07-14", TODAY)


def test_validity_can_end_with_the_badges_or_never(site: Path) -> None:
    assert run(["change", LATER_ID, "--expires", "2030-07-14"]) == 0
    assert run(["change", LATER_ID, "--expires", ""]) == 0
    assert award(site, LATER_ID).expires is None
    assert run(["change", LATER_ID, "--expires", "never"]) == 2
    (site / BADGE_PATH).write_text(BADGE.replace("valid_for: 3 years\n", ""), "utf-8")
    assert run(["change", LATER_ID, "--expires", "2030-07-14"]) == 0
    assert run(["change", LATER_ID, "--expires", "never"]) == 0
    assert award(site, LATER_ID).expires is None


def test_a_new_address_has_a_salt_of_its_own_and_is_told_to_nobody(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "private").mkdir()
    (site / "private/_index.tsv").write_text(f"{ADDRESSES[0]}\t{ADA}\n{ADDRESSES[1]}\t{BRUNO}\n")
    (site / "private/group.csv").write_bytes(
        f"email,name,badge,link,award\r\n{ADDRESSES[0]},Ada Esempio,B2,x,{ADA}\r\n".encode()
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("New.Ada@Example.com\n"))
    old = award(site)
    assert run(["change", ADDRESSES[0], "--email", "-"]) == 0
    told = capfd.readouterr()
    assert "  address: another one, with a salt of its own\n" in told.out
    assert "@" not in told.out + told.err
    new = award(site).recipient
    assert new.identity == hashed("new.ada@example.com", new.salt)
    assert new.salt != old.recipient.salt
    assert people(site)[ADA]["email"] == "new.ada@example.com"
    assert people(site)[ADA]["name"] == "Ada Esempio"
    index = (site / "private/_index.tsv").read_text().splitlines()
    assert index == [f"{ADDRESSES[1]}\t{BRUNO}", f"new.ada@example.com\t{ADA}"]
    assert run(["find", "new.ada@example.com"]) == 0
    assert ADA in capfd.readouterr().out


@pytest.mark.parametrize("known", [False, True], ids=["by its salt", "by the index"])
def test_nobody_comes_to_hold_a_badge_twice_by_a_new_address_unless_it_is_said(
    site: Path, capfd: pytest.CaptureFixture[str], known: bool
) -> None:
    for identifier in (LATER_ID, ADA):
        assert run(["change", identifier, "--expires", "2099-12-31", "--email", f"{identifier}@example.org"]) == 0
    if not known:
        (site / "private/_index.tsv").unlink()
    words = ["change", ADA, "--email", f"{LATER_ID}@EXAMPLE.org"]
    assert run([*words, "--dry-run"]) == run(words) == 1
    told = capfd.readouterr().err
    assert f"the holder of this address has english-b2 already (award {LATER_ID}), and would have it twice" in told
    assert "@" not in told
    assert run([*words, "--again"]) == 0
    assert award(site).recipient.is_of(f"{LATER_ID}@example.org")


@pytest.mark.parametrize("ended", [ADA, LATER_ID])
def test_a_badge_that_has_expired_or_was_revoked_is_held_by_nobody(site: Path, ended: str) -> None:
    other = LATER_ID if ended == ADA else ADA
    assert run(["change", ended, "--expires", "2024-07-14"]) == run(["change", other, "--expires", "2099-12-31"]) == 0
    assert run(["change", LATER_ID, "--email", "later@example.org"]) == 0
    assert run(["change", ADA, "--email", "later@example.org"]) == 0
    assert run(["change", ADA, "--expires", "2099-12-31", "--email", "ada@example.org"]) == 0
    assert run(["change", LATER_ID, "--expires", "2099-12-31"]) == run(["revoke", LATER_ID, "--reason", "Mistake"]) == 0
    assert run(["change", ADA, "--email", "later@example.org"]) == 0


def test_a_name_that_is_no_longer_shown_goes_to_private_and_comes_back(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["change", ADA, "--visibility", "unnamed"]) == 0
    assert "  name: was Ada Esempio, now nothing\n  visibility: was unlisted, now unnamed\n" in capfd.readouterr().out
    assert award(site).name is None
    assert b"Ada Esempio" not in (site / BATCH_PATH).read_bytes()
    assert people(site)[ADA]["name"] == "Ada Esempio"
    assert people(site)[ADA]["link"] == f"{BASE}en/awards/{ADA}/"
    assert run(["change", ADA, "--visibility", "public"]) == 0
    assert (award(site).name, award(site).visibility) == ("Ada Esempio", "public")


def test_a_name_of_an_unnamed_award_is_kept_for_the_office_alone(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert run(["change", BRUNO, "--name", "Bruno Neri"]) == 0
    told = capfd.readouterr()
    assert "  name: another one, in private/ alone\n" in told.out
    assert "next" not in told.err
    assert tree(site) == before
    assert people(site)[BRUNO]["name"] == "Bruno Neri"


def test_who_may_look_is_no_correction(site: Path) -> None:
    assert run(["change", ADA, "--visibility", "public"]) == 0
    assert (award(site).visibility, award(site).changed) == ("public", None)


def test_fields_are_taken_out_by_an_empty_text(site: Path) -> None:
    more = (
        "--narrative",
        "Well done.\nIndeed",
        "--evidence",
        "https://a.example/1",
        "--evidence",
        "https://a.example/2",
    )
    assert run(["change", ADA, *more, "--credits", "1,5", "--unit", "IT Services", "--language", "it"]) == 0
    found = award(site)
    assert (found.narrative, found.credits, found.unit, found.language) == ("Well done.\nIndeed", 1.5, "ict", "it")
    assert found.evidence == ("https://a.example/1", "https://a.example/2")
    gone = [word for field in ("narrative", "evidence", "credits", "unit", "result") for word in (f"--{field}", "")]
    assert run(["change", ADA, *gone]) == 0
    found = award(site)
    assert (found.narrative, found.credits, found.unit, found.evidence, found.result) == (None, None, None, (), None)


def test_a_revoked_award_changes_only_who_sees_its_holder(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["revoke", ADA, "--reason", "By mistake"]) == 0
    assert run(["change", ADA, "--result", "b1"]) == 1
    assert f"the award {ADA} is revoked, and --result would not bring it back" in capfd.readouterr().err
    assert run(["change", ADA, "--visibility", "unnamed"]) == 0
    assert award(site).name is None
    assert award(site).revoked


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([ADA], 2, "say what is to change: --name, --result, --expires, --visibility, --email"),
        ([ADA, "--name", "Ada", "--again"], 2, "--again is about a new address; say --email too"),
        ([ADA, "--group", "staff"], 2, "--group is fixed when an award is recorded"),
        ([ADA, BRUNO, "--name", "Ada"], 2, "--name is one award's own; change 2 awards one by one"),
        ([ADA, "--result", "c1"], 2, 'the command line: result: "c1" is not a result of english-b2'),
        ([ADA, "--unit", "xyz"], 2, 'the command line: unit: "xyz" is not a unit of example'),
        ([ADA, "--language", "fr"], 2, 'the command line: language: "fr" is not a language of this site'),
        ([ADA, "--visibility", "all"], 2, 'the command line: visibility: "all" is not a visibility'),
        ([ADA, "--expires", "tomorrow"], 2, '--expires: "tomorrow" is not a date; write it as YYYY-MM-DD'),
        ([ADA, "--expires", "2023-07-13"], 2, "--expires: 2023-07-13 lies before the award of 2023-07-14"),
        ([ADA, "--expires", "never"], 2, "--expires: english-b2 has valid_for, and a record can only name another day"),
        ([ADA, "--email", "ada@@x"], 2, "--email: this is not an e-mail address"),
        ([ADA, "--name", "x@y.example"], 2, "name: an e-mail address stands among words that are published"),
        ([ADA, "--result", "eve@x.example"], 2, 'result: "e…@x.example" is not a result of english-b2'),
        ([ADA, "--badge", "eve@x.example", "--result", "b1"], 2, '--badge: "e…@x.example" is not a badge'),
        ([ADA, "--expires", "eve@x.example"], 2, '--expires: "e…@x.example" is not a date'),
        ([ADA, "--credits", "many"], 2, 'credits: "many" is not a number'),
    ],
)
def test_mistakes_are_told_plainly(
    site: Path, capfd: pytest.CaptureFixture[str], words: list[str], code: int, message: str
) -> None:
    before = tree(site)
    assert run(["change", *words]) == code
    assert message in capfd.readouterr().err
    assert tree(site) == before
    assert not (site / "private").exists()


def test_a_name_needs_a_basis(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    batch = BATCH.replace("    name: Ada Esempio\n", "")
    root = write_site(tmp_path, {BATCH_PATH: batch}, base_url=BASE, basis=None, visibility="unnamed")
    assert run(["-C", str(root), "change", ADA, "--visibility", "unlisted", "--name", "Ada"]) == 2
    assert "names cannot be shown, as the site does not say on what basis" in capfd.readouterr().err


def test_of_a_badge_for_minors_nothing_is_public(tmp_path: Path) -> None:
    root = write_site(tmp_path, {BADGE_PATH: BADGE + "minors: true\n"}, base_url=BASE)
    assert run(["-C", str(root), "change", ADA, "--visibility", "public"]) == 0
    assert award(root).visibility == "unlisted"


def test_a_dry_run_writes_nothing(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert run(["change", ADA, "--visibility", "unnamed", "--dry-run"]) == 0
    assert capfd.readouterr().out.startswith("1 to change\n")
    assert tree(site) == before
    assert not (site / "private").exists()


def test_holders_of_revoked_awards_are_told_to_fetch_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    assert run(["-C", str(root), "revoke", ADA, "--reason", "By mistake"]) == 0
    assert run(["-C", str(root), "change", ADA, "--visibility", "unnamed"]) == 0
    told = capfd.readouterr().err.splitlines()[-1]
    assert told.endswith("badgesite sign --replace, once it is reviewed: what was revoked stays revoked")


def test_private_is_searched_once_for_the_holders_of_all_awards(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / BATCH_PATH).write_text(BATCH.replace("    visibility: unnamed\n", "    name: Bruno\n"), "utf-8")
    (site / "private").mkdir()
    (site / "private/_index.tsv").write_text(f"{ADDRESSES[0]}\t{ADA}\n{ADDRESSES[1]}\t{BRUNO}\n")
    found: list[Path] = []

    def read(folder: Path) -> Index:
        found.append(folder)
        return read_index(folder)

    monkeypatch.setattr(private, "read_index", read)
    assert run(["change", ADA, BRUNO, "--visibility", "unnamed"]) == 0
    assert {people(site)[each]["email"] for each in (ADA, BRUNO)} == set(ADDRESSES[:2])
    assert len(found) == 2  # for the words of the command, and for the holders


@pytest.mark.parametrize(
    ("words", "then"),
    [
        (["--name", "Ada Rossi"], "badgesite sign --replace, once it is reviewed"),
        (["--expires", "2030-01-01"], "badgesite sign --replace, once it is reviewed"),
        (["--visibility", "unnamed"], "badgesite sign --replace, once it is reviewed"),
        (["--visibility", "public"], "badgesite build"),
        (["--unit", "ict"], "badgesite build"),
    ],
)
def test_a_signed_site_is_told_what_comes_next(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], words: list[str], then: str
) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    assert run(["-C", str(root), "change", ADA, *words]) == 0
    assert f"next: git add content, commit, and {then}" in capfd.readouterr().err
    differs = "--replace" in then
    assert run(["-C", str(root), "build"]) == (4 if differs else 0)
    if differs:
        assert str(sign(root, datetime.now(UTC), replaces=True)[0]) == "0 new credentials, 1 replaced, 1 status list"
        assert run(["-C", str(root), "build"]) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_killed_at_any_change_the_next_run_ends_it_and_no_name_or_address_is_lost(tmp_path: Path, site: Path) -> None:
    words = ["change", ADA, BRUNO, "--visibility", "unnamed"]
    (site / BATCH_PATH).write_text(BATCH.replace("    visibility: unnamed\n", "    name: Bruno\n"), "utf-8")
    old = tree(site)
    whole = Path(shutil.copytree(site, tmp_path / "whole"))
    assert run(["-C", str(whole), *words]) == 0
    new = tree(whole)
    for last in range(1, 100):
        root = Path(shutil.copytree(site, tmp_path / f"{last}"))
        command = ["-C", str(root), *words]
        code = forked(lambda root=root, last=last, command=command: run_killed(str(root), last, command))  # type: ignore[misc]
        if code != KILLED:
            assert code == 0
            assert last > 10
            break
        if tree(root) != old:
            assert {row["name"] for row in people(root).values()} == {"Ada Esempio", "Bruno"}
        assert run(command) == 0
        assert tree(root) == new
        assert not (root / STATE).exists()
        assert {row["name"] for row in people(root).values()} == {"Ada Esempio", "Bruno"}
        assert not list(root.rglob(".badgesite-*"))
        shutil.rmtree(root)
