"""What an issuer publishes of its keys: a DID document or another controller document, or one key by itself.

Controlled Identifiers 1.0, sections 2 and 3; DID Core 1.0, section 5; the did:web method; Open Badges 3.0, section 8.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from badgesite.crypto.verification_keys import VerificationKey, key_from_jwk, key_from_multibase, key_from_pem
from badgesite.errors import FormatError
from badgesite.served import has_dot_segments
from badgesite.standards.ob3_properties import moment
from badgesite.verify.credentials.facts import listed, node_at, text_at
from badgesite.verify.words import plain

Document = Mapping[str, object]

_HOST = re.compile(
    r"(?=.{1,253}(:|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?(:\d{1,5})?"
)
_SEGMENT = re.compile(r"(?!\.{1,2}$)(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+")
_MATERIAL = ("publicKeyMultibase", "publicKeyJwk", "publicKeyPem")
_MOST = 500  # methods of one document


@dataclass(frozen=True, slots=True)
class Method:
    """A key as a document has it: its whole name, whose it is, whether it may sign badges, and until when it counts."""

    id: str
    controller: str
    key: VerificationKey
    asserts: bool
    end: datetime | None = None


def did_web_address(did: str) -> str:
    """Where the document of a did:web lies (section 3.2 of its method); FormatError if it names no host."""
    host, *path = did.removeprefix("did:web:").split(":")
    host = unquote(host)
    if not did.startswith("did:web:") or not _HOST.fullmatch(host) or not all(map(_SEGMENT.fullmatch, path)):
        raise FormatError(f"{plain(did)} is no did:web of a host name and a path")
    address = f"https://{host}/{'/'.join(path) or '.well-known'}/did.json"
    if has_dot_segments(address):
        raise FormatError(f"{plain(did)} goes back by dots, so that it shows another path than it means")
    return address


def method_named(document: Document, base: str, name: str) -> Method | None:
    """The key with this name in the controller document `base`; None if it has none.

    FormatError if the key cannot be read, or stands there twice and is not the same.
    """
    found = [_method(each, document, base) for each in _described(document) if _absolute(each.get("id"), base) == name]
    if len({each.key for each in found}) > 1:
        raise FormatError(f"{plain(base)} has two keys by the name {plain(name)}")
    return found[0] if found else None


def methods_for_badges(document: Document, base: str) -> Iterator[Method]:
    """The keys of a controller document that may sign badges, leaving out those that cannot be read."""
    for each in _described(document):
        try:
            method = _method(each, document, base)
        except FormatError:
            continue
        if method.asserts:
            yield method


def names_for_badges(document: Document, base: str) -> frozenset[str]:
    """The whole names of the keys that a controller document lets sign badges, wherever they lie (assertionMethod)."""
    named = (each.get("id") if isinstance(each, Mapping) else each for each in listed(document.get("assertionMethod")))
    return frozenset(_absolute(each, base) for each in named)


def lone_key(document: Document, address: str, issuer: str) -> Method | None:
    """The key of a document that is one key and nothing else: a method, or a bare JWK; None if it is another document.

    A bare JWK names nobody: whoever serves it, serves it for `issuer` (Open Badges 3.0, section 8.2.4).
    """
    if "kty" in document:
        return Method(address, issuer, key_from_jwk(document), asserts=True)
    if any(name in document for name in _MATERIAL):
        controller = text_at(document, "controller") or text_at(document, "owner")
        return Method(text_at(document, "id"), controller, _key(document), asserts=True, end=_end(document))
    return None


def _described(document: Document) -> Iterator[Document]:
    """Every key that the document has whole, under its keys or among those that sign badges."""
    every = [*listed(document.get("verificationMethod")), *listed(document.get("assertionMethod"))]
    if len(every) > _MOST:
        raise FormatError(f"the document has more than {_MOST} keys")
    return (each for each in every if isinstance(each, Mapping))


def _method(method: Document, document: Document, base: str) -> Method:
    name = _absolute(method.get("id"), base)
    asserts = name in names_for_badges(document, base)
    return Method(name, text_at(method, "controller"), _key(method), asserts, _end(method))


def _absolute(name: object, base: str) -> str:
    """The whole name of a method, which a document may write from its own id on."""
    text = name if isinstance(name, str) else ""
    return base + text if text.startswith("#") else text


def _key(method: Document) -> VerificationKey:
    held = [name for name in _MATERIAL if name in method]
    if len(held) != 1:
        raise FormatError(f"a key is written as one of {', '.join(_MATERIAL)}, and here as {len(held)} of them")
    if held[0] == "publicKeyJwk":
        return key_from_jwk(node_at(method, held[0]))
    return (key_from_multibase if held[0] == "publicKeyMultibase" else key_from_pem)(text_at(method, held[0]))


def _end(method: Document) -> datetime | None:
    """The moment from which on the key counts for nothing (Controlled Identifiers 1.0, section 2.2)."""
    told = [name for name in ("revoked", "expires") if method.get(name) is not None]
    found = [moment(method[name]) for name in told]
    if None in found:
        raise FormatError(f"{' or '.join(told)} of the key is no date and time with its zone")
    return min((each for each in found if each), default=None)
