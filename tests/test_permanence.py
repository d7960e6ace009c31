"""What was published neither vanishes, nor moves, nor changes, nor is used again: refused by every command, at once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.permanence.locks import write_missing
from badgesite.content.signed.lines import entry_of
from tests.content.signed.samples import CREDENTIALS, LOCK
from tests.signing import BASE, reading_of, sign, tree, write_signed_site
from tests.sites import (
    AWARDS,
    BADGE,
    BADGE_PATH,
    BATCH,
    BATCH_PATH,
    ISSUER,
    ISSUER_PATH,
    PICTURE,
    PICTURE_PATH,
    SITE_PATH,
)

PAGE, LOGO = "content/pages/about.md", "content/issuers/example.svg"
SLUG = "english-b2-2023-07-14"
REVOKED = BATCH.replace("    result: b1\n", "    result: b1\n    revoked: {date: 2024-01-10, reason: Errore}\n")
SECOND = REVOKED[REVOKED.index(f"  - id: {AWARDS[1]}") :]
Act = Callable[[Path], object]
PLAIN = "content/badges/plain.yaml"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was signed, locked and published, with an award that is revoked and a badge that nobody has."""
    files = {
        PAGE: "# Informazioni\n\nChi siamo.\n",
        ISSUER_PATH: f"{ISSUER}image: example.svg\n",
        LOGO: PICTURE,
        BATCH_PATH: REVOKED,
        PLAIN: BADGE.replace("Inglese B2", "Inglese C1").replace("english-b2.svg", "plain.svg"),
        "content/badges/plain.svg": PICTURE,
    }
    root = write_signed_site(tmp_path_factory.mktemp("published"), files)
    sign(root)
    reading, catalogue, _ = reading_of(root)
    write_missing(root, catalogue, places=reading.places)
    assert run(["-C", str(root), "build", "--as-of", "2024-03-02"]) == 0
    return root


@pytest.fixture
def site(published: Path, tmp_path: Path) -> Path:
    """A copy of it to break."""
    return Path(shutil.copytree(published, tmp_path / "copy"))


