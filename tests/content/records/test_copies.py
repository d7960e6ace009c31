from pathlib import Path

import pytest

from badgesite.content.reading import read
from tests.sites import AWARDS, BATCH, BATCH_PATH, write_site

EARLIER, LATER = "content/awards/2023/a-copy.yaml", "content/awards/2023/z-copy.yaml"
LOCK = "content/published/batches/english-b2-2023-07-14.lock"


def told(folder: Path, files: dict[str, str | bytes | None]) -> list[str]:
    return [str(problem) for problem in read(write_site(folder, files)).problems]


@pytest.mark.parametrize("copy", [EARLIER, LATER])
def test_of_a_copied_file_it_is_the_copy_that_is_to_go(tmp_path: Path, copy: str) -> None:
    assert told(tmp_path, {copy: BATCH, LOCK: "lock 1\n"}) == [
        f"{copy}:1:1: the file holds the same 2 awards as {BATCH_PATH}, where it was published; remove this file"
    ]


def test_before_publication_the_later_file_is_named(tmp_path: Path) -> None:
    assert told(tmp_path, {LATER: BATCH}) == [
        f"{LATER}:1:1: the file holds the same 2 awards as {BATCH_PATH}; remove this file"
    ]


@pytest.mark.parametrize("copy", [EARLIER, LATER])
def test_a_published_id_is_never_the_one_to_change(tmp_path: Path, copy: str) -> None:
    text = BATCH.replace("Ada Esempio", "Ada Altra").replace(AWARDS[1], AWARDS[1].replace("b7", "c7"))
    assert told(tmp_path, {copy: text, LOCK: "lock 1\n"})[0] == (
        f"{copy}:5:9: another award has this id: {BATCH_PATH}:5:9, where it was published; "
        "let `badgesite award` draw an id for this one"
    )


def test_a_record_that_stands_twice_in_a_file_is_told_as_a_copy(tmp_path: Path) -> None:
    record = BATCH[BATCH.index(f"  - id: {AWARDS[1]}") :]
    assert told(tmp_path, {BATCH_PATH: BATCH + record}) == [
        f"{BATCH_PATH}:18:9: the same award stands in {BATCH_PATH}:12:9; remove this record"
    ]
