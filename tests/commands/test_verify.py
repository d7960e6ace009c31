"""`badgesite verify`, as somebody types it: answers, numbered steps, JSON and exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from badgesite.cli import run
from badgesite.commands import verify as command
from badgesite.commands.console import Session
from badgesite.errors import FetchError, UsageError
from badgesite.served import Served
from badgesite.standards.baking import bake_png
from badgesite.verify.sites.folder import Folder, open_folder
from tests.sites import write_site
from tests.verify.badges import ASSERTION, PNG, World, written
from tests.verify.built import NOW, REVOKED, VALID, write_built_site
from tests.verify.ob2.worlds import EMAIL, assertion, files

ON_THE_DAY = ("--as-of", NOW.date().isoformat())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built_site(tmp_path_factory.mktemp("built")) / "site"


class Everywhere:
    """In place of the network: a site that is served, and a world beside it."""

    world = World(files())
    folder: Folder | None = None

    def fetch(self, address: str) -> Served:
        """From the folder if the address is of its site, else from the world."""
        if self.folder and address.startswith(self.folder.base):
            return self.folder.fetch(address)
        return self.world.fetch(address)


@pytest.fixture(autouse=True)
def everywhere(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    monkeypatch.setattr(command, "Network", Everywhere)
    monkeypatch.setattr(Everywhere, "world", World(files()))
    monkeypatch.setattr(Everywhere, "folder", open_folder(site))


def verify(*arguments: object, stdin: bytes | str = b"") -> Result:
    return CliRunner().invoke(command.command, [str(each) for each in arguments], obj=Session(Path()), input=stdin)


@pytest.mark.parametrize("name", ["credential.json", "credential.jwt", "assertion.json", "badge.png"])
def test_a_valid_badge_has_nine_numbered_steps_and_ends_with_0(site: Path, name: str) -> None:
    done = verify(site / "awards" / VALID / name, *ON_THE_DAY)
    first, said, *steps = done.stdout.splitlines()
    assert (done.exit_code, first) == (0, f"{site}/awards/{VALID}/{name}: valid"), done.stdout
    assert said.startswith("   it says: “")
    assert "B2”" in said
    assert [line.split()[0] for line in steps[:9]] == [str(number) for number in range(1, 10)]
    assert "✓ passed" in steps[1]
    assert "files read from badges.example.edu" in steps[9]


def test_a_picture_of_both_standards_is_verified_as_both(site: Path) -> None:
    done = verify(site / "awards" / VALID / "badge.png", *ON_THE_DAY)
    assert "Open Badges 2.0, hosted, in a PNG picture" in done.stdout
    assert "Open Badges 3.0, JSON with an embedded proof, in a PNG picture" in done.stdout
    assert done.stdout.count(": valid\n") == 2


def test_of_both_standards_the_worse_answer_is_the_exit_code(site: Path, tmp_path: Path) -> None:
    credential = (site / "awards" / VALID / "credential.json").read_text(encoding="utf-8")
    mine = (site / "awards" / VALID / "assertion.json").read_text(encoding="utf-8")
    forged = bake_png(PNG, {"openbadges": mine, "openbadgecredential": credential.replace("Ada", "Eva")})
    (tmp_path / "badge.png").write_bytes(forged)
    done = verify(tmp_path / "badge.png", *ON_THE_DAY)
    assert done.exit_code == 1
    assert "badge.png: valid" in done.stdout
    assert "badge.png: not genuine: " in done.stdout


def test_a_picture_of_two_awards_is_not_readable_and_each_is_told_in_full(site: Path, tmp_path: Path) -> None:
    credential = (site / "awards" / VALID / "credential.json").read_text(encoding="utf-8")
    both = bake_png(PNG, {"openbadges": ASSERTION, "openbadgecredential": credential})
    (tmp_path / "badge.png").write_bytes(both)
    done = verify(tmp_path / "badge.png", *ON_THE_DAY)
    assert done.exit_code == 1
    assert done.stdout.count(": not readable: the picture carries badges of two awards, which differ in ") == 2
    assert done.stdout.count("\n   9 endorsements") == 2


@pytest.mark.parametrize("name", ["credential.json", "credential.jwt", "assertion.json"])
def test_a_revoked_badge_is_revoked(site: Path, name: str) -> None:
    done = verify(site / "awards" / REVOKED / name, *ON_THE_DAY)
    assert done.exit_code == 1
    assert f"{name}: revoked: " in done.stdout


def test_what_was_valid_on_a_day_is_asked_with_as_of(site: Path) -> None:
    path = site / "awards" / VALID / "credential.json"
    assert verify(path, "--as-of", "2026-07-14").exit_code == 0
    done = verify(path, "--as-of", "2026-07-15")
    assert (done.exit_code, ": expired: " in done.stdout) == (1, True)


def test_an_address_is_fetched_and_verified() -> None:
    done = verify(ASSERTION, *ON_THE_DAY)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, f"{ASSERTION}: valid")


@pytest.mark.parametrize("language", ["", "en/"])
def test_of_the_page_of_an_award_all_that_it_names_is_verified(language: str) -> None:
    done = verify(f"https://badges.example.edu/{language}awards/{VALID}/", *ON_THE_DAY)
    assert done.exit_code == 0, done.stdout
    assert done.stdout.count(": valid\n") == 2
    assert "it is Open Badges 2.0, hosted;" in done.stdout
    assert "it is Open Badges 3.0, JSON with an embedded proof;" in done.stdout


def test_a_page_that_names_no_badge_says_what_to_name() -> None:
    done = verify("https://badges.example.edu/verify/", *ON_THE_DAY)
    assert done.exit_code == 1
    assert "not readable: this is a web page that names no badge; name the file of the badge" in done.stdout


def test_offline_nothing_is_asked_and_nothing_fails(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "Network", None)
    done = verify(site / "awards" / VALID / "credential.json", "--offline", *ON_THE_DAY)
    assert (done.exit_code, ": not known: " in done.stdout) == (0, True)


@pytest.mark.parametrize("reason", ["unreachable", "refused"])
def test_a_host_that_does_not_answer_is_exit_code_3(reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Everywhere, "world", World({ASSERTION: FetchError(ASSERTION, reason, "no answer")}))  # type: ignore[arg-type]
    assert verify(ASSERTION, *ON_THE_DAY).exit_code == 3


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [("ob3-issuer/did-key", "no domain stands behind", 1), ("ob3-issuer/did-unknown-method", "not looked up", 3)],
)
def test_what_is_not_known_is_no_success(name: str, words: str, code: int) -> None:
    file = Path(__file__).parents[1] / "testkit" / f"{name}.json"
    done = verify(file, "--as-of", "2026-06-30")
    assert (done.exit_code, ": not known: " in done.stdout, words in done.stdout) == (code, True, True)


@pytest.mark.parametrize(("email", "code"), [(EMAIL, 0), (f" {EMAIL.upper()}", 0), ("bob@example.net", 1)])
def test_the_holder_is_compared_and_never_printed(email: str, code: int) -> None:
    for done in (
        verify(ASSERTION, "--email", email, *ON_THE_DAY),
        verify(ASSERTION, "--email", "-", *ON_THE_DAY, stdin=f"{email}\n"),
        verify(ASSERTION, "--email", email, "--json", *ON_THE_DAY),
    ):
        assert done.exit_code == code
        assert email.strip() not in done.stdout


def test_a_badge_that_does_not_say_whose_it_is_is_not_known_to_be_of_the_one_that_was_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    by_telephone = {"recipient": {"type": "telephone", "hashed": False, "identity": "+390471012345"}}
    monkeypatch.setattr(Everywhere, "world", World(files(assertion=by_telephone)))
    assert verify(ASSERTION, *ON_THE_DAY).exit_code == 0
    done = verify(ASSERTION, "--email", EMAIL, *ON_THE_DAY)
    assert (done.exit_code, ": not known: the award does not name its holder" in done.stdout) == (1, True)


def test_software_gets_one_object() -> None:
    done = verify(ASSERTION, "--json", *ON_THE_DAY)
    found = json.loads(done.stdout)
    (badge,) = found["badges"]
    assert (found["version"], found["sites"]) == (1, [])
    assert (badge["name"], badge["answer"], badge["badge"]["title"]) == (ASSERTION, "valid", "English B2")
    assert [check["number"] for check in badge["checks"]] == list(range(1, 10))
    assert {"step", "outcome", "words", "code", "out_of_reach", "number"} == set(badge["checks"][0])
    assert {"address", "moment", "size", "digest"} == set(badge["read"][0])


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", 1, "not readable: the file is empty"),
        (PNG, 1, "not readable: the picture carries no badge"),
        (b"<html></html>", 1, "not readable: this is a web page"),
        (b"{}", 1, "not readable: the document is JSON, but not an Open Badge"),
        (b"x" * (16 * 1024 * 1024 + 1), 1, "not readable: the file is larger than 16 MB"),
        (written(assertion()), 0, "valid"),
    ],
    ids=["empty", "plain picture", "page", "other json", "huge", "assertion"],
)
def test_standard_input_is_a_file_like_any_other(data: bytes, code: int, words: str) -> None:
    done = verify("-", *ON_THE_DAY, stdin=data)
    assert (done.exit_code, done.stdout.splitlines()[0].startswith(f"-: {words}")) == (code, True), done.stdout
    assert len(done.stdout.splitlines()) == (12 if code == 0 else 2)


def test_a_file_that_is_not_there_is_told_and_the_next_is_verified(tmp_path: Path) -> None:
    done = verify(tmp_path / "none.png", ASSERTION, *ON_THE_DAY)
    assert done.exit_code == 3
    assert f"there is no file {tmp_path / 'none.png'}; look at its path\n" in done.stderr
    assert done.stdout.startswith(f"{ASSERTION}: valid\n")
    found = json.loads(verify("none.png", ASSERTION, "--json", *ON_THE_DAY).stdout)
    assert (found["missing"], len(found["badges"])) == (["none.png"], 1)


@pytest.mark.parametrize(
    ("thing", "hint"),
    [
        ("badges.example.org", "if it is at a host, write https://badges.example.org"),
        ("badges.example.org/awards/1/", "if it is at a host, write https://badges.example.org/awards/1/"),
        (VALID, f"it looks like an award's id: `badgesite find {VALID}` says its address; add badge.png to that"),
        ("badge.png", "look at its path"),
        ("downloads/badge.png", "look at its path"),
        ("../badges.example.org", "look at its path"),
    ],
)
def test_what_is_no_file_is_told_with_what_may_have_been_meant(
    thing: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = verify(thing)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr == f"warning: there is no file {thing}; {hint}\n"


def test_what_a_stranger_wrote_gives_the_terminal_no_orders(tmp_path: Path) -> None:
    world = World(files(badge={"name": "B2\x1b[2J\u202e"}, issuer={"name": "A\nvalid"}))
    Everywhere.world = world
    done = verify(ASSERTION, *ON_THE_DAY)
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "\nvalid" not in done.stdout


def test_neither_a_fault_of_a_site_nor_json_gives_the_terminal_orders(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    subprocess.run(["cp", "-r", site, copy], check=True)
    (copy / "awards" / "\x1b[2J\u202e").mkdir()
    done = verify(copy, *ON_THE_DAY)
    assert (done.exit_code, "\x1b" in done.stdout, "\u202e" in done.stdout) == (1, False, False)
    Everywhere.world = World(files(badge={"id": "https://badges.example.org/badge.json\x9b\u202e"}))
    assert verify(ASSERTION, "--json", *ON_THE_DAY).stdout.isascii()


def test_what_a_badge_says_of_itself_stays_between_quotation_marks() -> None:
    names = {"name": "A”, by “Good University"}
    Everywhere.world = World(files(badge=names, issuer=names))
    said = verify(ASSERTION, *ON_THE_DAY).stdout.splitlines()[1]
    assert said == "   it says: “A', by 'Good University”, awarded on 2025-01-01, by “A', by 'Good University”"


def test_a_sound_site_is_counted(site: Path) -> None:
    done = verify(site, *ON_THE_DAY)
    assert (done.exit_code, done.stdout) == (0, f"{site}: 2 awards: 1 valid, 1 revoked\n")


def test_a_site_with_a_fault_names_it_and_ends_with_1(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    subprocess.run(["cp", "-r", site, copy], check=True)
    (copy / "awards" / VALID / "credential.json").unlink()
    done = verify(copy, *ON_THE_DAY)
    lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert lines[0].startswith(f"{copy}/awards/{VALID}/")
    assert lines[-1] == f"{copy}: 2 awards: 1 revoked, 1 wrong"
    found = json.loads(verify(copy, "--json", *ON_THE_DAY).stdout)["sites"][0]
    assert (found["base"], found["awards"], found["wrong"]) == ("https://badges.example.edu/", 2, 1)
    assert found["faults"] == [line.removeprefix(f"{copy}/") for line in lines[:-1]]


def test_a_folder_that_is_no_site_is_told_beside_the_badges(tmp_path: Path) -> None:
    done = verify(ASSERTION, tmp_path, "--json", *ON_THE_DAY)
    found = json.loads(done.stdout)
    assert (done.exit_code, [badge["answer"] for badge in found["badges"]]) == (3, ["valid"])
    (told,) = found["sites"]
    assert (told["name"], told["awards"], "is no built site" in told["faults"][0]) == (str(tmp_path), 0, True)


def test_what_cannot_be_asked_is_refused_before_anything_is_verified(tmp_path: Path) -> None:
    for arguments in (("--offline", tmp_path / "x.png", ASSERTION), ("--email", EMAIL, ASSERTION, tmp_path)):
        done = verify(*arguments)
        assert isinstance(done.exception, UsageError)
        assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "Missing argument"),
        (("x.png", "--email", "ada"), 2, "that is no e-mail address; write one alone"),
        (("-", "--email", "-"), 2, "cannot be the badge and the address at once"),
        (("https://example.org/a", "--offline"), 2, "--offline asks no host"),
        ((".", "--email", EMAIL), 2, "badgesite find"),
        ((".",), 3, "is no built site"),
        (("x.png", "--as-of", "yesterday"), 2, "is not a day"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_mend(
    tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "badgesite.cli", "verify", *arguments], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == code
    assert words in done.stderr
    assert EMAIL not in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["-", "--email", "not an@address"], 2, "--email: that is no e-mail address; write one alone"),
        (["-", "--email", "nobody@"], 2, "--email: that is no e-mail address"),
    ],
)
def test_what_is_no_email_address_is_told_as_that_before_anything_is_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["verify", *words]) == code
    told = capfd.readouterr()
    assert message in told.err
    assert told.out == ""


def test_a_rehearsal_is_told_as_that(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(write_site(tmp_path)), "build"]) == 0
    capfd.readouterr()
    assert run(["verify", str(tmp_path / "site")]) == 0
    assert "is a rehearsal at http://localhost:8000/: its badges are valid nowhere else" in capfd.readouterr().err
