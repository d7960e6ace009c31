"""What lies at a credential's own id: the same, a newer one that replaces it, or something else.

Open Badges 3.0 asks nobody to serve a credential at its id, so an address where nothing is speaks against nothing.
Credentials of one issuer with one id are the same, and the one that begins last replaces the others.
"""

from collections.abc import Mapping

from badgesite.errors import FetchError, FormatError
from badgesite.verify.case import unserved
from badgesite.verify.credentials.claims import CLAIMS
from badgesite.verify.credentials.facts import signed_content, starts, text_at
from badgesite.verify.credentials.keys import Keys
from badgesite.verify.credentials.signatures import Signed, origin, read_signed
from badgesite.verify.report import Check
from badgesite.verify.words import host_of, plain


def hosted_check(signed: Signed, address: str | None, keys: Keys, domain: str) -> Check:
    """The step `hosted`; `address` is where the credential was read, `domain` publishes the issuer's keys."""
    name = text_at(signed.document, "id")
    if not name.startswith("https:"):
        return _unknown("its id is no https address, so there is nothing to compare it with")
    if address == name:
        return _passed(f"it was read at its own address, on {host_of(name)}")
    try:
        served = keys.fetch.anywhere(name)
        there = read_signed(served.data)
    except FetchError as error:
        return _unserved(error, name)
    except FormatError:
        return _unknown(f"{host_of(name)} serves something at its address that is no credential, such as a page")
    return _compared(signed, there, keys, domain, host_of(served.address))


def _compared(signed: Signed, there: Signed, keys: Keys, domain: str, host: str) -> Check:
    """The copy beside what `host` serves, which is another than the badge's own if that one sent us on."""
    name = text_at(signed.document, "id")
    if _content(signed.document) == _content(there.document):
        return _passed(f"{host} serves the same at its address")
    if there.document.get("id") == name and there.issuer == signed.issuer and origin(there, keys).trouble is None:
        here, newer = max(starts(signed.document), default=None), max(starts(there.document), default=None)
        if here and newer and newer > here:
            words = (
                f"{host} serves a newer credential at its address, of {newer.date().isoformat()}: this one is replaced"
            )
            return Check("hosted", "failed", words, "replaced")
        if here and newer and newer < here:
            return _unknown(f"{host} still serves an older credential at its address, which this one replaces")
    if host == domain:
        words = f"{host}, which publishes the issuer's keys, serves something else at its address than this"
        return Check("hosted", "failed", words, "mismatch")
    return _unknown(f"{host} serves something else at its address, but does not publish the issuer's keys")


def _content(document: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in signed_content(document).items() if name not in CLAIMS}


def _unserved(error: FetchError, name: str) -> Check:
    if error.reason in ("missing", "gone"):
        return _unknown(f"{host_of(name)} serves nothing at its address, which Open Badges 3.0 does not ask for")
    if error.reason == "forbidden":
        return _unknown(f"its address may not be asked: {plain(name)}: {error.why}")
    return unserved("hosted", error, "what lies at its own address")


def _passed(words: str) -> Check:
    return Check("hosted", "passed", words)


def _unknown(words: str) -> Check:
    return Check("hosted", "unchecked", words, "hosted")
