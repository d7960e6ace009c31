"""Credential and status files -> what is signed, with a problem for every line that is not as `sign` wrote it.

What a merge left in them is a problem too, or read as the union of both sides where that is wanted: of two documents
for one thing the one that was signed later stays.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from badgesite.content.signed.credential_files import batch_of, path_of
from badgesite.content.signed.lines import (
    age_of,
    award_of,
    digest_of,
    entry_of,
    is_sound,
    lines_in,
    list_of,
    signed_in,
)
from badgesite.content.signed.status_files import list_at
from badgesite.content.yaml.texts import UnreadableError, read_bytes
from badgesite.errors import FormatError, Place, Problem
from badgesite.model.signed import Entry, Memory, Signed

LIMIT = 500_000_000  # bytes; 5,000 credentials have about 25 MB
_FROM_GIT = (
    "take the file back from Git; if it was never committed, remove the line, here and in the batch's lock file, "
    "and run `badgesite sign`"
)
_LIST_FROM_GIT = "take the file back from Git, or remove it and run `badgesite sign`"
_BOTH = "run `badgesite sign`, which keeps both sides"
_LATER = "run `badgesite sign`, which keeps the one signed later"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the files may speak of: batches (slug to path), the batch of each award, issuers, and what is locked.

    Of the batches in `unsure` not every award could be read.
    """

    batches: Mapping[str, str]
    awards: Mapping[str, str]
    issuers: Collection[str]
    memory: Memory
    unsure: Collection[str] = ()


@dataclass(slots=True)
class ReadSigned:
    """What is signed: credentials by award, status lists by issuer and name, each with its place.

    `merged` are the files in which a merge left both sides, `lost` the credentials signed earlier there, by award, and
    `sides` all versions of a status list there.
    """

    credentials: dict[str, Signed] = field(default_factory=dict)
    status_lists: dict[tuple[str, str], Signed] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)
    lost: dict[str, list[Entry]] = field(default_factory=dict)
    sides: dict[tuple[str, str], list[Signed]] = field(default_factory=dict)

    def with_lost(self, locked: Mapping[str, tuple[Entry, ...]]) -> Mapping[str, tuple[Entry, ...]]:
        """What is locked, with the lost credentials, whose places in status lists are used up too."""
        more = {award: tuple(dict.fromkeys((*locked.get(award, ()), *lost))) for award, lost in self.lost.items()}
        return {**locked, **more}


def read_signed(root: Path, paths: Iterable[str], recorded: Recorded, *, merged: bool = False) -> ReadSigned:
    """Read the files at `paths` below `root`; with `merged`, what a merge left is no problem."""
    reader = _Reader(root, recorded, merged)
    for path in paths:
        if named := list_at(path):
            reader.status_list(path, *named)
        else:
            reader.credentials(path, batch_of(path) or path)
    return reader.found


