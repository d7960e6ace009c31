"""How checks speak of what strangers wrote: in one line, of bounded length, with nothing that a terminal obeys."""

import re
from datetime import UTC, datetime
from unicodedata import category
from urllib.parse import unquote, urlsplit

_LONG = 120
_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""What turns the direction of the text around it, or is not seen at all."""
_DID_WEB = "did:web:"
_PORTS = {"https": 443, "http": 80}
_HOST_IN = re.compile(r"(?<=://)[^\s/?#]+")


_NAME = 80
_ALIKE = frozenset('"`´„‚＂〝〞〟ʺ˝″‶❝❞❠⹂')
"""What passes for a quotation mark, beside those that Unicode calls so."""


def plain(value: object, most: int = _LONG) -> str:
    """A stranger's text in one line of at most `most` characters; "" if it is none."""
    if not isinstance(value, str):
        return ""
    line = " ".join("".join(_shown(each) for each in value[: 4 * most]).split())
    if "://" in line and not line.isascii():
        line = _HOST_IN.sub(lambda found: _in_ascii(found[0]), line)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def quoted(value: object, most: int = _NAME) -> str:
    """A stranger's name between quotation marks, out of which it cannot break; "" if it is none."""
    name = "".join("'" if _is_quotation_mark(each) else each for each in plain(value, most))
    return f"“{name}”" if name else ""


def _is_quotation_mark(character: str) -> bool:
    return character in _ALIKE or category(character) in ("Pi", "Pf")


def _shown(character: str) -> str:
    if character in _MARKS:
        return ""
    return character if character.isprintable() else " "


def host_of(address: object) -> str:
    """The host behind a web address or a did:web, as it is looked up, so that no letter passes for another; "" if none.

    In lower case, and with its port if that is not the one of its scheme: behind another port is another server.
    """
    text = address if isinstance(address, str) else ""
    if text.startswith(_DID_WEB):
        text = f"https://{unquote(text.removeprefix(_DID_WEB).partition('#')[0].partition(':')[0])}"
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return ""
    host = _in_ascii(parts.hostname or "") if parts.scheme in _PORTS else ""
    host = f"[{host}]" if ":" in host else host
    return host if not host or port == _PORTS[parts.scheme] else f"{host}:{port}"


def _in_ascii(host: str) -> str:
    """A host's name as it is looked up (RFC 3490): `xn--` and so on for letters beyond English ones."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # nobody could be asked there
        return host.encode("ascii", "backslashreplace").decode()


def day_of(moment: datetime) -> str:
    """The day of a moment in UTC, as 2023-07-14."""
    return moment.astimezone(UTC).date().isoformat()


def whose(domain: str, does: str, name: object, site: object) -> str:
    """Who is behind a badge: first the domain and what it does, then what the issuer calls itself and its web site.

    There is no list of who may register a name below which, so it is only said how the two hosts stand to each other.
    """
    named = quoted(name)
    itself = f"the issuer calls itself {named}" if named else "the issuer gives no name"
    return f"{domain} {does}; {itself} and {_site(domain, host_of(site))}"


def _site(domain: str, site: str) -> str:
    if not site:
        return "names no web site"
    own, other = _bare(site), _bare(domain)
    if site == domain:
        return "names a web site at that same host"
    if own == other:
        return f"names a web site at {site}, which is the same name"
    if domain.endswith(f".{own}"):
        return f"names a web site at {site}; {domain} is a name below {own}"
    if site.endswith(f".{other}"):
        return f"names a web site at {site}, a name below {other}"
    return f"names a web site at {site}, which is another host: nothing here shows that both are in the same hands"


def is_beside(one: str, other: str) -> bool:
    """Whether two hosts are the same, or one is a name below the other."""
    first, second = _bare(one), _bare(other)
    return first == second or one.endswith(f".{second}") or other.endswith(f".{first}")


def _bare(host: str) -> str:
    """The host without a leading `www.`, which is by custom the same site."""
    rest = host.removeprefix("www.")
    return rest if "." in rest else host
