"""Things shaped like e-mail addresses, in content as it is written and in files as they are published.

The two must agree, so HTML entities, JSON, YAML and Markdown escapes and percent signs are seen through.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from unicodedata import category
from urllib.parse import unquote

_SIGNS = {  # by their first byte, which is found the quickest
    b"@": re.compile(rb"@"),
    b"%": re.compile(rb"%40"),
    b"\\": re.compile(rb"\\(?:u00|x)40"),
    b"&": re.compile(rb"&(?:commat;|#(?:0*64(?![0-9])|[xX]0*40(?![0-9A-Fa-f]));?)"),
}
_WINDOW = 600  # bytes; an address has at most 64 characters before the sign and 255 after it, some spelled in many
_PLAIN_WORD = re.compile(rb"[0-9A-Za-z_.+-]+")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ESCAPE = re.compile(r"\\(?:((?:u[0-9A-Fa-f]{4}\\)*u[0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([^\w\s]|_)|.)", re.DOTALL)
_NO_DOMAIN = re.compile(rb"[A-Za-z_-]*[\"'( \n<:;{]")  # as after "@context" and @media: none of these is in a domain
_DOMAIN_RUN = re.compile(r"[0-9A-Za-z\u0080-\U0010ffff][0-9A-Za-z.\u0080-\U0010ffff-]+")
_DOTS = str.maketrans("。．｡", "...")
_IN_DOMAINS = frozenset("·͵׳״・۽۾་")  # neither letters nor digits, and yet allowed (RFC 5892, section 2.6)
_LABEL = r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?"
_FOREIGN = r"(?=(?:[^\W_]|-)*[^\x00-\x7f])"
_DOMAIN = re.compile(
    rf"(?:{_LABEL}\.)+(?:(?:(?=xn--)|{_FOREIGN}){_LABEL}|(?!-)(?:[^\W_]|-)*[a-z])", re.IGNORECASE
)  # as in lists/addresses.py, the last label in ASCII ends in a letter
_IMAGE_SCALE = re.compile(r"[0-9]x\.(?:png|jpe?g|webp|avif|gif|svg)", re.IGNORECASE)  # logo@2x.png
_BEFORE_A_SIGN = r"[!#$%&'*/=?^`{|}~\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u1fff\u2070-\u2fff\u3003-\U0010ffff]"
_LOCAL_BACKWARDS = re.compile(rf"(?:{_BEFORE_A_SIGN})*[\w.+-]+|(?:{_BEFORE_A_SIGN})+")
_SIGN = re.compile("(" + "|".join(sign.pattern.decode() for sign in _SIGNS.values()) + ")")
_WORD_BACKWARDS = re.compile(r'"[^"\n]*"|[^\s@<>"(),:=/\[\]]+')
_QUOTED = re.compile(r'"(\w(?:[^"\n]*\w)?)"\Z')


def addresses_in(data: bytes) -> Iterator[str]:
    """Everything shaped like an e-mail address in UTF-8 text, in lower case, as often as it occurs.

    Where a local part may begin sooner or later (`user=ada@example.org`), it is the shorter one. `@context`, `@media`,
    `https://social.example/@ada.esempio` and `logo@2x.png` are none.
    """
    for start, end in _signs(data):
        if _NO_DOMAIN.match(data, end, end + _WINDOW):
            continue
        address = _address(_before(data, start), _after(data, end))
        if address:
            yield address


def shortened(address: str) -> str:
    """The address as logs may show it: `a…@example.org`; enough to find it at a place one knows."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def masked(text: str) -> str:
    """The text as messages may show it: of every word before an @, however that is spelled, the first letter alone."""
    *parts, rest = _SIGN.split(text)  # words and signs in turn
    for word in range(0, len(parts), 2):
        if found := _WORD_BACKWARDS.match(parts[word][::-1]):
            parts[word] = f"{parts[word][: -found.end()]}{found[0][-1]}…"
    return "".join((*parts, rest))


def _signs(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each @ begins and ends, however it is spelled."""
    for first, sign in _SIGNS.items():
        position = data.find(first)
        while position >= 0:
            found = sign.match(data, position)
            if found:
                yield found.span()
            position = data.find(first, position + 1)


def _before(data: bytes, sign: int) -> bytes:
    """What may belong to the address before a sign; from the quotation mark on, if a plain word stands after it.

    Then nothing before the mark counts, and the same address, in whatever document, is the same to `_address`.
    """
    start = max(0, sign - _WINDOW)
    quoted = data.rfind(b'"', start, sign)
    return data[quoted if quoted >= 0 and _PLAIN_WORD.fullmatch(data, quoted + 1, sign) else start : sign]


def _after(data: bytes, sign: int) -> bytes:
    """What may belong to the address after a sign: no quotation mark is in a domain, nor in how a letter is spelled."""
    end = data.find(b'"', sign, sign + _WINDOW)
    return data[sign : end if end >= 0 else sign + _WINDOW]


@lru_cache(maxsize=1024)
def _address(before: bytes, after: bytes) -> str:
    """The address around a sign, or nothing; the pages of a badge's awards say the same ones in the same words."""
    domain = _domain(_plain(after))
    if not domain or _IMAGE_SCALE.fullmatch(domain):
        return ""
    local = _local(_plain(before).rstrip("\\"))
    return f"{local}@{domain}".lower() if local else ""


def _domain(text: str) -> str:
    run = _DOMAIN_RUN.match(text)
    if not run:
        return ""
    written = run[0].translate(_DOTS)
    shape = written if written.isascii() else "".join(map(_shape, written))
    found = _DOMAIN.match(shape)
    return written[: found.end()] if found else ""


def _shape(character: str) -> str:
    """The character if it is a letter or digit, a letter for what may stand in a domain as well, else a space."""
    kind = category(character)
    if character.isascii() or kind[0] == "L" or kind == "Nd":
        return character
    return "é" if kind[0] == "M" or character in _IN_DOMAINS else " "


def _local(text: str) -> str:
    quoted = _QUOTED.search(text) if text.endswith('"') else None
    if quoted:
        return quoted[0]
    found = _LOCAL_BACKWARDS.match(text[::-1])
    written = found[0][::-1] if found else ""
    return "" if written.endswith("/") else written.lstrip("._+-") or written  # .../@ada is a name on a social network


def _plain(window: bytes) -> str:
    text = unquote(unescape(window.decode(errors="replace"))).translate(_UNSEEN)
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(escape: re.Match[str]) -> str:
    units, octet, punctuation = escape.groups()
    if units:
        return bytes.fromhex(units.replace("\\", "").replace("u", "")).decode("utf-16-be", errors="replace")
    return chr(int(octet, 16)) if octet else punctuation or " "
