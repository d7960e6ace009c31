"""Things shaped like e-mail addresses, in content as it is written and in files as they are published.

The two must agree, so HTML entities, JSON and YAML escapes and percent signs are seen through.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

_SIGNS = (b"@", b"&#64;", b"&#x40;", b"%40")
_BEFORE, _AFTER = 200, 300  # an address has at most 64 characters before the sign and 255 after it
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_LOCAL_BACKWARDS = re.compile(r"[\w.+-]+")
_IMAGE_SCALE = re.compile(r"[0-9]x\.")  # logo@2x.png
_DOMAIN = re.compile(r"(?:[^\W_](?:[^\W_]|-)*\.)+(?:xn--[a-z0-9-]+|[^\W\d_]{2,})", re.IGNORECASE)


def addresses_in(data: bytes) -> Iterator[str]:
    """Everything shaped like an e-mail address in UTF-8 text, in lower case, as often as it occurs.

    `@context`, `@media`, `https://social.example/@ada` and `logo@2x.png` are not.
    """
    for sign in _SIGNS:
        position = data.find(sign)
        while position >= 0:
            end = position + len(sign)
            address = _address(data[max(0, position - _BEFORE) : position], data[end : end + _AFTER])
            if address:
                yield address
            position = data.find(sign, end)


def _address(before: bytes, after: bytes) -> str:
    domain = _DOMAIN.match(_plain(after))
    if not domain or _IMAGE_SCALE.match(domain[0]):
        return ""
    local = _LOCAL_BACKWARDS.match(_plain(before)[::-1])
    name = local[0][::-1].lstrip("._+-") if local else ""
    return f"{name}@{domain[0]}".lower() if name else ""


def _plain(window: bytes) -> str:
    return _ESCAPE.sub(" ", unquote(unescape(window.decode(errors="replace"))))
