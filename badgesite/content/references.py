"""What names something else: does it exist, and does it fit?"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from badgesite.content.yaml.binding import Bound
from badgesite.content.yaml.sentences import suggestion
from badgesite.errors import Place, Problem
from badgesite.model.award import BatchHead
from badgesite.model.badge import BadgeClass
from badgesite.model.issuer import Issuer
from badgesite.model.scalars import shown
from badgesite.model.site import Site

NOT_A_NAME = " is not a name"
_NONE = "there is none yet"
_NONE_YET = {
    "group": "this site has no groups yet: leave it out, or add groups to content/site.yaml",
    "category": "this site has no categories yet: leave it out, or add categories to content/site.yaml",
    "unit": "the issuer has no units yet: leave it out, or add units to the issuer's file",
}
NO_BASIS = ("names would be published without a basis", "add basis: {kind: ..., reference: ...} to content/site.yaml")


@dataclass(slots=True)
class Parts:
    """All that was read, by slug; a noun is None where something is wrong with it.

    `published` are the slugs of issuers, badges and batches that were ever published; `gone` gathers the problems of
    what names one of those that has no file. `former` has by each name that a badge once had the one it has now.
    """

    site: Bound[Site] | None = None
    issuers: dict[str, Bound[Issuer]] = field(default_factory=dict)
    badges: dict[str, Bound[BadgeClass]] = field(default_factory=dict)
    published: Mapping[str, Collection[str]] = field(
        default_factory=lambda: {"issuers": (), "badges": (), "batches": ()}
    )
    gone: list[Problem] = field(default_factory=list)
    former: dict[str, str] = field(default_factory=dict)

    @property
    def site_noun(self) -> Site | None:
        """The site, if it is sound."""
        return self.site.noun if self.site else None

    def badge_called(self, name: str) -> Bound[BadgeClass] | None:
        """The badge that has or had the name."""
        return self.badges.get(self.former.get(name, name))

    def issuer_of(self, badge: BadgeClass) -> Issuer | None:
        """The badge's issuer, if it is there and sound."""
        return self.issuers[badge.issuer].noun if badge.issuer in self.issuers else None


def check_references(parts: Parts) -> Iterator[Problem]:
    """What is wrong between the site, its issuers and its badges."""
    if parts.site and parts.site.noun:
        yield from _site(parts.site.noun, parts.site)
    for slug, bound in parts.badges.items():
        if bound.noun:
            yield from _badge(slug, bound.noun, bound, parts)
    yield from _circles(parts, "replaces", lambda badge: (badge.replaces,) if badge.replaces else ())
    yield from _circles(parts, "part_of", lambda badge: badge.part_of)


def unknown(kind: str, word: str, known: Collection[str], place: Place) -> Iterator[Problem]:
    """A problem if `word` is not one of the known."""
    if word not in known:
        yield Problem(place, f"there is no {kind} {shown(word)}", suggestion(word, known) or _NONE_YET.get(kind, _NONE))


def unknown_thing(kind: str, word: str, known: Collection[str], place: Place, parts: Parts) -> Iterator[Problem]:
    """As `unknown`, for an issuer or a badge; one that was published must be there for ever."""
    if word in known or word not in parts.published[f"{kind}s"]:
        yield from unknown(kind, word, known, place)
        return
    what = f'the {kind} "{word}" was published, and its file is gone'
    problem = Problem(place, what, f"give the file its old name back: {word}.yaml")
    parts.gone.append(problem)
    yield problem


def with_known(problems: Iterable[Problem], parts: Parts, batches: Iterable[Bound[BatchHead]]) -> Iterator[Problem]:
    """The problems; for a word that is no name where one of ours is meant, with ours."""
    known: dict[Place, Collection[str]] = {}
    for problem in problems:
        if not problem.what.endswith(NOT_A_NAME):
            yield problem
            continue
        known = known or _known_at(parts, batches)
        word = problem.what.split('"')[1]
        mend = suggestion(word, known.get(problem.place, ()))
        yield replace(problem, mend=mend) if mend else problem


def _known_at(parts: Parts, batches: Iterable[Bound[BatchHead]]) -> dict[Place, Collection[str]]:
    """What may be named, by the place of each reference to it."""
    site = parts.site_noun
    units = {unit for bound in parts.issuers.values() if bound.noun for unit in bound.noun.units}
    choices: dict[str, Collection[str]] = {"issuer": parts.issuers, "unit": units, "replaces": parts.badges}
    choices["category"] = site.categories if site else ()
    found = {bound.place(key): names for bound in parts.badges.values() for key, names in choices.items()}
    found |= {bound.place("part_of", index): parts.badges for bound in parts.badges.values() for index in range(99)}
    found |= {head.place("badge"): parts.badges for head in batches}
    for bound in parts.badges.values():
        found.pop(bound.place(), None)  # where a key is not there, its place is that of the whole
    return found


def _site(site: Site, bound: Bound[Site]) -> Iterator[Problem]:
    if site.visibility != "unnamed" and not site.basis:
        yield Problem(bound.place("visibility"), *NO_BASIS)
    for index, indicator in enumerate(site.indicators):
        for count, group in enumerate(indicator.counts):
            yield from unknown("group", group, site.groups, bound.place("indicators", index, "counts", count))


def _badge(slug: str, badge: BadgeClass, bound: Bound[BadgeClass], parts: Parts) -> Iterator[Problem]:
    yield from unknown_thing("issuer", badge.issuer, parts.issuers, bound.place("issuer"), parts)
    issuer, site = parts.issuer_of(badge), parts.site_noun
    if badge.unit and issuer:
        yield from unknown("unit", badge.unit, issuer.units, bound.place("unit"))
    if badge.category and site:
        yield from unknown("category", badge.category, site.categories, bound.place("category"))
    if site and badge.visibility not in (None, "unnamed") and not site.basis:
        yield Problem(bound.place("visibility"), *NO_BASIS)
    for index, whole in enumerate(badge.part_of):
        yield from _other(slug, whole, parts, bound.place("part_of", index))
    if badge.replaces:
        yield from _other(slug, badge.replaces, parts, bound.place("replaces"))
    for index in range(1, len(badge.approvals)):
        before, after = badge.approvals[index - 1 : index + 1]
        if after.date < before.date:
            what = f"the approval of {after.date} stands below that of {before.date}"
            yield Problem(bound.place("approvals", index, "date"), what, "put the newest last")


def _other(slug: str, word: str, parts: Parts, place: Place) -> Iterator[Problem]:
    if parts.former.get(word, word) == slug:
        yield Problem(place, "the badge names itself", "name another, or remove it")
    elif word not in parts.former:
        yield from unknown_thing("badge", word, parts.badges.keys() - {slug}, place, parts)


def _circles(parts: Parts, key: str, targets: Callable[[BadgeClass], tuple[str, ...]]) -> Iterator[Problem]:
    nouns = {slug: bound.noun for slug, bound in parts.badges.items() if bound.noun}
    named = {slug: {parts.former.get(name, name) for name in targets(noun)} for slug, noun in nouns.items()}
    links = {slug: names & set(nouns) - {slug} for slug, names in named.items()}
    for slug in links:
        reached: set[str] = set()
        ahead = list(links[slug])
        while ahead:
            step = ahead.pop()
            if step not in reached:
                reached.add(step)
                ahead += links[step]
        if slug in reached:
            what = f'"{slug}" comes back to itself through {", ".join(sorted(reached - {slug}))}'
            yield Problem(parts.badges[slug].place(key), what, "take one out of the circle")
