"""What stays of credentials: none vanishes, none is un-revoked, and each has its line in the lock file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from badgesite.content.permanence.batches import remember
from badgesite.content.permanence.locks import compare, expected, files_missing, write_missing
from badgesite.content.reading import read_or_raise
from badgesite.content.signed.lines import entry_of
from badgesite.errors import ContentError, PermanenceError
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Erased, Memory
from tests.content.signed.samples import BASE, CREDENTIALS, LATER, LOCK, credential, lines, lock_lines
from tests.sites import AWARDS, BATCH, BATCH_PATH, write_site

SLUG = "english-b2-2023-07-14"
ADA, BRUNO = (credential(award, index) for index, award in enumerate(AWARDS))
SIGNED = dict(zip(AWARDS, (ADA, BRUNO), strict=True))
REVOKED = BATCH.replace("    result: b1\n", "    result: b1\n    revoked: {date: 2024-01-10, reason: Errore}\n")
BATCH_LINES = ("badge english-b2", f"base {BASE}", *AWARDS)
Files = Mapping[str, str | bytes | None]


def written(root: Path, files: Files | None = None, **site: str) -> Path:
    """The small site with both awards signed."""
    overrides = {"base_url": BASE, "publish": "[ob2, ob3]", **site}
    return write_site(root, {CREDENTIALS: lines(ADA, BRUNO), **(files or {})}, **overrides)


def catalogue_of(root: Path) -> Catalogue:
    found = read_or_raise(root).catalogue
    assert found
    return found


def broken(root: Path) -> list[str]:
    return [str(problem) for problem in compare(root, read_or_raise(root)).broken]


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A site whose credentials are locked, and Bruno's award revoked."""
    root = written(tmp_path, {BATCH_PATH: REVOKED})
    write_missing(root, replace(catalogue_of(root), revoked_bits=frozenset([AWARDS[1]])))
    return root


def test_credentials_have_a_line_each(tmp_path: Path) -> None:
    lines_of_batch = expected(catalogue_of(written(tmp_path)))[f"published/batches/{SLUG}.lock"]
    assert set(lines_of_batch) == {*BATCH_LINES, *lock_lines(SIGNED)}


def test_what_was_locked_once_and_bits_that_were_set_keep_their_lines(locked: Path) -> None:
    earlier = credential(AWARDS[0], 80)
    catalogue = replace(catalogue_of(locked), locked={AWARDS[0]: (entry_of(earlier.text), entry_of(ADA.text))})
    lines_of_batch = expected(catalogue)[f"published/batches/{SLUG}.lock"]
    assert sorted(lines_of_batch) == sorted(
        [*BATCH_LINES, *lock_lines(SIGNED), *lock_lines({AWARDS[0]: earlier}), f"{AWARDS[1]} revoked"]
    )


def test_a_credential_that_is_not_locked_is_a_warning(tmp_path: Path) -> None:
    root = written(tmp_path, {CREDENTIALS: None})
    write_missing(root, catalogue_of(root))
    written(tmp_path)
    found = compare(root, read_or_raise(root))
    assert found.broken == ()
    assert [problem.what for problem in found.missing] == ["2 lines are missing from the lock file"]
    assert files_missing(root, catalogue_of(root)).keys() == {LOCK}


def test_a_credential_that_changed_is_not_the_one_that_was_locked(locked: Path) -> None:
    written(locked, {CREDENTIALS: lines(credential(AWARDS[0], 0, words="Inglese C2"), BRUNO), BATCH_PATH: REVOKED})
    assert broken(locked) == [
        f"{CREDENTIALS}:1:1: the credential of the award {AWARDS[0]} is not the one that was signed; "
        f"take the file back from Git: git checkout -- {CREDENTIALS}"
    ]


def test_between_the_sides_of_a_merge_a_credential_need_not_be_locked(locked: Path) -> None:
    written(locked, {CREDENTIALS: lines(credential(AWARDS[0], 90, LATER), BRUNO), BATCH_PATH: REVOKED})
    assert compare(locked, read_or_raise(locked), conflicts=True).broken == ()


