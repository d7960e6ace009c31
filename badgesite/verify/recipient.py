"""Whether an award is of the person who has an e-mail address, which is compared and never shown.

Open Badges 2.0 says it in `recipient`, Open Badges 3.0 in `credentialSubject.identifier`; both hash the address
with the salt after it (IdentityObject, identityHash).
"""

from collections.abc import Iterator, Mapping
from hashlib import md5, sha256

from badgesite.standards.ob2_properties import values_of
from badgesite.verify.report import Check

Document = Mapping[str, object]
_KINDS = ("email", "emailAddress")


def recipient_check(document: Document, email: str | None) -> Check:
    """The step `recipient` of an assertion or a credential; unchecked if nobody asked, or no address is in it."""
    identities = tuple(_identities(document))
    if email is None:
        return Check("recipient", "unchecked", "nobody asked whose it is; name an address with --email to compare it")
    if not identities:
        words = "the award does not name its holder by an e-mail address, so there is nothing to compare"
        return Check("recipient", "unchecked", words, "recipient")
    if any(_is_of(each, email) for each in identities):
        return Check("recipient", "passed", "the award is of the holder of the address that was named")
    return Check("recipient", "failed", "the award is of somebody else than the holder of that address", "recipient")


def same_holder(one: Document, other: Document) -> bool | None:
    """Whether two awards are of one person, by their e-mail addresses; None if these cannot be compared.

    Plain ones can be compared with every other, hashes only with those of the same salt.
    """
    found = [
        told for left in _identities(one) for right in _identities(other) if (told := _alike(left, right)) is not None
    ]
    return any(found) if found else None


def _alike(left: Document, right: Document) -> bool | None:
    for one, other in ((left, right), (right, left)):
        if one.get("hashed") is not True:
            return _is_of(other, str(one.get("identity", "")))
    first, second = (str(each.get("identity", "")).lower() for each in (left, right))
    is_one_hash = left.get("salt") == right.get("salt") and first.partition("$")[0] == second.partition("$")[0]
    return first == second if is_one_hash else None


def _identities(document: Document) -> Iterator[Document]:
    """Every e-mail address in the award, as `identity`, `hashed` and `salt`."""
    for each in values_of(document, "recipient"):
        if isinstance(each, Mapping) and each.get("type") in _KINDS:
            yield each
    for subject in values_of(document, "credentialSubject"):
        if not isinstance(subject, Mapping):
            continue
        for each in values_of(subject, "identifier"):
            if isinstance(each, Mapping) and each.get("identityType") in _KINDS:
                yield {**each, "identity": each.get("identityHash")}
        own = subject.get("id")
        if isinstance(own, str) and own.lower().startswith("mailto:"):
            yield {"identity": own[len("mailto:") :], "hashed": False}


def _is_of(identity: Document, email: str) -> bool:
    """Compared trimmed, in lower case and as it was given: not every issuer lowers an address before it is hashed."""
    said, hashed = str(identity.get("identity", "")), identity.get("hashed") is True
    if not hashed:
        return said.strip().lower() == email.strip().lower()
    salt = identity.get("salt")
    return any(
        said.lower() == made
        for plain in {email.strip(), email.strip().lower()}
        for made in _hashes(f"{plain}{salt if isinstance(salt, str) else ''}".encode("utf-8", "replace"))
    )


def _hashes(salted: bytes) -> tuple[str, str]:
    return f"sha256${sha256(salted).hexdigest()}", f"md5${md5(salted, usedforsecurity=False).hexdigest()}"
