"""Two branches that signed on their own, merged by Git itself, with our .gitattributes and without."""

import json
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from badgesite.content.permanence import locks
from badgesite.crypto.public_keys import read_keys
from badgesite.errors import ContentError
from badgesite.issued.due import Due, due
from badgesite.standards import status
from tests.signing import NOW, reading_of, sign, tree, write_signed_site
from tests.sites import ADDRESSES, BATCH_PATH, identity

ATTRIBUTES = (Path(__file__).resolve().parent.parent / "badgesite/starter/gitattributes").read_text(encoding="utf-8")
HEAD = "badge: english-b2\ndate: 2023-07-14\nawards:\n"
LATER = NOW + timedelta(hours=1)
CREDENTIALS = BATCH_PATH.replace(".yaml", ".credentials.jsonl")
MARK = b"<<<<<<<"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


def award(number: int) -> str:
    return str(UUID(int=number * 2**100 + 5, version=4))


def record(number: int, name: str = "Ada", more: str = "") -> str:
    salt = f"{number:032x}"
    return (
        f"  - id: {award(number)}\n    recipient:\n      identity: {identity(ADDRESSES[0], salt)}\n"
        f"      salt: '{salt}'\n    name: {name} {number}\n{more}"
    )


def revoked(number: int) -> str:
    return record(number, more="    revoked: {date: 2024-03-01, reason: By mistake}\n")


class Repository:
    """A site in a repository of its own, whose main branch is signed."""

    def __init__(self, root: Path, attributes: str | None) -> None:
        self.root = write_signed_site(root, {BATCH_PATH: HEAD + "".join(map(record, range(1, 6)))})
        if attributes:
            (root / ".gitattributes").write_text(attributes, encoding="utf-8")
        self.git("init", "--quiet", "--initial-branch=main")
        sign(root)
        self.commit("main")

    def git(self, *arguments: str, fails: bool = False) -> None:
        who = {f"GIT_{role}_{part}": "a@b.example" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env={**os.environ, **who, **plain}, capture_output=True, text=True
        )
        assert bool(done.returncode) == fails, done.stdout + done.stderr

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def branch(self, name: str, path: str, text: str, number: int) -> None:
        """From main: write a file, sign what is due, and commit both."""
        self.git("switch", "--quiet", "--create", name, "main")
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")
        sign(self.root, NOW + timedelta(minutes=number), seed=number, replaces=True)
        self.commit(name)

    @property
    def conflicted(self) -> set[str]:
        return {path for path, data in tree(self.root).items() if MARK in data}


