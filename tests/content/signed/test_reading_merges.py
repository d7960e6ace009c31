"""What Git makes of two branches that both signed, with and without .gitattributes, is read and settled."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from badgesite.content.permanence.locks import Comparison, compare, files_missing
from badgesite.content.reading import read, read_or_raise
from badgesite.content.signed import credential_files, status_files
from badgesite.content.signed.lines import entry_of
from badgesite.content.signed.writing import settled, write_signed
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Signed
from badgesite.starter.words import starter
from tests.content.signed.samples import BASE, CREDENTIALS, FIRST, LATER, LISTS, credential, status_list
from tests.sites import BATCH_PATH, write_site

NOBODY = {
    **{f"GIT_{who}_{what}": "nobody@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
IDS = [f"{number}f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11" for number in range(9)]


class Repository:
    """A Git repository with a site in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Git there."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return subprocess.run(
            ["git", *arguments], cwd=self.root, env={**environment, **NOBODY}, capture_output=True, text=True
        )

    def commit(self, branch: str | None = None) -> None:
        """Commit everything, on a new branch if it has a name."""
        for arguments in ([["switch", "-c", branch]] if branch else []) + [["add", "-A"], ["commit", "-m", "x"]]:
            done = self.git(*arguments)
            assert done.returncode == 0, done.stderr

    def merge(self, style: str = "merge") -> list[str]:
        """Merge the branch "theirs" into "ours"; gives the paths in which that stopped."""
        done = self.git("-c", f"merge.conflictStyle={style}", "merge", "-m", "x", "theirs")
        assert done.returncode in (0, 1), done.stderr
        return self.git("diff", "--name-only", "--diff-filter=U").stdout.splitlines()

    @property
    def catalogue(self) -> Catalogue:
        """What the content says."""
        found = read_or_raise(self.root).catalogue
        assert found
        return found

    def sign(
        self, signed: Mapping[str, Signed], lists: Mapping[str, Signed], revoked: frozenset[str] = frozenset()
    ) -> None:
        """Put in place what `sign` would: credentials by award, status lists by name, lock lines."""
        before = self.catalogue
        after = replace(
            before,
            credentials={**before.credentials, **signed},
            status_lists={**before.status_lists, **{("example", name): each for name, each in lists.items()}},
            revoked_bits=before.revoked_bits | revoked,
        )
        files: dict[str, bytes | None] = dict(files_missing(self.root, after))
        for batch in after.batches.values():
            made = [after.credentials[award.id] for award in batch.awards if award.id in after.credentials]
            files |= credential_files.changes(self.root, {batch.path: made})
        files |= {
            status_files.path_of(*named): status_files.file_text(each) for named, each in after.status_lists.items()
        }
        write_signed(self.root, files)

    def settle(self) -> Catalogue:
        """Read both sides of what a merge left, and put it in order; gives what was read."""
        reading = read_or_raise(self.root, conflicts=True)
        assert reading.catalogue
        assert compare(self.root, reading, conflicts=True).broken == ()
        files = settled(self.root, reading.catalogue, reading.merged)
        write_signed(self.root, {**files, **files_missing(self.root, reading.catalogue)})
        assert compare(self.root, read_or_raise(self.root)) == Comparison()
        return reading.catalogue


def batch(*awards: str, revoked: str = "") -> str:
    """A batch with these awards."""
    records = "".join(
        f"  - id: {award}\n    recipient: {{identity: sha256${award[0] * 64}, salt: {f'{award[0]}a' * 16}}}\n"
        "    result: b2\n" + ("    revoked: {date: 2024-01-10, reason: Errore}\n" if award == revoked else "")
        for award in awards
    )
    return f"badge: english-b2\ndate: 2023-07-14\nawards:\n{records}"


