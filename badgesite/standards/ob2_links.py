"""What a document of Open Badges 2.0 links to, as it is served: an embedded copy counts for nothing.

Every document is looked at once, however often it is linked to, so that no badge makes its checks long.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from badgesite.standards.ob2_properties import Finding, an_id, is_address

Document = Mapping[str, object]
Fetch = Callable[[str], Document | bytes | None]

MOST = 50
"""Values of one property that are followed; real badges have a few."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A document, the address that serves it, and the id that it has instead of the address it was linked by.

    `sound` tells whether that other id is where it is served.
    """

    document: Document
    place: str
    own: str = ""
    sound: bool = True


@dataclass(slots=True)
class Links:
    """`fetch`, which is given an address and gives a document, bytes or None; and what came of it so far.

    `found` keeps what a document was found to be as a document of a kind, by its address and kind.
    """

    fetch: Fetch
    loaded: dict[str, Document | None] = field(default_factory=dict)
    found: dict[tuple[str, str], tuple[Finding, ...]] = field(default_factory=dict)

    def __call__(self, address: str) -> Document | bytes | None:
        """What `fetch` gives."""
        return self.fetch(address)

    def load(self, address: str) -> Document | None:
        """The document at an address; None if there is none."""
        if address not in self.loaded:
            self.loaded[address] = _read(self.fetch(address))
        return self.loaded[address]

    def at(self, address: str) -> Linked | None:
        """The document that an address leads to: the one at its own id, if it has another; None if there is none."""
        found = self.load(address)
        own = found.get("id") if found else None
        if found is None or own == address or not isinstance(own, str) or not is_address(own):
            return None if found is None else Linked(found, address)
        served = self.load(own)
        if not served:
            return Linked(found, address, own, sound=False)
        return Linked(served, own, own, sound=served.get("id") == own)

    def behind(self, document: Document, name: str) -> Linked | None:
        """The document that a property links to; None if it names none, or none is served."""
        address = address_of(document.get(name))
        return self.at(address) if address else None


def links_of(fetch: Fetch) -> Links:
    """`fetch` with a memory, its own if it has one."""
    return fetch if isinstance(fetch, Links) else Links(fetch)


def address_of(value: object) -> str:
    """The id that the value of a property is, or has; "" if it is none."""
    address = value.get("id") if isinstance(value, Mapping) else value
    return address if isinstance(address, str) and not an_id(address) else ""


def name_of(document: Document) -> str:
    """What a finding calls a document."""
    return str(document.get("id") or "a document without an id")


def authors(document: Document, *, fetch: Fetch) -> tuple[Document | None, Document | None]:
    """The badge class of an assertion and the issuer of that, as they are served; None for what is not."""
    badge, issuer = _behind(document, fetch)
    return badge.document if badge else None, issuer.document if issuer else None


def issuer_place(document: Document, *, fetch: Fetch) -> str:
    """The address that serves the document of an assertion's issuer; "" if none does."""
    issuer = _behind(document, fetch)[1]
    return issuer.place if issuer else ""


def _behind(document: Document, fetch: Fetch) -> tuple[Linked | None, Linked | None]:
    links = links_of(fetch)
    badge = links.behind(document, "badge")
    return badge, links.behind(badge.document, "issuer") if badge else None


def _read(found: Document | bytes | None) -> Document | None:
    if isinstance(found, bytes):
        try:
            found = json.loads(found)
        except (ValueError, RecursionError):
            return None
    return found if isinstance(found, Mapping) else None
