"""How a request becomes a file."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badgesite.preview.lookup import answer, content_type, mount_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("index.html", "404.html", "badges/b2/index.html", "badges/b2/badge.json", "è.txt"):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "secret.txt").write_text("secret")
    (site / "way-out").symlink_to(tmp_path)
    return site


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("/", "index.html"),
        ("/?x=1", "index.html"),
        ("/index.html", "index.html"),
        ("/badges/b2/", "badges/b2/index.html"),
        ("/badges/b2/badge.json", "badges/b2/badge.json"),
        ("/%C3%A8.txt", "è.txt"),
    ],
)
def test_paths_lead_to_files_as_on_a_web_server(folder: Path, target: str, name: str) -> None:
    found = answer(folder, "/", target)
    assert (found.status, found.file) == (200, folder / name)


def test_a_folder_without_its_slash_is_redirected(folder: Path) -> None:
    assert answer(folder, "/", "/badges/b2").location == "/badges/b2/"


def test_a_site_with_a_path_is_shown_at_it(folder: Path) -> None:
    assert answer(folder, "/open/", "/open/badges/b2/").status == 200
    assert answer(folder, "/open/", "/").location == "/open/"
    assert answer(folder, "/open/", "/open").location == "/open/"
    assert answer(folder, "/open/", "/badges/b2/").status == 404


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/badges/..%5c..%5csecret.txt",
        "/way-out/secret.txt",
        "//secret.txt",
        "/badges//b2/",
        "/C:/secret.txt",
        "/.../secret.txt",
        "/%00",
        "/badges/",
        "/nothing",
        "/index.html/",
        "secret.txt",
        "http://elsewhere.example/",
    ],
)
def test_everything_else_is_not_found(folder: Path, target: str) -> None:
    found = answer(folder, "/", target)
    assert (found.status, found.file, found.location) == (404, folder / "404.html", "")


def test_a_redirect_never_leaves_the_machine(folder: Path) -> None:
    (folder / "elsewhere.example").mkdir()
    assert answer(folder, "/", "//elsewhere.example").location == ""


def test_the_mount_is_the_path_of_the_base_url() -> None:
    assert mount_of("https://x.example/badges/") == "/badges/"
    assert mount_of("http://localhost:8000/") == "/"


def test_types_are_told_by_ending() -> None:
    assert content_type(Path("a.svg")).startswith("image/svg+xml")
    assert content_type(Path("badge.json")).startswith("application/json")
    assert content_type(Path("a")) == "application/octet-stream"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["..", "%2e%2e", "/", "\\", "%5c", "badges", "b2", "way-out", "secret.txt", "%00", "C:", "."])
    )
)
def test_nothing_outside_the_folder_is_ever_sent(folder: Path, parts: list[str]) -> None:
    found = answer(folder, "/", "/" + "/".join(parts))
    assert found.file is None or found.file.resolve().is_relative_to(folder)
    assert not found.location.startswith(("//", "http"))


@given(st.text())
def test_any_target_has_an_answer(target: str) -> None:
    assert answer(Path(__file__).parent / "nowhere", "/badges/", f"/badges/{target}").status in (302, 404)