@dataclass(slots=True)
class _Reader:
    root: Path
    recorded: Recorded
    merged: bool
    found: ReadSigned = field(default_factory=ReadSigned)

    def credentials(self, path: str, batch: str) -> None:
        """Read a file beside the batch at the path `batch`."""
        slug = batch.rpartition("/")[2].removesuffix(".yaml")
        if self.recorded.batches.get(slug) != batch:
            self._astray(path, slug)
            return
        for place, line, marked in self._lines(path):
            signed = signed_in(line)
            award = award_of(signed.text) if signed else None
            if signed is None or award is None or not self._is_whole(signed.text, award):
                self._problem(place, "this line is no credential as `sign` writes it", _FROM_GIT)
            elif self.recorded.awards.get(award) != slug:
                self._foreign(place, slug, award)
            else:
                self._keep(place, award, signed, marked)

    def status_list(self, path: str, issuer: str, name: str) -> None:
        """Read a signed status list."""
        if issuer not in self.recorded.issuers:
            self._problem(Place(path), f'there is no issuer "{issuer}"', "is the folder's name spelt so?")
        empty, lists = True, self.found.status_lists
        for place, line, marked in self._lines(path):
            empty, signed = False, signed_in(line)
            if signed is None or list_of(signed.text) != (issuer, name) or not is_sound(signed.text):
                self._problem(place, "this line is no status list as `sign` writes it", _LIST_FROM_GIT)
                continue
            if (issuer, name) in lists:
                self._left(place, "the status list is here twice", _LATER, again=marked)
            self.found.sides.setdefault((issuer, name), []).append(signed)
            lists[issuer, name] = max(lists.get((issuer, name), signed), signed, key=_age)
            self.found.places[f"status:{issuer}/{name}"] = place
        if empty and not any(problem.place == Place(path) for problem in self.found.problems):
            self._problem(Place(path), "the file holds no status list", _LIST_FROM_GIT)

    def _lines(self, path: str) -> Iterator[tuple[Place, bytes, bool]]:
        """Place and bytes of each line, and whether marks of a merge have stood before it; those are noted."""
        try:
            data = read_bytes(self.root, path, LIMIT)
        except UnreadableError as error:
            self.found.problems.append(error.problem)
            return
        marked = False
        for number, line, mark in lines_in(data):
            place = Place(path, number)
            if mark:
                self._left(place, "the file holds the marks of a merge", _BOTH, again=marked)
                marked = True
            else:
                yield place, line, marked

    def _is_whole(self, text: bytes, award: str) -> bool:
        """Whether a text is a credential to the letter: the lock file has its digest, or it is one by its form."""
        digest = digest_of(text)
        if any(entry.digest == digest for entry in self.recorded.memory.locked.get(award, ())):
            return True
        try:
            entry_of(text)
        except FormatError:
            return False
        return is_sound(text)

    def _keep(self, place: Place, award: str, signed: Signed, marked: bool) -> None:
        other = self.found.credentials.setdefault(award, signed)
        if other is not signed:
            first = self.found.places[f"credential:{award}"]
            self._left(place, f"the award {award} has another credential, at {first}", _LATER, again=marked)
            earlier, later = sorted((other, signed), key=_age)
            if earlier.text != later.text:
                self.found.lost.setdefault(award, []).append(entry_of(earlier.text))
            if later is other:
                return
            self.found.credentials[award] = signed
        self.found.places[f"credential:{award}"] = place

    def _foreign(self, place: Place, slug: str, award: str) -> None:
        """A credential whose award is not recorded in its batch; one that is gone or moved is told by the lock file."""
        memory, now_in = self.recorded.memory, self.recorded.awards.get(award)
        if award in memory.erased and now_in is None:
            what = f"the award {award} was erased, and its credential is here still"
            self._left(place, what, "run `badgesite sign`, which removes it")
        elif award in memory.published.get(slug, ()) or slug in self.recorded.unsure:
            return
        elif now_in:
            what = f'the award {award} is recorded in the batch "{now_in}", and its credential lies with "{slug}"'
            self._problem(place, what, f"move the line to {path_of(self.recorded.batches[now_in])}")
        else:
            what = f"this is the credential of the award {award}, of which there is no record"
            self._problem(place, what, "put the record back, or remove the line")

    def _astray(self, path: str, slug: str) -> None:
        """A file beside which there is no batch; of one that was published the lock file tells that it is gone."""
        if batch := self.recorded.batches.get(slug):
            self._problem(Place(path), f"the batch of these credentials is {batch}", "move the file beside it")
        elif not self.recorded.memory.published.get(slug):
            what = f"there is no batch {slug}.yaml beside these credentials"
            self._problem(Place(path), what, "put it back, or remove the file")

    def _left(self, place: Place, what: str, mend: str, *, again: bool = False) -> None:
        """What a merge left; told once for all that stands between its marks."""
        if self.merged:
            self.found.merged.add(place.path)
        elif not again:
            self._problem(place, what, mend)

    def _problem(self, place: Place, what: str, mend: str) -> None:
        self.found.problems.append(Problem(place, what, mend))


def _age(signed: Signed) -> tuple[bytes, bytes, str, str]:
    return (*age_of(signed.text), signed.kid, signed.signature)
