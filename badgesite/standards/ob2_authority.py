"""Who may award, and who withdraws: what an issuer's document says about an assertion (Open Badges 2.0)."""

from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit

from badgesite.served import has_dot_segments
from badgesite.standards.ob2_links import Document, name_of
from badgesite.standards.ob2_properties import Finding, is_address, values_of

_HOSTED = frozenset(("HostedBadge", "hosted"))
_SIGNED = frozenset(("SignedBadge", "signed"))
_MOST = 1000  # addresses under which an issuer may say that it awards


def kind_of(document: Document) -> Literal["hosted", "signed", ""]:
    """How an assertion or endorsement says that it is verified (section VerificationObject); "" if it does not."""
    told = values_of(document, "verification" if "verification" in document else "verify")
    kinds = {str(kind) for each in told if isinstance(each, Mapping) for kind in values_of(each, "type")}
    if not kinds:
        return ""
    return "hosted" if kinds <= _HOSTED else "signed" if kinds <= _SIGNED else ""


def scope_findings(document: Document, issuer: Document, place: str) -> Iterator[Finding]:
    """Whether the issuer, whose document is served at `place`, hosts its assertions at the id of this one.

    An issuer that says nothing of it hosts them where it is itself. A path that goes back by dots begins with one
    address and leads to another, so it is nobody's.
    """
    where, address, scope = name_of(document), str(document.get("id") or ""), issuer.get("verification")
    rules = scope if isinstance(scope, Mapping) else {}
    prefixes, origins = values_of(rules, "startsWith")[:_MOST], values_of(rules, "allowedOrigins")[:_MOST]
    if has_dot_segments(address):
        yield Finding("scope", where, "its path goes back by dots, so it is at no address of the issuer's")
    if prefixes and not any(isinstance(each, str) and address.startswith(each) for each in prefixes):
        yield Finding("scope", where, f"the issuer's assertions start with {', '.join(map(str, prefixes))}")
    own = str(issuer.get("id", ""))
    if not origins:
        origins = [_origin(own if is_address(own) else place)]
    if not _origin(address) or _origin(address) not in origins:
        yield Finding("scope", where, f"the issuer's assertions are hosted at {', '.join(map(str, origins))}")


def key_findings(document: Document, issuer: Document) -> Iterator[Finding]:
    """Whether the issuer has a key that can have signed an assertion, whose signature is not looked at here."""
    where = name_of(document)
    yield Finding("signature", where, "the signature of a signed badge is not checked", "warning")
    if "publicKey" not in issuer:
        yield Finding("key", where, "the issuer has no key that could have signed the badge")


def revocation_findings(document: Document, revocations: Document) -> Iterator[Finding]:
    """Whether the issuer's list of revocations names the assertion, by its id or, as older badges have it, its uid."""
    own = _names(document)
    for entry in values_of(revocations, "revokedAssertions"):
        known = entry if isinstance(entry, Mapping) else {"id": entry}
        if own & _names(known):
            reason = known.get("revocationReason") or "no reason is given"
            yield Finding("revoked", name_of(document), f"the award is revoked: {reason}")
            return


def _names(node: Document) -> frozenset[str]:
    found = (*values_of(node, "id"), *values_of(node, "uid"))
    return frozenset(each for each in found if isinstance(each, str) and each)


def _origin(address: str) -> str:
    """The host and port of an address; "" of what is none, which is no issuer's."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
