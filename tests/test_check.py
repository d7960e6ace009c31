"""What check finds."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from badgesite.check import Checked, check
from tests.signing import PAIR, sign, write_signed_site
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
    site_yaml,
    write_site,
)

TODAY = date(2026, 1, 1)


def warnings_of(checked: Checked) -> list[str]:
    assert checked.problems == ()
    return [str(warning) for warning in checked.warnings]


def test_a_good_site_has_nothing_to_say(tmp_path: Path) -> None:
    checked = check(write_site(tmp_path), TODAY)
    assert checked.everything == ()
    assert checked.exit_code == 0


def test_faults_of_content_are_errors(tmp_path: Path) -> None:
    checked = check(write_site(tmp_path, {BADGE_PATH: "critera: x\n"}), TODAY)
    assert checked.exit_code == 1
    assert checked.catalogue is None


def test_an_award_of_tomorrow_is_an_error(tmp_path: Path) -> None:
    checked = check(write_site(tmp_path), date(2023, 7, 13))
    assert checked.exit_code == 1
    assert str(checked.problems[0]).startswith(f"{BATCH_PATH}:2:")


def test_a_text_missing_in_a_language_is_told_at_its_field(tmp_path: Path) -> None:
    badge = BADGE.replace(", en: English B2}", "}").replace("  en: |\n    Pass the *written* and the oral test.\n", "")
    told = warnings_of(check(write_site(tmp_path, {BADGE_PATH: badge}), TODAY))
    assert [line.partition("; ")[0] for line in told] == [
        f'{BADGE_PATH}:3:1: the text of "name" is missing in English (en)',
        f'{BADGE_PATH}:5:1: the text of "criteria" is missing in English (en)',
    ]


def test_a_word_that_is_the_same_in_all_languages_is_no_fault(tmp_path: Path) -> None:
    assert "name: B1" in BADGE
    assert check(write_site(tmp_path), TODAY).warnings == ()


def test_a_missing_text_of_a_deep_field_is_found_there(tmp_path: Path) -> None:
    issuer = ISSUER.replace("{it: Servizi informatici, en: IT Services}", "{it: Servizi informatici}")
    told = warnings_of(check(write_site(tmp_path, {ISSUER_PATH: issuer}), TODAY))
    assert told == [f'{ISSUER_PATH}:6:3: the text of "ict" is missing in English (en); add en: ...']


SITE_TEXTS = """
footer: Piede
certificate: {title: Attestato, notice: Avviso}
categories: {language: Lingue}
groups: {student: {name: Studenti}}
indicators:
  - name: Badge
    counts: [student]
    periods:
      - {name: Primo anno, from: 2023-01-01, to: 2023-12-31}
      - {name: 2024/25, from: 2024-09-01, to: 2025-08-31}
