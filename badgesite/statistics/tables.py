"""The tables, as they are published: on the page, as CSV and as JSON. A number that is left out is None."""

from dataclasses import dataclass
from datetime import date

from badgesite.model.text import Text


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both included; its name as an indicator has it."""

    name: Text
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Score:
    """What an indicator says of a period, or of all its periods together; `span` is None for all time.

    `counted` is None where it is left out; `target` where there is none.
    """

    span: Span | None
    issued: int
    revoked: int
    counted: int | None
    target: int | None

    @property
    def share(self) -> int | None:
        """Counted ones out of those issued: whole per cent, half away from zero; None of nothing."""
        return None if self.counted is None or not self.issued else percent(self.counted, self.issued)

    @property
    def difference(self) -> int | None:
        """Counted ones less the target."""
        return None if self.counted is None or self.target is None else self.counted - self.target


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """An indicator by period; `counts` are the groups that count, none of them if all awards do.

    `total` adds up the periods, each by itself, where there are several: if they overlap, an award can be in it twice.
    It has a target only if every period has one.
    """

    name: Text
    counts: tuple[str, ...]
    scores: tuple[Score, ...]
    total: Score | None
    overlapping: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Awards issued of one category, unit (`<issuer>/<unit>`) or badge (None: of none): by period, and ever."""

    key: str | None
    numbers: tuple[int, ...]
    ever: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Awards issued in a period (None: ever) by group, in the order of `GroupTable.groups`."""

    span: Span | None
    numbers: tuple[int | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Awards by group; the last group is None, where awards without a group are."""

    groups: tuple[str | None, ...]
    lines: tuple[GroupLine, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A year or a month; `erased` ones are not among those issued."""

    first: date
    last: date
    issued: int
    revoked: int
    erased: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is published. `spans` are the different periods of all indicators; `undated` are erased awards
    of which nobody knows the day any more. `months` is empty when there are more than two years of them.
    """

    issued: int
    revoked: int
    erased: int
    undated: int
    first: date | None
    last: date | None
    spans: tuple[Span, ...]
    indicators: tuple[IndicatorTable, ...]
    categories: tuple[Line, ...]
    units: tuple[Line, ...]
    groups: GroupTable | None
    badges: tuple[Line, ...]
    years: tuple[Stretch, ...]
    months: tuple[Stretch, ...]


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, half away from zero."""
    return (200 * part + whole) // (2 * whole)
