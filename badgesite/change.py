"""The story of `change`: awards corrected and renewed, as other lines of their records and the day of the change."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from badgesite.content.records import editing, people
from badgesite.content.records.desk import Desk
from badgesite.content.records.private import Person
from badgesite.errors import Place, Problem, UsageError, refuse
from badgesite.lists.addresses import read_address
from badgesite.lists.fitting import Fitting
from badgesite.lists.holders import awards_valid
from badgesite.lists.named import Picked
from badgesite.lists.rows import Row, make_row
from badgesite.model.award import Award, Batch, Recipient, hashed
from badgesite.model.scalars import Day
from badgesite.plan import plan_of_batch

NEVER = "never"
_OF_ONE = ("name", "result", "credits", "narrative", "evidence", "email")  # what no two awards are given alike
_OF_REVOKED = ("name", "visibility")
_ROW = ("visibility", "language", "unit", "result", "credits", "narrative", "evidence")
_SIGNED = ("name", "result", "credits", "narrative", "evidence", "recipient")  # in a credential, beside the last day
_UNSIGNED = ("unit", "visibility", "language")
_SHOWN_ALIKE = ("visibility", "language")  # which replace nothing by themselves
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_HERE = Place("the command line")


@dataclass(frozen=True, slots=True)
class Change:
    """One award as it was and as it is to be, with its holder if private/ is to know something new of them.

    `differences` are for the eye: the field, what it was, what it is. What an address was, and a name that private/
    alone has, is left empty, and neither is told.
    """

    batch: Batch
    before: Award
    after: Award
    person: Person | None
    differences: tuple[tuple[str, str, str], ...]
    replaces: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What would be changed, what says so already, and the files that say it, by path."""

    changes: tuple[Change, ...]
    alike: tuple[tuple[Batch, Award], ...]
    files: Mapping[str, bytes]

    @property
    def replaces(self) -> bool:
        """Whether a credential that was signed says something else afterwards."""
        return any(change.replaces for change in self.changes)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be changed, in the words of the command: an empty word takes a field out.

    `today` is the day of the change; `draw_salt` gives 32 hexadecimal digits; `again` lets somebody hold a badge twice.
    Of the holders `known` are those of whom
    private/ has a row, and `addresses` those of all that it knows, by award.
    """

    words: Mapping[str, str]
    today: date
    draw_salt: Callable[[], str]
    known: Mapping[str, Person] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


def plan_changes(desk: Desk, picked: Picked, wishes: Wishes) -> Changes:
    """What is wished for, done to each award that was picked; ContentError with everything that stands against it.

    UsageError if nothing is wrong but words of the command.
    """
    if not wishes.words:
        raise UsageError("say what is to change: --name, --result, --expires, --visibility, --email ...")
    if wishes.again and "email" not in wishes.words:
        raise UsageError("--again is about a new address; say --email too")
    if len(picked.awards) > 1 and (single := [word for word in _OF_ONE if word in wishes.words]):
        raise UsageError(f"--{single[0]} is one award's own; change {len(picked.awards)} awards one by one")
    known = people.known(desk.folder, {award.id for _, _, award in picked.awards})
    addresses = {award: address for address, awards in desk.index.items() for award in awards}
    wishes = replace(wishes, known=known, addresses=addresses)
    problems = list(picked.problems)
    options: list[Problem] = []
    changes: list[Change] = []
    alike: list[tuple[Batch, Award]] = []
    for place, batch, award in picked.awards:
        after, name, faults = _changed(desk, batch, award, wishes)
        refused = [Problem(place, *told) for told in _refused(batch, award, wishes)]
        if refused or not faults:
            problems += refused or [Problem(place, *told) for told in _held(desk, batch, award, after, wishes)]
        else:
            options += [fault for fault in faults if fault.place == _HERE]
            problems += [fault for fault in faults if fault.place != _HERE]
        change = _compared(desk, batch, award, after, name, wishes)
        if change.differences or change.person:
            changes.append(change)
        else:
            alike.append((batch, award))
    refuse(options, problems)
    wanted = {change.after.id: change.after for change in changes if change.after != change.before}
    return Changes(tuple(changes), tuple(alike), editing.edited(desk.root, desk.catalogue, wanted))


def record(desk: Desk, changes: Changes) -> tuple[str, ...]:
    """Write it: what private/ knows first, then the records as one; gives the paths written, from the site's folder."""
    known: dict[str, list[Person]] = {}
    for change in changes.changes:
        if change.person:
            known.setdefault(change.batch.slug, []).append(change.person)
    if known:
        people.put_right(desk.folder, known)
    paths = editing.put_in_place(desk.root, changes.files)
    if known:
        people.settle(desk.folder, {change.after.id: change.after.recipient for change in changes.changes})
    return paths


