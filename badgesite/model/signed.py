"""What `sign` made and the repository keeps: signed documents to the letter, and what the lock files know of them."""

from dataclasses import dataclass


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
