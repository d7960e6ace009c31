"""What a token says of its credential beside it: header and registered claims (Open Badges 3.0, section 8.2.4).

Of Verifiable Credentials 1.1, the credential stands under `vc`, and what it leaves out is said by the claims alone
(VCDM 1.1, section 6.3.1.2).
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from badgesite.crypto.tokens import Token
from badgesite.standards.ob3_properties import moment
from badgesite.verify.credentials.facts import ENDS, STARTS, issuer_id, node_at, text_at
from badgesite.verify.report import Check
from badgesite.verify.words import plain

CLAIMS = ("iss", "jti", "nbf", "sub", "exp", "iat", "aud", "nonce")
_KINDS = ("jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt")
_LATEST = 253402300799  # the last second of the year 9999


def credential_of(token: Token) -> dict[str, object]:
    """The credential in a token: without the claims, and with what only they say."""
    wrapped = token.claims.get("vc")
    if not isinstance(wrapped, Mapping):
        return {name: value for name, value in token.claims.items() if name not in CLAIMS}
    told: dict[str, object] = {"id": token.claims.get("jti"), "issuer": token.claims.get("iss")}
    told |= {"issuanceDate": _text(token, "nbf"), "expirationDate": _text(token, "exp")}
    document = {**{name: value for name, value in told.items() if value is not None}, **wrapped}
    subject, holder = wrapped.get("credentialSubject"), token.claims.get("sub")
    if isinstance(subject, Mapping) and "id" not in subject and holder is not None:
        document["credentialSubject"] = {"id": holder, **subject}
    return document


def disagreements(token: Token, document: Mapping[str, object]) -> Iterator[Check]:
    """Each claim that says otherwise than the credential, and a header that is not one of a credential's token."""
    kind = token.header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.lower() not in _KINDS:
        yield _fault(f"its header says that it is something else than a credential: {plain(str(kind))}")
    if isinstance(token.claims.get("vc"), Mapping) and "credentialSubject" in token.claims:
        yield _fault("it carries two credentials, one of them under vc")
    if token.claims.get("iss", issuer_id(document)) != issuer_id(document):
        words = "the token and the credential in it name different issuers"
        yield Check("issuer", "failed", words, "issuer")
    subject = text_at(document, "credentialSubject", "id")
    for claim, name, right in (("jti", "id", text_at(document, "id")), ("sub", "credentialSubject.id", subject)):
        if claim in token.claims and token.claims[claim] != right:
            yield _fault(f"its claim {claim} is not the credential's {name}")
    for claim, names in (("nbf", STARTS), ("exp", ENDS)):
        if claim in token.claims and not _agrees(token.claims[claim], document, names):
            yield _fault(f"its claim {claim} is not the credential's {names[0] if names[0] in document else names[1]}")


def missing(token: Token) -> tuple[str, ...]:
    """The claims that Open Badges 3.0 wants in every token, and this one lacks."""
    return tuple(name for name in ("iss", "jti", "nbf") if name not in token.claims)


def starts(token: Token) -> datetime | None:
    """The moment at which the token itself begins; None if it names none that can be read."""
    return _moment(token.claims.get("nbf"))


def ends(token: Token) -> datetime | None:
    """The moment at which the token itself ends; None if it names none that can be read."""
    return _moment(token.claims.get("exp"))


def _agrees(value: object, document: Mapping[str, object], names: tuple[str, ...]) -> bool:
    """Whether a NumericDate is the moment that the document names, to the second; a document may name none."""
    told, given = _moment(value), [moment(document[name]) for name in names if name in document]
    return told is not None and all(each and int(each.timestamp()) == int(told.timestamp()) for each in given)


def _moment(value: object) -> datetime | None:
    """The moment of a NumericDate (RFC 7519, section 2)."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LATEST:
        return None
    return datetime.fromtimestamp(value, UTC)


def _text(token: Token, claim: str) -> str | None:
    found = _moment(token.claims.get(claim))
    return found.isoformat().replace("+00:00", "Z") if found else None


def _fault(words: str) -> Check:
    return Check("genuine", "failed", f"the token contradicts itself: {words}", "proof")


def named_key(token: Token, issuer: str) -> tuple[str, Mapping[str, object]]:
    """The name of the key that signed the token, as a whole address, and the key itself if the header has it.

    A `kid` may be written from the issuer's id on, or be the mere name that the key has there.
    """
    kid = token.header.get("kid")
    name = kid if isinstance(kid, str) else ""
    if name and ":" not in name:
        name = f"{issuer}#{name.removeprefix('#')}"
    return name, node_at(token.header, "jwk")
