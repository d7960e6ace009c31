"""A built site, read as its own addresses would serve it."""

from pathlib import Path

import pytest

from badgesite.errors import FetchError, OutputError
from badgesite.verify.sites.folder import Folder, open_folder

BASE = "https://badges.example.edu/badges/"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "site"
    (root / "awards/a").mkdir(parents=True)
    (root / "issuers/one").mkdir(parents=True)
    (root / "catalogue.json").write_text(f'{{"base": "{BASE}"}}', encoding="utf-8")
    (root / "awards/a/index.html").write_bytes(b"page")
    (root / "awards/a/x y.json").write_bytes(b"{}")
    (tmp_path / "secret").write_bytes(b"secret")
    return open_folder(root)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("awards/a/", b"page"),
        ("awards/a/index.html", b"page"),
        ("awards/a/x%20y.json", b"{}"),
        ("awards/a/?x", b"page"),
    ],
)
def test_an_address_of_the_site_is_its_file(folder: Folder, path: str, data: bytes) -> None:
    assert folder.fetch(BASE + path).data == data


@pytest.mark.parametrize("path", ["awards/b/", "awards/a", "../secret", "%2e%2e/secret", "a%00b", "x" * 5000])
def test_what_the_site_does_not_hold_is_missing(folder: Folder, path: str) -> None:
    with pytest.raises(FetchError) as caught:
        folder.fetch(BASE + path)
    assert caught.value.reason == "missing"


@pytest.mark.parametrize("address", ["https://badges.example.edu/", "https://elsewhere.example/", "file:///etc/passwd"])
def test_nothing_else_is_asked_for(folder: Folder, address: str) -> None:
    with pytest.raises(FetchError) as caught:
        folder.fetch(address)
    assert caught.value.reason == "offline"


def test_a_link_out_of_the_folder_is_not_followed(folder: Folder) -> None:
    (folder.root / "link").symlink_to(folder.root.parent / "secret")
    assert folder.read("link") is None


def test_awards_and_issuers_are_the_folders_there(folder: Folder) -> None:
    assert (folder.awards(), folder.issuers()) == (("a",), ("one",))
    assert Folder(folder.root / "awards", BASE).awards() == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "is no built site"),
        ("{", "build the site again"),
        ("[]", "build the site again"),
        ("{}", "does not say at which address"),
        ('{"base": "ftp://x/"}', "does not say at which address"),
    ],
)
def test_a_folder_that_was_not_built_is_refused(tmp_path: Path, text: str | None, words: str) -> None:
    if text is not None:
        (tmp_path / "catalogue.json").write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match=words):
        open_folder(tmp_path)
