"""Whether the issuer has taken a credential back: Bitstring Status List 1.0, and the older 1EdTechRevocationList.

A list is believed only if the issuer of the credential signed it: whoever else serves one could clear a bit. Of the
older lists none is signed; what vouches for them is the address, which the issuer has signed into the credential.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from badgesite.crypto.strict_json import read_object
from badgesite.errors import FetchError, FormatError
from badgesite.standards.status import bits_of
from badgesite.verify.case import unserved
from badgesite.verify.credentials.facts import Document, issuer_id, listed, text_at
from badgesite.verify.credentials.keys import Keys
from badgesite.verify.credentials.period import dates_check
from badgesite.verify.credentials.signatures import Signed, origin, read_signed
from badgesite.verify.report import SUSPENDED, Check
from badgesite.verify.words import plain

_DIGITS = 12  # of a place in a list
_MOST = 8  # entries of one credential; each may be a list of its own
_WHAT = "the list of what is revoked"
_TAKEN_BACK: Mapping[str, str] = {"revocation": "revoked", "suspension": "suspended"}
_NEUTRAL = ("refresh", "message")
_NONE = "it names no list of what is revoked: whoever issued it has no way to take it back"


def status_checks(credential: Document, keys: Keys) -> Iterator[Check]:
    """A check for each entry that the credential has in a list; one that passes if it has none."""
    entries = listed(credential.get("credentialStatus"))
    if not entries:
        yield _passed(_NONE)
    if len(entries) > _MOST:
        yield _failed(f"it names {len(entries)} lists of what is revoked; badgesite asks for {_MOST} at most")
        return
    for entry in entries:
        kind = entry.get("type") if isinstance(entry, Mapping) else None
        if not isinstance(entry, Mapping) or not kind:
            yield _failed("its credentialStatus is no entry in a list, or has no type")
        elif "BitstringStatusListEntry" in listed(kind):
            yield _bitstring(entry, credential, keys)
        elif "1EdTechRevocationList" in listed(kind):
            yield _plain(entry, credential, keys)
        else:
            words = f"whether it was revoked is said in a way that badgesite does not know: {plain(str(kind))}"
            yield Check("revocation", "unchecked", words, "status")


def _bitstring(entry: Document, credential: Document, keys: Keys) -> Check:
    """Section 3.2 of Bitstring Status List 1.0, for an entry of one bit."""
    purpose, address = text_at(entry, "statusPurpose"), text_at(entry, "statusListCredential")
    if purpose in _NEUTRAL:
        return _passed(f"its entry in a list is for {purpose}, and not for revocation")
    if purpose not in _TAKEN_BACK:
        return _unknown(
            f"its entry in a list has the purpose {plain(purpose) or 'of nothing'}, which badgesite does not know"
        )
    if str(entry.get("statusSize", 1)) != "1":
        return _unknown("its entry in a list is of several bits, which badgesite does not read")
    index = _index(entry.get("statusListIndex"))
    if index is None:
        return _failed("its place in the list is no whole number (statusListIndex)")
    found = _list_at(address, credential, keys)
    if isinstance(found, Check):
        return found
    try:
        bits = bits_of(found, purpose)
    except FormatError as error:
        return _failed(f"{_WHAT} cannot be read: {error}")
    if index >= len(bits) * 8:
        return _failed(f"its place in the list is {index}, and the list has {len(bits) * 8:,} places")
    if bits[index // 8] & 0x80 >> index % 8:
        words = SUSPENDED if purpose == "suspension" else "its issuer has revoked it"
        return Check("revocation", "failed", words, "revoked")
    return _passed(
        f"its issuer's list, signed and read at {plain(address)}, does not say that it is {_TAKEN_BACK[purpose]}"
    )


def _list_at(address: str, credential: Document, keys: Keys) -> Document | Check:
    """The status list at an address, if it is one that the issuer of the credential signed."""
    try:
        signed = read_signed(keys.fetch(address).data)
    except FetchError as error:
        return unserved("revocation", error, _WHAT)
    except FormatError as error:
        return _failed(f"{_WHAT} cannot be read: {error}")
    if signed.document.get("id", address) != address:
        said = plain(str(signed.document["id"]))
        return _failed(f"{_WHAT} says that it is {said}, and not the one that was asked for at {plain(address)}")
    if signed.issuer != issuer_id(credential):
        return _failed(f"{_WHAT} is one of {plain(signed.issuer) or 'nobody'}, and not of the credential's issuer")
    return _out_of_date(signed, keys.now) or _unless_trouble(signed, keys)


def _unless_trouble(signed: Signed, keys: Keys) -> Document | Check:
    trouble = origin(signed, keys).trouble
    if trouble is None:
        return signed.document
    words = f"{_WHAT} is not known to be its issuer's: {trouble.words}"
    return Check("revocation", trouble.outcome, words, "status", trouble.out_of_reach)


def _out_of_date(signed: Signed, now: datetime) -> Check | None:
    """What is wrong with the times of a list, its token and its proofs: one of long ago could be shown again."""
    check = dates_check(signed, now)
    if check.outcome == "passed":
        return None
    if check.code == "expired":
        return _failed(f"{_WHAT} is out of date, and may lack what was revoked since: {check.words}")
    return _failed(f"{_WHAT} is not valid: {check.words}")


def _index(value: object) -> int | None:
    """A place in a list; the standard writes it as text, some software as a number."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


@dataclass(frozen=True, slots=True)
class _Listed:
    """What an older list says of a credential."""

    revoked: bool
    reason: str = ""


def _plain(entry: Document, credential: Document, keys: Keys) -> Check:
    """VCRL 1.0, 1EdTech Revocation List: ids in plain JSON, each revoked unless it says otherwise."""
    address, issuer = text_at(entry, "id"), issuer_id(credential)
    try:
        document = read_object(keys.fetch(address).data)
    except FetchError as error:
        return unserved("revocation", error, _WHAT)
    except FormatError as error:
        return _failed(f"{_WHAT} cannot be read: {error}")
    if "revokedCredential" not in document:
        return _failed(f"what is served at {plain(address)} is no list of what is revoked")
    if "issuer" in document and issuer_id(document) != issuer:
        return _failed(
            f"{_WHAT} is one of {plain(issuer_id(document)) or 'nobody'}, and not of the credential's issuer"
        )
    found = _in_plain(document, text_at(credential, "id"))
    if found.revoked:
        because = f": {plain(found.reason)}" if found.reason else ""
        return Check("revocation", "failed", f"its issuer has revoked it{because}", "revoked")
    return _passed(f"its issuer's list, read at {plain(address)}, does not name it")


def _in_plain(document: Document, name: str) -> _Listed:
    for each in listed(document["revokedCredential"]):
        if each == name:
            return _Listed(True)
        if isinstance(each, Mapping) and each.get("id") == name and each.get("revoked", True) is not False:
            return _Listed(True, text_at(each, "revocationReason"))
    return _Listed(False)


def _passed(words: str) -> Check:
    return Check("revocation", "passed", words)


def _failed(words: str) -> Check:
    return Check("revocation", "failed", words, "status")


def _unknown(words: str) -> Check:
    return Check("revocation", "unchecked", words, "status")
