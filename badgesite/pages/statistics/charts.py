"""Where the parts of a chart are, in per cent of its width and height: the templates draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

NUMBERS = 12  # above the columns of a trend; of more, only every second or third is told
_TOP, _FOOT = 12, 88  # between them the columns stand: numbers above, labels below
_FILLED = 0.7  # of the width that a column has


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that lies, with the part of it that counts, and where the target is; None is not drawn."""

    whole: str
    part: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column that stands; its number stands above it at `middle` if it is `told`, and its label below if `labelled`.

    A label is centred on the column, or where it would stick out of the chart begins or ends with it: `anchor`.
    """

    left: str
    middle: str
    width: str
    top: str
    height: str
    right: str
    told: bool
    labelled: bool
    anchor: Literal["start", "middle", "end"]


def scale_of(wholes: Sequence[int], targets: Sequence[int | None] = ()) -> int:
    """What the whole width stands for."""
    return max([*wholes, *(target or 0 for target in targets), 1])


def bar(scale: int, whole: int, part: int | None = None, target: int | None = None) -> Bar:
    """A bar on a scale."""
    return Bar(
        whole=_per_cent(whole / scale),
        part=None if part is None else _per_cent(part / scale),
        target=None if target is None else _per_cent(target / scale),
    )


def columns(numbers: Sequence[int], labels: int = 8) -> tuple[Column, ...]:
    """Columns side by side, the highest as high as there is room, with at most so many `labels` below them."""
    scale, step = scale_of(numbers), 1 / max(len(numbers), 1)
    told, labelled = (-(-len(numbers) // most) for most in (NUMBERS, labels))
    return tuple(
        _column(index, number / scale, step, told=index % told == 0, label=1 / labels if index % labelled == 0 else 0)
        for index, number in enumerate(numbers)
    )


def _column(index: int, share: float, step: float, *, told: bool, label: float) -> Column:
    """`label` is how much of the chart's width its label takes; 0 for none."""
    height, middle = share * (_FOOT - _TOP) / 100, step * (index + 0.5)
    return Column(
        left=_per_cent(step * (index + (1 - _FILLED) / 2)),
        middle=_per_cent(middle),
        width=_per_cent(step * _FILLED),
        top=_per_cent(_FOOT / 100 - height),
        height=_per_cent(height),
        right=_per_cent(step * (index + (1 + _FILLED) / 2)),
        told=told,
        labelled=label > 0,
        anchor="start" if middle < label / 2 else "end" if middle > 1 - label / 2 else "middle",
    )


def _per_cent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"
