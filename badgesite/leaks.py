"""E-mail addresses that nobody meant to publish: where they would come out, and which content they come from."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from badgesite.artifact import Artifact
from badgesite.errors import Place, Problem, counted
from badgesite.model.addresses import addresses_in, shortened
from badgesite.plan import owner_of

_NOWHERE: Mapping[str, Place] = {}
_IN_THEME = "take it away, or write it in content/ too (contact: in site.yaml, say) if it is meant to be public"
_PICTURE, _AWARD, _THING, _ANY = range(4)  # kinds of files: the first two hold what nothing else has told them
_MENDS = (
    "take it out of the picture: an SVG may say in its metadata who drew it",
    "take it out of the record or its batch: what they say is published as it is",
    "take it away, or write it in the site, an issuer, a badge or a page if it is meant to be public",
    "take it away, or write it in the site, an issuer, a badge or a page if it is meant to be public",
)


@dataclass(frozen=True, slots=True)
class Leak:
    """An address, and the file that would publish it."""

    path: str
    address: str


def leaks_in(artifact: Artifact, meant: Collection[str]) -> Iterator[Leak]:
    """The addresses in an artifact that are not `meant` to be public, as often as they occur."""
    for address in addresses_in(artifact.words):
        if address not in meant:
            yield Leak(artifact.path, address)


def problems_of(
    leaks: Iterable[Leak], places: Mapping[str, Place], in_themes: Mapping[str, Place] = _NOWHERE
) -> Iterator[Problem]:
    """A problem for each address and the content it comes from; `places` are those of a Reading.

    An address that stands `in_themes` of the site comes from there, and may stand in any number of files.
    The address is shortened, for logs may be public. A file that repeats what another has said explains nothing.
    """
    found = {(_kind(leak.path), leak.path, leak.address) for leak in leaks}
    themed = {address: in_themes[address] for _, _, address in found if address in in_themes}
    for address, place in themed.items():
        paths = sorted(path for _, path, leaked in found if leaked == address)
        more = f" and {counted(len(paths) - 1, 'other file')}" if len(paths) > 1 else ""
        what = f'"{shortened(address)}" is an e-mail address and would be published in {paths[0]}{more}'
        yield Problem(place, what, _IN_THEME)
    told: dict[str, int] = {}
    seen = set()
    for kind, path, address in sorted(one for one in found if one[2] not in themed):
        owner = owner_of(path) or "site"
        repeats = kind in (_THING, _ANY) and told.get(address, kind) < kind
        if not repeats and (owner, address) not in seen:
            seen.add((owner, address))
            told.setdefault(address, kind)
            what = f'"{shortened(address)}" is an e-mail address and would be published in {path}'
            yield Problem(places.get(owner, Place("content/site.yaml")), what, _MENDS[kind])


def _kind(path: str) -> int:
    owner = owner_of(path)
    if path.endswith("/image.svg"):
        return _PICTURE
    if not owner or path.endswith("/badge.svg"):
        return _ANY
    return _AWARD if owner.startswith("award:") else _THING
