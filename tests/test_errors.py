import pytest

from badgesite.errors import Place, counted


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("content/site.yaml"), "content/site.yaml"),
        (Place("content/site.yaml", 3), "content/site.yaml:3:1"),
        (Place("list.csv", 4, 2), "list.csv:4:2"),
        (Place("list.xlsx", 4), "list.xlsx:A4"),
        (Place("list.XLSX", 12, 26), "list.XLSX:Z12"),
        (Place("list.xlsx", 12, 28), "list.xlsx:AB12"),
    ],
)
def test_a_place_is_written_as_the_program_that_opens_the_file_counts(place: Place, words: str) -> None:
    assert str(place) == words


def test_things_are_counted_in_the_singular_and_with_commas() -> None:
    assert [counted(number, "award") for number in (0, 1, 1200)] == ["0 awards", "1 award", "1,200 awards"]
