"""The story of `erase`: awards of which nothing stays in content/ and private/ but that they were, and when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from badgesite.content.permanence import erasures
from badgesite.content.records import editing, erasing, people, private
from badgesite.content.records.desk import Desk
from badgesite.errors import ContentError, Place
from badgesite.lists.holders import awards_of
from badgesite.lists.named import Named, pick
from badgesite.lists.progress import Progress, silent
from badgesite.model.award import Award, Batch
from badgesite.model.signed import Erased

Found = tuple[Batch, Award]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would be erased, what was so already, and the files below content/ that say it, by path.

    Of the awards, those that are `published` leave a page that says that they were erased; the others were never seen.
    All awards of the holders with one of these `addresses` go, and so their `names` too. `sources` are the files from
    which it is taken out. `str()` is it in one line.
    """

    awards: tuple[Found, ...]
    already: tuple[Erased, ...]
    published: frozenset[str]
    addresses: frozenset[str]
    names: frozenset[str]
    sources: tuple[str, ...]
    files: dict[str, bytes | None]

    @property
    def ids(self) -> frozenset[str]:
        """The awards to erase."""
        return frozenset(award.id for _, award in self.awards)

    def __str__(self) -> str:
        were = f"; {len(self.already)} {'is' if len(self.already) == 1 else 'are'} erased already"
        return f"{len(self.awards)} to erase{were if self.already else ''}"


@dataclass(frozen=True, slots=True)
class Traces:
    """What stays for people to look at: lines that mention what was erased, comments beside it, files of private/."""

    mentions: tuple[Place, ...]
    remarks: tuple[Place, ...]
    private: tuple[str, ...]


def plan_erasure(
    desk: Desk, named: Sequence[Named], badge: str | None, today: date, progress: Progress = silent
) -> Erasure:
    """The erasing of the awards that are named, of an address all that it has (of `badge`, if that is given).

    ContentError with everything that stands against it.
    """
    catalogue = desk.catalogue
    ids = [each.award for each in named if each.award]
    already = {award: catalogue.erased[award] for award in ids if award in catalogue.erased}
    wanted = [each for each in named if each.award not in already]
    picked = pick(catalogue, wanted, badge, desk.index, progress, every=True)
    if picked.problems:
        raise ContentError(problems=picked.problems)
    awards = tuple((batch, award) for _, batch, award in picked.awards)
    gone = frozenset(award.id for _, award in awards)
    published = erasures.published(desk.root, catalogue, gone)
    addresses, names = _holders(desk, awards, {each.address for each in wanted if each.address}, progress)
    batches = {batch.slug: batch for batch, _ in awards}
    return Erasure(
        awards,
        tuple(already.values()),
        published,
        addresses,
        names,
        erasing.sources(desk.root, batches.values()),
        erasing.files_without(desk.root, catalogue, gone, published, today, desk.places),
    )


def _holders(
    desk: Desk, awards: Sequence[Found], asked: Collection[str], progress: Progress
) -> tuple[frozenset[str], frozenset[str]]:
    """Addresses and names of those of whom no award is left, as far as they are known."""
    ids = {award.id for _, award in awards}
    known = people.known(desk.folder, ids)
    addresses = {*asked, *(person.email for person in known.values())} - {""}
    addresses |= {address for address, held in desk.index.items() if not ids.isdisjoint(held)}
    theirs = awards_of(desk.catalogue, sorted(addresses), desk.index, progress) if addresses else {}
    whole = {address for address, held in theirs.items() if held and all(award.id in ids for _, award in held)}
    gone = {award.id for address in whole for _, award in theirs[address]}
    names = {award.name for _, award in awards if award.id in gone}
    names |= {person.name for award, person in known.items() if award in gone}
    return frozenset(whole), frozenset(name for name in names if name)


def record(desk: Desk, erasure: Erasure) -> tuple[str, ...]:
    """Write it: content/ as one, then private/; gives the paths written, from the site's folder.

    Cut off between the two, the next run that writes records forgets them in private/ as well: it finds them erased
    in the lock files, or, if they were never published, noted as on their way.
    """
    fresh = [(batch.slug, award.id) for batch, award in erasure.awards if award.id not in erasure.published]
    if fresh and (desk.index or people.known(desk.folder, erasure.ids)):
        private.prepare(desk.folder)
        private.note(desk.folder, fresh)
    paths = editing.put_in_place(desk.root, erasure.files)
    forgotten = people.forget(desk.folder, erasure.ids, erasure.addresses)
    private.settle(desk.folder)
    return (*paths, *((desk.folder / name).as_posix() for name in forgotten))


def traces(desk: Desk, erasure: Erasure) -> Traces:
    """What still speaks of what was erased, and only a person can judge."""
    batches = {batch.slug: batch for batch, _ in erasure.awards}
    own = [word for _, award in erasure.awards for word in _words(award)]
    told = [*own, *sorted(erasure.addresses), *sorted(erasure.names)]
    return Traces(
        tuple(erasing.mentions(desk.root, told)),
        tuple(place for batch in batches.values() for place in erasing.remarks(desk.root, batch)),
        people.mentions(desk.folder, told),
    )


def _words(award: Award) -> Iterator[str]:
    yield award.id
    yield award.recipient.identity.partition("$")[2]
    yield award.recipient.salt
