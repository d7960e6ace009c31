"""`badgesite find`, as a user types it."""

import csv
import json
import os
import stat
from pathlib import Path

import pytest

from badgesite.cli import run
from tests.signing import tree
from tests.sites import ADDRESSES, AWARDS, BATCH, BATCH_PATH, SALTS, identity, write_site

BASE = "https://badges.example.edu/"
OLD_ID = "00000000-0000-4000-8000-000000000001"
OLD = (
    "badge: english-b2\ndate: 2019-02-01\nawards:\n"
    f"  - id: {OLD_ID}\n    recipient: {{identity: {identity(ADDRESSES[0], 'ab' * 16)}, salt: {'ab' * 16}}}\n"
    "    unit: ict\n    credits: 2.5\n"
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    revoked = BATCH.replace("result: b1", "result: b1\n    revoked: {date: 2023-08-01, reason: By mistake}")
    files = {BATCH_PATH: revoked.replace("result: b2", "result: b2\n    expires: 2199-12-31")}
    root = write_site(tmp_path / "site", {**files, "content/awards/old.yaml": OLD}, base_url=BASE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


def test_the_awards_of_an_address_are_told_with_state_result_and_link(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    assert run(["find", "Ada <ADA@example.org>"]) == 0
    told = capfd.readouterr()
    assert told.out.splitlines() == [
        "ada@example.org: 2 awards",
        f"  2023-07-14  Inglese B2  B2  valid until 2199-12-31           {BASE}awards/{AWARDS[0]}/",
        f"  2019-02-01  Inglese B2      expired, valid until 2022-02-01  {BASE}awards/{OLD_ID}/",
    ]
    assert told.err == "2 awards found\n"
    assert tree(site) == before
    assert not (site / "private").exists()


def test_a_list_is_answered_row_by_row(site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("Matricola;E-mail\n1;nobody@example.org\n2;Bruno@example.org\n")
    assert run(["find", str(listed), "--language", "en"]) == 0
    told = capfd.readouterr()
    assert told.out.splitlines() == [
        "list.csv:2:2: nobody@example.org: no award",
        "list.csv:3:2: bruno@example.org: 1 award",
        f"  2023-07-14  English B2  B1  revoked since 2023-08-01  {BASE}en/awards/{AWARDS[1]}/",
    ]
    assert told.err == "1 award found; 1 of 2 asked for have none\n"


def test_what_private_says_is_used_and_not_believed_blindly(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "private").mkdir()
    (site / "private/_index.tsv").write_text(f"ada@example.org\t{AWARDS[1]}\nada@example.org\t{AWARDS[0]}\n")
    for address, number in ((ADDRESSES[0], 2), (ADDRESSES[1], 1), ("eve@example.org", 0)):
        assert run(["find", address]) == (0 if number else 1)
        assert f"{number} award" in capfd.readouterr().err


def test_an_award_can_be_asked_for_by_its_link(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["find", f"{BASE}awards/{AWARDS[0]}/badge.png"]) == 0
    assert capfd.readouterr().out.startswith(f"{AWARDS[0]}: 1 award\n")


def test_exports_hold_what_a_diploma_supplement_says_for_the_office_alone(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table, document = tmp_path / "out.csv", tmp_path / "out.json"
    assert run(["find", ADDRESSES[0], "--csv", str(table), "--json", str(document), "--language", "en"]) == 0
    told = capfd.readouterr()
    assert told.out == ""
    assert "@" not in told.err
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in (table, document)} == {0o600}
    first, second = csv.DictReader(table.read_text("utf-8-sig").splitlines())
    assert first == {
        "asked": ADDRESSES[0],
        "award": AWARDS[0],
        "title": "English B2",
        "issuer": "Example University",
        "unit": "Language Centre",
        "date": "2023-07-14",
        "state": "valid",
        "state_since": "",
        "valid_until": "2199-12-31",
        "name": "Ada Esempio",
        "result": "B2",
        "credits": "",
        "ects": "3",
        "eqf": "6",
        "workload": "75 hours",
        "activity": "English course",
        "url": f"{BASE}en/awards/{AWARDS[0]}/",
    }
    assert (second["unit"], second["credits"], second["state_since"]) == ("IT Services", "2.5", "2022-02-01")
    (answer,) = json.loads(document.read_bytes())
    assert answer["asked"] == ADDRESSES[0]
    assert [award["award"] for award in answer["awards"]] == [AWARDS[0], OLD_ID]
    assert "state_since" not in answer["awards"][0]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["ada@@x"], 2, "the command line: this is neither an award nor an e-mail address"),
        (["ada"], 2, "the command line: this names no award"),
        (["lists.csv"], 3, "there is no list lists.csv"),
        (
            [ADDRESSES[0], "--csv", "content/out.csv"],
            2,
            "content/out.csv cannot lie in content/, which others will see",
        ),
        ([ADDRESSES[0], "--csv", "esp.csv"], 2, "esp.csv would lie where Git takes it up; write it to "),
        ([ADDRESSES[0], "--csv", "../none/esp.csv"], 2, "there is no folder ../none; make it first, or name another"),
        ([ADDRESSES[0], "--language", "fr"], 2, '--language: the site has no language "fr"; there are it, en'),
    ],
)
def test_mistakes_are_told_plainly(
    site: Path, capfd: pytest.CaptureFixture[str], words: list[str], code: int, message: str
) -> None:
    before = tree(site)
    assert run(["find", *words]) == code
    assert message in capfd.readouterr().err
    assert tree(site) == before


def test_the_mend_for_a_file_that_git_would_take_up_works(site: Path) -> None:
    assert run(["find", ADDRESSES[0], "--csv", "private/esp.csv"]) == 0
    assert (site / "private/.gitignore").read_text() == "*\n"
    assert "ada@example.org" in (site / "private/esp.csv").read_text("utf-8-sig")


def test_a_file_that_is_there_is_written_over_only_when_told_so(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "out.csv"
    table.write_text("mine")
    assert run(["find", ADDRESSES[0], "--csv", str(table)]) == 2
    assert "out.csv is there already; name another file, or write over it with --yes" in capfd.readouterr().err
    assert table.read_text() == "mine"
    assert run(["find", ADDRESSES[0], "--csv", str(table), "--yes"]) == 0
    assert ADDRESSES[0] in table.read_text("utf-8-sig")


def test_a_faulty_list_is_told_by_row_without_its_addresses(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("email\nada@@example.org\n\neve@example.org\nnobody\n")
    assert run(["find", str(listed)]) == 1
    told = capfd.readouterr().err
    assert [line.partition(": ")[0] for line in told.splitlines()] == ["list.csv:2:1", "list.csv:5:1"]
    assert "example" not in told.replace("e-mail", "")


def test_the_salts_of_the_example_are_the_ones_that_are_tried() -> None:
    assert identity(ADDRESSES[0], SALTS[0]) in BATCH
