"""Whose key it is that signed: found where the issuer publishes it, and nowhere else (docs/decisions/042).

A signature names its key. The name counts only if it leads to the issuer: into the DID document of the issuer itself,
into the document that lies at the issuer's own https address, or to a key on the issuer's own host that names the
issuer and that this document names in turn: many people may put files onto one host. A key that comes along with the
signature proves nothing until the issuer's document has it too.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from badgesite.crypto.strict_json import read_object
from badgesite.crypto.verification_keys import VerificationKey, key_from_multibase, key_of_did
from badgesite.errors import FetchError, FormatError
from badgesite.verify.case import Remembered, unserved
from badgesite.verify.credentials.key_documents import (
    Document,
    Method,
    did_web_address,
    lone_key,
    method_named,
    methods_for_badges,
    names_for_badges,
)
from badgesite.verify.report import Check
from badgesite.verify.words import host_of, plain

_OF_ITSELF = ("did:key:", "did:jwk:")
_NO_DOCUMENT = "what {} publishes of its keys cannot be read: {}"


@dataclass(frozen=True, slots=True)
class Found:
    """The key of an issuer, and the host that publishes it; "" for a key that is its own name, and nobody's.

    `doubt` says why the key, though it signed, is not known to be the issuer's.
    """

    key: VerificationKey
    domain: str
    doubt: Check | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """How the keys of issuers are looked up: `fetch` asks, `now` is the moment at which a key has to count."""

    fetch: Remembered
    now: datetime

    def find(self, method: str, issuer: str) -> Found | Check:
        """The key `method` of `issuer`; a failed or unchecked Check, for the step that it ends, if there is none."""
        controller = method.partition("#")[0]
        if controller.startswith(_OF_ITSELF):
            return _of_itself(method, controller, issuer)
        if not controller.startswith(("did:", "https:", "http:")):
            words = f"the signature does not say whose key made it: {plain(method) or 'it names none'} is no address"
            return Check("genuine", "failed", words, "key")
        if controller != issuer and not _is_beside(controller, issuer):
            return _elsewhere(method, issuer)
        if controller.startswith("did:") and not controller.startswith("did:web:"):
            words = f"the keys of {plain(issuer)} are not looked up: of DIDs, badgesite knows web, key and jwk"
            return Check("genuine", "unchecked", words, "key", out_of_reach=True)
        document = self._document(controller)
        if isinstance(document, Check):
            return document
        found = self._of_document(document, controller, method, issuer)
        return found if isinstance(found, Check) or controller == issuer else self._beside(found, method, issuer)

    def holder(self, key: VerificationKey, issuer: str) -> Found | Check:
        """The same key among those that `issuer` publishes, if it came along with a signature and has no name."""
        if issuer.startswith(_OF_ITSELF):
            return _unless_other(_of_itself(issuer, issuer, issuer), key)
        if not issuer.startswith(("did:web:", "https:")):
            return _elsewhere("that came with the signature", issuer)
        document = self._document(issuer)
        if isinstance(document, Check):
            return document
        for method in methods_for_badges(document, issuer):
            if method.key == key:
                return self._of_method(method, issuer, issuer)
        return _not_published("the key that came with the signature", issuer)

    def _document(self, controller: str) -> Document | Check:
        """What a controller publishes."""
        try:
            address = did_web_address(controller) if controller.startswith("did:") else controller
            served = self.fetch(address)
            document = read_object(served.data)
        except FetchError as error:
            return unserved("genuine", error, "the issuer's key")
        except FormatError as error:
            return Check("genuine", "failed", _NO_DOCUMENT.format(plain(controller), error), "key")
        return document

    def _of_document(self, document: Document, controller: str, name: str, issuer: str) -> Found | Check:
        try:
            method = lone_key(document, name, issuer)
            if not method or method.id != name:
                if document.get("id") != controller:
                    said = plain(str(document.get("id", "nothing")))
                    return _other_issuer(f"what is published at {plain(controller)} says that it is {said}")
                method = method_named(document, controller, name)
        except FormatError as error:
            return Check("genuine", "failed", _NO_DOCUMENT.format(plain(controller), error), "key")
        return self._of_method(method, controller, issuer) if method else _not_published(plain(name), controller)

    def _beside(self, found: Found, name: str, issuer: str) -> Found | Check:
        """A key that lies on the host of an issuer, and names it: its own only if the issuer's document says so too."""
        document = self._document(issuer)
        if isinstance(document, Check):
            return replace(found, doubt=_doubt(name, issuer, document.words, document.out_of_reach))
        try:
            own = method_named(document, issuer, name) if document.get("id") == issuer else None
            listed = document.get("id") == issuer and name in names_for_badges(document, issuer)
        except FormatError as error:
            return replace(found, doubt=_doubt(name, issuer, str(error)))
        if own:
            of_own = self._of_method(own, issuer, issuer)
            same = isinstance(of_own, Check) or of_own.key == found.key
            return of_own if same else another_key(host_of(issuer), name)
        return found if listed else replace(found, doubt=_doubt(name, issuer))

    def _of_method(self, method: Method, controller: str, issuer: str) -> Found | Check:
        name, domain = plain(method.id), host_of(controller)
        if method.controller != issuer:
            return _other_issuer(f"the key {name} is that of {plain(method.controller) or 'nobody'}")
        if not method.asserts:
            words = f"{domain} publishes the key {name}, but not as one that may sign badges (assertionMethod)"
            return Check("genuine", "failed", words, "key")
        if method.end and method.end <= self.now:
            words = f"{domain} says that the key {name} counts for nothing since {method.end.isoformat()}"
            return Check("genuine", "failed", words, "key")
        return Found(method.key, domain)


