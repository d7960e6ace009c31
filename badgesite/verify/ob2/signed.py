"""An Open Badge 2.0 that is signed: a JWS by a key that its issuer publishes (OB 2.0, section "Signed verification").

The badge names its issuer, the issuer names the key, and the key names the issuer again: a key that only the badge
speaks of proves nothing. No key within the token counts.
"""

from collections.abc import Iterator, Mapping

from badgesite.crypto.tokens import Token, header_fault, token_fault
from badgesite.crypto.verification_keys import ALGORITHMS, VerificationKey, key_from_pem
from badgesite.errors import FetchError, FormatError
from badgesite.standards.ob2_links import authors, issuer_place
from badgesite.standards.ob2_properties import values_of
from badgesite.verify.case import Case, unserved
from badgesite.verify.ob2.documents import Document, Documents
from badgesite.verify.ob2.endorsements import endorsement_checks
from badgesite.verify.ob2.steps import assertion_checks
from badgesite.verify.recipient import recipient_check
from badgesite.verify.report import Check
from badgesite.verify.words import host_of, plain

_SIGNED = ("SignedBadge", "signed")
_MANY_KEYS = 10  # of an issuer, that are tried for a badge which names none


def checks_of(case: Case) -> Iterator[Check]:
    """Every step of a signed badge, without `readable`."""
    document, documents = case.badge.document, Documents(case.fetch)
    if case.badge.token:
        yield _genuine(case.badge.token, document, documents)
    yield Check("hosted", "passed", "a signed badge need not be hosted: its signature goes with it")
    yield from assertion_checks(document, documents, case.now)
    yield recipient_check(document, case.email)
    yield from endorsement_checks(document, documents, case.now)


def _genuine(token: Token, document: Document, documents: Documents) -> Check:
    verification = document.get("verification") or document.get("verify")
    if not isinstance(verification, Mapping) or verification.get("type") not in _SIGNED:
        return _failed("the badge is signed, but does not say so in its verification", "proof")
    if fault := header_fault(token.header):
        return _failed(fault, "algorithm")
    issuer = authors(document, fetch=documents)[1]
    if not issuer:
        return _without_issuer(documents)
    creator = verification.get("creator")
    wanted = creator.get("id") if isinstance(creator, Mapping) else creator
    published = [each for each in values_of(issuer, "publicKey") if wanted is None or _id(each) == wanted]
    if not published:
        what = f"the key {plain(wanted, 200)}" if wanted else "a key"
        return _failed(f"the issuer does not publish {what}, so anyone could have signed the badge", "key")
    place = issuer_place(document, fetch=documents)
    checks = [_by_key(token, each, issuer, place, documents) for each in published[:_MANY_KEYS]]
    return next((check for check in checks if check.outcome == "passed"), checks[0])


def _by_key(token: Token, published: object, issuer: Document, place: str, documents: Documents) -> Check:
    """Whether a key that the issuer publishes, by its address or in full at `place`, has signed the token."""
    name = _id(published)
    try:
        document = published if _in_full(published) else documents.at(str(name))
    except FetchError as error:
        return unserved("genuine", error, "the issuer's key")
    except FormatError as error:
        return _failed(f"the issuer's key cannot be read: {plain(name, 200)}: {error}", "key")
    if not isinstance(document, Mapping) or document.get("owner") != issuer.get("id"):
        owner = plain(document.get("owner") if isinstance(document, Mapping) else None, 200) or "nobody"
        return _failed(f"the key says that it belongs to {owner}, which is not the issuer", "key")
    try:
        key = key_from_pem(str(document.get("publicKeyPem", "")))
    except FormatError as error:
        return _failed(f"the issuer's key cannot be used: {error}", "key")
    if fault := token_fault(token, key):
        return _failed(fault, "signature" if _fit(token, key) else "algorithm")
    host = host_of(place if _in_full(published) else name)
    return Check("genuine", "passed", f"it is signed with a key that its issuer publishes at {host}")


def _fit(token: Token, key: VerificationKey) -> bool:
    """Whether the token's algorithm is one of this kind of key."""
    return ALGORITHMS.get(str(token.header.get("alg"))) == key.kind


def _without_issuer(documents: Documents) -> Check:
    """Nobody says whose key it should be: because a document is out of reach, or because none is named."""
    for error in documents.why.values():
        if isinstance(error, FetchError):
            return unserved("genuine", error, "a document that leads to the issuer's key")
    return _failed("the badge leads to no issuer, so nobody says with which key it should be signed", "key")


def _failed(words: str, code: str) -> Check:
    return Check("genuine", "failed", words, code)


def _id(key: object) -> object:
    return key.get("id") if isinstance(key, Mapping) else key


def _in_full(key: object) -> bool:
    return isinstance(key, Mapping) and "publicKeyPem" in key