"""


def test_every_plain_text_of_the_site_is_told_where_a_language_is_missing(tmp_path: Path) -> None:
    whole = site_yaml()
    told = warnings_of(check(write_site(tmp_path, {SITE_PATH: whole + SITE_TEXTS}), TODAY))
    first = whole.count("\n") + 2
    mend = "write it in each language: {it: ..., en: ...}"
    missing = [("footer", 0, 1), ("title", 1, 15), ("notice", 1, 33), ("language", 2, 14), ("name", 3, 20)]
    missing += [("name", 5, 5), ("name", 8, 10)]
    assert told == [
        f'{SITE_PATH}:{first + line}:{column}: the text of "{name}" is missing in English (en); {mend}'
        for name, line, column in missing
    ]


def test_a_page_missing_in_a_language_is_told(tmp_path: Path) -> None:
    told = warnings_of(check(write_site(tmp_path, {"content/pages/about.md": "# Chi siamo\n\nNoi.\n"}), TODAY))
    assert told == ["content/pages/about.md: the page is missing in English (en); write content/pages/about.en.md"]


def test_a_long_description_is_told(tmp_path: Path) -> None:
    badge = BADGE.replace("Understands and speaks English at level B2.", "x" * 501)
    told = warnings_of(check(write_site(tmp_path, {BADGE_PATH: badge}), TODAY))
    assert len(told) == 1
    assert "the description in English (en) has 501 characters" in told[0]
    assert told[0].startswith(f"{BADGE_PATH}:4:")


def test_a_heavy_picture_is_told(tmp_path: Path) -> None:
    picture = PICTURE.replace("</svg>", f"<!-- {'x' * 256_000} --></svg>")
    told = warnings_of(check(write_site(tmp_path, {PICTURE_PATH: picture}), TODAY))
    assert len(told) == 1
    assert told[0].startswith(f"{PICTURE_PATH}: the picture has 256 kB")


def png_site(folder: Path, side: int, batch: str | None = None, **overrides: str | None) -> Path:
    """The small site with a PNG picture, awarded or not."""
    picture = io.BytesIO()
    Image.new("RGB", (side, side), "navy").save(picture, "PNG")
    path = PICTURE_PATH.replace(".svg", ".png")
    badge = BADGE.replace("image: english-b2.svg", "image: english-b2.png")
    files = {BADGE_PATH: badge, PICTURE_PATH: None, path: picture.getvalue(), BATCH_PATH: batch}
    return write_site(folder, files, **overrides)


@pytest.mark.parametrize(("side", "told"), [(16, True), (255, True), (256, False)])
def test_a_small_picture_is_told(side: int, told: bool, tmp_path: Path) -> None:
    path = PICTURE_PATH.replace(".svg", ".png")
    what = f"{path}: the picture is {side} pixels wide, and blurred wherever badges are shown large"
    found = [line.partition("; ")[0] for line in warnings_of(check(png_site(tmp_path, side), TODAY))]
    assert found == ([what] if told else [])


@pytest.mark.parametrize(("base_url", "told"), [(None, 1), ("https://badges.example.edu/", 0)])
def test_a_small_picture_that_can_no_longer_be_changed_is_not_told(
    base_url: str | None, told: int, tmp_path: Path
) -> None:
    found = warnings_of(check(png_site(tmp_path, 16, BATCH, base_url=base_url), TODAY))
    assert sum("pixels wide" in line for line in found) == told


@pytest.mark.parametrize("host", ["someone.github.io", "group.gitlab.io"])
def test_a_borrowed_host_is_told_before_the_first_award_and_not_after(host: str, tmp_path: Path) -> None:
    without = check(write_site(tmp_path / "a", {BATCH_PATH: None}, base_url=f"https://{host}/badges/"), TODAY)
    assert any(host in line and line.startswith("content/site.yaml:") for line in map(str, without.warnings))
    after = check(write_site(tmp_path / "b", base_url=f"https://{host}/badges/"), TODAY)
    assert not any(host in line for line in map(str, after.warnings))


def test_a_name_that_nothing_shows_is_told(tmp_path: Path) -> None:
    batch = BATCH.replace("    name: Ada Esempio\n", "    name: Ada Esempio\n    visibility: unnamed\n")
    told = warnings_of(check(write_site(tmp_path, {BATCH_PATH: batch}), TODAY))
    assert len(told) == 1
    assert "holds a name that nothing shows" in told[0]


def test_an_address_in_a_record_is_an_error_unless_the_site_writes_it(tmp_path: Path) -> None:
    batch = BATCH.replace("    result: b2\n", "    result: b2\n    narrative: ask ada@example.org\n")
    checked = check(write_site(tmp_path / "a", {BATCH_PATH: batch}), TODAY)
    assert checked.exit_code == 1
    assert '"a…@example.org" is an e-mail address' in str(checked.problems[0])
    batch = batch.replace("ada@example.org", "openbadge@example.edu")
    assert check(write_site(tmp_path / "b", {BATCH_PATH: batch}), TODAY).exit_code == 0


def test_missing_lock_lines_are_warnings_and_vanished_things_are_5(tmp_path: Path) -> None:
    root = write_site(tmp_path, base_url="https://badges.example.edu/")
    checked = check(root, TODAY)
    assert checked.exit_code == 0
    assert any("published" in str(warning) for warning in checked.warnings)
    lock = root / "content/published/batches/english-b2-2023-07-14.lock"
    lock.parent.mkdir(parents=True)
    gone = AWARDS[0].replace("3f0c", "4f0c")
    lock.write_text(f"lock 1\n{gone}\nbadge english-b2\nbase https://badges.example.edu/\n")
    assert check(root, TODAY).exit_code == 5


def test_what_follows_from_a_broken_promise_is_not_told_beside_it(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    write_signed_site(tmp_path, base_url="https://other.example.edu/")
    checked = check(tmp_path, TODAY)
    assert (len(checked.broken), checked.unsigned, checked.exit_code) == (1, (), 5)


def test_lock_files_that_are_gone_from_under_credentials_are_5(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    shutil.rmtree(tmp_path / "content/published")
    checked = check(tmp_path, TODAY)
    assert [problem.place.path for problem in checked.broken] == ["content/published"]
    assert (checked.unsigned, checked.warnings, checked.exit_code) == ((), (), 5)


def test_a_credential_that_is_damaged_is_not_to_be_locked(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    lock = tmp_path / "content/published/batches/english-b2-2023-07-14.lock"
    lock.write_text("".join(line for line in lock.read_text().splitlines(keepends=True) if "#" not in line))
    credentials = tmp_path / BATCH_PATH.replace(".yaml", ".credentials.jsonl")
    whole = credentials.read_bytes()
    assert "2 lines are missing" in check(tmp_path, TODAY).warnings[0].what
    credentials.write_bytes(whole.replace(b"Ada Esempio", b"Eve Esempio"))
    checked = check(tmp_path, TODAY)
    assert (checked.warnings, checked.exit_code) == ((), 4)
    assert any("a byte of it was changed" in problem.what for problem in checked.unsigned)


def test_a_public_key_that_is_missing_is_all_that_is_told(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    (tmp_path / PAIR.p256.public.path).unlink()
    checked = check(tmp_path, TODAY)
    (told,) = checked.everything
    assert (told.place.path, checked.exit_code) == ("keys/example", 4)
    assert f"lacks the public key {PAIR.p256.public.fragment} that signed 2 credentials" in told.what


def test_a_name_that_no_font_can_draw_is_a_warning_at_its_line(tmp_path: Path) -> None:
    badge = BADGE.replace("en: English B2}", "en: English B2 漢}", 1)
    checked = check(write_site(tmp_path, {BADGE_PATH: badge}), TODAY)
    (told,) = (str(each) for each in checked.warnings if "share cards" in each.what)
    assert told.startswith(
        'content/badges/language/english-b2.yaml:3:28: share cards leave out Chinese characters "漢" (U+6F22)'
    )
    assert checked.exit_code == 0
