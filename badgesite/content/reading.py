"""The whole site, read once: files -> nodes -> nouns -> Catalogue, with every fault on the way."""

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from badgesite.content.folders import SITE_FILE, Files, find_files, no_site
from badgesite.content.found import Reading as Reading
from badgesite.content.found import later_than as later_than
from badgesite.content.languages import another_first, languages_in, unknown_languages
from badgesite.content.look.reading import ReadLook, read_look
from badgesite.content.moved import former_names, renamed_badges
from badgesite.content.pages import read_pages
from badgesite.content.permanence.batches import former_bases, remember
from badgesite.content.permanence.lock_files import published, published_languages
from badgesite.content.permanence.locks import compare
from badgesite.content.pictures.fonts import read_fonts
from badgesite.content.pictures.reading import read_picture
from badgesite.content.records.award_rules import check_awards, check_drafts
from badgesite.content.records.batches import ReadBatch, read_batch
from badgesite.content.references import Parts, check_references, with_known
from badgesite.content.signed.credential_files import batch_of
from badgesite.content.signed.reading import ReadSigned, Recorded, read_signed
from badgesite.content.signed.writing import refuse_unfinished
from badgesite.content.unread import look_into
from badgesite.content.yaml.binding import Bound, bind, nothing_in, sound_nouns
from badgesite.content.yaml.nodes import Mapping as MappingNode
from badgesite.content.yaml.nodes import Node, Scalar, parse
from badgesite.content.yaml.texts import UnreadableError, read_text
from badgesite.errors import ContentError, PermanenceError, Place, Problem
from badgesite.model.addresses import addresses_in
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.font import Font
from badgesite.model.issuer import Issuer
from badgesite.model.page import Page
from badgesite.model.picture import Picture
from badgesite.model.scalars import is_slug
from badgesite.model.signed import Memory
from badgesite.model.site import Site

T = TypeVar("T")
PLACEHOLDER = "name"  # for a file whose own name cannot be a slug, so that its content is looked at all the same


def read(root: Path, *, drafts: bool = False, conflicts: bool = False) -> Reading:
    """Read the site in `root`; without `drafts`, an award that is not complete is a problem.

    Without `conflicts`, so is what a merge left in a file of signed documents; else both sides are read. OutputError
    if `sign` was cut off while it put its files in place.
    """
    refuse_unfinished(root)
    reader = _Reader(root, find_files(root))
    reader.read_all(drafts, conflicts)
    problems = tuple(sorted({*reader.problems, *reader.files.problems}))
    catalogue = None if problems else reader.catalogue()
    warnings, places = tuple(sorted(reader.files.warnings)), MappingProxyType(reader.places)
    left = (frozenset(reader.signed.merged), reader.signed.lost, reader.signed.sides)
    if catalogue:
        return Reading(catalogue, problems, warnings, places, *left)
    gone = tuple(sorted(reader.parts.gone))
    return Reading(None, problems, warnings, places, *left, reader.remains(), reader.present(), gone)


def read_or_raise(root: Path, *, drafts: bool = False, conflicts: bool = False) -> Reading:
    """Read the site in `root` as `read` does; ContentError with every problem if there is one.

    So the catalogue is there. Where something published is gone or changed as well, it is a PermanenceError with all.
    """
    reading = read(root, drafts=drafts, conflicts=conflicts)
    if not reading.problems:
        return reading
    try:
        broken = compare(root, reading, conflicts=conflicts).broken
    except ContentError as error:  # damaged lock files, of which no more can be told
        raise ContentError(problems=(*reading.problems, *error.problems)) from error
    if broken:
        raise PermanenceError(problems=(*broken, *(set(reading.problems) - set(reading.gone))))
    raise ContentError(problems=reading.problems)


