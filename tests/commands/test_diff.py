"""`badgesite diff`: what would change, in words and in JSON."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from badgesite.cli import run
from badgesite.content.permanence.locks import write_missing
from badgesite.errors import FetchError
from badgesite.network import fetching
from badgesite.served import Served
from tests.signing import BASE, PAIR, reading_of, sign, write_signed_site
from tests.sites import AWARDS, BADGE_PATH, BATCH, BATCH_PATH, SITE_PATH

PAGE = "content/pages/about.md"
SLUG = "english-b2-2023-07-14"
DAY = ("--as-of", "2024-03-02")
NEW = "c3b6a1f0-1c2d-4e3f-8a9b-0c1d2e3f4a5b"
THIRD = BATCH[BATCH.index(f"  - id: {AWARDS[1]}") :].replace(AWARDS[1], NEW).replace("0123456789", "1123456789")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was signed, locked and built."""
    root = write_signed_site(tmp_path_factory.mktemp("published"), {PAGE: "# Informazioni\n\nChi siamo.\n"})
    sign(root)
    reading, catalogue, _ = reading_of(root)
    write_missing(root, catalogue, places=reading.places)
    assert run(["-C", str(root), "build", *DAY]) == 0
    return root


@pytest.fixture
def site(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, where we are."""
    root = Path(shutil.copytree(published, tmp_path / "copy"))
    monkeypatch.chdir(root)
    return root


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def lines(capfd: pytest.CaptureFixture[str], *words: str, code: int = 0) -> list[str]:
    capfd.readouterr()
    assert run(["diff", *DAY, *words]) == code
    return capfd.readouterr().out.splitlines()


def in_json(capfd: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, Any]:
    found = json.loads("\n".join(lines(capfd, "--json", *words, code=code)))
    assert isinstance(found, dict)
    return found


def online(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder, as if it were the site online; nothing reaches out."""

    def fetch(self: object, address: str) -> Served:
        place = folder / address.removeprefix(BASE)
        if not address.startswith(BASE) or not place.is_file():
            raise FetchError(address, "missing", "its host has no such file (404)")
        return Served(address, place.read_bytes())

    monkeypatch.setattr(fetching.Network, "fetch", fetch)


def test_a_site_that_was_just_built_would_not_change(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first, weight, biggest = lines(capfd)
    assert first == "compared with site: nothing would change"
    assert weight.startswith("weight: ")
    assert ", was " in weight
    assert biggest.startswith("biggest: ")
    found = in_json(capfd)["weight"]
    assert found["before"] == {"files": found["files"], "bytes": found["bytes"]}


def test_before_the_first_build_everything_is_new_and_nothing_is_written(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree("site")
    shutil.rmtree(".site.badgesite")
    found = lines(capfd)
    assert found[:5] == [
        "compared with site:",
        "badges new: 1: english-b2",
        "issuers new: 1: example",
        "pages new: 1: about",
        f"awards in {SLUG}: 2 new",
    ]
    assert f"names that become visible: 1: Ada Esempio ({AWARDS[0]})" in found
    assert any(line.startswith(f"keys that come: {reading_of(site)[2].did('example')}#") for line in found)
    assert not Path("site").exists()
    assert not Path(".site.badgesite").exists()


def test_what_is_new_changed_and_drawn_anew_is_told_by_its_name(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(BATCH_PATH, BATCH[-20:], BATCH[-20:] + THIRD)
    sign(site, seed=5)
    edit(PAGE, "Chi siamo", "Chi siamo noi")
    edit(BADGE_PATH, "unit: cla", "unit: ict")
    found = in_json(capfd)
    assert found["badges"]["redrawn"] == ["english-b2"]
    assert found["pages"]["redrawn"] == ["about"]
    assert found["batches"][SLUG]["new"] == [NEW]
    assert found["batches"][SLUG]["lost"] == found["lost"] == []
    assert found["names"] == []
    assert run(["build", *DAY]) == 0
    assert lines(capfd)[0] == "compared with site: nothing would change"


def test_whose_name_becomes_visible_and_whose_comes_into_lists_is_told(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(BATCH_PATH, "    visibility: unnamed\n", "    name: Bruno O'Brien\n")
    sign(site, seed=5, replaces=True)
    found = in_json(capfd)
    assert found["names"] == [{"award": AWARDS[1], "name": "Bruno O'Brien", "listed": False}]
    assert found["batches"][SLUG]["changed"] == [AWARDS[1]]
    assert run(["build", *DAY]) == 0
    assert in_json(capfd)["names"] == []
    edit(SITE_PATH, "visibility: unlisted", "visibility: public")
    assert [(each["name"], each["listed"]) for each in in_json(capfd)["names"]] == [
        ("Ada Esempio", True),
        ("Bruno O'Brien", True),
    ]
    assert f"names that come into lists, for anyone to find: 2: Ada Esempio ({AWARDS[0]}), Bruno O'Brien" in "\n".join(
        lines(capfd)
    )


def test_what_would_be_lost_ends_with_5(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copytree("site", "online")
    shutil.copytree("online/pages/about", "online/pages/history")
    shutil.copytree(f"online/awards/{AWARDS[0]}", f"online/awards/{NEW}")
    Path("online/assets/old.css").write_text("", encoding="utf-8")
    found = lines(capfd, "--against", "online", code=5)
    assert "pages LOST: 1: history" in found
    assert "awards in no batch: 1 LOST" in found
    assert "would be lost: pages/history/index.html" in found
    assert not any("old.css" in line for line in found)


def test_a_broken_promise_is_told_as_build_tells_it(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path(PAGE).unlink()
    assert run(["diff"]) == 5
    assert 'the page "about" was published and is gone' in capfd.readouterr().err


def test_an_unsigned_award_is_refused_or_shown_as_not_issued(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(BATCH_PATH, BATCH[-20:], BATCH[-20:] + THIRD)
    assert run(["diff", *DAY]) == 4
    assert f"the award {NEW} is recorded and not signed" in capfd.readouterr().err
    assert in_json(capfd, "--drafts")["batches"][SLUG]["new"] == [NEW]


def test_of_a_site_online_what_anyone_may_find_is_compared(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    online(Path(shutil.copytree("site", "online")), monkeypatch)
    assert lines(capfd, "--against", BASE)[:2] == [
        f"compared with {BASE}: nothing would change",
        "awards: all are online as they would be, to the byte",
    ]
    edit(PAGE, "Chi siamo", "Chi siamo noi")
    edit(BATCH_PATH, BATCH[-20:], BATCH[-20:] + THIRD)
    sign(site, seed=5)
    found = lines(capfd, "--against", f"{BASE}manifest.json")
    assert "pages drawn anew: 1: about" in found
    assert any(
        line.startswith("awards: some differ from what is online; which, only those in public") for line in found
    )
    assert in_json(capfd, "--against", BASE)["unlisted_awards"] == "unknown"


def test_what_stays_at_a_former_address_is_compared_with_that(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    new = "https://new.example.edu/"
    edit(SITE_PATH, f"base_url: {BASE}\n", f"base_url: {new}\nformerly: [{BASE}]\n")
    edit(BATCH_PATH, "badge: english-b2\n", f"badge: english-b2\nbase: {BASE}\n")
    assert run(["build", *DAY, "--base", BASE]) == 0
    assert lines(capfd, "--base", BASE)[0] == "compared with site-badges.example.edu: nothing would change"
    assert run(["diff", "--base", "https://nowhere.example.edu/"]) == 2
    assert "the site was never at https://nowhere.example.edu/" in capfd.readouterr().err


def test_a_key_that_comes_and_one_that_goes_are_told(
    site: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree("site", "online"))
    document = folder / "issuers/example/did.json"
    fragment = PAIR.ed25519.public.fragment
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace(fragment, "z6MkOld"), encoding="utf-8")
    keys = in_json(capfd, "--against", "online")["keys"]
    assert [key.rpartition("#")[2] for key in keys["new"]] == [fragment]
    assert [key.rpartition("#")[2] for key in keys["lost"]] == ["z6MkOld"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere",), 2, 'there is no folder "nowhere"; name one, or an address that begins with https://'),
        (("content/site.yaml",), 3, "content/site.yaml is not a folder; give the folder of a site, or its address"),
        (
            ("https://other.example.edu/",),
            3,
            "https://other.example.edu/manifest.json: its host has no such file (404)",
        ),
        ((f"{BASE}badges/english-b2/",), 3, "its host has no such file (404)"),
        (
            ("broken",),
            1,
            "broken/manifest.json is not a manifest that badgesite made; is this the address of the site?",
        ),
    ],
    ids=["no folder", "a file", "another site", "inside the site", "no manifest"],
)
def test_what_cannot_be_compared_with_is_told(
    site: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    online(site / "site", monkeypatch)
    Path("broken").mkdir()
    Path("broken/manifest.json").write_text('{"files": []}', encoding="utf-8")
    assert run(["diff", "--against", *words]) == code
    assert told in capfd.readouterr().err
