"""The life of a key, as people are told it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from badgesite.model.text import Text


@dataclass(frozen=True, slots=True)
class KeyLife:
    """A public key of an issuer: what it is called and of which kind, and the days on which something became of it.

    `fragment` is its name in the DID document. It may sign from `start` to `end`; what it signed stays good, unless it
    was `revoked`, for the `reason` that is told.
    """

    name: str
    kind: str
    fragment: str
    start: date
    end: date | None = None
    revoked: date | None = None
    reason: Text | None = None

    def state(self, as_of: date) -> Literal["coming", "signing", "retired", "revoked"]:
        """What it is on the day `as_of`; one that ends on that day is retired."""
        if self.revoked:
            return "revoked"
        if self.end and self.end <= as_of:
            return "retired"
        return "signing" if self.start <= as_of else "coming"
