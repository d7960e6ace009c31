"""One run writes at a time, and takes nothing away that is not known to be half done."""

from dataclasses import replace
from pathlib import Path

import pytest

from badgesite.content.records import desk, private
from badgesite.content.records.desk import opened
from badgesite.content.records.private import Person
from badgesite.content.records.writing import table_text
from badgesite.errors import ContentError, OutputError, UsageError
from badgesite.files import alone
from badgesite.model.award import Award, Recipient
from tests.sites import AWARDS, BATCH_PATH, write_site

LOST = Award(
    id="00000000-0000-4000-8000-000000000001",
    recipient=Recipient(identity=f"sha256${'9b' * 32}", salt="5e0d" * 8),
)
TABLE = "content/awards/2024/lost.csv"
LOCK_FILE = "content/published/batches/lost.lock"


def interrupted(root: Path, files: dict[str, str | bytes | None] | None = None) -> Path:
    """A site, and private/ as a run leaves it that is killed before its batch is real."""
    write_site(root, {TABLE: table_text([LOST]), **(files or {})})
    person = Person(LOST.id, "lost@x.org", None, "B2", "https://x/")
    private.write_people(root / "private", {"lost": (person,)}, {}, set())
    return root


def test_what_was_on_its_way_is_taken_back(tmp_path: Path) -> None:
    root = interrupted(tmp_path, {"content/awards/.badgesite-x1": "half"})
    with opened(root, root / "private", writes=True) as found:
        assert found.removed == ("content/awards/.badgesite-x1", TABLE)
        assert found.taken_back == ("lost",)
        assert found.warnings == ()
        assert found.index == {}
    assert not (root / TABLE).exists()


def test_a_table_that_only_lost_its_yaml_is_left_and_told(tmp_path: Path) -> None:
    root = write_site(tmp_path, {TABLE: table_text([LOST])})
    with opened(root, root / "private", writes=True) as found:
        assert found.removed == ()
        assert [problem.place.path for problem in found.warnings] == [TABLE]
    assert (root / TABLE).exists()
    assert not (root / "private").exists()


def test_what_a_lock_file_names_is_never_taken_back_and_what_was_erased_is_forgotten(tmp_path: Path) -> None:
    root = interrupted(tmp_path, {LOCK_FILE: f"lock 1\n{LOST.id}\n{LOST.id} erased 2024-05-01\n"})
    with opened(root, root / "private", writes=True) as found:
        assert (found.removed, found.taken_back) == ((), ())
        assert found.forgotten == ("lost.csv", "_index.tsv"), "it was erased, here or by a colleague"
    assert (root / TABLE).exists()
    assert not (root / "private/lost.csv").exists()


def test_nothing_goes_before_the_content_could_be_read(tmp_path: Path) -> None:
    root = interrupted(tmp_path, {"content/awards/.badgesite-x1": "half", BATCH_PATH: "badge: [\n"})
    with pytest.raises(ContentError), opened(root, root / "private", writes=True):
        pytest.fail("the content has faults")
    assert (root / TABLE).exists()
    assert (root / "content/awards/.badgesite-x1").exists()
    assert private.pending(root / "private") == {LOST.id}


def test_who_only_looks_changes_nothing_and_waits_for_nobody(tmp_path: Path) -> None:
    root = interrupted(tmp_path)
    with (
        opened(root, root / "private", writes=True),
        opened(root, root / "private", writes=False) as found,
    ):
        assert found.recorded == set(AWARDS)


@pytest.mark.parametrize("lock", [".badgesite-award.lock", "private/_lock"], ids=["site", "private"])
def test_a_second_run_waits_and_then_gives_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: str) -> None:
    monkeypatch.setattr(desk, "_ATTEMPTS", 2)
    root = interrupted(tmp_path)
    with (
        alone(root / lock, "busy"),
        pytest.raises(OutputError, match="another badgesite command is at work here; wait"),
        opened(root, root / "private", writes=True),
    ):
        pytest.fail("two at one desk")
    assert (root / TABLE).exists()
    with opened(root, root / "private", writes=True) as found:
        assert found.removed == (TABLE,)


def test_the_desk_is_left_as_it_was_found(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    before = sorted(root.rglob("*"))
    with opened(root, root / "private", writes=True):
        pass
    assert sorted(root.rglob("*")) == before


def test_a_batch_is_found_by_its_file(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    with opened(root, root / "private", writes=False) as found:
        assert found.batch_at(Path(BATCH_PATH)) == found.batch_at(root / BATCH_PATH)
        assert replace(found, root=root).taken == {Path(BATCH_PATH).stem}
        with pytest.raises(UsageError, match="is no batch"):
            found.batch_at(root / "content/site.yaml")
