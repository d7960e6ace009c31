"""Which versions make a site."""

import json
from pathlib import Path

import pytest

from badgesite.starter.pins import pins


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))


def _install(folder: Path, name: str, version: str, needs: tuple[str, ...] = (), origin: object = None) -> None:
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir()
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
    (info / "METADATA").write_text("\n".join(("Metadata-Version: 2.1", *lines, "")))
    if origin:
        (info / "direct_url.json").write_text(json.dumps(origin))


def test_what_is_needed_by_what_is_needed_is_pinned_once(tmp_path: Path) -> None:
    _install(tmp_path, "our-site", "1.0", ("our.draw[svg]>=2; python_version > '3'", "our_word>1"))
    _install(tmp_path, "our-draw", "2.1", ("our-word", "our-site"))
    _install(tmp_path, "our-word", "3.0rc1")
    assert pins("our-site") == ("our-draw==2.1", "our-site==1.0", "our-word==3.0rc1")


def test_extras_and_what_other_systems_need_are_left_out(tmp_path: Path) -> None:
    _install(tmp_path, "our-site", "1.0", ('our-tests; extra == "dev"', 'not-here-at-all; sys_platform == "win32"'))
    _install(tmp_path, "our-tests", "1.0")
    assert pins("our-site") == ("our-site==1.0",)


@pytest.mark.parametrize(
    ("origin", "pin"),
    [
        (
            {"url": "https://git.example.org/ours.git", "vcs_info": {"vcs": "git", "commit_id": "0123abcd"}},
            "our-site @ git+https://git.example.org/ours.git@0123abcd",
        ),
        (
            {"url": "https://files.example.org/ours-1.0.whl", "archive_info": {}},
            "our-site @ https://files.example.org/ours-1.0.whl",
        ),
        ({"url": "file:///ours", "dir_info": {"editable": True}}, "our-site==1.0"),
    ],
    ids=["git", "address", "this machine"],
)
def test_what_came_from_elsewhere_is_named_by_its_address(tmp_path: Path, origin: object, pin: str) -> None:
    _install(tmp_path, "our-site", "1.0", origin=origin)
    assert pins("our-site") == (pin,)
