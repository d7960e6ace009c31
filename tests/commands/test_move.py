"""`badgesite move badge`: another name, and nothing that was published moves."""

import shutil
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.permanence.locks import write_missing
from badgesite.content.reading import read_or_raise
from tests.signing import reading_of, sign, tree, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BADGE, BADGE_PATH, BATCH_PATH, PICTURE, write_site

NEW_PATH = BADGE_PATH.replace("english-b2.yaml", "english-b2-2024.yaml")
LARGER = "content/badges/larger.yaml"
MOVE = ("move", "badge", "english-b2", "english-b2-2024", "--yes")
DAY = ("--as-of", "2024-03-02")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was signed, locked and built."""
    larger = BADGE.replace("Inglese B2", "Tutte le lingue").replace("english-b2.svg", "larger.svg")
    files = {
        LARGER: f"{larger}replaces: english-b2\n",
        "content/badges/larger.svg": PICTURE.replace("#123b5d", "#654321"),
    }
    root = write_signed_site(tmp_path_factory.mktemp("published"), files)
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


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_file_is_renamed_and_says_what_it_was(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert run([*MOVE]) == 0
    out, err = capfd.readouterr()
    lock = "content/published/badges/english-b2-2024.lock"
    assert out.splitlines() == [NEW_PATH, lock]
    assert 'the badge "english-b2" is called "english-b2-2024" now' in err
    assert "2 awards keep naming it as it was when they were recorded" in err
    after = tree(site)
    assert after.pop(NEW_PATH).decode() == BADGE.replace("name: {it", "formerly: [english-b2]\nname: {it", 1)
    assert after.pop(lock).startswith(b"lock 1\n")
    before.pop(BADGE_PATH)
    assert after == before


def test_nothing_is_renamed_for_good_unless_somebody_says_yes(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site)
    assert run([*MOVE[:-1]]) == 2
    told = capfd.readouterr().err
    assert '"english-b2" would be called "english-b2-2024" for good' in told
    assert "with --yes it is done" in told
    assert tree(site) == before


def test_every_document_and_picture_that_was_published_stays_to_the_byte(site: Path) -> None:
    before = files_of(site / "site")
    assert run([*MOVE]) == 0
    assert run(["build", "--locked", *DAY]) == 0
    after = files_of(site / "site")
    larger = {"badges/larger/badge.json", "badges/larger/achievement.json", "en/badges/larger/achievement.json"}
    changed = {path for path in before if before[path] != after.get(path)} - larger
    assert {path for path in changed if not path.endswith("/index.html")} == {
        "catalogue.json",
        "feed.xml",
        "index.html",
        "manifest.json",
        "sitemap.xml",
        "statistics/statistics.csv",
        "statistics/statistics.json",
    }
    assert b"badges/english-b2/" not in after["catalogue.json"] + after["sitemap.xml"] + after["feed.xml"]
    for name in ("badge.json", "achievement.json", "image.png", "image.svg"):
        assert f"badges/english-b2-2024/{name}" in after
    assert b"/badges/english-b2-2024/badge.json" in after["badges/larger/badge.json"]
    assert run(["check"]) == 0
    assert sign(site)[0].places == {}


def test_the_old_page_leads_on_without_a_script(site: Path) -> None:
    assert run([*MOVE]) == 0
    assert run(["build", *DAY]) == 0
    page = (site / "site/en/badges/english-b2/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://badges.example.edu/en/badges/english-b2-2024/">' in page
    assert '<meta http-equiv="refresh" content="0; url=../english-b2-2024/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "This badge has a new address" in page
    assert '<a href="../english-b2-2024/">English B2</a>' in page
    assert "<script" not in page
    award = (site / f"site/en/awards/{AWARDS[0]}/index.html").read_text(encoding="utf-8")
    assert "../../badges/english-b2-2024/" in award


def test_holders_under_the_old_name_hold_it_under_the_new_one(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*MOVE]) == 0
    for name in ("english-b2", "english-b2-2024"):
        capfd.readouterr()
        assert run(["award", name, ADDRESSES[0], "--date", "2024-03-02", "--dry-run"]) == 0
        assert "0 new" in capfd.readouterr().out
    assert run(["award", "english-b2", "new@example.org", "--date", "2024-03-02", "--result", "b2", "--yes"]) == 0
    (batch,) = (site / "content/awards/2024").glob("*.yaml")
    assert batch.name == "english-b2-2024-2024-03-02.yaml"
    assert "badge: english-b2-2024\n" in batch.read_text(encoding="utf-8")
    assert run(["check", "--drafts"]) == 0


def test_an_award_that_is_signed_after_the_move_names_the_badge_as_it_was_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_signed_site(tmp_path)
    monkeypatch.chdir(root)
    assert run([*MOVE]) == 0
    sign(root)
    credential = reading_of(root)[1].credentials[AWARDS[0]].text
    assert b'"id":"https://badges.example.edu/en/badges/english-b2/achievement.json"' in credential
    assert b"english-b2-2024" not in credential
    assert run(["build", *DAY]) == 0


def test_a_file_that_was_renamed_by_hand_or_by_a_run_that_was_cut_off_is_finished(site: Path) -> None:
    whole = Path(shutil.copytree(site, site.parent / "whole"))
    assert run(["-C", str(whole), *MOVE]) == 0
    (site / BADGE_PATH).rename(site / NEW_PATH)
    assert run(["build", *DAY]) == 5
    assert run([*MOVE]) == 0
    assert tree(site) == tree(whole)


def test_a_badge_moves_twice_and_answers_at_all_its_names(site: Path) -> None:
    assert run([*MOVE]) == 0
    assert run(["move", "badge", "english-b2-2024", "english", "--yes"]) == 0
    assert "formerly: [english-b2, english-b2-2024]\n" in (site / "content/badges/language/english.yaml").read_text()
    assert run(["build", "--locked", *DAY]) == 0
    for name in ("english-b2", "english-b2-2024", "english"):
        assert f"/badges/{name}/badge.json" in (site / f"site/badges/{name}/badge.json").read_text()
    catalogue = read_or_raise(site).catalogue
    assert catalogue
    assert catalogue.former_badges == {"english-b2": "english", "english-b2-2024": "english"}
    assert catalogue.badges["larger"].replaces == "english"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (
            ("badge", "english-b2-2024", "english-b2"),
            5,
            '"english-b2" was the name of the badge "english-b2-2024", and',
        ),
        (("badge", "larger", "english-b2"), 5, "a name that was published is never used again; choose another"),
        (("badge", "english-b2-2024", "larger"), 2, 'there is a badge "larger" already; choose another name'),
        (("badge", "english-b2", "c1"), 2, '"english-b2" is called "english-b2-2024" now: badgesite move badge engl'),
        (MOVE[1:], 2, 'the badge "english-b2" is called "english-b2-2024" already'),
        (("badge", "english-b3", "c1"), 2, 'there is no badge "english-b3"; there are: english-b2-2024, larger'),
        (("badge", "larger", "English B2"), 2, '"English B2" cannot be the name of a badge; use a-z, 0-9'),
        (("issuer", "example", "esempio"), 2, "an issuer never moves: its keys, and all that they signed, are in its"),
        (("pages", "about", "us"), 2, "a page never moves"),
        (("anything", "a", "b"), 2, '"anything" is nothing that moves; `badgesite move badge OLD NEW`'),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_move_is_told_and_nothing_changes(
    site: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, told: str
) -> None:
    assert run([*MOVE]) == 0
    before = tree(site)
    assert run(["move", *words]) == code
    assert told in capfd.readouterr().err
    assert tree(site) == before


def test_a_former_name_is_never_another_badge_s(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*MOVE]) == 0
    capfd.readouterr()
    assert run(["new", "badge", "english-b2"]) == 5
    assert '"english-b2" was the name of the badge "english-b2-2024"' in capfd.readouterr().err
    write_site(site, {BADGE_PATH: BADGE}, base_url="https://badges.example.edu/", publish="[ob2, ob3]")
    for command in ("build", "check", "lock"):
        assert run([command]) == 5
        told = capfd.readouterr()
        assert f'{BADGE_PATH}:1:1: the name "english-b2" is that of a badge which is now called "english-b2-2024"' in (
            told.out.replace(" error: ", " ") + told.err
        )


def test_a_former_name_that_is_taken_out_is_missed(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*MOVE]) == 0
    (site / NEW_PATH).write_text(BADGE, encoding="utf-8")
    capfd.readouterr()
    assert run(["build"]) == 5
    assert "run `badgesite move badge english-b2 english-b2-2024`" in capfd.readouterr().err
    assert run([*MOVE]) == 0
    assert run(["build", *DAY]) == 0


def test_what_a_moved_badge_said_is_frozen_still(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*MOVE]) == 0
    (site / "content/published/badges/english-b2-2024.lock").unlink()
    text = (site / NEW_PATH).read_text(encoding="utf-8").replace("Inglese B2", "Inglese C2")
    (site / NEW_PATH).write_text(text, encoding="utf-8")
    assert run(["build"]) == 5
    assert f'{NEW_PATH}:4:12: "name" in "it" of the badge "english-b2-2024", which has' in capfd.readouterr().err


def test_a_batch_keeps_the_name_that_it_was_recorded_with(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*MOVE]) == 0
    batch = (site / BATCH_PATH).read_text(encoding="utf-8")
    (site / BATCH_PATH).write_text(batch.replace("badge: english-b2", "badge: english-b2-2024"), encoding="utf-8")
    capfd.readouterr()
    assert run(["build"]) == 5
    assert "put back badge: english-b2\n" in capfd.readouterr().err


def test_other_faults_are_told_before_anything_moves(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / LARGER).write_text(BADGE.replace("ects: 3", "ects: many"), encoding="utf-8")
    before = tree(site)
    assert run([*MOVE]) == 1
    assert '"many" is not a number' in capfd.readouterr().err
    assert tree(site) == before


def test_a_move_that_was_cut_off_before_its_lock_lines_is_finished(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([*MOVE]) == 0
    whole, lock = tree(site), "content/published/badges/english-b2-2024.lock"
    (site / lock).unlink()
    capfd.readouterr()
    assert run([*MOVE]) == 0
    assert lock in capfd.readouterr().out.splitlines()
    assert tree(site) == whole
    assert run([*MOVE]) == 2


def test_a_site_is_moved_as_its_own_page_says(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["move", "site", "https://badges.new.example/"]) == 2
    assert "see docs/moving-house.md" in capfd.readouterr().err


AMENDED = 'amended: [{date: 2024-02-01, note: "Refuso"}]\nimage_alt'


def test_a_badge_is_not_put_in_place_of_another_by_taking_its_name(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (site / BADGE_PATH).unlink()
    text = (site / LARGER).read_text(encoding="utf-8").replace("replaces: english-b2\n", "formerly: [english-b2]\n")
    (site / LARGER).write_text(text.replace("image_alt", AMENDED), encoding="utf-8")
    what = 'the badge "english-b2" was awarded with other words than those of "larger", which names it in formerly'
    for command in ("build", "check", "lock"):
        capfd.readouterr()
        assert run([command]) == 5
        told = "".join(capfd.readouterr())
        assert what in told
        assert "take the name out of formerly, and put english-b2.yaml back into content/badges/" in told


def test_an_awarded_badge_takes_no_name_of_another_that_was_awarded(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["award", "larger", "new@example.org", "--date", "2024-03-02", "--result", "b2", "--yes"]) == 0
    test_a_badge_is_not_put_in_place_of_another_by_taking_its_name(site, capfd)


def test_a_moved_badge_may_have_a_misprint_mended_before_and_after(site: Path) -> None:
    """The first amendment is in no lock file when the badge moves."""
    text = (site / BADGE_PATH).read_text(encoding="utf-8").replace("image_alt", AMENDED)
    (site / BADGE_PATH).write_text(text.replace("English B2", "English  B2."), encoding="utf-8")
    assert run([*MOVE]) == 0
    sign(site, replaces=True)
    assert run(["check"]) == 0
    text = (
        (site / NEW_PATH)
        .read_text(encoding="utf-8")
        .replace("}]\nimage_alt", "}, {date: 2024-02-02, note: Di nuovo}]\nimage_alt")
    )
    (site / NEW_PATH).write_text(text.replace("English  B2.", "English B2!"), encoding="utf-8")
    sign(site, replaces=True)
    assert run(["check"]) == 0
