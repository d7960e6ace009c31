"""Awards and lists as they are named to `revoke`, `change`, `erase` and `find`: understood, and refused, alike."""

from pathlib import Path

import pytest

from badgesite.cli import run
from tests.signing import tree
from tests.sites import ADDRESSES, AWARDS, write_site

VERBS = {
    "revoke": ("--reason", "Awarded by mistake", "--dry-run"),
    "change": ("--expires", "2030-01-01", "--dry-run"),
    "erase": ("--dry-run",),
    "find": (),
}
UNKNOWN = "11111111-1111-4111-8111-111111111111"
BASE = "https://badges.example.edu/"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = write_site(tmp_path / "site", base_url=BASE)
    lists = {
        "list.csv": f"email\n{ADDRESSES[0]}\n",
        "graduates": f"id\n{AWARDS[0]}\n",
        "rows.csv": "email\nnobody\n",
        f"built/awards/{AWARDS[1]}/index.html": "a page",
    }
    (tmp_path / "built/awards" / AWARDS[1]).mkdir(parents=True)
    for name, text in lists.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(root)
    monkeypatch.delenv("BADGESITE_PRIVATE", raising=False)
    return root


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["../none.csv"], 3, "there is no list ../none.csv, and it is no address; look at its path"),
        (["--list", "none"], 3, "there is no list none, and it is no address; look at its path"),
        (
            [".."],
            2,
            "the command line: this names no award; write its id, the address of its page, or its holder's e-ma",
        ),
        (["english-b2"], 2, "or its holder's e-mail address; or the name of a list, .csv or .xlsx"),
        ([AWARDS[0][:-1]], 2, "the command line: this names no award"),
        (["ada@@example.org"], 2, "the command line: this is neither an award nor an e-mail address"),
        ([AWARDS[0], "english-b2"], 2, "the command line, AWARD 2: this names no award"),
        ([], 2, "name an AWARD by its id, its page's address, or its holder's e-mail address; or name a LIST"),
        (["../rows.csv"], 1, "rows.csv:2:1: this names no award"),
        ([UNKNOWN], 1, ""),
        (["nobody@example.org"], 1, ""),
    ],
)
def test_what_cannot_be_meant_ends_alike(
    site: Path, capfd: pytest.CaptureFixture[str], verb: str, words: list[str], code: int, told: str
) -> None:
    before = tree(site)
    assert run([verb, *words, *VERBS[verb]]) == code
    said = capfd.readouterr()
    assert told in said.err
    assert "ada@" not in said.err
    assert tree(site) == before


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "words",
    [
        ["../list.csv"],
        ["--list", "../list.csv"],
        ["../graduates"],
        [AWARDS[0]],
        [f"{BASE}awards/{AWARDS[0]}/badge.png"],
    ],
)
def test_a_list_is_taken_by_its_bare_name_and_an_award_by_any_of_its_addresses(
    site: Path, capfd: pytest.CaptureFixture[str], verb: str, words: list[str]
) -> None:
    assert run([verb, *words, *VERBS[verb]]) == 0
    assert AWARDS[0] in capfd.readouterr().out


@pytest.mark.parametrize("verb", VERBS)
def test_a_file_of_a_built_site_is_the_award_that_it_is_of_and_lists_and_awards_stand_together(
    site: Path, capfd: pytest.CaptureFixture[str], verb: str
) -> None:
    assert run([verb, f"../built/awards/{AWARDS[1]}/index.html", "../list.csv", *VERBS[verb]]) == 0
    told = capfd.readouterr().out
    assert AWARDS[0] in told
    assert AWARDS[1] in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["revoke", AWARDS[0], "--reason", "x", "--date", "2026-13-01"], "is not a day"),
        (["revoke", AWARDS[0], "--reason", "x", "--date", "2999-01-01"], "lies in the future"),
        (["revoke", AWARDS[0], "--reason", "me@example.net"], "an e-mail address stands in it"),
        (["change", AWARDS[0], "--expires", "2026-13-01"], 'there is no day "2026-13-01"'),
        (["change", AWARDS[0], "--email", "ada@@x"], "this is not an e-mail address"),
        (["change", AWARDS[0], "--result", "c9"], "is not a result of english-b2"),
        (["award", "english-b2", "x@example.org", "--date", "2026-13-01"], 'there is no day "2026-13-01"'),
        (["award", "english-b2", "x@@example.org"], "is not an e-mail address"),
        (["award", "english-b2", "x@example.org", "--result", "c9"], "is not a result of english-b2"),
        (["erase", AWARDS[0], "--badge", "c9"], "is not a badge of this site"),
        (["find", AWARDS[0], "--language", "fr"], 'the site has no language "fr"'),
    ],
)
def test_a_wrong_option_is_a_fault_of_the_command_line(
    site: Path, capfd: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    before = tree(site)
    assert run(words) == 2
    assert told in capfd.readouterr().err
    assert tree(site) == before


@pytest.mark.parametrize("verb", VERBS)
def test_an_address_is_an_address_also_where_a_file_is_called_so(
    site: Path, capfd: pytest.CaptureFixture[str], verb: str
) -> None:
    (site / ADDRESSES[0]).write_text(f"id\n{AWARDS[0]}\n{AWARDS[1]}\n")
    assert run([verb, ADDRESSES[0], *VERBS[verb]]) == 0
    found = capfd.readouterr()
    assert AWARDS[0] in found.out
    assert AWARDS[1] not in found.out
