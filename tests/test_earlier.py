from pathlib import Path

import pytest

from badgesite.earlier import in_folder, online
from badgesite.errors import FetchError, FormatError, OutputError
from badgesite.served import Served

MANIFEST = b'{"version": 1, "awards": {"sha256": "ab"}, "files": {"index.html": {"sha256": "cd", "size": 7}}}'
BASE = "https://badges.example.edu/"


def test_a_folder_has_its_files_and_what_its_manifest_says(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.txt").write_bytes(b"12")
    (tmp_path / "manifest.json").write_bytes(MANIFEST)
    found = in_folder(tmp_path, ())
    assert found.sizes == {"a/b.txt": 2, "manifest.json": len(MANIFEST)}
    assert (found.listed, found.awards) == ({"index.html": "cd"}, "ab")
    assert (found.read("a/b.txt"), found.read("a"), found.read("c")) == (b"12", None, None)
    assert in_folder(tmp_path, ("a/b.txt",)).sizes == {"a/b.txt": 2}
    assert in_folder(tmp_path / "nowhere", ()).sizes == {}


def test_a_folder_of_other_things_is_no_site(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes(b"title: Badges")
    with pytest.raises(OutputError, match=r"holds no site: it has no manifest\.json; give the folder of a site"):
        in_folder(tmp_path, ())


@pytest.mark.parametrize("address", [BASE, BASE[:-1], f"{BASE}manifest.json"])
def test_a_site_online_is_known_by_its_manifest(address: str) -> None:
    def fetch(asked: str) -> Served:
        if asked != f"{BASE}manifest.json":
            raise FetchError(asked, "missing", "its host has no such file (404)")
        return Served(asked, MANIFEST)

    found = online(address, fetch)
    assert (found.name, found.folder, found.listed, found.awards) == (BASE, None, {"index.html": "cd"}, "ab")
    assert found.sizes == {"index.html": 7, "manifest.json": len(MANIFEST)}
    assert found.read("index.html") is None


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"[]", b"{}", b'{"files": {"a": 1}, "awards": {}}', b"[" * 100_000, b"\xff"],
    ids=["empty", "a page", "a list", "nothing in it", "no digests", "deep", "no text"],
)
def test_what_is_no_manifest_is_told(data: bytes) -> None:
    with pytest.raises(FormatError, match="is not a manifest that badgesite made"):
        online(BASE, lambda address: Served(address, data))


def test_a_host_out_of_reach_is_no_missing_file() -> None:
    answers = iter([Served(BASE, MANIFEST)])

    def fetch(address: str) -> Served:
        for answer in answers:
            return answer
        raise FetchError(address, "unreachable", "the host does not answer")

    with pytest.raises(FetchError, match="does not answer"):
        online(BASE, fetch).read("index.html")