@pytest.fixture(params=["attributes", "none"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    """A site with one batch of nine awards, not committed yet."""
    files = {BATCH_PATH: batch(*IDS), ".gitignore": starter("gitignore")}
    if request.param == "attributes":
        files[".gitattributes"] = starter("gitattributes")
    found = Repository(write_site(tmp_path, files, base_url=BASE, publish="[ob2, ob3]"))
    found.git("init", "-b", "ours")
    return found


def test_branches_that_signed_different_batches_merge_without_conflict(repository: Repository) -> None:
    repository.commit()
    for branch, award, name in (("theirs", f"a{IDS[0][1:]}", "aaaaaaaa"), (None, f"b{IDS[0][1:]}", "bbbbbbbb")):
        if branch is None:
            repository.git("switch", "ours")
        (repository.root / f"content/awards/2023/{name}.yaml").write_text(batch(award), encoding="utf-8")
        repository.sign({award: credential(award, name=name)}, {name: status_list(name=name)})
        repository.commit(branch)
    assert repository.merge() == []
    assert compare(repository.root, read_or_raise(repository.root)) == Comparison()
    assert len(repository.catalogue.credentials) == 2
    assert {name for _, name in repository.catalogue.status_lists} == {"aaaaaaaa", "bbbbbbbb"}


def test_branches_that_signed_different_awards_of_one_batch_are_settled(repository: Repository) -> None:
    first, last = IDS[0], IDS[8]
    _both(repository, {first: credential(first, 1)}, {last: credential(last, 2, LATER)})
    assert CREDENTIALS in repository.merge()
    (problem,) = (str(found) for found in read(repository.root).problems if found.place.path == CREDENTIALS)
    assert problem.endswith("holds the marks of a merge; run `badgesite sign`, which keeps both sides")
    assert repository.settle().credentials == {first: credential(first, 1), last: credential(last, 2, LATER)}


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_of_two_new_credentials_of_one_award_the_later_stays_and_both_are_known(
    repository: Repository, style: str
) -> None:
    old = {award: credential(award, number) for number, award in enumerate(IDS)}
    repository.sign(old, {"0a1b2c3d": status_list()})
    award = IDS[4]
    ours, theirs = credential(award, 50, FIRST.replace("2023", "2024")), credential(award, 60, LATER)
    _both(repository, {award: ours}, {award: theirs})
    conflicts = repository.merge(style)
    assert {CREDENTIALS, LISTS} <= set(conflicts)
    found = repository.settle()
    assert found.credentials == {**old, award: max(ours, theirs, key=lambda each: each.text[-60:])}
    entries = {entry_of(each.text) for each in (old[award], ours, theirs)}
    assert set(repository.catalogue.locked[award]) == entries


def test_branches_that_revoked_different_awards_merge_in_the_record_and_are_settled(repository: Repository) -> None:
    repository.sign({award: credential(award, number) for number, award in enumerate(IDS)}, {"0a1b2c3d": status_list()})
    repository.commit()
    for branch, award, created in (("theirs", IDS[1], FIRST), (None, IDS[7], LATER)):
        if branch is None:
            repository.git("switch", "ours")
        (repository.root / BATCH_PATH).write_text(batch(*IDS, revoked=award), encoding="utf-8")
        lists = {"0a1b2c3d": status_list([IDS.index(award)], created)}
        repository.sign({}, lists, revoked=frozenset([award]))
        repository.commit(branch)
    assert repository.merge() == [LISTS]
    found = repository.settle()
    assert [award.id for _, award in found.each_award() if award.revoked] == [IDS[1], IDS[7]]
    assert found.revoked_bits == {IDS[1], IDS[7]}
    assert found.status_lists == {("example", "0a1b2c3d"): status_list([7], LATER)}


def _both(repository: Repository, ours: Mapping[str, Signed], theirs: Mapping[str, Signed]) -> None:
    """Commit, then sign these on two branches, each of which signs the batch's status list again."""
    repository.commit()
    for branch, signed, created in (("theirs", theirs, LATER), (None, ours, FIRST)):
        if branch is None:
            repository.git("switch", "ours")
        repository.sign(signed, {"0a1b2c3d": status_list([9 if branch else 8], created)})
        repository.commit(branch)