def _doubt(name: str, issuer: str, why: str = "", out_of_reach: bool = False) -> Check:
    host, because = host_of(issuer), f"which should name it, is not to be had: {why}" if why else ""
    words = f"the key {plain(name)} lies on {host}, where others too may put files; the issuer's own document, "
    words += because or f"{plain(issuer)}, does not name it"
    return Check("issuer", "unchecked", words, "domain", out_of_reach)


def another_key(domain: str, name: str) -> Check:
    """The check of a key that the issuer has by this name, and that is another than the one that signed."""
    return Check(
        "genuine", "failed", f"{domain or 'its issuer'} publishes another key by the name {plain(name)}", "key"
    )


def key_in(method: str) -> VerificationKey | None:
    """The key that the name of a method is or ends in, so that nobody has to be asked; None if it says none."""
    try:
        if method.startswith(_OF_ITSELF):
            return key_of_did(method)
        fragment = method.partition("#")[2]
        return key_from_multibase(fragment) if fragment.startswith("z6Mk") else None
    except FormatError:
        return None


def _of_itself(method: str, controller: str, issuer: str) -> Found | Check:
    if controller != issuer:
        return _elsewhere(method, issuer)
    try:
        return Found(key_of_did(method), "")
    except FormatError as error:
        return Check("genuine", "failed", f"the key {plain(method)} cannot be read: {error}", "key")


def _is_beside(controller: str, issuer: str) -> bool:
    """Whether a key document lies on the very host of an issuer that is a web address (same scheme, host and port)."""
    try:
        one, other = urlsplit(controller), urlsplit(issuer)
    except ValueError:
        return False
    return one.scheme == other.scheme == "https" and bool(one.netloc) and one.netloc == other.netloc


def _unless_other(found: Found | Check, key: VerificationKey) -> Found | Check:
    if isinstance(found, Found) and found.key != key:
        return _other_issuer("the key that came with the signature is another than the issuer's id says")
    return found


def _not_published(name: str, controller: str) -> Check:
    words = f"{host_of(controller)} does not publish {name} among the keys of {plain(controller)}, or no longer does"
    return Check("genuine", "failed", words, "key")


def _elsewhere(method: str, issuer: str) -> Check:
    return _other_issuer(f"the key {plain(method)} is none of {plain(issuer) or 'an issuer that names itself'}")


def _other_issuer(words: str) -> Check:
    return Check("issuer", "failed", words, "issuer")
