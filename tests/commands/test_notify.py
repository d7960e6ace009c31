"""`badgesite notify`, as a user types it."""

import csv
import os
import shutil
import stat
import subprocess
from email import message_from_bytes
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.letters.kept import COLUMNS, TABLE
from badgesite.content.records import private
from badgesite.content.records.private import Person
from tests.commands.test_erase import told
from tests.letters.samples import BASE, SLUG, content, read, write_site_with_people
from tests.signing import PAIR, sign, tree, write_keys
from tests.sites import ADDRESSES, AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, SALTS, identity
from tests.traces import traces

FOLDER = Path("private/notify") / SLUG
OTHER = "content/awards/2024/english-b2-2024-02-01.yaml"


def batch_of(*people: tuple[str, str, str]) -> str:
    """A batch of awards: id, address, and further lines."""
    records = "".join(
        f"  - id: {award}\n    recipient: {{identity: {identity(address, SALTS[0])}, salt: {SALTS[0]}}}\n{more}"
        for award, address, more in people
    )
    return f"badge: english-b2\ndate: 2024-02-01\nawards:\n{records}"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_site_with_people(tmp_path / "site")
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


def letter(number: int, folder: Path = FOLDER) -> Path:
    return folder / f"{AWARDS[number]}.eml"


def merge(folder: Path = FOLDER) -> list[dict[str, str]]:
    with (folder / TABLE).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_holder_gets_a_letter_in_their_language_and_nothing_else_is_touched(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    assert run(["notify", SLUG]) == 0
    out, err = capfd.readouterr()
    assert out.splitlines() == ["2 letters: 1 en, 1 it", f"{FOLDER.as_posix()}/"]
    assert not any(address in out + err for address in ADDRESSES)
    assert tree(site) == before
    ada, bruno = read(letter(0)), read(letter(1))
    assert [each["To"].addresses[0].addr_spec for each in (ada, bruno)] == list(ADDRESSES)
    assert [str(each["Subject"]) for each in (ada, bruno)] == ["Your badge: English B2", "Il tuo badge: Inglese B2"]
    assert [str(each["From"].addresses[0].display_name) for each in (ada, bruno)] == [
        "Example University",
        "Università di Esempio",
    ]
    assert f"{BASE}en/awards/{AWARDS[0]}/\n" in content(ada, "plain")
    assert f"{BASE}awards/{AWARDS[1]}/\n" in content(bruno, "plain")
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in FOLDER.iterdir()} == {0o600}
        assert {stat.S_IMODE(path.stat().st_mode) for path in (FOLDER, FOLDER.parent)} == {0o700}


def test_the_mail_merge_has_all_that_a_letter_of_ones_own_needs_and_no_formula(site: Path) -> None:
    assert run(["notify", SLUG, "--quiet"]) == 0
    ada, bruno = merge()
    assert tuple(ada) == COLUMNS
    assert ada == {
        "email": ADDRESSES[0],
        "name": "Ada Esempio",
        "language": "en",
        "subject": "Your badge: English B2",
        "badge": "English B2",
        "issuer": "Example University",
        "date": "14 July 2023",
        "result": "B2",
        "valid_until": "",
        "link": f"{BASE}en/awards/{AWARDS[0]}/",
        "picture": f"{BASE}awards/{AWARDS[0]}/badge.png",
        "letter": letter(0).name,
        "award": AWARDS[0],
    }
    assert bruno["name"] == "'=Bruno 'Ó'"
    assert "=Bruno 'Ó'," in content(read(letter(1)), "plain")


@pytest.mark.parametrize("start", ["=", "+", "-"])
def test_an_address_that_begins_like_a_formula_is_whole_in_its_letter(
    site: Path, capfd: pytest.CaptureFixture[str], start: str
) -> None:
    address = f"{start}ada@example.org"
    Path(OTHER).parent.mkdir()
    Path(OTHER).write_text(batch_of(("00000000-0000-4000-8000-000000000001", address, "")))
    private.write_people(
        site / "private", {"x": [Person("00000000-0000-4000-8000-000000000001", address, None, "B2", "")]}, {}, set()
    )
    assert run(["notify", Path(OTHER).stem]) == 0
    told = capfd.readouterr()
    assert "1 of the addresses begin as a formula does" in told.err
    assert address not in told.out + told.err
    folder = FOLDER.parent / Path(OTHER).stem
    assert merge(folder)[0]["email"] == f"'{address}"
    assert f"To: {address}\r\n".encode() in (folder / "00000000-0000-4000-8000-000000000001.eml").read_bytes()


def test_other_languages_are_asked_for_only_where_the_record_names_none(site: Path) -> None:
    Path(BATCH_PATH).write_text(BATCH.replace("language: en", "language: it"))
    assert run(["notify", SLUG, "--language", "en", "--quiet"]) == 0
    assert [row["language"] for row in merge()] == ["it", "en"]


