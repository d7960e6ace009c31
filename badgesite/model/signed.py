"""What `sign` made and the repository keeps: signed documents to the letter, and what the lock files know of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

LARGEST_LIST = 2**27  # bits of a status list; what somebody else's may expand to


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed document: `text` as it is kept (compact JSON in UTF-8, no line feed), and the signature of its JWT.

    `kid` names the key of the JWT as a DID URL; `signature` is base64url without padding.
    """

    text: bytes
    kid: str
    signature: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A credential that was signed once: its status list and index, and the SHA-256 of its text and a line feed."""

    list: str
    index: int
    digest: str


@dataclass(frozen=True, slots=True)
class Erased:
    """An award of which nothing is kept but its id, the day of erasing, and of which batch and badge it was (slugs)."""

    award: str
    day: date
    batch: str
    badge: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What the lock files know of awards, however the records are now.

    `published` has by batch the awards that were ever published and are not `erased`; `locked` every credential that
    was ever signed, by award; `revoked` the awards whose bit in a status list was ever set. `lists` has the batch and
    the badge of every status list, `bases` the addresses at which each batch was published.
    """

    published: Mapping[str, Collection[str]] = field(default_factory=dict)
    locked: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    revoked: frozenset[str] = frozenset()
    erased: Mapping[str, Erased] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    bases: Mapping[str, frozenset[str]] = field(default_factory=dict)
