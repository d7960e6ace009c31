"""The story of `revoke`: awards withdrawn, all that were meant or none, as lines of their records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from badgesite.content.records import editing
from badgesite.content.records.desk import Desk
from badgesite.errors import Place, Problem, refuse
from badgesite.lists.named import Picked
from badgesite.lists.rows import no_formula
from badgesite.model.addresses import addresses_in
from badgesite.model.award import Award, Batch, Revocation
from badgesite.model.scalars import Words

_WORDS: TypeAdapter[str] = TypeAdapter(Words)
_HERE = Place("the command line")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What would be revoked, what was so already, and the files that say it, by path; `str()` is it in one line."""

    revocation: Revocation
    awards: tuple[tuple[Batch, Award], ...]
    already: tuple[tuple[Batch, Award], ...]
    files: dict[str, bytes]

    def __str__(self) -> str:
        were = f"; {len(self.already)} {'is' if len(self.already) == 1 else 'are'} revoked already"
        return f"{len(self.awards)} to revoke{were if self.already else ''}"


def plan_revocation(desk: Desk, picked: Picked, reason: str, day: date, today: date) -> Withdrawal:
    """The revocation of awards on a day; ContentError with everything that stands against it.

    UsageError if that is nothing but words of the command. `reason` is published, and so holds no e-mail address.
    """
    fresh = [(batch, award) for _, batch, award in picked.awards if not award.revoked]
    already = [(batch, award) for _, batch, award in picked.awards if award.revoked]
    refuse(tuple(_faults(desk, reason, day, today)), (*picked.problems, *_too_early(picked, day)))
    revocation = Revocation(date=day, reason=reason.strip())
    wanted = {award.id: replace(award, revoked=revocation) for _, award in fresh}
    return Withdrawal(revocation, tuple(fresh), tuple(already), editing.edited(desk.root, desk.catalogue, wanted))


def record(desk: Desk, withdrawal: Withdrawal) -> tuple[str, ...]:
    """Write it, in all batches as one; gives the paths written, from the site's folder."""
    return editing.put_in_place(desk.root, withdrawal.files)


def _faults(desk: Desk, reason: str, day: date, today: date) -> Iterator[Problem]:
    try:
        no_formula(_WORDS.validate_python(reason))
    except PydanticCustomError as error:
        context = error.context or {}
        yield Problem(_HERE, f"--reason: {context.get('what')}", str(context.get("mend", "")))
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        yield Problem(_HERE, f"--reason: {context.get('what')}", "say in a sentence why: it is published")
    if any(address not in desk.catalogue.addresses for address in addresses_in(reason.encode())):
        yield Problem(_HERE, "--reason: an e-mail address stands in it, and the reason is published", "leave it out")
    if day > today:
        yield Problem(_HERE, f"--date: {day} lies in the future", f"today is {today} (UTC); revoke on the day")


def _too_early(picked: Picked, day: date) -> Sequence[Problem]:
    return [
        Problem(place, f"the award {award.id} is of {batch.date}, after {day}", "say another --date")
        for place, batch, award in picked.awards
        if day < batch.date and not award.revoked
    ]
