"""What a credential says of itself: its issuer, its web addresses, its times. Nothing of it is proved yet."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from badgesite.standards.ob3_properties import moment

Document = Mapping[str, object]

STARTS = ("validFrom", "issuanceDate")
"""The names that the Verifiable Credentials Data Model has for the beginning, in version 2.0 and in 1.1."""
ENDS = ("validUntil", "expirationDate")


def text_at(document: object, *path: str) -> str:
    """The text at a path of members; "" if there is none."""
    for name in path:
        document = document.get(name) if isinstance(document, Mapping) else None
    return document if isinstance(document, str) else ""


def node_at(document: object, *path: str) -> Document:
    """The object at a path of members; an empty one if there is none."""
    for name in path:
        document = document.get(name) if isinstance(document, Mapping) else None
    return document if isinstance(document, Mapping) else {}


def listed(value: object) -> list[object]:
    """The values of a property: JSON-LD says one value and a list of one alike."""
    return value if isinstance(value, list) else [] if value is None else [value]


def issuer_id(document: Document) -> str:
    """The id of the issuer, which may be given by itself or in a Profile."""
    return text_at(document, "issuer") or text_at(document, "issuer", "id")


def starts(document: Document) -> Iterator[datetime]:
    """Each beginning that the document names and that can be read."""
    return (found for name in STARTS if (found := moment(document.get(name))))


def ends(document: Document) -> Iterator[datetime]:
    """Each end that the document names and that can be read."""
    return (found for name in ENDS if (found := moment(document.get(name))))


def signed_content(document: Document) -> dict[str, object]:
    """The document without its proof, as it is compared with another copy."""
    return {name: value for name, value in document.items() if name != "proof"}