def _refused(batch: Batch, award: Award, wishes: Wishes) -> Iterator[tuple[str, str]]:
    """Why an award takes no such change at all."""
    if batch.date > wishes.today:
        yield f"the award {award.id} is of {batch.date}, after {wishes.today}", "correct the date of its batch"
    if award.revoked and (others := [word for word in wishes.words if word not in _OF_REVOKED]):
        what = f"the award {award.id} is revoked, and --{others[0]} would not bring it back"
        yield what, "award the badge anew; only who sees the holder's name can still change"


def _held(desk: Desk, batch: Batch, award: Award, after: Award, wishes: Wishes) -> Iterator[tuple[str, str]]:
    """Why an award that is valid takes no new address: its holder would have the badge twice (see `award --again`)."""
    last = desk.catalogue.expires(batch, after)
    if wishes.again or after.recipient == award.recipient or (last and last < wishes.today):
        return
    others = awards_valid(desk.catalogue, batch.badge, desk.index, read_address(wishes.words["email"]), wishes.today)
    if others:
        told = " and ".join(others)
        what = f"the holder of this address has {batch.badge} already (award {told}), and would have it twice"
        yield what, "revoke one of them, or say --again"


def _changed(desk: Desk, batch: Batch, award: Award, wishes: Wishes) -> tuple[Award, str | None, list[Problem]]:
    """The award with the fields that are wished for, still without the day of its change; its holder's name, shown or
    not; and what is wrong.
    """
    words = wishes.words
    cells = {word: words[word] for word in (*_ROW, "name") if words.get(word)}
    row, problems = make_row(cells, _HERE, {})
    fitted, faults = Fitting(desk.catalogue, Row(_HERE), wishes.today).fit(replace(row, badge=batch.badge))
    problems += faults
    fields: dict[str, Any] = {word: getattr(fitted, word) for word in _ROW if word in words}
    for word, read in (("expires", _last_day), ("email", _recipient)):
        if word in words:
            try:
                fields["recipient" if word == "email" else word] = read(desk, batch, award, wishes)
            except PydanticCustomError as error:
                context = error.context or {}
                problems.append(Problem(_HERE, f"--{word}: {context.get('what')}", str(context.get("mend", ""))))
    after = replace(award, **fields)
    person = wishes.known.get(award.id)
    name = fitted.name if "name" in words else award.name or (person.name if person else None)
    if {"name", "visibility"} & words.keys():
        shown = desk.catalogue.visibility(batch, after) != "unnamed"
        after = replace(after, name=name if shown else None)
    return after, name, problems


def _last_day(desk: Desk, batch: Batch, award: Award, wishes: Wishes) -> date | None:
    word = wishes.words["expires"]
    if word == NEVER:
        if desk.catalogue.badges[batch.badge].valid_for:
            what = f"{batch.badge} has valid_for, and a record can only name another day"
            raise _fault(what, "write a day, like 2099-12-31")
        return None
    if not word:
        return None  # as the badge says
    try:
        last = _DAY.validate_python(word)
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        raise _fault(str(context.get("what")), f"{context.get('mend')}; or {NEVER}") from error
    if last < batch.date:
        raise _fault(f"{last} lies before the award of {batch.date}", "to take an award back: `badgesite revoke`")
    return last


