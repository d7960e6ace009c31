"""A built site beside its manifest: whatever was changed, lost or added after the build is told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from badgesite.verify.sites.folder import open_folder
from badgesite.verify.sites.manifest import altered
from tests.verify.built import REVOKED, VALID, write_built_site

AWARDS = "awards/: files were changed, lost or added since manifest.json was made; build the site again"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built_site(tmp_path_factory.mktemp("built")) / "site"


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "site")
    return tmp_path / "site"


def test_a_site_is_what_was_built(built: Path) -> None:
    assert list(altered(open_folder(built))) == []


def _stub_alone(site: Path) -> None:
    """What somebody leaves who takes a revoked award's credential away, and its pictures."""
    for path in (site / "awards" / REVOKED).iterdir():
        if path.suffix in (".jwt", ".png", ".svg") or path.name == "credential.json":
            path.unlink()


@pytest.mark.parametrize(
    "change",
    [
        lambda site: shutil.rmtree(site / "awards" / VALID),
        _stub_alone,
        lambda site: (site / "awards" / VALID / "credential.jwt").write_bytes(b"garbage"),
        lambda site: (site / "awards" / VALID / "more.json").write_bytes(b"{}"),
        lambda site: shutil.rmtree(site / "awards"),
    ],
    ids=["an award's folder lost", "a stub alone", "garbage", "a file added", "all awards lost"],
)
def test_one_digest_tells_of_all_awards(site: Path, change: Callable[[Path], object]) -> None:
    change(site)
    assert AWARDS in list(altered(open_folder(site)))


@pytest.mark.parametrize("pattern", ["status/**/*.jwt", "issuers/*/profile.json", "badges/*/achievement.json"])
def test_documents_beside_the_awards_are_told_by_their_names(site: Path, pattern: str) -> None:
    changed, *_ = sorted(site.glob(pattern))
    path = changed.relative_to(site).as_posix()
    changed.write_bytes(b"garbage")
    assert [fault.partition(": ")[::2] for fault in altered(open_folder(site))] == [
        (path, "it was changed since manifest.json was made; build the site again")
    ]
    changed.unlink()
    assert [fault.partition(";")[0] for fault in altered(open_folder(site))] == [
        f"{path}: manifest.json names it, and it is not there"
    ]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"files": {}}', b'{"files": {"a": 1}, "awards": {}}'])
def test_a_manifest_that_says_nothing_is_a_fault_too(site: Path, data: bytes) -> None:
    (site / "manifest.json").write_bytes(data)
    assert list(altered(open_folder(site)))
    (site / "manifest.json").unlink()
    assert next(altered(open_folder(site))).startswith("manifest.json: it is not there")
