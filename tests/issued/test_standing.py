"""What stands against publishing a site that signs, and which awards are shown as not issued meanwhile."""

import re
import shutil
from pathlib import Path

import pytest

from badgesite.errors import KeyFileError, SignatureError
from badgesite.issued.standing import fit_to_publish, standing
from tests.signing import PAIR, reading_of, sign, write_signed_site
from tests.sites import AWARDS, BATCH, BATCH_PATH, write_site

RENAMED = BATCH.replace("Ada Esempio", "Ada Rossi")
REVOKED = BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = write_signed_site(tmp_path)
    sign(root)
    return root


def test_nothing_stands_against_what_is_signed_as_recorded(site: Path) -> None:
    found = fit_to_publish(site, reading_of(site)[0], drafts=False)
    assert (found.faults, found.due, found.not_issued) == ((), (), frozenset())
    assert len(found.keys.of("example")) == 2


def test_a_site_that_does_not_sign_needs_no_key(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    assert fit_to_publish(root, reading_of(root)[0], drafts=False).keys.of("example") == ()


@pytest.mark.parametrize(
    ("batch", "waiting", "words"),
    [
        (RENAMED, AWARDS[:1], 'name was "Ada Esempio", now "Ada Rossi"'),
        (REVOKED, AWARDS[1:], f"the award {AWARDS[1]} is revoked, and its status list does not say so yet"),
    ],
    ids=["changed", "revoked"],
)
def test_a_change_that_is_not_signed_stops_a_build_and_waits_in_a_preview(
    site: Path, batch: str, waiting: tuple[str, ...], words: str
) -> None:
    reading = reading_of(write_signed_site(site, {BATCH_PATH: batch}))[0]
    assert fit_to_publish(site, reading, drafts=True).not_issued == set(waiting)
    (problem,) = standing(site, reading).due
    assert words in problem.what
    assert "badgesite sign" in problem.mend


def test_all_that_is_due_is_told_at_once(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    with pytest.raises(SignatureError) as caught:
        fit_to_publish(root, reading_of(root)[0], drafts=False)
    assert caught.value.exit_code == 4
    assert [problem.what for problem in caught.value.problems] == [
        f"the award {award} is recorded and not signed" for award in AWARDS
    ]
    assert standing(root, reading_of(root)[0]).not_issued == set(AWARDS)


def test_what_a_record_says_otherwise_is_told_with_the_rest(site: Path) -> None:
    third = BATCH.partition("  - id:")[2].partition("  - id:")[0]
    new = third.replace(AWARDS[0], "00000000-0000-4000-8000-000000000003").replace("5e0d" * 8, "3" * 32)
    reading = reading_of(write_signed_site(site, {BATCH_PATH: f"{RENAMED}  - id:{new}"}))[0]
    with pytest.raises(SignatureError) as caught:
        fit_to_publish(site, reading, drafts=False)
    assert len(caught.value.problems) == 2


def test_a_faulty_key_file_is_told_as_one_even_in_a_preview(site: Path) -> None:
    (site / PAIR.p256.public.path).write_text("{}")
    with pytest.raises(KeyFileError) as caught:
        fit_to_publish(site, reading_of(site)[0], drafts=True)
    assert caught.value.exit_code == 4
    assert all(problem.place.path == PAIR.p256.public.path for problem in caught.value.problems)


def test_keys_that_are_not_there_are_asked_for_and_nothing_else(site: Path) -> None:
    shutil.rmtree(site / "keys")
    with pytest.raises(KeyFileError) as caught:
        fit_to_publish(site, reading_of(site)[0], drafts=False)
    assert str(caught.value) == (
        "keys/example: there is no public key, and credentials were signed; "
        "take keys/example/ back from Git; if it never was there, commit it where the keys were made"
    )


def test_an_issuer_without_keys_is_told_before_the_first_award(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path, {BATCH_PATH: None})
    shutil.rmtree(root / "keys")
    (warning,) = standing(root, reading_of(root)[0]).warnings
    assert (warning.severity, warning.mend) == (
        "warning",
        "make a pair before the first award is signed: `badgesite keys new example`",
    )


@pytest.mark.parametrize(("awards", "lines"), [(3, 3), (4, 1), (32, 1)])
def test_a_batch_with_many_awards_that_are_not_signed_is_told_in_a_line(
    tmp_path: Path, awards: int, lines: int
) -> None:
    third = BATCH.partition("  - id:")[2].partition("  - id:")[0]
    more = "".join(
        "  - id:"
        + third.replace(AWARDS[0], f"00000000-0000-4000-8000-{number:012}").replace("5e0d" * 8, f"{number:032x}")
        for number in range(3, awards + 1)
    )
    root = write_signed_site(tmp_path, {BATCH_PATH: BATCH + more})
    told = [str(problem) for problem in standing(root, reading_of(root)[0]).due]
    assert len(told) == lines
    whole = f"{BATCH_PATH}:1:1: {awards} awards of this batch are recorded and not signed; run `badgesite sign`"
    assert (whole in told) == (lines == 1)

    sign(root)
    revoked = re.sub("(    result: b[12]\n)", "\\1    revoked: {date: 2024-01-10, reason: Annulled}\n", BATCH + more)
    (root / BATCH_PATH).write_text(revoked, encoding="utf-8")
    told = [str(problem) for problem in standing(root, reading_of(root)[0]).due]
    assert len(told) == lines
    whole = f"{BATCH_PATH}:1:1: {awards} awards of this batch count no more, and its status list does not say so yet"
    assert (f"{whole}; run `badgesite sign`" in told) == (lines == 1)
