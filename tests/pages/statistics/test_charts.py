"""Where bars and columns are."""

from badgesite.pages.statistics.charts import Bar, bar, columns, scale_of


def test_the_longest_of_bars_and_targets_fills_the_width() -> None:
    scale = scale_of([30, 60], [None, 80])
    assert scale == 80
    assert bar(scale, 60, 20, 80) == Bar("75%", "25%", "100%")
    assert bar(scale, 30) == Bar("37.5%", None, None)
    assert bar(3, 1, 1) == Bar("33.33%", "33.33%", None)


def test_nothing_has_a_scale_too() -> None:
    assert bar(scale_of([0]), 0, 0, 0) == Bar("0%", "0%", "0%")
    assert columns([]) == ()
    assert columns([0])[0].height == "0%"


def test_columns_stand_on_one_floor_side_by_side() -> None:
    one, two = columns([10, 5])
    assert (one.left, one.middle, one.width) == ("7.5%", "25%", "35%")
    assert (two.left, two.middle, two.width) == ("57.5%", "75%", "35%")
    assert (one.top, one.height) == ("12%", "76%")
    assert (two.top, two.height) == ("50%", "38%")


def test_of_many_columns_only_some_are_labelled() -> None:
    assert all(column.told for column in columns([1] * 12))
    drawn = columns([1] * 24, 4)
    assert [index for index, column in enumerate(drawn) if column.told] == list(range(0, 24, 2))
    assert [index for index, column in enumerate(drawn) if column.labelled] == [0, 6, 12, 18]


def test_labels_at_the_ends_do_not_stick_out() -> None:
    anchors = [column.anchor for column in columns([1] * 12, 4) if column.labelled]
    assert anchors == ["start", "middle", "middle", "middle"]
    assert [column.anchor for column in columns([1, 1, 1, 1, 1, 1], 6)] == ["middle"] * 6
    assert columns([1] * 9, 5)[8].anchor == "end"
