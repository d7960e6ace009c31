"""Open Badges 2.0, read as a verifier reads it: an assertion, and from it to badge, issuer, pictures and revocations.

Nothing here reaches out: `fetch` is given an address and gives what is served there, a document or bytes, or None if
nothing is. Signatures of signed badges and the JSON Schemas of extensions are not checked.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from hashlib import md5, sha256
from itertools import islice

from badgesite.standards.ob2_authority import key_findings, kind_of, revocation_findings, scope_findings
from badgesite.standards.ob2_links import MOST, Document, Fetch, Linked, Links, address_of, links_of, name_of
from badgesite.standards.ob2_properties import (
    ASSERTION,
    BADGE_CLASS,
    CRYPTOGRAPHIC_KEY,
    EMAIL,
    ENDORSEMENT,
    HASH,
    ISSUER,
    REVOCATION_LIST,
    Finding,
    Property,
    Severity,
    an_id,
    is_address,
    moment,
    property_findings,
    values_of,
)

CONTEXT = "https://w3id.org/openbadges/v2"
_TYPES = frozenset(
    (
        *("Assertion", "BadgeClass", "Issuer", "Profile", "RevocationList", "Endorsement", "CryptographicKey"),
        *("AlignmentObject", "Criteria", "Evidence", "IdentityObject", "Image", "VerificationObject"),
        *("HostedBadge", "hosted", "SignedBadge", "signed", "Extension", "FrameValidation", "TypeValidation"),
    )
)
_TABLES: Mapping[str, tuple[Property, ...]] = {
    "Assertion": ASSERTION,
    "BadgeClass": BADGE_CLASS,
    "Issuer": ISSUER,
    "RevocationList": REVOCATION_LIST,
    "Endorsement": ENDORSEMENT,
    "CryptographicKey": CRYPTOGRAPHIC_KEY,
}

_MANY_FINDINGS = 200  # of one document; whoever mends these sees the next ones


def check_hosted(address: str, *, fetch: Fetch, now: datetime) -> tuple[Finding, ...]:
    """Everything wrong with the award whose assertion is served at `address`; an empty tuple is a sound award."""
    links = links_of(fetch)
    document = links.load(address)
    if document is None:
        return (Finding("link", address, "no document is served there"),)
    return check_assertion(document, fetch=links, now=now, served_at=address)


def check_assertion(
    document: Document, *, fetch: Fetch, now: datetime, served_at: str | None = None
) -> tuple[Finding, ...]:
    """Everything wrong with an assertion, its badge, its issuer and what they link to (OB 2.0, verification)."""
    if "verification" not in document and "verify" in document:
        document = {**document, "verification": document["verify"]}
    where, links = name_of(document), links_of(fetch)
    findings = [*_document(document, "Assertion", served_at), *_contexts(document, where, "error")]
    if document.get("revoked") is True:
        reason = document.get("revocationReason") or "no reason is given"
        return (*findings, Finding("revoked", where, f"the award is revoked: {reason}"))
    if served_at is not None and kind_of(document) == "signed":
        what = "it says that it is signed, and what its host serves carries no signature"
        findings.append(Finding("proof", where, what))
    findings += [*_recipient(document, where), *_times(document, where, now), *_picture(document, where, links)]
    findings += _endorsements(document, where, links)
    badge, badge_findings = _follow(document, "badge", "BadgeClass", links)
    findings += badge_findings
    if badge:
        findings += check_badge_class(badge.document, fetch=links)
        issuer = links.behind(badge.document, "issuer")
        if issuer:
            findings += _of_the_issuer(document, issuer, links, served_at is not None)
    return tuple(dict.fromkeys(findings))


def _of_the_issuer(document: Document, issuer: Linked, links: Links, is_served: bool) -> Iterator[Finding]:
    """Whether the issuer stands behind the assertion. What is served counts by its place."""
    if is_served or kind_of(document) != "signed":
        yield from scope_findings(document, issuer.document, issuer.place)
    else:
        yield from key_findings(document, issuer.document)
    if revocations := links.behind(issuer.document, "revocationList"):
        yield from revocation_findings(document, revocations.document)


def check_badge_class(document: Document, *, fetch: Fetch) -> tuple[Finding, ...]:
    """Everything wrong with a BadgeClass, its picture and its issuer."""
    where, links = name_of(document), links_of(fetch)
    findings = [*_document(document, "BadgeClass"), *_contexts(document, where, "warning")]
    findings += [*_picture(document, where, links), *_endorsements(document, where, links)]
    issuer, issuer_findings = _follow(document, "issuer", "Issuer", links)
    findings += issuer_findings
    return tuple(dict.fromkeys([*findings, *(check_issuer(issuer.document, fetch=links) if issuer else ())]))


def check_issuer(document: Document, *, fetch: Fetch) -> tuple[Finding, ...]:
    """Everything wrong with an issuer, its picture, its key and its list of revocations."""
    where, links = name_of(document), links_of(fetch)
    findings = [*_document(document, "Issuer"), *_contexts(document, where, "warning")]
    findings += [*_picture(document, where, links), *_endorsements(document, where, links)]
    if not is_address(document.get("id")):
        findings.append(Finding("issuer-id", where, "the issuer's id is not a web address", "warning"))
    for scope in values_of(document, "verification"):
        if isinstance(scope, Mapping) and len(values_of(scope, "startsWith")) > 1:
            findings.append(Finding("scope", where, "some verifiers read one startsWith only", "warning"))
    if "revocationList" in document:
        if "Issuer" not in values_of(document, "type"):
            what = "some verifiers find no list of revocations when the type is not Issuer"
            findings.append(Finding("type", where, what, "warning"))
        findings += _follow(document, "revocationList", "RevocationList", links)[1]
    key, found = _follow(document, "publicKey", "CryptographicKey", links)
    if key and key.document.get("owner") != document.get("id"):
        found.append(Finding("key", name_of(key.document), "the key belongs to somebody else than the issuer"))
    return tuple(dict.fromkeys([*findings, *found]))


def check_revocation_list(document: Document, *, served_at: str | None = None) -> tuple[Finding, ...]:
    """Everything wrong with a RevocationList in itself."""
    where = name_of(document)
    findings = list(_document(document, "RevocationList", served_at))
    if not isinstance(document.get("revokedAssertions"), list | str | Mapping):
        findings.append(Finding("missing", where, '"revokedAssertions" is missing'))
    entries = values_of(document, "revokedAssertions")
    if any(isinstance(entry, Mapping) and not {"id", "uid"} & entry.keys() for entry in entries):
        findings.append(Finding("property", where, "an entry of revokedAssertions has no id"))
    return tuple(findings)


def check_recipient(document: Document, address: str) -> tuple[Finding, ...]:
    """Whether the award is of the holder of an e-mail address, trimmed and in lower case (OB 2.0, IdentityHash)."""
    recipient = document.get("recipient")
    known = recipient if isinstance(recipient, Mapping) else {}
    identity, plain = str(known.get("identity", "")), address.strip().lower()
    salted = (plain + str(known.get("salt") or "")).encode()
    hashes = (f"sha256${sha256(salted).hexdigest()}", f"md5${md5(salted, usedforsecurity=False).hexdigest()}")
    if identity.lower() in (hashes if known.get("hashed") is True else (plain,)):
        return ()
    return (Finding("holder", name_of(document), "the award is of somebody else"),)


def _document(document: Document, kind: str, served_at: str | None = None) -> Iterator[Finding]:
    """What holds for every document by itself, as far as somebody reads it."""
    return islice(_faults(document, kind, served_at), _MANY_FINDINGS)


def _faults(document: Document, kind: str, served_at: str | None) -> Iterator[Finding]:
    """Its id, type, properties and extensions."""
    where = name_of(document)
    if (fault := an_id(document.get("id"))) and (kind != "Issuer" or "id" not in document):
        yield Finding("id", where, f'"id" {fault}')
    if served_at is not None and document.get("id") != served_at:
        yield Finding("id", where, f"the document is served at {served_at}, which is not its id")
    types = values_of(document, "type")
    wanted = ("Issuer", "Profile") if kind == "Issuer" else (kind,)
    if not any(each in wanted for each in types):
        yield Finding("type", where, f"the type is not {' or '.join(wanted)}")
    for each in types:
        if not isinstance(each, str) or (each not in _TYPES and ":" not in each):
            yield Finding("type", where, f"the type {each} is not known")
    if document.get("revoked") is not True:
        yield from property_findings(document, _TABLES[kind], where)
    yield from _extensions(document, where)


def _contexts(document: Document, where: str, severity: Severity) -> Iterator[Finding]:
    contexts = values_of(document, "@context")
    if not contexts or contexts[0] != CONTEXT:
        yield Finding("context", where, f"the first context is not {CONTEXT}", severity)
    if any(isinstance(each, Mapping) and "@language" in each for each in contexts):
        yield Finding("context", where, "@language stands in the context, where it turns texts into objects")


def _extensions(document: Document, where: str) -> Iterator[Finding]:
    for name, value in document.items():
        types = values_of(value, "type") if isinstance(value, Mapping) else []
        if "Extension" in types and isinstance(value, Mapping) and ("@context" not in value or len(types) < 2):
            yield Finding("extension", where, f'the extension "{name}" lacks its own context or type')


def _recipient(document: Document, where: str) -> Iterator[Finding]:
    """Whether `hashed` is the truth about the identity (OB 2.0, IdentityObject)."""
    recipient = document.get("recipient")
    if not isinstance(recipient, Mapping):
        return
    identity, hashed = str(recipient.get("identity", "")), recipient.get("hashed")
    looks_hashed = bool(HASH.fullmatch(identity))
    if hashed is True and not looks_hashed:
        yield Finding("recipient", where, "the identity is said to be hashed, and is not")
    if hashed is True and not recipient.get("salt"):
        yield Finding("recipient", where, "the identity has no salt, so it can be guessed", "warning")
    if hashed is False and looks_hashed:
        yield Finding("recipient", where, "the identity is hashed, and said not to be")
    elif hashed is False and recipient.get("type") == "email" and not EMAIL.fullmatch(identity):
        yield Finding("recipient", where, "the identity is not an e-mail address")


def _times(document: Document, where: str, now: datetime) -> Iterator[Finding]:
    issued, expires = moment(document.get("issuedOn")), moment(document.get("expires"))
    if issued and issued > now:
        yield Finding("not-yet", where, f"the award is of a time to come: {document['issuedOn']}")
    if issued and expires and expires < issued:
        yield Finding("order", where, "the award expires before it is issued")
    if expires and expires < now:
        yield Finding("expired", where, f"the award expired at {document['expires']}")


def _picture(document: Document, where: str, links: Links) -> Iterator[Finding]:
    """Whether the picture is there, and is a PNG or SVG."""
    for value in values_of(document, "image")[:MOST]:
        address = value.get("id") if isinstance(value, Mapping) else value
        if not is_address(address):
            continue
        picture = links(str(address))
        if not isinstance(picture, bytes):
            what = f"no picture is served at {address}"
            yield Finding("picture", where, what, link="image", address=str(address))
        elif not picture.startswith(b"\x89PNG\r\n\x1a\n") and b"<svg" not in picture and b":svg" not in picture:
            yield Finding("picture", where, f"what is served at {address} is neither a PNG nor an SVG")


def _endorsements(document: Document, where: str, links: Links) -> Iterator[Finding]:
    for value in values_of(document, "endorsement")[:MOST]:
        endorsement, findings = _follow({"id": where, "endorsement": value}, "endorsement", "Endorsement", links)
        yield from findings
        if endorsement:
            yield from _follow(endorsement.document, "issuer", "Issuer", links)[1]


def _follow(document: Document, name: str, kind: str, links: Links) -> tuple[Linked | None, list[Finding]]:
    """The document that a property links to, and its findings; what is no link is told with the properties."""
    where, address = name_of(document), address_of(document.get(name))
    if not address:
        return None, []
    linked = links.at(address)
    if linked is None:
        what = f'the document of "{name}" is not served at {address}'
        return None, [Finding("link", where, what, link=name, address=address)]
    findings: list[Finding] = []
    if linked.own:
        what = f"{address} has another id: {linked.own}"
        findings.append(Finding("id", where, what, "warning" if linked.sound else "error"))
    key = (linked.place.partition("#")[0], kind)
    if key not in links.found:
        check = check_revocation_list if kind == "RevocationList" else partial(_document, kind=kind)
        links.found[key] = tuple(check(linked.document))
    return linked, [*findings, *links.found[key]]