@pytest.fixture(params=[ATTRIBUTES, None], ids=["with .gitattributes", "without"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    return Repository(tmp_path, request.param)


def nothing_due(root: Path) -> bool:
    reading, _, _ = reading_of(root)
    found = due(reading, read_keys(root)[0])
    assert locks.compare(root, reading) == locks.Comparison()
    return found == Due(found.register)


def dead(root: Path) -> set[str]:
    """The awards whose present credential has its bit set."""
    _, catalogue, _ = reading_of(root)
    bits = {
        name: status.indices_in(status.bits_of(json.loads(found.text)))
        for (_, name), found in catalogue.status_lists.items()
    }
    places = {award: status.place_of(json.loads(found.text)) for award, found in catalogue.credentials.items()}
    return {award for award, (name, index) in places.items() if index in bits[name]}


def test_branches_with_batches_of_their_own_merge_and_nothing_is_due(repository: Repository) -> None:
    for number in (7, 8):
        path = f"content/awards/2024/batch-{number}.yaml"
        repository.branch(f"b{number}", path, HEAD + record(number) + record(number + 2), number)
    repository.git("merge", "--quiet", "--no-edit", "b7")
    assert repository.conflicted == set()
    assert nothing_due(repository.root)
    assert dead(repository.root) == set()


def test_branches_that_revoked_different_awards_of_a_batch_are_mended(repository: Repository) -> None:
    first, *_, last = map(record, range(1, 6))
    text = (repository.root / BATCH_PATH).read_text(encoding="utf-8")
    repository.branch("b1", BATCH_PATH, text.replace(first, revoked(1)), 1)
    repository.branch("b5", BATCH_PATH, text.replace(last, revoked(5)), 2)
    repository.git("merge", "--quiet", "--no-edit", "b1", fails=True)
    assert {path for path in repository.conflicted if not path.startswith("content/published")} == {
        f"content/status/example/{name}.json" for _, name in [_the_list(repository.root)]
    }
    with pytest.raises(ContentError, match="run `badgesite sign`"):
        reading_of(repository.root)
    proposal, _ = sign(repository.root, LATER)
    assert str(proposal) == "0 new credentials, 0 replaced, 1 status list"
    assert repository.conflicted == set()
    assert dead(repository.root) == {award(1), award(5)}
    assert nothing_due(repository.root)
    repository.commit("mended")


def _the_list(root: Path) -> tuple[str, str]:
    (path,) = (root / "content/status").glob("*/*.json")
    return path.parent.name, path.stem


def test_of_two_credentials_for_one_award_the_later_stays_and_the_other_is_revoked(repository: Repository) -> None:
    text = (repository.root / BATCH_PATH).read_text(encoding="utf-8").replace("Ada 3", "Ada Rossi")
    repository.branch("b1", BATCH_PATH, text, 1)
    repository.branch("b2", BATCH_PATH, text, 2)
    later = reading_of(repository.root)[1].credentials[award(3)]
    repository.git("merge", "--quiet", "--no-edit", "b1", fails=True)
    assert CREDENTIALS in repository.conflicted
    sign(repository.root, LATER)
    _, catalogue, _ = reading_of(repository.root)
    assert catalogue.credentials[award(3)] == later
    assert len(catalogue.locked[award(3)]) == 3
    (signed,) = catalogue.status_lists.values()
    current = status.place_of(json.loads(later.text))[1]
    earlier = {entry.index for entry in catalogue.locked[award(3)]} - {current}
    assert status.indices_in(status.bits_of(json.loads(signed.text))) == earlier
    assert nothing_due(repository.root)


def test_a_conflict_in_a_record_is_left_to_people(repository: Repository) -> None:
    text = (repository.root / BATCH_PATH).read_text(encoding="utf-8")
    for number, name in enumerate(("Ada Rossi", "Ada Verdi"), 1):
        repository.branch(f"b{number}", BATCH_PATH, text.replace("Ada 3", name), number)
    repository.git("merge", "--quiet", "--no-edit", "b1", fails=True)
    assert BATCH_PATH in repository.conflicted
    before = tree(repository.root)
    with pytest.raises(ContentError, match=BATCH_PATH):
        sign(repository.root, LATER)
    assert tree(repository.root) == before


def test_branches_that_replaced_different_awards_of_a_batch_issue_nothing_anew(repository: Repository) -> None:
    text = (repository.root / BATCH_PATH).read_text(encoding="utf-8")
    for number, branch in ((1, "b1"), (5, "b5")):
        repository.branch(branch, BATCH_PATH, text.replace(f"Ada {number}", f"Ada Rossi {number}"), number)
    repository.git("merge", "--quiet", "--no-edit", "b1", fails=True)
    assert any(path.startswith("content/status/") for path in repository.conflicted)
    proposal, _ = sign(repository.root, LATER)
    assert str(proposal) == "0 new credentials, 0 replaced, 1 status list"
    assert dead(repository.root) == set()
    assert len(_set_bits(repository.root)) == 2
    assert nothing_due(repository.root)


def test_whoever_takes_one_side_of_the_lists_by_hand_has_what_the_other_replaced_issued_anew(
    repository: Repository,
) -> None:
    text = (repository.root / BATCH_PATH).read_text(encoding="utf-8")
    for number, branch in ((1, "b1"), (5, "b5")):
        repository.branch(branch, BATCH_PATH, text.replace(f"Ada {number}", f"Ada Rossi {number}"), number)
    repository.git("merge", "--quiet", "--no-edit", "b1", fails=True)
    repository.git("checkout", "--ours", "content/status")
    proposal, _ = sign(repository.root, LATER)
    assert str(proposal) == "0 new credentials, 1 replaced, 1 status list"
    assert dead(repository.root) == set()
    assert len(_set_bits(repository.root)) == 3
    assert nothing_due(repository.root)


def _set_bits(root: Path) -> frozenset[int]:
    (signed,) = reading_of(root)[1].status_lists.values()
    return status.indices_in(status.bits_of(json.loads(signed.text)))
