"""Records are edited in several files as one, read again, and taken out; what came between is not written over."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from badgesite.content.records import editing
from badgesite.content.signed import writing
from badgesite.content.signed.journal import Target, begin, digest_at
from badgesite.errors import ContentError, OutputError
from tests.signing import reading_of, tree
from tests.sites import AWARDS, BATCH, BATCH_PATH, write_site

OTHER_PATH = "content/awards/other.yaml"
OTHER_ID = "00000000-0000-4000-8000-000000000001"
HOLDER = f"{{identity: sha256${'ab' * 32}, salt: {'cd' * 16}}}"
OTHER = f"badge: english-b2\ndate: 2024-02-01\nawards:\n  - id: {OTHER_ID}\n    recipient: {HOLDER}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_site(tmp_path, {OTHER_PATH: OTHER}, base_url="https://badges.example.edu/")


def test_records_are_taken_out_and_a_batch_may_be_left_empty(root: Path) -> None:
    catalogue = reading_of(root)[1]
    wanted = {OTHER_ID: None, AWARDS[0]: None}
    assert editing.put_in_place(root, editing.edited(root, catalogue, wanted)) == (BATCH_PATH, OTHER_PATH)
    after = reading_of(root)[1]
    assert [award.id for _, award in after.each_award()] == [AWARDS[1]]
    assert after.batches["other"].awards == ()
    assert "Ada" not in (root / BATCH_PATH).read_text("utf-8")


def test_files_that_would_not_say_what_was_meant_are_refused_with_their_place(root: Path) -> None:
    (root / OTHER_PATH).write_text(
        OTHER + "    evidence:\n      - https://a.example/ # a\n      - https://b.example/\n"
    )
    catalogue = reading_of(root)[1]
    award = catalogue.batches["other"].awards[0]
    before = tree(root)
    with pytest.raises(ContentError, match=r"other\.yaml:4:5: the record is written in a way that cannot be edited"):
        editing.edited(root, catalogue, {OTHER_ID: replace(award, evidence=()), AWARDS[0]: None})
    assert tree(root) == before


def test_a_file_that_somebody_saved_meanwhile_is_not_written_over(root: Path) -> None:
    catalogue = reading_of(root)[1]
    (root / OTHER_PATH).write_text(OTHER + "    result: b1\n")
    with pytest.raises(ContentError, match=r"other\.yaml: the records cannot be edited in place"):
        editing.edited(root, catalogue, {OTHER_ID: replace(catalogue.batches["other"].awards[0], unit="cla")})


def _cut_off(root: Path) -> dict[str, bytes]:
    """As a run leaves it that was killed right after its journal; gives what it had wanted."""
    files: dict[str, bytes | None] = dict(editing.edited(root, reading_of(root)[1], {OTHER_ID: None, AWARDS[0]: None}))
    state = root / writing.STATE
    stage = state / "staged-x"
    stage.mkdir(parents=True)
    targets = {
        Target(path, digest_at(root / path), sha256(data or b"").hexdigest()): data for path, data in files.items()
    }
    begin(root, state, stage, targets, signed=False)
    return {path: data for path, data in files.items() if data is not None}


def test_what_was_cut_off_is_put_in_place_whatever_else_was_added(root: Path) -> None:
    wanted = _cut_off(root)
    (root / "content/pages").mkdir()
    (root / "content/pages/new.md").write_text("# New\n")
    assert writing.finish(root) == "", "sign leaves it to those who write records"
    with pytest.raises(OutputError, match="run it again, which finishes it"):
        reading_of(root)
    assert writing.finish_records(root) == "placed"
    assert {path: (root / path).read_bytes() for path in wanted} == wanted


def test_what_was_cut_off_is_dropped_where_somebody_has_edited_a_file(root: Path) -> None:
    _cut_off(root)
    (root / BATCH_PATH).write_text(BATCH + "# a word\n")
    assert writing.finish_records(root) == "dropped"
    assert (root / BATCH_PATH).read_text() == BATCH + "# a word\n"
    assert (root / OTHER_PATH).read_text() == OTHER
