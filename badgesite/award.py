"""The story of `award`: rows become records, checked first and written whole (docs/formats.md, Award records)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from pydantic_core import PydanticCustomError

from badgesite.content.advice.unwritten import refuse_unwritten, unwritten
from badgesite.content.edits.places import RecordPlace
from badgesite.content.permanence import locks
from badgesite.content.records import private, writing
from badgesite.content.records.desk import Desk
from badgesite.content.records.drafts import complete, find_drafts, left_addresses
from badgesite.content.records.naming import Key, name_batches, new_batch
from badgesite.content.records.private import Index, Person
from badgesite.errors import ContentError, ListError, OutputError, Place, Problem, UsageError
from badgesite.lists.addresses import read_address
from badgesite.lists.fitting import Fitting
from badgesite.lists.holders import holders_of
from badgesite.lists.progress import Progress, silent, watched
from badgesite.lists.rows import Row, Rows, faults_of_duplicates
from badgesite.model.award import Award, Batch, Draft, Recipient, hashed
from badgesite.model.catalogue import Catalogue
from badgesite.plan import plan_of_batch

_DRAFT_FIELDS = tuple(part.name for part in fields(Draft) if part.name != "email")
_MANY_HASHES, _MANY_FILES = 1_000_000, 50  # about a second's work


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a plan is made in: the day, what the office knows of holders, the names that are taken, and chance.

    `draw_id` gives a UUID 4, `draw_salt` 32 hexadecimal digits; `again` awards people who have the badge already.
    """

    today: date
    draw_id: Callable[[], str]
    draw_salt: Callable[[], str]
    index: Index = field(default_factory=dict)
    taken: Collection[str] = ()
    again: bool = False
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written: whole batches and their new people, by batch; `str()` is the outcome in one line.

    `held` are the rows whose holders have the badge already; `index` is what will be known of holders afterwards;
    `completed` is the text of the one batch whose drafts become awards, the others are new. `unmeasured` are the
    places of rows without the result that their badge measures, by badge.
    """

    batches: tuple[Batch, ...]
    people: Mapping[str, tuple[Person, ...]]
    held: tuple[Row, ...]
    named: int
    index: Index
    completed: bytes | None = None
    unmeasured: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many awards would be made."""
        return sum(map(len, self.people.values()))

    def __str__(self) -> str:
        hold = "holds" if len(self.held) == 1 else "hold"
        line = (
            f"{self.new} new: {self.named} named, {self.new - self.named} unnamed; {len(self.held)} {hold} it already"
        )
        names = "1 name" if self.named == 1 else f"{self.named} names"
        return f"{line}; {names} will be published" if self.named else line


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows that fit the site, parted by whether their holders have the badge already."""

    fresh: tuple[Row, ...]
    held: tuple[Row, ...]
    index: Index


def plan_awards(
    catalogue: Catalogue, rows: Rows, defaults: Row, circumstances: Circumstances, batch_name: str | None = None
) -> Proposal:
    """The batches that a list asks for, one for each badge and date; ListError with every fault of every row.

    `defaults` are the command's own words, for cells that are empty; UsageError if those do not fit the site.
    """
    chosen = sort_rows(catalogue, rows, defaults, circumstances)
    by_batch: dict[Key, list[Row]] = {}
    for row in chosen.fresh:
        by_batch.setdefault((row.badge or "", row.date or circumstances.today), []).append(row)
    batches = []
    people = {}
    for key, name in name_batches(sorted(by_batch), circumstances.taken, batch_name).items():
        batch = new_batch(name, *key)
        each_row = watched(by_batch[key], "making records", circumstances.progress)
        made = [make_award(catalogue, batch, row, circumstances) for row in each_row]
        batches.append(writing.with_table(replace(batch, awards=tuple(award for award, _ in made))))
        people[name] = tuple(person for _, person in made)
    named = sum(award.name is not None for batch in batches for award in batch.awards)
    lacking = _unmeasured(catalogue, chosen.fresh)
    return Proposal(tuple(batches), people, chosen.held, named, chosen.index, unmeasured=lacking)


def plan_drafts(catalogue: Catalogue, batch: Batch, text: str, circumstances: Circumstances) -> Proposal:
    """A hand-written batch with its drafts made awards; `text` is what its file holds.

    ContentError with every fault. Whoever holds the badge already is a fault here: what a person wrote is not passed
    over in silence.
    """
    places = find_drafts(text, batch.path)
    rows, problems = _draft_rows(batch, places)
    left = tuple(left_addresses(text, batch.path, catalogue.addresses))
    try:
        chosen = sort_rows(catalogue, Rows(rows, problems + left), Row(Place(batch.path)), circumstances)
    except ListError as error:
        raise ContentError(problems=error.problems) from error
    if chosen.held:
        mend = "remove the record, or say --again"
        what = f"the holder has {batch.badge} already"
        raise ContentError(problems=(Problem(row.place, what, mend) for row in chosen.held))
    made = [make_award(catalogue, batch, row, circumstances) for row in chosen.fresh]
    awards = tuple(award for award, _ in made)
    whole = replace(batch, awards=batch.awards + awards, drafts=())
    people = {batch.slug: tuple(person for _, person in made)}
    named = sum(award.name is not None for award in awards)
    completed, lacking = complete(text, batch.path, awards).encode(), _unmeasured(catalogue, chosen.fresh)
    return Proposal((whole,), people, (), named, chosen.index, completed, lacking)


def _draft_rows(batch: Batch, places: Sequence[RecordPlace]) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    rows, problems = [], []
    for draft, place in zip(batch.drafts, places, strict=True):
        given = {name: getattr(draft, name) for name in _DRAFT_FIELDS}
        try:
            email = read_address(draft.email)
        except PydanticCustomError as error:
            context = error.context or {}
            problems.append(Problem(place.place, f"email: {context.get('what')}", str(context.get("mend", ""))))
            continue
        rows.append(Row(place.place, email, badge=batch.badge, date=batch.date, **given))
    return tuple(rows), tuple(problems)


def sort_rows(catalogue: Catalogue, rows: Rows, defaults: Row, circumstances: Circumstances) -> Sorted:
    """The rows as the site spells them; ListError if one does not fit, or stands twice."""
    words = Fitting(catalogue, defaults, circumstances.today)
    fitted_defaults, faults = words.fit(defaults)
    if own := [fault for fault in faults if fault.place == defaults.place]:
        raise UsageError(problems=own)
    measure = replace(words, defaults=fitted_defaults)
    problems = list(rows.problems)
    fitted = []
    for row in watched(rows.rows, "checking the rows", circumstances.progress):
        fitting_row, faults = measure.fit(row)
        fitted.append(fitting_row)
        problems += faults
    problems += faults_of_duplicates((row, row.badge) for row in fitted if row.badge)
    if problems:
        raise ListError(problems=problems)
    return _parted(catalogue, fitted, circumstances)


def _parted(catalogue: Catalogue, rows: Sequence[Row], circumstances: Circumstances) -> Sorted:
    index = dict(circumstances.index)
    if circumstances.again:
        return Sorted(tuple(rows), (), index)
    holders = {badge: holders_of(catalogue, badge, index) for badge in {row.badge or "" for row in rows}}
    steps = sum(len(holders[row.badge or ""].unknown) for row in rows)
    held: list[Row] = []
    fresh: list[Row] = []
    for row in watched(rows, "looking for holders", circumstances.progress, long=steps > _MANY_HASHES):
        has_it = holders[row.badge or ""].holds(row.email or "", row.date or circumstances.today)
        (held if has_it else fresh).append(row)
    for found in holders.values():
        for award, address in found.learned.items():
            index[address] = index.get(address, frozenset()) | {award}
    return Sorted(tuple(fresh), tuple(held), index)


def make_award(catalogue: Catalogue, batch: Batch, row: Row, circumstances: Circumstances) -> tuple[Award, Person]:
    """One award of a batch for one row, with id and salt drawn; its name only if that may be shown."""
    address, salt = row.email or "", circumstances.draw_salt()
    award = Award(
        id=circumstances.draw_id(),
        recipient=Recipient(identity=hashed(address, salt), salt=salt),
        name=row.name,
        visibility=row.visibility,
        language=row.language,
        group=row.group,
        unit=row.unit,
        result=row.result,
        credits=row.credits,
        narrative=row.narrative,
        evidence=row.evidence,
        expires=row.expires,
    )
    if row.name and not catalogue.shown_name(batch, award):
        award = replace(award, name=None)
    plan = plan_of_batch(catalogue, batch.slug)
    language = row.language or plan.first
    link = plan.url(plan.award_page(award.id, language))
    badge = catalogue.badges[batch.badge].name.in_language(language)
    return award, Person(award.id, address, row.name, badge, link)


def to_be_written(desk: Desk, proposal: Proposal) -> tuple[Problem, ...]:
    """The unwritten texts of badges that would have their first award: ContentError, but in a rehearsal advice."""
    badges = {batch.badge for batch in proposal.batches} if proposal.new else set()
    refuse_unwritten(desk.root, desk.catalogue, desk.places, badges)
    return tuple(unwritten(desk.root, desk.catalogue, desk.places, badges)) if proposal.new else ()


def record(desk: Desk, proposal: Proposal, progress: Progress = silent) -> tuple[str, ...]:
    """Write a proposal: private/ first, then the batches, then lock lines; interrupted anywhere, the next run mends it.

    Gives the paths written, from the site's folder.
    """
    private.write_people(desk.folder, proposal.people, proposal.index, desk.recorded)
    paths = []
    for batch in watched(proposal.batches, "writing", progress, long=len(proposal.batches) >= _MANY_FILES):
        if proposal.completed is not None:
            writing.rewrite(desk.root / batch.path, proposal.completed)
        else:
            writing.write_batch(desk.root, batch)
        paths += [path for path in (batch.table, batch.path) if path]
    added = {batch.slug: batch for batch in proposal.batches}
    after = replace(desk.catalogue, batches=dict(sorted({**desk.catalogue.batches, **added}.items())))
    try:
        paths += lock(desk.root, after)
    except OutputError as error:
        done = "the awards are recorded; mend that and run the same command again, which finishes it"
        raise OutputError(f"{error}\n{done}") from error
    private.settle(desk.folder)
    return tuple(paths)


def _unmeasured(catalogue: Catalogue, rows: Sequence[Row]) -> dict[str, tuple[Place, ...]]:
    """Where the rows stand that give no result of a badge that measures one, by badge."""
    found: dict[str, list[Place]] = {}
    for row in rows:
        if row.badge and row.result is None and catalogue.badges[row.badge].result:
            found.setdefault(row.badge, []).append(row.place)
    return {badge: tuple(places) for badge, places in found.items()}


def note_printed(desk: Desk, proposal: Proposal) -> Path:
    """Note in private/ whose the records are that are printed for pasting; gives the file."""
    people = {private.PRINTED: tuple(person for people in proposal.people.values() for person in people)}
    private.write_people(desk.folder, people, proposal.index, desk.recorded)
    return private.people_file(desk.folder, private.PRINTED)


def lock(root: Path, catalogue: Catalogue) -> tuple[str, ...]:
    """Add the lines that published/ lacks of any batch, as an interrupted run may have left it; none in a rehearsal."""
    return () if catalogue.site.rehearsal else locks.write_missing(root, catalogue, catalogue.batches.keys())