def test_revoked_and_expired_awards_get_no_letter_and_lose_the_one_they_had(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["notify", SLUG]) == 0
    revoked = BATCH.replace("result: b2", "result: b2\n    revoked: {date: 2024-01-10, reason: By mistake}")
    Path(BATCH_PATH).write_text(revoked)
    said = told(capfd, "notify", SLUG)
    assert said.startswith("1 letter: 1 it; none for 1 revoked\n")
    assert "removed 1 earlier letter\n" in said
    assert not letter(0).exists()
    Path(BADGE_PATH).write_text(BADGE)
    assert told(capfd, "notify", SLUG).startswith(
        "0 letters; none for 1 expired, 1 revoked\nremoved 1 earlier letter\n"
    )
    assert not FOLDER.exists()


def test_whose_address_is_not_known_or_not_the_records_is_named_with_the_mend(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    people = private.people_file(site / "private", SLUG)
    people.write_text(people.read_text().replace(ADDRESSES[0], "wrong@example.org"))
    (site / "private/_index.tsv").unlink()
    out = told(capfd, "notify", SLUG)
    assert out.startswith("1 letter: 1 it; none for 1 without an address\n")
    assert f'no address is known of the holders of:\n  {AWARDS[0]} ("Inglese B2", 14 July 2023)\n' in out
    assert "private/<batch>.csv (email,name,badge,link,award)" in out
    assert "wrong@example.org" not in out
    assert not letter(0).exists()
    shutil.rmtree("private")
    assert told(capfd, "notify", SLUG, code=1).startswith("0 letters; none for 2 without an address\n")
    assert not Path("private").exists()


def test_an_address_that_only_the_index_knows_is_enough(site: Path) -> None:
    private.people_file(site / "private", SLUG).unlink()
    assert run(["notify", SLUG, "--quiet"]) == 0
    assert [row["email"] for row in merge()] == list(ADDRESSES)
    assert content(read(letter(1)), "plain").startswith("Buongiorno,\n")


def test_a_dry_run_says_the_same_and_writes_nothing(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert told(capfd, "notify", SLUG, "--dry-run") == "2 letters: 1 en, 1 it\n"
    assert not (site / "private/notify").exists()


def test_a_batch_may_be_named_by_its_file_and_several_are_done_as_one(site: Path) -> None:
    Path(OTHER).parent.mkdir()
    Path(OTHER).write_text(batch_of(("00000000-0000-4000-8000-000000000001", ADDRESSES[1], "")))
    index = private.read_index(site / "private")
    private.write_people(
        site / "private",
        {},
        {**index, ADDRESSES[1]: frozenset((AWARDS[1], "00000000-0000-4000-8000-000000000001"))},
        (),
    )
    assert run(["notify", BATCH_PATH, SLUG, Path(OTHER).stem, "--quiet"]) == 0
    assert {path.name for path in FOLDER.parent.iterdir()} == {SLUG, Path(OTHER).stem}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ["english-b2-2023-07-41"],
            f'the command line: there is no batch "english-b2-2023-07-41"; did you mean "{SLUG}"?',
        ),
        ([SLUG, "one", "two"], 'the command line, BATCH 3: there is no batch "two"; known are'),
        (["content/awards/2023/none.yaml"], 'there is no batch "content/awards/2023/none.yaml"'),
        (["english-b2"], f'there is no batch "english-b2"; that is a badge, and its latest batches are {SLUG}'),
        (["ada@example.org"], "an address is no batch; name the batch that the award is in"),
        ([SLUG, "--language", "fr"], '--language: the site has no language "fr"; there are it, en'),
        ([SLUG, "--out", "content/letters"], "--out content/letters cannot lie in content/"),
        ([SLUG, "--out", "site/letters"], "--out site/letters cannot lie in site/"),
        ([SLUG, "--out", "."], "--out . cannot be or hold the site's own folder"),
        ([SLUG, "--out", "letters"], "--out letters would lie where Git takes it up"),
        ([SLUG, "--out", "../none/letters"], "there is no folder ../none"),
        ([], "name a BATCH, as the files in content/awards/ are called"),
    ],
)
def test_what_names_no_batch_or_no_place_is_answered_with_a_mend(
    site: Path, capfd: pytest.CaptureFixture[str], words: list[str], expected: str
) -> None:
    said = told(capfd, "notify", *words, code=2)
    assert expected in said
    assert "ada@" not in said
    assert not (site / "private/notify").exists()


