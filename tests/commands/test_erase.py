"""`badgesite erase`, as a user types it."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.records import people, private
from badgesite.content.records.private import Person
from badgesite.content.records.tables import COLUMNS
from badgesite.content.signed.writing import STATE
from tests.killing import KILLED, forked, run_killed
from tests.signing import BASE, reading_of, sign, tree, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BATCH, BATCH_PATH, identity, write_site

TABLE_PATH = "content/awards/2024/many.csv"
LOCK = "content/published/batches/english-b2-2023-07-14.lock"
LOCKS = tuple(f"content/published/{name}.lock" for name in ("site", "issuers/example", "badges/english-b2"))
IDS = tuple(f"00000000-0000-4000-8000-{number:012}" for number in range(2))
TODAY = datetime.now(UTC).date()
LATER = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


def _row(number: int) -> str:
    salt = f"ab{number:030}"
    address = ADDRESSES[0] if number == 0 else f"p{number}@example.org"
    cells = {"id": IDS[number], "identity": identity(address, salt), "salt": salt, "result": "b2"}
    return ",".join(cells.get(column, "") for column in COLUMNS)


FILES = {
    BATCH_PATH: BATCH.replace("awards:\n", "awards:\n  # the first\n").replace("\n", "\r\n"),
    TABLE_PATH.replace("csv", "yaml"): "badge: english-b2\ndate: 2024-02-01\nawards: many.csv\n",
    TABLE_PATH: "\ufeff" + "".join(f"{line}\r\n" for line in (",".join(COLUMNS), *map(_row, range(2)))),
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_site(tmp_path / "site", FILES, base_url=BASE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


def recorded(root: Path) -> set[str]:
    return {award.id for _, award in reading_of(root)[1].each_award()}


def told(capfd: pytest.CaptureFixture[str], *command: str, code: int = 0) -> str:
    """What a command prints, on both streams."""
    capfd.readouterr()
    assert run(list(command)) == code
    said = capfd.readouterr()
    return said.out + said.err


def test_a_record_goes_with_its_lines_and_the_lock_file_says_so(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["erase", f"{BASE}en/awards/{AWARDS[0]}/assertion.json", "--yes"]) == 0
    out, err = capfd.readouterr()
    assert out.splitlines()[:2] == ["1 to erase", f'erases {AWARDS[0]} ("Inglese B2", 14 July 2023)']
    assert err.splitlines() == [f"wrote {path}" for path in (BATCH_PATH, *LOCKS, LOCK)]
    start, end = (FILES[BATCH_PATH].index(f"  - id: {award}") for award in AWARDS)
    assert (site / BATCH_PATH).read_bytes().decode() == FILES[BATCH_PATH][:start] + FILES[BATCH_PATH][end:]
    lines = [AWARDS[0], f"{AWARDS[0]} erased {TODAY}", f"{AWARDS[0]} revoked", "badge english-b2", f"base {BASE}"]
    assert (site / LOCK).read_text().splitlines() == ["lock 1", *sorted(lines)]
    assert not (site / STATE).exists()


def test_an_address_means_all_that_it_holds_or_all_of_a_badge(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert told(capfd, "erase", "Ada <ADA@example.org>", "--dry-run").startswith("2 to erase\n")
    assert "no award of english-b2" not in told(capfd, "erase", ADDRESSES[0], "--badge", "english-b2", "--dry-run")
    assert run(["erase", ADDRESSES[0], "--yes"]) == 0
    assert recorded(site) == {AWARDS[1], IDS[1]}
    rows = FILES[TABLE_PATH].split("\r\n")
    assert (site / TABLE_PATH).read_bytes().decode() == "\r\n".join([rows[0], *rows[2:]])


def test_a_list_erases_all_that_it_names(site: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(f"email,award\n{ADDRESSES[1]},\n,{IDS[1]}\n")
    assert run(["erase", "--list", str(listed), "--yes"]) == 0
    assert recorded(site) == {AWARDS[0], IDS[0]}


def test_it_is_not_done_unless_somebody_says_yes(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert "say --yes to go on, or --dry-run" in told(capfd, "erase", AWARDS[0], code=2)
    assert told(capfd, "erase", AWARDS[0], "--dry-run").startswith("1 to erase\n")
    assert tree(site) == before


def test_what_is_erased_already_is_passed_over_and_no_other_command_finds_it(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["erase", AWARDS[0], "--yes"]) == 0
    before = tree(site)
    again = told(capfd, "erase", AWARDS[0], AWARDS[0], "--yes")
    assert again == f"0 to erase; 1 is erased already\npassed over, erased on {TODAY}: {AWARDS[0]}\n"
    erased = f"the award {AWARDS[0]} was erased on {TODAY}, and nothing of it is kept; to give the badge again"
    assert erased in told(capfd, "revoke", AWARDS[0], "--reason", "Late", code=1)
    assert erased in told(capfd, "change", AWARDS[0], "--name", "Ada", code=1)
    assert f"{AWARDS[0]}: erased on {TODAY}; nothing of it is kept" in told(capfd, "find", AWARDS[0])
    assert run(["erase", IDS[0], "--yes"]) == 0
    assert "was it awarded to another address, or erased?" in told(capfd, "erase", ADDRESSES[0], "--yes", code=1)
    assert {path: data for path, data in tree(site).items() if path == BATCH_PATH} == {BATCH_PATH: before[BATCH_PATH]}


def test_a_record_that_comes_back_is_refused(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["erase", AWARDS[0], "--yes"]) == 0
    (site / BATCH_PATH).write_bytes(FILES[BATCH_PATH].encode())
    for verb in ("build", "check"):
        assert f"the award {AWARDS[0]} was erased, and its record is there again" in told(capfd, verb, code=5)


def test_the_same_person_may_be_awarded_anew_with_another_id(site: Path) -> None:
    award = ["award", "english-b2", ADDRESSES[0], "--date", "2024-02-02", "--yes"]
    assert run(["erase", ADDRESSES[0], "--yes"]) == 0
    assert run(award) == 0
    new = recorded(site) - {AWARDS[1], IDS[1]}
    assert len(new) == 1
    assert not new & {AWARDS[0], IDS[0]}
    assert run(["build"]) == 0
    assert private.read_index(site / "private")[ADDRESSES[0]] == new


def test_what_was_never_published_leaves_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = write_signed_site(tmp_path)
    said = told(capfd, "-C", str(root), "erase", AWARDS[0], "--yes")
    assert f'erases {AWARDS[0]} ("Inglese B2", 14 July 2023), which was never published and leaves nothing' in said
    assert "search engines" not in said
    assert not (root / "content/published").exists()
    assert recorded(root) == {AWARDS[1]}
    sign(root)
    assert run(["-C", str(root), "build"]) == 0
    assert not (root / f"site/awards/{AWARDS[0]}").exists()


def test_a_rehearsal_has_published_nothing(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    assert run(["-C", str(root), "erase", ADDRESSES[0], "--yes"]) == 0
    assert not (root / "content/published").exists()
    assert recorded(root) == {AWARDS[1]}


def test_an_award_that_a_lock_file_knows_counts_as_published_before_it_is_signed(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    assert run(["-C", str(root), "lock"]) == 0
    assert run(["-C", str(root), "erase", AWARDS[0], "--yes"]) == 0
    sign(root, LATER)
    assert run(["-C", str(root), "build"]) == 0
    assert (root / f"site/awards/{AWARDS[0]}/assertion.json").exists()


def test_a_credential_that_no_lock_file_knows_is_looked_at_first(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    kept = [line for line in (root / LOCK).read_text().splitlines() if not line.startswith(f"{AWARDS[0]} ")]
    (root / LOCK).write_text("\n".join(kept) + "\n")
    before = tree(root)
    said = told(capfd, "-C", str(root), "erase", AWARDS[0], "--yes", code=1)
    assert f"the credential of the award {AWARDS[0]} is in no lock file; run `badgesite lock`" in said
    assert tree(root) == before


def test_between_erasing_and_signing_nothing_is_published_and_drafts_show_the_tombstone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    assert run(["-C", str(root), "erase", AWARDS[0], "--yes"]) == 0
    said = told(capfd, "-C", str(root), "build", code=4)
    assert f"{LOCK}: the award {AWARDS[0]} was erased, and its status list does not say so yet" in said
    assert run(["-C", str(root), "build", "--drafts"]) == 0
    assert "erased" in (root / f"site/en/awards/{AWARDS[0]}/index.html").read_text()


def test_the_last_award_of_a_batch_goes_and_so_may_the_batch(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    assert run(["-C", str(root), "erase", *AWARDS, "--yes"]) == 0
    assert (root / BATCH_PATH).read_text().endswith("awards: []\n")
    assert not list(root.glob("content/awards/**/*.jsonl"))
    sign(root, LATER)
    assert run(["-C", str(root), "build"]) == 0
    (root / BATCH_PATH).unlink()
    assert run(["-C", str(root), "check"]) == 0
    assert run(["-C", str(root), "build"]) == 0
    assert (root / f"site/awards/{AWARDS[1]}/index.html").exists()


def test_a_day_before_the_erasure_cannot_be_built_again(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["erase", AWARDS[0], "--yes"]) == 0
    said = told(capfd, "build", "--as-of", "2024-03-01", code=1)
    assert f"{LOCK}: the award {AWARDS[0]} was erased on {TODAY}, after 2024-03-01; build on that day, or later" in said


def test_what_people_wrote_beside_it_is_told_line_by_line(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "content/pages").mkdir(exist_ok=True)
    (site / "content/pages/news.md").write_text("# Notizie\n\nComplimenti ad ADA ESEMPIO!\n")
    (site / "private").mkdir()
    (site / "private/notes.txt").write_text(f"wrote to {ADDRESSES[0]}\n")
    said = told(capfd, "erase", ADDRESSES[0], "--yes")
    assert "content/pages/news.md:3 still holds words of it" in said
    assert f"{BATCH_PATH}:5 is a comment: does it speak of the holder?" in said
    assert "private/notes.txt still mentions it" in said
    assert ADDRESSES[0] not in said
    assert "Esempio" not in said


def test_it_says_what_only_people_can_do(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = told(capfd, "erase", IDS[1], "--yes")
    assert f"git filter-repo --invert-paths --path {TABLE_PATH}\n" in said
    assert f"     {BASE}awards/{IDS[1]}/\n" in said
    assert "No text in content/ or private/ mentions it" in said
    for words in ("clones anew", "search engines", "wallets", "Its own register", "backups", "Publish the change"):
        assert words in said


def test_a_colleagues_private_folder_forgets_it_at_the_next_run(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    holders = [Person(AWARDS[0], ADDRESSES[0], "Ada", "B2", "-"), Person(AWARDS[1], ADDRESSES[1], None, "B2", "-")]
    theirs = tmp_path / "theirs"
    private.write_people(theirs, {"july": holders}, {}, set())
    private.settle(theirs)
    assert run(["erase", AWARDS[0], "--yes"]) == 0
    revoke = ("revoke", AWARDS[1], "--reason", "Late", "--private", str(theirs))
    assert "took out of" not in told(capfd, *revoke, "--dry-run")
    said = told(capfd, *revoke)
    assert f"took out of {theirs / 'july.csv'} what it knew of awards that were erased" in said
    assert set(people.known(theirs, set(AWARDS))) == {AWARDS[1]}
    assert set(private.read_index(theirs)) == {ADDRESSES[1]}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "name an AWARD"),
        (["english-b2", "--yes"], 2, "the command line: this names no award"),
        (["nobody@example.org", "--yes"], 1, "no award is this address's; was it awarded to another address?"),
        ([ADDRESSES[0], "--badge", "english", "--yes"], 2, '"english" is not a badge of this site'),
        ([IDS[0].replace("00", "11"), AWARDS[0], "--yes"], 1, "there is no award"),
    ],
)
def test_mistakes_are_told_plainly_and_nothing_is_written(
    site: Path, capfd: pytest.CaptureFixture[str], words: list[str], code: int, message: str
) -> None:
    before = tree(site)
    said = told(capfd, "erase", *words, code=code)
    assert message in said
    assert "@" not in said
    assert tree(site) == before


def test_a_record_that_cannot_be_cut_out_is_told_at_its_place(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = site / "content/awards/2024/short.yaml"
    holder = f"{{identity: {identity('x@example.org', 'ab' * 16)}, salt: {'ab' * 16}}}"
    short = f"{{id: {IDS[0].replace('00', '11')}, recipient: {holder}}}"
    other = short.replace("11-", "12-").replace("ab" * 16, "ac" * 16)
    path.write_text(f"badge: english-b2\ndate: 2024-02-01\nawards: [\n  {short},  # first\n  {other}\n]\n")
    before = tree(site)
    said = told(capfd, "erase", "x@example.org", AWARDS[0], "--yes", code=1)
    assert said.startswith("content/awards/2024/short.yaml:4:3: the record is written in a way that cannot be edited")
    assert tree(site) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_killed_at_any_change_it_is_old_or_the_next_run_finishes_it(tmp_path: Path) -> None:
    start = write_signed_site(tmp_path / "start", {path: FILES[path] for path in FILES if "2024" in path})
    sign(start)
    fresh = (start / TABLE_PATH).read_text("utf-8").rstrip("\n")
    unseen = _row(1).replace(IDS[1], IDS[1].replace("00", "22")).replace("ab000", "cd000")
    (start / TABLE_PATH).write_text(f"{fresh}\r\n{unseen}\r\n", "utf-8", newline="")
    gone = (AWARDS[0], IDS[0], IDS[1].replace("00", "22"))
    holders = [Person(award, f"{number}@example.org", "Ada", "B2", "-") for number, award in enumerate((*gone, IDS[1]))]
    private.write_people(start / "private", {"people": holders}, {}, set())
    private.settle(start / "private")
    whole = Path(shutil.copytree(start, tmp_path / "whole"))
    words = ["erase", *gone, "--yes"]
    assert run(["-C", str(whole), *words]) == 0
    old, new = _all(start), _all(whole)
    seen = set()
    for last in range(1, 200):
        root = Path(shutil.copytree(start, tmp_path / f"{last}"))
        command = ["-C", str(root), *words]
        code = forked(lambda root=root, last=last, command=command: run_killed(str(root), last, command))  # type: ignore[misc]
        if code != KILLED:
            assert code == 0
            break
        halfway = (root / STATE / "journal").exists()
        seen.add("halfway" if halfway else "old" if tree(root) == tree(start) else "content")
        assert halfway or tree(root) in (tree(start), tree(whole))
        assert run(["-C", str(root), "revoke", IDS[1], "--reason", "Late", "--date", "2024-03-02"]) == 0
        if _without_revoked(root) == _all(start):
            assert run(command) == 0
        assert _without_revoked(root) == new, last
        shutil.rmtree(root)
    assert seen == {"old", "halfway", "content"}
    assert old != new


def _all(root: Path) -> dict[str, bytes]:
    """Every file of content and private, but for what only guards them."""
    known = {path.name: path.read_bytes() for path in (root / "private").iterdir() if not path.name.startswith(".")}
    return {**tree(root), **known}


def _without_revoked(root: Path) -> dict[str, bytes]:
    return {path: data.replace(b"2024-03-02,Late", b",") for path, data in _all(root).items()}
