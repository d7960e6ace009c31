"""What each piece of software is to say of each document of a built site, and what it does not look at.

What is true of an award is taken from the site itself: assertion.json says whether it is revoked or has an end. What
software overlooks is written down as it was seen to be, and run.py tells when it is otherwise, in either direction.
"""

from dataclasses import dataclass
from datetime import datetime

from tests.interop.published import Published

LEAKED = "revoked"
ALTERATIONS = {
    "letter": "one letter of what is signed is another",
    "id": "it says that it is another award",
    "place": "it lies at the address of another award",
    "did.json": "the issuer's DID document holds other keys under the same names",
    "key": "signed with another key, which is called what the issuer's is called",
    "name": "signed with another key, which is called by its own name (a did:key)",
    LEAKED: "signed with a key of the issuer that was revoked, and is in its DID document no more",
    "bit": "its bit in the status list is set",
    "list": "its status list is signed with another key",
    "criteria": "the achievement lacks the criteria that Open Badges 3.0 asks for",
}
CONTROL = "anew"
"""Signed as the altered ones are, but otherwise the same: all must find it valid, or the rest would prove nothing."""


@dataclass(frozen=True)
class Row:
    """A kind of document before a piece of software, and what that overlooks: alterations, and `end` for validUntil."""

    software: str
    document: str
    overlooks: frozenset[str]

    @property
    def is_of_award(self) -> bool:
        """Whether there is one for each award."""
        return not self.document.startswith(("status list", "profile"))

    @property
    def alterations(self) -> tuple[str, ...]:
        """Those that can be done to such a document."""
        if self.is_of_award:
            return tuple(ALTERATIONS)
        return ("list",) if self.document.startswith("status list") else ()

    def of_award(self, award: Published, moment: datetime) -> list[str]:
        """The words that are right for an award as it is."""
        revoked, ended = award.state(moment) == "revoked", award.ended(moment)
        if revoked and self.document.startswith("badge."):
            return ["empty"]
        told = {"bit": ("revoked", revoked), "end": ("expired", ended)}
        return [word for name, (word, is_so) in told.items() if is_so and name not in self.overlooks] or ["valid"]

    def of_alteration(self, alteration: str) -> str:
        """The word that is right for a valid award that was altered so."""
        if alteration == CONTROL or alteration in self.overlooks:
            return "valid"
        return "revoked" if alteration == "bit" else "refused"


def _row(software: str, document: str, overlooks: str = "") -> Row:
    return Row(software, document, frozenset(overlooks.split()))


ROWS = (
    _row("openbadgeslib", "credential.json", "place list criteria"),
    _row("openbadgeslib", "credential.json, list as JWT", "place criteria"),
    _row("openbadgeslib", "credential.jwt", "place list criteria"),
    _row("openbadgeslib", "badge.png", "place list criteria"),
    _row("openbadgeslib", "badge.svg", "place list criteria"),
    _row("@digitalbazaar/vc", "credential.json", "place criteria"),
    _row("@digitalbazaar/vc", "status list, .json"),
    _row("@digitalcredentials/verifier-core", "credential.json", "place"),
    _row("@digitalcredentials/verifier-core", "status list, .json"),
    _row("jose", "credential.jwt", "place bit list criteria"),
    _row("jose", "status list, .jwt"),
    _row("PyJWT", "credential.jwt", "place bit list criteria"),
    _row("PyJWT", "status list, .jwt"),
    _row("jsonschema", "credential.json", "end letter id place did.json key name revoked bit list"),
    _row("jsonschema", "profile.json"),
)