def test_letters_may_lie_outside_the_site_but_not_in_a_repository(
    site: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "`badgesite erase` does not look there" in told(capfd, "notify", SLUG, "--out", str(tmp_path / "out"))
    assert letter(0, tmp_path / "out" / SLUG).exists()
    assert not (site / "private/notify").exists()
    if shutil.which("git"):
        subprocess.run(["git", "init", "-q", str(site)], check=True)
        assert "would lie where Git takes it up" in told(capfd, "notify", SLUG, "--out", str(site / "out"), code=2)
        assert run(["notify", SLUG]) == 0
        added = subprocess.run(["git", "add", "--dry-run", "."], cwd=site, capture_output=True, text=True, check=True)
        assert "private" not in added.stdout


def test_a_rehearsal_has_no_page_to_lead_to(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    write_site_with_people(site, base_url=None)
    assert "set base_url in content/site.yaml first" in told(capfd, "notify", SLUG, code=2)
    assert not (site / "private/notify").exists()


def test_on_a_site_that_signs_an_award_is_issued_before_it_is_told(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_site_with_people(site, publish="[ob2, ob3]")
    write_keys(site, PAIR)
    said = told(capfd, "notify", SLUG, code=4)
    assert said.startswith(f"{BATCH_PATH}:5:")
    assert "2 awards of this batch are not signed as recorded, and no page shows what is not issued; run `b" in said
    assert not (site / "private/notify").exists()
    sign(site)
    assert run(["notify", SLUG]) == 0
    assert letter(0).exists()


def test_nobody_is_written_to_whose_page_is_still_of_another_address(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_site_with_people(site, publish="[ob2, ob3]")
    write_keys(site, PAIR)
    sign(site)
    assert run(["change", AWARDS[0], "--email", "eva@example.org", "--yes"]) == 0
    said = told(capfd, "notify", SLUG, code=4)
    assert "1 award of this batch is not signed as recorded" in said
    assert "with --replace for what was changed" in said
    assert not (site / "private/notify").exists()


def test_what_was_awarded_where_the_site_was_formerly_is_linked_there(site: Path) -> None:
    assert run(["lock"]) == 0
    write_site_with_people(site, base_url="https://new.example.edu/", formerly=f"[{BASE}]")
    assert run(["notify", SLUG, "--quiet"]) == 0
    assert merge()[0]["link"] == f"{BASE}en/awards/{AWARDS[0]}/"


def test_erasing_takes_the_letters_with_it(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["notify", SLUG]) == 0
    said = told(capfd, "erase", ADDRESSES[0], "--yes")
    assert f"removed {letter(0).as_posix()}\n" in said
    assert f"wrote {(FOLDER / TABLE).as_posix()}\n" in said
    assert "No text in content/ or private/ mentions it" in said
    assert traces(site / "private", (ADDRESSES[0], "Ada Esempio", AWARDS[0])) == {
        ADDRESSES[0]: set(),
        "Ada Esempio": set(),
        AWARDS[0]: set(),
    }
    assert letter(1).exists()


def test_letters_of_what_a_colleague_erased_go_with_the_next_command(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["lock"]) == 0
    assert run(["notify", SLUG]) == 0
    shutil.copytree("private", "kept")
    assert run(["erase", AWARDS[0], "--yes"]) == 0
    shutil.rmtree("private")
    Path("kept").rename("private")
    said = told(capfd, "notify", SLUG)
    assert f"took out of {letter(0).as_posix()} what it knew of awards that were erased" in said
    assert not letter(0).exists()
    assert [row["award"] for row in merge()] == [AWARDS[1]]


def test_a_mail_merge_that_a_spreadsheet_saved_is_told_and_left(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["notify", SLUG]) == 0
    table = FOLDER / TABLE
    table.write_text(table.read_text(encoding="utf-8-sig").replace(",", ";"))
    said = told(capfd, "notify", SLUG, code=3)
    assert f"{table} is not as badgesite writes it (was it saved by a spreadsheet?); move it away" in said
    said = told(capfd, "erase", ADDRESSES[0], "--yes")
    assert f"removed {letter(0).as_posix()}\n" in said
    assert f"{table} still mentions it" in said


def test_thousands_of_letters_are_written_one_by_one(site: Path) -> None:
    ids = [f"00000000-0000-4000-8000-{number:012}" for number in range(1_000)]
    Path(OTHER).parent.mkdir()
    Path(OTHER).write_text(batch_of(*((award, f"p{award}@example.org", "") for award in ids)))
    people = {Path(OTHER).stem: [Person(award, f"p{award}@example.org", f"P {award}", "B2", "") for award in ids]}
    private.write_people(site / "private", people, {}, set())
    private.settle(site / "private")
    assert run(["notify", Path(OTHER).stem, "--quiet"]) == 0
    folder = FOLDER.parent / Path(OTHER).stem
    assert len(merge(folder)) == len(list(folder.glob("*.eml"))) == 1_000
    pictures = {list(read(folder / f"{award}.eml").walk())[-1].get_payload() for award in ids[:20]}
    assert len(pictures) == 1


def test_a_batch_goes_by_the_bare_name_of_its_file(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["notify", f"{SLUG}.yaml", "--dry-run"]) == 0
    assert capfd.readouterr().out.startswith("2 letters")


def test_the_picture_in_a_letter_is_not_called_as_the_badge_is(site: Path) -> None:
    assert run(["notify", SLUG]) == 0
    names = [part.get_filename() for part in message_from_bytes(letter(0).read_bytes()).walk() if part.get_filename()]
    assert names == ["picture.png"]
