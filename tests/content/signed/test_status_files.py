import pytest

from badgesite.content.signed.lines import signed_in
from badgesite.content.signed.status_files import file_text, list_at, path_of
from tests.content.signed.samples import LIST, LISTS, status_list


def test_a_list_is_found_by_the_path_it_is_written_to() -> None:
    assert path_of("example", LIST) == LISTS == "content/status/example/0a1b2c3d.json"
    assert list_at(LISTS) == ("example", LIST)


@pytest.mark.parametrize(
    "path",
    ["0a1b2c3d.json", "example/0A1B2C3D.json", "example/0a1b2c3.json", "example/0a1b2c3d.jsonl", "a/b/0a1b2c3d.json"],
)
def test_other_paths_are_of_no_list(path: str) -> None:
    assert list_at(f"content/status/{path}") is None


def test_a_list_has_one_line() -> None:
    text = file_text(status_list([7]))
    assert text.count(b"\n") == 1
    assert signed_in(text.rstrip(b"\n")) == status_list([7])