def test_a_credential_that_is_replaced_leaves_its_line(locked: Path) -> None:
    later = credential(AWARDS[0], 90, LATER)
    written(locked, {CREDENTIALS: lines(later, BRUNO), BATCH_PATH: REVOKED})
    write_missing(locked, catalogue_of(locked))
    assert set(lock_lines(SIGNED)) | set(lock_lines({AWARDS[0]: later})) < set((locked / LOCK).read_text().splitlines())


def test_a_credential_that_is_gone_is_told_with_its_file(locked: Path) -> None:
    written(locked, {CREDENTIALS: lines(BRUNO), BATCH_PATH: REVOKED})
    told = (
        f"{CREDENTIALS}: the credential of the award {AWARDS[0]} was published and is gone; take the file back from "
        f"Git: git checkout -- {CREDENTIALS}"
    )
    assert broken(locked) == [told]
    with pytest.raises(PermanenceError):
        files_missing(locked, catalogue_of(locked))


def test_a_file_of_credentials_that_is_gone_is_told_once(locked: Path) -> None:
    (locked / CREDENTIALS).unlink()
    assert broken(locked) == [
        f"{CREDENTIALS}: the credentials of 2 awards were published and are gone; take the file back from Git: "
        f"git checkout -- {CREDENTIALS}"
    ]


def test_a_record_that_is_gone_is_told_and_not_the_credential_it_leaves(locked: Path) -> None:
    written(locked, {BATCH_PATH: REVOKED.replace(AWARDS[0], f"a{AWARDS[0][1:]}")})
    (problem,) = broken(locked)
    assert f"the award {AWARDS[0]} was published and is gone" in problem


def test_a_batch_that_is_gone_is_told_and_not_the_credentials_it_leaves(locked: Path) -> None:
    (locked / BATCH_PATH).unlink()
    (problem,) = broken(locked)
    assert f'the batch "{SLUG}" was published with 2 awards and is gone' in problem


def test_an_award_that_was_revoked_stays_revoked(locked: Path) -> None:
    written(locked, {BATCH_PATH: BATCH})
    (problem,) = broken(locked)
    assert problem == (
        f"{BATCH_PATH}:12:9: the award {AWARDS[1]} was revoked, and its record no longer says so: a credential once "
        "revoked stays so; put revoked: {date, reason} back; to give the badge again, award it anew"
    )


def test_credentials_do_not_vanish_with_the_standard(locked: Path) -> None:
    written(locked, {BATCH_PATH: REVOKED}, publish="[ob2]")
    assert broken(locked) == [
        "content/site.yaml:5:10: the site was published with Open Badges 3.0, and all credentials and status lists "
        "would be gone; write publish: [ob2, ob3] again"
    ]


def test_lock_files_are_remembered_however_the_records_are(locked: Path) -> None:
    entries = {award: (entry_of(each.text),) for award, each in SIGNED.items()}
    lists = {entry.list: (SLUG, "english-b2") for (entry,) in entries.values()}
    revoked, bases = frozenset([AWARDS[1]]), {SLUG: frozenset([BASE])}
    assert remember(locked) == Memory({SLUG: frozenset(AWARDS)}, entries, revoked, {}, lists, bases)
    with open(locked / LOCK, "a", encoding="utf-8") as file:
        file.write(f"{AWARDS[0]} erased 2024-02-09\n{AWARDS[0]} erased 2024-02-01\n")  # in two branches
    erased = {AWARDS[0]: Erased(AWARDS[0], date(2024, 2, 1), SLUG, "english-b2")}
    assert remember(locked) == Memory({SLUG: frozenset([AWARDS[1]])}, entries, revoked, erased, lists, bases)


def test_a_damaged_lock_file_remembers_nothing_and_is_told_by_who_compares(locked: Path) -> None:
    (locked / LOCK).write_text("lock 1\nnothing\n", encoding="utf-8")
    assert remember(locked) == Memory({}, {}, frozenset())
    with pytest.raises(ContentError, match="is not a line of this lock file"):
        broken(locked)
