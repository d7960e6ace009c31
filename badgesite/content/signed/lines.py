"""A line of a file that `sign` wrote: a signed document to the letter, the key of its JWT, and that signature.

`{"credential":<text>,"kid":"...","signature":"..."}`, compact. The text is cut out from the end of the line and not
understood: what the repository has to know of it is looked for in it, which is quick, and right for what `sign` wrote.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from badgesite.errors import FormatError
from badgesite.model.signed import LARGEST_LIST, Entry, Signed

_KEPT = 2**16  # credentials of which it is kept what was found in them: reading, locks and status lists ask in turn
_HEAD = b'{"credential":'
_KID = b',"kid":"'
_TAIL = re.compile(rb',"kid":"(did:[A-Za-z0-9.:%_#-]+)","signature":"([A-Za-z0-9_-]+)"\}')
_ID = b'"id":"'
_STATUS = b'"credentialStatus":{'
_PROOF = b',"proof":{'
_AWARD = re.compile(rb"https?://[^\"\\]+/awards/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/credential\.json\"")
_LIST = re.compile(rb"https?://[^\"\\]+/status/([a-z0-9-]+)/([0-9a-f]{8})\.json\"")
_ENTRY = re.compile(rb'"statusListIndex":"(0|[1-9][0-9]{0,17})","statusListCredential":"[^"\\]+/([0-9a-f]{8})\.json"')
_CREATED = re.compile(rb'"created":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"')
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
_SPACES = re.compile(rb"\s")
_MARKS = re.compile(rb"(<{7}|\|{7}|>{7})( .*)?|={7}")


def line_of(signed: Signed) -> bytes:
    """The line of a signed document, with its line feed."""
    return b'%b%b,"kid":"%b","signature":"%b"}\n' % (
        _HEAD,
        signed.text,
        signed.kid.encode(),
        signed.signature.encode(),
    )


def signed_in(line: bytes) -> Signed | None:
    """What a line holds, its text as it stands there; None for anything else."""
    end = line.rfind(_KID)
    tail = _TAIL.fullmatch(line, end) if end > 0 else None
    if tail is None or not line.startswith(_HEAD):
        return None
    return Signed(line[len(_HEAD) : end], tail[1].decode(), tail[2].decode())


def lines_in(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """Number, line and whether it is a mark of a merge, of every line that is not empty; with either line ending.

    What stood there before both sides, as some settings of Git show it between the marks, is left out: each side that
    still wants it has it.
    """
    before = False
    for number, ended in enumerate(data.split(b"\n"), start=1):
        line = ended.removesuffix(b"\r")
        mark = not line.startswith(b"{") and _MARKS.fullmatch(line)
        if mark:
            before = line.startswith(b"|")
        if line and (mark or not before):
            yield number, line, bool(mark)


def award_of(text: bytes) -> str | None:
    """The award whose credential a text is, by its id."""
    found = _AWARD.match(text, text.find(_ID) + len(_ID))
    return found[1].decode() if found else None


def list_of(text: bytes) -> tuple[str, str] | None:
    """Issuer and name of the status list that a text is, by its id."""
    found = _LIST.match(text, text.find(_ID) + len(_ID))
    return (found[1].decode(), found[2].decode()) if found else None


@lru_cache(maxsize=_KEPT)
def digest_of(text: bytes) -> str:
    """The SHA-256 of what is published: the text and a line feed."""
    return sha256(text + b"\n").hexdigest()


@lru_cache(maxsize=_KEPT)
def entry_of(text: bytes) -> Entry:
    """What the lock file says of a credential; FormatError if it does not tell its place in a status list."""
    found = _ENTRY.search(text, max(text.rfind(_STATUS), 0))
    if not found or int(found[1]) >= LARGEST_LIST:
        raise FormatError("the credential does not tell its place in a status list")
    return Entry(found[2].decode(), int(found[1]), digest_of(text))


def age_of(text: bytes) -> tuple[bytes, bytes]:
    """What puts two documents for one thing in order: when each was signed, and then its text."""
    found = _CREATED.search(text, max(text.rfind(_PROOF), 0))
    return (found[1] if found else b"", text)


def is_sound(text: bytes) -> bool:
    """Whether a text is compact JSON in UTF-8, an object without doubled keys, whose last member is a dated proof."""
    try:
        document = json.loads(text.decode(), object_pairs_hook=_distinct, parse_constant=_refused)
    except (ValueError, RecursionError):
        return False
    if not isinstance(document, dict) or _SPACES.search(_STRING.sub(b"", text)):
        return False
    return list(document)[-1:] == ["proof"] and bool(age_of(text)[0])


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refused(word: str) -> object:
    raise ValueError(f"{word} is not JSON")