def edited(path: str, old: str, new: str) -> Act:
    def act(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    return act


def renamed(path: str, new: str) -> Act:
    return lambda root: (root / path).rename(root / path.replace(path.rpartition("/")[2], new))


def removed(path: str) -> Act:
    return lambda root: (root / path).unlink()


def all_of(*acts: Act) -> Act:
    return lambda root: [act(root) for act in acts]


def written(path: str, text: str) -> Act:
    return lambda root: (root / path).write_text(text, encoding="utf-8", newline="\n")


def reused(root: Path) -> None:
    """As if the index of the first award had been another's, who is erased."""
    other = f"c{AWARDS[0][1:]}"
    _, catalogue, _ = reading_of(root)
    entry = entry_of(catalogue.credentials[AWARDS[0]].text)
    lines = [other, f"{other} erased 2024-02-01", f"{other} {entry.list}#{entry.index} {'ab' * 32}"]
    with open(root / LOCK, "a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


BROKEN: dict[str, tuple[Act, str]] = {
    "a badge renamed": (
        renamed(BADGE_PATH, "english-b2-2024.yaml"),
        'content/badges/language/english-b2-2024.yaml:1:1: the badge "english-b2" was published and is gone, and '
        '"english-b2-2024" has its words; run `badgesite move badge english-b2 english-b2-2024`, which keeps the old '
        "address answering; or give the file its old name back: english-b2.yaml",
    ),
    "a badge renamed that nobody has": (
        renamed(PLAIN, "plainer.yaml"),
        'content/badges/plainer.yaml:1:1: the badge "plain" was published and is gone, and plainer.yaml is new; if its '
        "file was renamed, run `badgesite move badge plain plainer`, which keeps the old address answering; or give "
        "the file its old name back: plain.yaml",
    ),
    "a badge gone": (
        removed(BADGE_PATH),
        'content/published/badges/english-b2.lock: the badge "english-b2" was published and is gone; '
        "put english-b2.yaml back into content/badges/: its address is permanent",
    ),
    "another address": (
        edited(SITE_PATH, BASE, "https://other.example.edu/"),
        f"{SITE_PATH}:6:11: the site was published at {BASE}, and base_url is now https://other.example.edu/; "
        f"put back base_url: {BASE}, or, if the site has moved, write formerly: [{BASE}] below it",
    ),
    "no address": (
        edited(SITE_PATH, f"base_url: {BASE}\n", ""),
        f"{SITE_PATH}:1:1: the site was published at {BASE}, and base_url is gone; put back base_url: {BASE}",
    ),
    "another first language": (
        edited(SITE_PATH, "[it, en]", "[en, it]"),
        f"{SITE_PATH}:2:12: the first language was it, and is now en; put it first in languages again",
    ),
    "a translation gone": (
        edited(SITE_PATH, "[it, en]", "[it]"),
        f'{SITE_PATH}:2:12: the site was published in "en", and all addresses below en/ would be gone; '
        "put en back into languages",
    ),
    "a standard gone": (
        edited(SITE_PATH, "[ob2, ob3]", "[ob2]"),
        f"{SITE_PATH}:5:10: the site was published with Open Badges 3.0, and all credentials and status lists would be "
        "gone; write publish: [ob2, ob3] again",
    ),
    "an issuer renamed": (
        renamed(ISSUER_PATH, "esempio.yaml"),
        'content/issuers/esempio.yaml:1:1: the issuer "example" was published and is gone, and esempio.yaml is new; an '
        "issuer keeps its name for ever, as its keys and all that they signed are in that name: if its file was "
        "renamed, give the file its old name back: example.yaml",
    ),
    "an issuer gone": (
        removed(ISSUER_PATH),
        'content/published/issuers/example.lock: the issuer "example" was published and is gone; '
        "put example.yaml back into content/issuers/: its address is permanent",
    ),
    "an issuer's picture gone": (
        edited(ISSUER_PATH, "image: example.svg\n", ""),
        f'{ISSUER_PATH}:1:1: the issuer "example" was published with a picture image.svg, which would be gone; name an '
        "SVG in image: again: its address is permanent",
    ),
    "a page renamed": (
        renamed(PAGE, "about-us.md"),
        'content/pages/about-us.md:1:1: the page "about" was published and is gone, and about-us.md is new; '
        "put about.md back, if only to lead on to about-us.md: its address is permanent",
    ),
    "a page gone": (
        removed(PAGE),
        'content/published/pages/about.lock: the page "about" was published and is gone; '
        "put about.md back into content/pages/: its address is permanent",
    ),
    "a batch renamed": (
        all_of(renamed(BATCH_PATH, "other.yaml"), renamed(CREDENTIALS, "other.credentials.jsonl")),
        f'content/awards/2023/other.yaml:1:1: the awards of the batch "{SLUG}" were published in it, and are now in '
        f'"other"; give the file its old name back: {SLUG}.yaml',
    ),
    "a batch gone": (
        removed(BATCH_PATH),
        f'content/published/batches/{SLUG}.lock: the batch "{SLUG}" was published with 2 awards and is gone; '
        f"put {SLUG}.yaml back into content/awards/",
    ),
    "a batch of another badge": (
        edited(BATCH_PATH, "badge: english-b2", "badge: plain"),
        f'{BATCH_PATH}:1:8: the awards of the batch "{SLUG}" were of the badge "english-b2", and are now of "plain"; '
        "put back badge: english-b2",
    ),
    "a batch with another address": (
        edited(BATCH_PATH, "badge: english-b2\n", "badge: english-b2\nbase: https://old.example.edu/\n"),
        f'{BATCH_PATH}:2:7: the batch "{SLUG}" was published at {BASE}, and not at https://old.example.edu/; '
        f"write base: {BASE}\n"
        f"{BATCH_PATH}:2:7: the site is not at https://old.example.edu/, and is not said to have been; remove the "
        "line, or name the address in formerly: in content/site.yaml",
    ),
    "an id changed": (
        edited(BATCH_PATH, AWARDS[0], f"{AWARDS[0][:-1]}2"),
        f"{BATCH_PATH}:5:9: the award {AWARDS[0]} was published and is gone, and this one never was; if its id was "
        f"changed, write id: {AWARDS[0]} again; if not, put the record of that award back",
    ),
    "an award gone": (
        edited(BATCH_PATH, SECOND, ""),
        f"{BATCH_PATH}:1:1: the award {AWARDS[1]} was published and is gone; put its record back; to withdraw it, add "
        "revoked: {date, reason}",
    ),
    "an award moved": (
        all_of(
            edited(BATCH_PATH, SECOND, ""),
            written("content/awards/2023/other.yaml", f"badge: english-b2\ndate: 2023-07-14\nawards:\n{SECOND}"),
        ),
        f'content/awards/2023/other.yaml:4:9: the award {AWARDS[1]} was published in the batch "{SLUG}", and is now in '
        f'"other"; move its record back to "{SLUG}"',
    ),
    "an award no longer revoked": (
        written(BATCH_PATH, BATCH),
        f"{BATCH_PATH}:12:9: the award {AWARDS[1]} was revoked, and its record no longer says so: a credential once "
        "revoked stays so; put revoked: {date, reason} back; to give the badge again, award it anew",
    ),
    "an erased award back": (
        edited(LOCK, "badge ", f"{AWARDS[0]} erased 2024-02-01\nbadge "),
        f"{BATCH_PATH}:5:9: the award {AWARDS[0]} was erased, and its record is there again; remove the record: what "
        "is erased stays so",
    ),
    "credentials gone": (
        removed(CREDENTIALS),
        f"{CREDENTIALS}: the credentials of 2 awards were published and are gone; take the file back from Git: "
        f"git checkout -- {CREDENTIALS}",
    ),
    "lock lines gone": (
        removed(LOCK),
        f"{LOCK}: the lock file is gone, and 2 credentials are signed in this batch; take it back from Git: "
        f"git checkout -- {LOCK}",
    ),
    "a word of an awarded badge": (
        edited(BADGE_PATH, "en: English B2", "en: English B3"),
        f'{BADGE_PATH}:3:28: "name" in "en" of the badge "english-b2", which has been awarded, has changed; put it '
        "back, or make a new badge: `badgesite new badge NEW --replaces english-b2`; if it mends a misprint, add an "
        "entry to amended: {date, note}",
    ),
    "the picture of an awarded badge": (
        edited(PICTURE_PATH, "#123b5d", "#ff0000"),
        f'{BADGE_PATH}:10:8: "image" of the badge "english-b2", which has been awarded, has changed; put it back, or '
        "make a new badge: `badgesite new badge NEW --replaces english-b2`; if it mends a misprint, add an entry to "
        "amended: {date, note}",
    ),
    "the validity of an awarded badge": (
        edited(BADGE_PATH, "3 years", "4 years"),
        f'{BADGE_PATH}:25:12: "valid_for" of the badge "english-b2", which has been awarded, has changed; put it back, '
        "or make a new badge: `badgesite new badge NEW --replaces english-b2`",
    ),
}


def refused(root: Path, capsys: pytest.CaptureFixture[str], *command: str) -> list[str]:
    """What a command says that ends with 5, and changes nothing."""
    before = tree(root)
    capsys.readouterr()
    assert run(["-C", str(root), *command]) == 5
    assert tree(root) == before
    out, err = capsys.readouterr()
    told = out.replace(" error: ", " ") if command[0] == "check" else err
    return [line for line in told.splitlines() if " warning: " not in line]


@pytest.mark.parametrize("name", BROKEN)
def test_every_command_refuses_in_the_same_words_what_breaks_the_promise(
    site: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    act, words = BROKEN[name]
    act(site)
    for command in (("build", "--as-of", "2024-03-02"), ("check",), ("sign",), ("lock",)):
        assert refused(site, capsys, *command) == words.splitlines(), command


def test_an_index_that_was_given_twice_is_refused_and_settled_by_sign(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reused(site)
    for command in (("build", "--as-of", "2024-03-02"), ("check",)):
        (told,) = refused(site, capsys, *command)
        assert told.startswith(f"{BATCH_PATH}:5:9: the index ")
        assert f"is that of the award {AWARDS[0]} and of c{AWARDS[0][1:]}; run `badgesite sign`, which gives" in told
    before = entry_of(reading_of(site)[1].credentials[AWARDS[0]].text)
    sign(site, seed=1)
    assert entry_of(reading_of(site)[1].credentials[AWARDS[0]].text).index != before.index
    assert run(["-C", str(site), "build", "--as-of", "2024-03-02"]) == 0


def test_everything_is_told_in_one_run_with_the_faults_of_the_content(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("a badge renamed", "another address", "a page gone", "an id changed", "an issuer's picture gone")
    told = sorted(BROKEN[name][1] for name in names)
    for name in names:
        BROKEN[name][0](site)
    edited(PLAIN, "ects: 3", "ects: many")(site)
    fault = f'{PLAIN}:17:9: "many" is not a number'
    for command in (("build",), ("check",), ("sign",), ("lock",), ("award", "plain", "x@example.org")):
        lines = refused(site, capsys, *command)
        assert [line for line in lines if not line.startswith(fault)] == told
        assert sum(line.startswith(fault) for line in lines) == 1


def test_a_faulty_file_is_not_taken_for_one_that_is_gone(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (BADGE_PATH, ISSUER_PATH, BATCH_PATH):
        edited(path, "name: ", "nome: ")(site)
    written(PAGE, "Chi siamo.\n")(site)
    assert run(["-C", str(site), "check"]) == 1
    assert "published" not in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["check", "build"])
def test_another_first_language_is_told_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str], verb: str) -> None:
    assert run(["init", str(tmp_path), "--yes", "--language", "en", "--base-url", "https://badges.prova.example/"]) == 0
    assert run(["-C", str(tmp_path), "lock"]) == 0
    site = tmp_path / "content/site.yaml"
    site.write_text(site.read_text().replace("languages: [en]", "languages: [it, en]"))
    capfd.readouterr()
    assert run(["-C", str(tmp_path), verb]) == 5
    told = [line for line in "".join(capfd.readouterr()).splitlines() if "site.yaml" in line and "warning" not in line]
    assert len(told) == 1
    assert "the first language was en, and is now it; put en first in languages again" in told[0]
