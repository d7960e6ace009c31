"""The story of `notify`: a letter to each holder whom private/ knows, for the office to send; nothing is sent here."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from pydantic_core import PydanticCustomError

from badgesite.content.letters import kept
from badgesite.content.records import people
from badgesite.content.records.desk import Desk
from badgesite.content.records.private import Index, Person
from badgesite.errors import Place, Problem, SignatureError, UsageError, counted
from badgesite.letters.composing import Composer, Letter, composer
from badgesite.letters.view import LetterView
from badgesite.lists.addresses import read_address
from badgesite.lists.progress import Progress, silent
from badgesite.model.award import Award, Batch, State
from badgesite.model.catalogue import Catalogue
from badgesite.plan import plan_of_batch
from badgesite.standards.ob3_differences import differences

Found = tuple[Batch, Award]
WRITING = "writing letters"


@dataclass(frozen=True, slots=True)
class Mailing:
    """The letters about the awards of some batches, and the awards of which there is none.

    `ended` counts those that are revoked or expired, by that word; of the holders of the `unknown` no address is known.
    """

    batches: tuple[Batch, ...]
    letters: tuple[Letter, ...]
    ended: Mapping[str, int]
    unknown: tuple[Found, ...]

    @property
    def languages(self) -> Mapping[str, int]:
        """How many letters there are in each language."""
        return Counter(letter.language for letter in self.letters)


def plan_letters(desk: Desk, batches: Sequence[Batch], today: date, language: str | None = None) -> Mailing:
    """The letters about these batches; `language` is that of holders whose record names none, else the site's first.

    UsageError in a rehearsal, SignatureError for awards that are not signed yet: neither has a page to lead to.
    """
    catalogue = desk.catalogue
    if catalogue.site.rehearsal:
        what = "a rehearsal has no pages that others could open; set base_url in content/site.yaml first"
        raise UsageError(what)
    valid: list[Found] = []
    ended: Counter[str] = Counter()
    for batch in batches:
        for award in batch.awards:
            state = catalogue.state(batch, award, today)
            if state is State.VALID:
                valid.append((batch, award))
            else:
                ended[state.value] += 1
    _refuse_unsigned(desk, valid)
    known = people.known(desk.folder, {award.id for _, award in valid})
    letters, unknown = [], []
    by_award = _by_award(desk.index)
    for batch, award in valid:
        person = known.get(award.id)
        address = _address(award, person, by_award.get(award.id, ()))
        if address is None:
            unknown.append((batch, award))
            continue
        spoken = award.language or language or catalogue.site.languages[0]
        letters.append(Letter(batch, award, address, award.name or (person.name if person else None), spoken))
    return Mailing(tuple(batches), tuple(letters), dict(ended), tuple(unknown))


def write(desk: Desk, mailing: Mailing, place: Path, now: datetime, progress: Progress = silent) -> tuple[int, int]:
    """Write the letters, a folder for each batch in `place`, all or none; gives how many, and how many earlier went.

    OutputError if something stands there that is not ours.
    """
    kept.refuse_strange(place, (batch.slug for batch in mailing.batches))
    if not mailing.letters and not any((place / batch.slug).is_dir() for batch in mailing.batches):
        return 0, 0
    by_batch = {slug: list(each) for slug, each in groupby(mailing.letters, key=lambda letter: letter.batch.slug)}
    with progress(WRITING, len(mailing.letters)) as advance:

        def composed(letters: Iterable[Letter], office: Composer) -> Iterator[kept.Written]:
            for letter in letters:
                view, subject, message = office.compose(letter)
                yield letter.award.id, message, _row(letter, view, subject)
                advance(1)

        office = composer(desk.root, desk.catalogue, now)
        slugs = (batch.slug for batch in mailing.batches)
        return kept.put_in_place(place, ((slug, composed(by_batch.get(slug, ()), office)) for slug in slugs))


def _refuse_unsigned(desk: Desk, awards: Iterable[Found]) -> None:
    """SignatureError if the site signs and some awards are not issued yet: their pages are not there to be opened."""
    catalogue = desk.catalogue
    if not catalogue.site.signs:
        return
    waiting = [(batch, award) for batch, award in awards if not _is_issued(catalogue, batch, award)]
    problems = []
    for path, each in groupby(waiting, key=lambda pair: pair[0].path):
        first, *more = (award for _, award in each)
        what = f"{counted(1 + len(more), 'award')} of this batch {'are' if more else 'is'} not signed as recorded"
        place = desk.places.get(f"award:{first.id}", Place(path))
        mend = "run `badgesite sign`, with --replace for what was changed, and publish"
        problems.append(Problem(place, f"{what}, and no page shows what is not issued", mend))
    if problems:
        raise SignatureError(problems=problems)


def _is_issued(catalogue: Catalogue, batch: Batch, award: Award) -> bool:
    """Whether the award is signed, and its credential says what the record does, of the same address too."""
    signed = catalogue.credentials.get(award.id)
    plan = plan_of_batch(catalogue, batch.slug)
    return signed is not None and not differences(catalogue, plan, batch, award, json.loads(signed.text))


def _by_award(index: Index) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address, awards in index.items():
        for award in awards:
            found.setdefault(award, []).append(address)
    return found


def _address(award: Award, person: Person | None, also: Iterable[str]) -> str | None:
    """Of the addresses that private/ has for an award, the one that the record is of; to another, nothing is sent."""
    for written in (*([person.email] if person else []), *also):
        try:
            address = read_address(written)
        except PydanticCustomError:
            continue
        if award.recipient.is_of(address):
            return address
    return None


def _row(letter: Letter, view: LetterView, subject: str) -> tuple[str, ...]:
    shared = view.shared
    return (
        letter.email,
        view.name or "",
        letter.language,
        subject,
        shared.name.words,
        shared.issuer.words,
        view.day.words,
        view.result.words if view.result else "",
        view.until.words if view.until else "",
        view.page,
        view.png,
        kept.letter_file(letter.award.id),
        letter.award.id,
    )
