"""`badgesite award`, as a user types it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from badgesite.cli import run
from badgesite.content.permanence import locks
from badgesite.content.reading import read_or_raise
from badgesite.errors import OutputError
from badgesite.model.award import hashed
from badgesite.model.scalars import shown
from tests.sites import BADGE, BADGE_PATH, BATCH_PATH, write_site

BASE = "https://badges.example.edu/"
LIST = "E-mail;Nominativo;Esito\r\nnew@example.org;Nuova Persona;B2\r\nada@example.org;Ada;B1\r\n"
DATE = ("--date", "2024-03-01")
NEW_PATH = "content/awards/2024/english-b2-2024-03-01.yaml"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"list.csv": LIST, "misspelt.csv": "email,nmae,result\nnobody,A,b2\nbo@example.org,B,c9\n"}
    root = write_site(tmp_path, files, base_url=BASE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


def test_a_list_is_awarded(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    told = capfd.readouterr()
    assert told.out == "1 new: 1 named, 0 unnamed; 1 holds it already; 1 name will be published\n"
    assert told.err.splitlines()[:3] == [
        "warning: list.csv lies where Git would take it up; move it out of this folder, like ../list.csv",
        '1 of "Inglese B2", dated 1 March 2024',
        f"wrote {NEW_PATH}",
    ]
    assert "example.org" not in told.err
    award = yaml.safe_load((site / NEW_PATH).read_text())["awards"][0]
    assert (award["name"], award["result"]) == ("Nuova Persona", "b2")
    assert award["recipient"]["identity"] == hashed("new@example.org", award["recipient"]["salt"])
    assert f"{BASE}awards/{award['id']}/" in (site / "private/english-b2-2024-03-01.csv").read_text("utf-8-sig")
    assert award["id"] in (site / "content/published/batches/english-b2-2024-03-01.lock").read_text()
    assert all(b"new@example.org" not in data for path, data in tree(site / "content").items())


def test_the_same_list_again_awards_nobody(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    before = tree(site)
    capfd.readouterr()
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    assert capfd.readouterr().out == "0 new: 0 named, 0 unnamed; 2 hold it already\n"
    assert tree(site) == before


def test_again_means_again(site: Path) -> None:
    assert run(["award", "english-b2", "list.csv", *DATE, "--again"]) == 0
    assert len(yaml.safe_load((site / NEW_PATH).read_text())["awards"]) == 2


def test_of_dates_with_strokes_one_can_say_what_comes_first(site: Path) -> None:
    (site / "people.csv").write_text("email,date,result\nx@example.org,1/3/2024,b1\n")
    assert run(["award", "english-b2", "people.csv"]) == 1
    assert run(["award", "english-b2", "people.csv", "--day-first"]) == 0
    assert (site / NEW_PATH).exists()


def test_a_dry_run_writes_nothing(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert run(["award", "english-b2", "list.csv", *DATE, "--dry-run"]) == 0
    assert capfd.readouterr().out.startswith("1 new: 1 named")
    assert tree(site) == before


def test_a_list_elsewhere_or_where_git_does_not_look_is_no_matter(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=site, check=True)
    (site / ".gitignore").write_text("/lists/\n")
    for folder in ("../elsewhere", "private", "lists"):
        (site / folder).mkdir()
        (site / folder / "list.csv").write_text(LIST)
        assert run(["award", "english-b2", f"{folder}/list.csv", *DATE, "--dry-run"]) == 0
        assert "Git" not in capfd.readouterr().err
    assert run(["award", "english-b2", "list.csv", *DATE, "--dry-run"]) == 0
    assert "list.csv lies where Git would take it up" in capfd.readouterr().err


def test_a_guess_about_dates_and_a_day_long_ago_are_told(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "list.csv").write_text("email;data;voto\nx@example.org;5/6/2014;b1\n")
    assert run(["award", "english-b2", "list.csv", "--dry-run"]) == 0
    told = capfd.readouterr().err.splitlines()
    assert told[1:3] == [
        "warning: dates were read day first: 5/6/2014 is 5 June 2014",
        '1 of "Inglese B2", dated 5 June 2014',
    ]
    assert told[3].startswith("warning: 5 June 2014 lies more than ten years back; is the year right?")
    assert run(["award", "english-b2", "list.csv", "--dry-run", "--month-first"]) == 0
    assert "were read" not in capfd.readouterr().err


def test_many_batches_are_told_in_few_lines(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    days = "".join(f"x{day}@example.org,2024-03-{day:02},b1\n" for day in range(1, 13))
    (site / "list.csv").write_text(f"email,date,result\n{days}")
    assert run(["award", "english-b2", "list.csv", "--dry-run"]) == 0
    told = capfd.readouterr().err.splitlines()
    assert (len(told), told[-1]) == (12, "... and of 2 more badges or days")


def test_columns_can_be_passed_over(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "list.csv").write_text("email;Matricola;Data esame;esito\nx@example.org;123;5/6/2024;b1\n")
    words = ["award", "english-b2", "list.csv", *DATE, "--dry-run"]
    assert run(words) == 1
    assert '--ignore-column "Matricola"' in capfd.readouterr().err
    assert run([*words, "--ignore-column", "matricola", "--ignore-column", "Data esame"]) == 0
    assert capfd.readouterr().out.startswith("1 new: ")


def test_a_workbook_is_awarded(site: Path) -> None:
    book = Workbook()
    assert book.active
    for row in (["email", "name"], ["x@example.org", "X"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    (site / "list.xlsx").write_bytes(file.getvalue())
    assert run(["award", "english-b2", "list.xlsx", *DATE, "--result", "b1", "--unit", "ict"]) == 0
    award = yaml.safe_load((site / NEW_PATH).read_text())["awards"][0]
    assert (award["name"], award["result"], award["unit"]) == ("X", "b1", "ict")


def test_a_list_may_come_through_a_pipe(site: Path) -> None:
    command = [sys.executable, "-m", "badgesite.cli", "award", "english-b2", "-", *DATE]
    done = subprocess.run(command, input=LIST.encode(), capture_output=True, check=True, cwd=site)
    assert done.stdout.startswith(b"1 new")


def test_one_person_is_awarded_by_address(site: Path) -> None:
    words = ["--name", "Cy", "--visibility", "unnamed", "--language", "en", "--batch", "for-cy"]
    assert run(["award", "english-b2", "Cy <cy@example.org>", *words, *DATE]) == 0
    award = yaml.safe_load((site / "content/awards/2024/for-cy.yaml").read_text())["awards"][0]
    assert "name" not in award
    assert award["visibility"] == "unnamed"
    assert "cy@example.org,Cy,English B2" in (site / "private/for-cy.csv").read_text("utf-8-sig")


def test_long_lists_go_to_a_table(site: Path) -> None:
    (site / "long.csv").write_text("email\n" + "".join(f"p{n}@example.org\n" for n in range(51)))
    assert run(["award", "english-b2", "long.csv", *DATE]) == 0
    assert yaml.safe_load((site / NEW_PATH).read_text())["awards"] == "english-b2-2024-03-01.csv"
    found = read_or_raise(site).catalogue
    assert found
    assert len(found.batches["english-b2-2024-03-01"].awards) == 51


def test_print_gives_lines_to_paste_and_writes_private_only(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site / "content")
    assert run(["award", "english-b2", "cy@example.org", "--name", "Cy", "--print"]) == 0
    told = capfd.readouterr()
    assert told.err.startswith("1 new: 1 named")
    assert "cy@example.org" not in told.out
    assert tree(site / "content") == before
    assert "cy@example.org" in (site / "private/_printed.csv").read_text()
    (site / BATCH_PATH).write_text((site / BATCH_PATH).read_text() + told.out)
    assert run(["award", "english-b2", "cy@example.org", *DATE]) == 0
    assert capfd.readouterr().out == "0 new: 0 named, 0 unnamed; 1 holds it already\n"


def test_drafts_are_completed_in_place(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = site / "content/awards/by-hand.yaml"
    text = "# mine\r\nbadge: english-b2\r\ndate: 2024-02-01\r\nawards:\r\n  - email: cy@example.org # Cy\r\n"
    path.write_bytes(text.encode())
    assert run(["award", "content/awards/by-hand.yaml"]) == 0
    done = path.read_bytes().decode()
    award = yaml.safe_load(done)["awards"][0]
    recipient = f"{{identity: {award['recipient']['identity']}, salt: {award['recipient']['salt']}}}"
    assert done == text.replace("email: cy@example.org", f"id: {award['id']}\r\n    recipient: {recipient}")
    assert award["id"] in (site / "content/published/batches/by-hand.lock").read_text()
    assert capfd.readouterr().out == "1 new: 0 named, 1 unnamed; 0 hold it already\n"
    before = tree(site)
    assert run(["award", "content/awards/by-hand.yaml"]) == 0
    assert capfd.readouterr().out == "nothing to complete: the batch has no drafts\n"
    assert tree(site) == before


def test_drafts_are_found_from_the_site_s_folder_as_messages_have_it(
    site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = site / "content/awards/by-hand.yaml"
    path.write_text("badge: english-b2\ndate: 2024-02-01\nawards:\n  - email: cy@example.org\n")
    path.chmod(0o640)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert run(["-C", str(site), "award", "content/awards/by-hand.yaml"]) == 0
    assert "email" not in path.read_text()
    assert sys.platform == "win32" or path.stat().st_mode & 0o777 == 0o640


def test_an_address_in_a_comment_stops_it(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = site / "content/awards/by-hand.yaml"
    path.write_text("badge: english-b2\ndate: 2024-02-01\nawards:\n  - email: cy@example.org # Cy@example.org\n")
    before = tree(site)
    assert run(["award", str(path)]) == 1
    assert capfd.readouterr().err.startswith("content/awards/by-hand.yaml:4:29: an e-mail address also stands here")
    assert tree(site) == before


def test_a_rehearsal_is_awarded_without_lock_lines(site: Path) -> None:
    write_site(site)
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    assert not (site / "content/published").exists()
    assert "http://localhost:8000/awards/" in (site / "private/english-b2-2024-03-01.csv").read_text()


def test_private_may_lie_elsewhere(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["award", "english-b2", "list.csv", *DATE, "--private", "../away"]) == 0
    assert (site / "../away/english-b2-2024-03-01.csv").is_file()
    monkeypatch.setenv("BADGESITE_PRIVATE", str(site / "other"))
    assert run(["award", "english-b2", "cy@example.org", "--batch", "for-cy"]) == 0
    assert (site / "other/for-cy.csv").is_file()
    assert not (site / "private").exists()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["english-b3", "list.csv"], 2, 'did you mean "english-b2"?'),
        (["english-b2"], 2, "name a LIST or an ADDRESS"),
        (["english-b2", "none.csv"], 3, "there is no list none.csv"),
        (["english-b2", "a@b"], 2, "is not an e-mail address"),
        (["english-b2", "."], 2, "that is a folder; name the file in it"),
        (["content/awards"], 2, "that is a folder; name the file in it"),
        (["english-b2", "list.csv", "--batch", "Corso Novèmbre"], 2, "at most 64, like corso-novembre"),
        (["none.yaml"], 3, "there is no file none.yaml"),
        (["content/site.yaml"], 2, "is no batch of this site"),
        ([BATCH_PATH, "--name", "X"], 2, "--name does not go with"),
        (["english-b2", "list.csv", "--name", "X"], 2, "--name is for a single ADDRESS"),
        (["english-b2", "list.csv", "--print"], 2, "--print is for a single ADDRESS"),
        (["english-b2", "list.csv", "--date", "1/2/2024"], 2, "could be in month 1 or in month 2"),
        (["english-b2", "list.csv", "--date", "2999-01-01"], 2, "lies in the future"),
        (["english-b2", "list.csv", "--batch", "english-b2-2023-07-14"], 2, "there is a batch"),
        (["english-b2", "list.csv", "--result", "c9"], 2, "the command line: result:"),
        (["english-b2", "list.csv", "--private", "content/private"], 2, "cannot lie in content/"),
        (["english-b2", "list.csv", "--private", "site/private"], 2, "cannot lie in site/"),
        (["english-b2", "list.csv", "--private", "."], 2, "cannot be or hold the site's own folder"),
        (["english-b2", "=x@example.org", "--name", "=1+1"], 2, "would be a formula in a spreadsheet"),
        (["english-b2", BADGE_PATH], 1, "names no column email"),
        (
            ["english-b2", "ada@x.org", "bo@x.org"],
            2,
            "award takes one address or one list; for several people, write a",
        ),
        (["english-b2", "list.csv", "more.xlsx"], 2, "award takes one list at a time"),
        (["English", "B2", "list.csv"], 2, "BADGE is one word, and one list or address follows: badgesite award engl"),
        (["English", "B2", "ada@x.org"], 2, "badgesite award english-b2 LIST"),
        (
            ["english-b2", "misspelt.csv"],
            1,
            'misspelt.csv:1:2: "nmae" is not a column badgesite knows; did you mean "n',
        ),
        (["english-b2", "misspelt.csv"], 1, 'misspelt.csv:2:1: email: "nobody" is not'),
        (["english-b2", "misspelt.csv"], 1, 'misspelt.csv:3:3: result: "c9" is not a result'),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_written(
    site: Path, capfd: pytest.CaptureFixture[str], words: list[str], code: int, message: str
) -> None:
    before = tree(site)
    assert run(["award", *words]) == code
    assert message in capfd.readouterr().err
    assert tree(site) == before


def test_a_fault_in_the_content_is_told_first(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / BADGE_PATH).write_text(BADGE.replace("criteria:", "critera:"))
    assert run(["award", "english-b2", "list.csv"]) == 1
    assert '"critera" is not a field' in capfd.readouterr().err


def test_nothing_is_awarded_while_a_promise_is_broken(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    (site / BADGE_PATH).write_text(BADGE.replace("en: English B2}", "en: English C1}"))
    assert run(["award", "english-b2", "cy@example.org"]) == 5
    assert "has changed" in capfd.readouterr().err


def test_a_table_whose_batch_was_moved_away_stays(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_site(site)  # a rehearsal: nothing is locked
    (site / "long.csv").write_text("email\n" + "".join(f"p{n}@example.org\n" for n in range(51)))
    assert run(["award", "english-b2", "long.csv", *DATE]) == 0
    table = (site / NEW_PATH).with_suffix(".csv")
    before = table.read_bytes()
    (site / NEW_PATH).rename(site / "away.yaml")
    capfd.readouterr()
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    table_path = table.relative_to(site).as_posix()
    assert f"warning: {table_path}: no batch names this file" in capfd.readouterr().err
    assert table.read_bytes() == before
    (site / "away.yaml").rename(site / NEW_PATH)
    assert run(["check"]) == 0


def test_what_an_interrupted_run_left_is_removed_and_told(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "content/awards/.badgesite-x1").write_text("half")
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    assert "removed content/awards/.badgesite-x1" in capfd.readouterr().err
    assert not (site / "content/awards/.badgesite-x1").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the test needs a pseudo terminal")
@pytest.mark.parametrize(("answer", "written"), [(b"n\n", False), (b"y\n", True)])
def test_a_person_is_asked_before_anything_is_written(site: Path, answer: bytes, written: bool) -> None:
    pty = pytest.importorskip("pty")
    person, terminal = pty.openpty()
    command = [sys.executable, "-m", "badgesite.cli", "award", "english-b2", "list.csv", *DATE]
    process = subprocess.Popen(command, stdin=terminal, stdout=subprocess.DEVNULL, stderr=terminal, cwd=site)
    os.write(person, answer)
    assert process.wait(60) == 0
    assert (site / NEW_PATH).exists() is written
    assert (b"nothing written" in os.read(person, 10_000)) is not written


@pytest.mark.parametrize("line", [["list.csv", "english-b2"], ["ada@example.org", "english-b2"]])
def test_arguments_the_wrong_way_round_are_told_the_right_way(
    site: Path, line: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["award", *line]) == 2
    assert f"the badge comes first: badgesite award english-b2 {shown(line[0])}" in capfd.readouterr().err


def test_an_address_before_several_words_is_not_repeated(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["award", "ada@example.org", "english", "b2"]) == 2
    said = capfd.readouterr().err
    assert "the badge comes first" in said
    assert "ada" not in said


def test_awards_without_the_result_that_their_badge_measures_are_told(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (site / "people.csv").write_text("email\nx@example.org\ny@example.org\n")
    assert run(["award", "english-b2", "people.csv", *DATE, "--dry-run"]) == 0
    told = capfd.readouterr()
    assert told.out.startswith("2 new: ")
    assert 'warning: 2 awards have no result, which "english-b2" measures (people.csv, lines 2, 3); say' in told.err
    assert run(["award", "english-b2", "people.csv", *DATE, "--dry-run", "--result", "b1"]) == 0
    assert "measures" not in capfd.readouterr().err


def test_awards_whose_lock_cannot_be_written_are_recorded_and_finished_by_the_next_run(
    site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OutputError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(locks, "write_whole", full)
        assert run(["award", "english-b2", "list.csv", *DATE]) == 3
    assert "no room\nthe awards are recorded; mend that and run the same command again" in capfd.readouterr().err
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    assert (site / "content/published/batches/english-b2-2024-03-01.lock").exists()


@pytest.mark.parametrize(("options", "name"), [((), "Marta Rossi"), (("--name", "Marta R."), "Marta R.")])
def test_the_name_before_an_address_in_brackets_is_the_holder_s(
    site: Path, options: tuple[str, ...], name: str
) -> None:
    assert run(["award", "english-b2", '"Marta Rossi" <marta@example.org>', *DATE, *options]) == 0
    assert yaml.safe_load((site / NEW_PATH).read_text())["awards"][0]["name"] == name


def test_links_of_a_rehearsal_get_the_address_that_the_site_has_now(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_site(site)
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    write_site(site, base_url=BASE)
    assert "http://localhost:8000/" in (site / "private/english-b2-2024-03-01.csv").read_text("utf-8-sig")
    assert run(["award", "english-b2", "list.csv", *DATE]) == 0
    assert "gave the links in " in capfd.readouterr().err
    people = (site / "private/english-b2-2024-03-01.csv").read_text("utf-8-sig")
    assert f"{BASE}awards/" in people
    assert "localhost" not in people


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--print"]])
def test_a_badge_whose_words_are_not_written_yet_is_not_awarded(
    site: Path, capfd: pytest.CaptureFixture[str], more: list[str]
) -> None:
    run(["new", "badge", "first-aid"])
    before = tree(site)
    capfd.readouterr()
    assert run(["award", "first-aid", "new@example.org", *more]) == 1
    told = capfd.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 6
    assert all(line.startswith("content/badges/first-aid.yaml:") for line in told.err.splitlines())
    assert tree(site) == {**before, **{path: data for path, data in tree(site).items() if "private" in path}}


def test_in_a_rehearsal_it_is_awarded_with_a_warning(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_site(site)
    run(["new", "badge", "first-aid"])
    capfd.readouterr()
    assert run(["award", "first-aid", "new@example.org"]) == 0
    assert "the text is not written yet" in capfd.readouterr().err