def _recipient(desk: Desk, batch: Batch, award: Award, wishes: Wishes) -> Recipient:
    """The holder by another address, with a salt of its own; the same if it is theirs already."""
    try:
        address = read_address(wishes.words["email"])
    except PydanticCustomError as error:
        raise _fault("this is not an e-mail address", "write it as ada@example.org") from error
    if award.recipient.is_of(address):
        return award.recipient
    salt = wishes.draw_salt()
    return Recipient(identity=hashed(address, salt), salt=salt)


def _fault(what: str, mend: str) -> PydanticCustomError:
    return PydanticCustomError("change", "{what}", {"what": what, "mend": mend})


def _compared(desk: Desk, batch: Batch, before: Award, after: Award, name: str | None, wishes: Wishes) -> Change:
    """What becomes of an award, with the day of the change where anything but who may look at it is another."""
    was, now = desk.catalogue.expires(batch, before), desk.catalogue.expires(batch, after)
    differing = {word for word in (*_SIGNED, *_UNSIGNED) if getattr(before, word) != getattr(after, word)}
    told = list(_told(desk, batch, before, after))
    if before.expires != after.expires or differing - set(_SHOWN_ALIKE):
        after = replace(after, changed=wishes.today)
    person = _person(desk, batch, before, after, name, wishes)
    known = wishes.known.get(before.id)
    if person and before.name == after.name and person.name != (known.name if known else None):
        told.append(("name", "", "another one, in private/ alone"))
    replaces = was != now or bool(differing & set(_SIGNED))
    return Change(batch, before, after, person, tuple(told), replaces and before.id in desk.catalogue.credentials)


def _told(desk: Desk, batch: Batch, before: Award, after: Award) -> Iterator[tuple[str, str, str]]:
    """The fields that differ, as a person sees them; of an address only that it is another."""
    both = before, after
    catalogue = desk.catalogue
    if before.recipient != after.recipient:
        yield "address", "", "another one, with a salt of its own"
    for word in ("name", "result", "credits", "unit", "language", "narrative", "evidence"):
        was, now = (_words(getattr(award, word)) for award in both)
        if was != now:
            yield word, was, now
    visibilities = [catalogue.visibility(batch, award) for award in both]
    if before.visibility != after.visibility:
        yield "visibility", visibilities[0], visibilities[1]
    days = [catalogue.expires(batch, award) for award in both]
    if days[0] != days[1]:
        yield "expires", str(days[0] or NEVER), str(days[1] or NEVER)


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "nothing"
    return "nothing" if value is None else str(value)


def _person(desk: Desk, batch: Batch, before: Award, after: Award, name: str | None, wishes: Wishes) -> Person | None:
    """The holder as private/ is to know them; None if it has nothing to learn."""
    new_address = before.recipient != after.recipient
    if not new_address and "name" not in wishes.words and (after.name or not before.name):
        return None
    known = wishes.known.get(before.id)
    if not new_address and not known and after.name:
        return None  # the record itself says it
    person = known or _unknown(desk, batch, after, wishes.addresses.get(after.id, ""))
    email = read_address(wishes.words["email"]) if new_address else person.email
    person = replace(person, email=email, name=name)
    return None if person == known else person


def _unknown(desk: Desk, batch: Batch, award: Award, address: str) -> Person:
    """What can be known of a holder of whom private/ has no row."""
    plan = plan_of_batch(desk.catalogue, batch.slug)
    language = award.language or plan.first
    badge = desk.catalogue.badges[batch.badge].name.in_language(language)
    return Person(award.id, address, None, badge, plan.url(plan.award_page(award.id, language)))
