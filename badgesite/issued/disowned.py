"""What a revoked key signed: it counts no more, whenever it was signed, and is signed again with the next one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from badgesite.crypto.public_keys import KINDS, KeyRing, PublicKey
from badgesite.errors import Place, Problem
from badgesite.issued.genuine import methods_of
from badgesite.model.signed import Signed


@dataclass(frozen=True, slots=True)
class Disowned:
    """What is to be signed again, and the revoked key of each: credentials by award, status lists by name.

    The issuers in `bare` have no pair left to sign with.
    """

    credentials: Mapping[str, PublicKey] = field(default_factory=dict)
    lists: Mapping[str, PublicKey] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()

    def told(self) -> Iterator[tuple[PublicKey, str]]:
        """Each revoked key, and how much is to be signed again because of it: "15 credentials and 1 status list"."""
        credentials, lists = Counter(self.credentials.values()), Counter(self.lists.values())
        for key in sorted({*credentials, *lists}, key=lambda key: key.path):
            counted = ((credentials[key], "credential"), (lists[key], "status list"))
            words = (f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counted if number)
            yield key, " and ".join(words)

    def __bool__(self) -> bool:
        return bool(self.credentials or self.lists)


def revoked_key(signed: Signed, issuer: str, keys: KeyRing) -> PublicKey | None:
    """The first revoked key of the issuer that is said to have signed a document; None if there is none.

    Each document has two signatures, one by each half of a pair: one that counts no more is enough.
    """
    revoked = {key.fragment: key for key in keys.of(issuer) if key.revoked}
    if not revoked:
        return None
    fragments = (method.rpartition("#")[2] for method in methods_of(signed))
    return next((revoked[fragment] for fragment in fragments if fragment in revoked), None)


def bare(keys: KeyRing) -> frozenset[str]:
    """The issuers with keys, but without one of each kind that was neither retired nor revoked."""
    left = {issuer: {key.kind for key in of if not key.revoked and not key.end} for issuer, of in keys.keys.items()}
    return frozenset(issuer for issuer, kinds in left.items() if len(kinds) < len(KINDS))


def disowned_problems(found: Disowned) -> Iterator[Problem]:
    """A problem for each revoked key with signatures that are to be replaced."""
    for key, counted in found.told():
        what = f"the key was revoked on {key.revoked:%Y-%m-%d}, and {counted} that it signed must be signed again"
        new = f"make new keys with `badgesite keys new {key.issuer}`, then " if key.issuer in found.bare else ""
        yield Problem(Place(key.path), what, f"{new}run `badgesite sign`")