@dataclass(slots=True)
class _Reader:
    root: Path
    files: Files
    parts: Parts = field(default_factory=Parts)
    batches: dict[str, ReadBatch] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    badge_pictures: dict[str, Picture] = field(default_factory=dict)
    issuer_pictures: dict[str, Picture] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    memory: Memory = field(default_factory=Memory)
    signed: ReadSigned = field(default_factory=ReadSigned)
    look: ReadLook = field(default_factory=ReadLook)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    fonts: tuple[Font, ...] = ()

    def read_all(self, drafts: bool, conflicts: bool) -> None:
        """Read every file, then look at what they say of each other."""
        languages = self._site()
        self.fonts, problems = read_fonts(self.root, self.parts.site)
        self.problems += problems
        self.parts.published = {kind: published(self.root, kind) for kind in ("issuers", "badges", "batches")}
        self._issuers(languages)
        self._badges(languages)
        self.parts.former = former_names(self.parts.badges)
        self._batches(languages, drafts)
        self._signed(conflicts)
        self._pages(languages)
        self._unread()
        self.problems = list(with_known(self.problems, self.parts, [batch.head for batch in self.batches.values()]))
        self.problems += check_references(self.parts)
        self.problems += check_awards(self.batches.values(), self.parts, languages)
        self._places()

    def catalogue(self) -> Catalogue:
        """The catalogue; only when there are no problems."""
        found = self.remains()
        if found is None:
            raise ContentError("the site has problems")
        return found

    def remains(self) -> Catalogue | None:
        """A catalogue of all that is sound; None if the site is not."""
        site = self.parts.site_noun
        if site is None:
            return None
        sound = sorted(filter(is_slug, self.batches.keys() - self._unsure()))
        return Catalogue(
            site=site,
            issuers=sound_nouns(self.parts.issuers),
            badges=renamed_badges(sound_nouns(self.parts.badges), self.parts.former, self.badge_pictures),
            batches={slug: self.batches[slug].batch(self.parts.former) for slug in sound},
            pages=self.pages,
            badge_pictures=dict(sorted(self.badge_pictures.items())),
            issuer_pictures=dict(sorted(self.issuer_pictures.items())),
            addresses=frozenset(self.addresses),
            credentials=self.signed.credentials,
            status_lists=self.signed.status_lists,
            locked=self.signed.with_lost(self.memory.locked),
            revoked_bits=self.memory.revoked,
            locked_lists=self.memory.lists,
            former=former_bases(site, self.memory),
            erased=self.memory.erased,
            look=self.look.look,
            fonts=self.fonts,
        )

    def present(self) -> dict[str, frozenset[str]]:
        """The slugs of all files, by kind as lock files have it."""
        pages = (path.rpartition("/")[2].partition(".")[0] for path in self.files.pages)
        badges = self.files.badges.keys() | self.parts.former.keys()
        named = {"issuers": self.files.issuers, "badges": badges, "batches": self.files.awards}
        return {**{kind: frozenset(slugs) for kind, slugs in named.items()}, "pages": frozenset(pages)}

    def _unsure(self) -> frozenset[str]:
        """The batches of which not everything could be read."""
        paths = {batch_of(problem.place.path) for problem in self.signed.problems}
        faulty = {slug for slug, batch in self.batches.items() if batch.problems or batch.path in paths}
        return frozenset(faulty | (self.files.awards.keys() - self.batches.keys()))

    def _site(self) -> tuple[str, ...] | None:
        """Read the site; its languages, or None if they cannot be known.

        One that the site has lost since it was published counts: the lock files tell it, not each text in it.
        """
        if not self.files.has_site:
            self.problems.append(no_site(self.root))
            return None
        node = self._node(SITE_FILE)
        if node is None:
            return None
        self.parts.site = self._keep(bind(node, Site, self._and_earlier(languages_in(node))))
        for problem in unknown_languages(self.parts.site, published_languages(self.root)):
            (self.problems if problem.severity == "error" else self.files.warnings).append(problem)
        self.parts.gone += (moved := another_first(self.parts.site, published_languages(self.root)))
        self.problems += moved
        self.look = read_look(self.root, self.parts.site)
        self.problems += self.look.problems
        return self._and_earlier(self.parts.site.noun.languages if self.parts.site.noun else languages_in(node))

    def _and_earlier(self, languages: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return tuple(dict.fromkeys((*published_languages(self.root), *languages))) if languages else None

    def _issuers(self, languages: tuple[str, ...] | None) -> None:
        for slug, path in self.files.issuers.items():
            if node := self._node(path):
                bound = self._keep(bind(node, Issuer, languages, given={"slug": _sound(slug)}))
                self._picture(self.issuer_pictures, slug, path, bound)
            else:
                bound = nothing_in(path)
            self.parts.issuers[slug] = bound
        if not self.files.issuers and self.files.has_site:
            problem = Problem(Place("content/issuers"), "there is no issuer", "run `badgesite new issuer`")
            self.problems.append(problem)
            self.parts.gone += [problem] if self.parts.published["issuers"] else []

    def _badges(self, languages: tuple[str, ...] | None) -> None:
        only = {"issuer": next(iter(self.files.issuers))} if len(self.files.issuers) == 1 else {}
        for slug, path in self.files.badges.items():
            if node := self._node(path):
                bound = self._keep(bind(node, BadgeClass, languages, given={"slug": _sound(slug), **only}))
                self._picture(self.badge_pictures, slug, path, bound)
            else:
                bound = nothing_in(path)
            self.parts.badges[slug] = bound

    def _batches(self, languages: tuple[str, ...] | None, drafts: bool) -> None:
        for slug, path in self.files.awards.items():
            if node := self._node(path, keep_addresses=False):
                batch = read_batch(self.root, slug, path, node, languages)
                self.problems += batch.problems
                self.problems += () if drafts else check_drafts(batch)
                self.batches[slug] = batch

    def _signed(self, conflicts: bool) -> None:
        self.memory = remember(self.root)
        recorded = Recorded(
            batches=self.files.awards,
            awards={award.id: slug for slug, batch in self.batches.items() for award, _ in batch.awards},
            issuers=self.files.issuers.keys() | self.parts.published["issuers"],
            memory=self.memory,
            unsure=self._unsure(),
        )
        self.signed = read_signed(self.root, self.files.signed, recorded, merged=conflicts)
        self.problems += self.signed.problems

    def _pages(self, languages: tuple[str, ...] | None) -> None:
        found = {path: self._text(path, keep_addresses=True) for path in self.files.pages}
        texts = {path: text for path, text in found.items() if text is not None}
        self.pages, problems = read_pages(texts, languages)
        self.problems += problems

    def _unread(self) -> None:
        batches = self.batches.values()
        named, known = {batch.named for batch in batches}, {batch.table or "" for batch in batches}
        unread = look_into(self.root, self.files.warnings, self.files.tables, named, known, self.addresses)
        self.files.warnings = unread.warnings
        self.problems += unread.problems

    def _picture(self, pictures: dict[str, Picture], slug: str, path: str, bound: Bound[T]) -> None:
        """Look at the picture even if something else is wrong with what names it."""
        entry = bound.node.entries.get("image") if isinstance(bound.node, MappingNode) else None
        if entry and isinstance(entry[1], Scalar):
            place = bound.place("image")
            if any(problem.place == place for problem in bound.problems):
                return
            picture, problems = read_picture(self.root, path, str(entry[1].text), place)
            self.problems += problems
            if picture:
                pictures[slug] = picture

    def _node(self, path: str, keep_addresses: bool = True) -> Node | None:
        text = self._text(path, keep_addresses)
        if text is None:
            return None
        parsed = parse(text, path)
        self.problems += parsed.problems
        return parsed.node

    def _text(self, path: str, keep_addresses: bool) -> str | None:
        try:
            text = read_text(self.root, path)
        except UnreadableError as error:
            self.problems.append(error.problem)
            return None
        if keep_addresses:
            self.addresses.update(addresses_in(text.encode()))
        return text

    def _keep(self, bound: Bound[T]) -> Bound[T]:
        self.problems += bound.problems
        return bound

    def _places(self) -> None:
        self.places.update(self.signed.places)
        if self.parts.site:
            self.places.update(self.parts.site.places("site"))
        for slug, issuer in self.parts.issuers.items():
            self.places.update(issuer.places(f"issuer:{slug}"))
        for slug, bound in self.parts.badges.items():
            self.places.update(bound.places(f"badge:{slug}"))
        self.places |= {f"badge:{old}": self.parts.badges[new].place() for old, new in self.parts.former.items()}
        self.places |= {f"page:{slug}": Place(f"content/pages/{slug}.md", 1, 1) for slug in self.pages}
        for slug, batch in self.batches.items():
            self.places.update(batch.head.places(f"batch:{slug}"))
            self.places[f"date:{slug}"] = batch.head.place("date")
            for award, record in batch.awards:
                self.places[f"award:{award.id}"] = record.place("id")
                if award.changed:
                    self.places[f"changed:{award.id}"] = record.place("changed")
                if award.revoked:
                    self.places[f"revoked:{award.id}"] = record.place("revoked", "date")


def _sound(slug: str) -> str:
    return slug if is_slug(slug) else PLACEHOLDER
