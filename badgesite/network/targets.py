"""Which addresses may be asked: https to a host on the public Internet, and no other."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit

from badgesite.errors import FetchError

_LONGEST, _LONGEST_HOST = 4096, 253
_ASTRAY = re.compile(r"[\s\x00-\x20\x7f-\xa0\ud800-\udfff\\<>]")
_KEPT = "/?:@!$&'()*+,;=-._~%"  # what stays as it is in the path and query of a request
_SHOWN = 200

_CLOSED = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
            *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
            *("2001::/23", "2001:db8::/32", "3fff::/20"),
        ),
    )
)
"""What is not on the public Internet (IANA's special-purpose registries), and one host's name for its own cloud."""
_OPEN_6 = ip_network("2000::/3")  # all that IPv6 has for the public so far
_TRANSLATED, _TUNNELLED = ip_network("64:ff9b::/96"), ip_network("2002::/16")  # an IPv4 address stands in these


@dataclass(frozen=True, slots=True)
class Target:
    """Where to ask for an address: its host and port, and the path and query of the request."""

    address: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as a request names it (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == 443 else f"{host}:{self.port}"


def target_of(address: str) -> Target:
    """Where to ask for an address; its fragment is left out. FetchError (forbidden) for one that is never asked."""
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError as error:
        raise forbidden(address, "this is no address") from error
    if len(address) > _LONGEST or _ASTRAY.search(address) or not parts.netloc or not parts.hostname:
        raise forbidden(address, "this is no address" if parts.scheme in ("", "https") else _not_https(parts))
    if parts.scheme != "https":
        raise forbidden(address, _not_https(parts))
    if "@" in parts.netloc:
        raise forbidden(address, "a name or password stands before the host, and none is ever sent")
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Target(address.partition("#")[0], _ascii(parts.hostname, address), port, path)


def is_public(number: str) -> bool:
    """Whether an IP address is on the public Internet: not private, local, reserved, nor for several receivers.

    What translates or tunnels to an IPv4 address is as public as that one.
    """
    try:
        found = ip_address(number)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = _inner(found)
        if inner is None:
            return found.scope_id is None and found in _OPEN_6 and not _is_closed(found)
        found = inner
    return not _is_closed(found)


def forbidden(address: str, why: str) -> FetchError:
    """The error for an address that is never asked; what of it a terminal would not show as it is, is escaped."""
    shown = "".join(each if each.isprintable() else ascii(each)[1:-1] for each in address[:_SHOWN])
    return FetchError(shown, "forbidden", why)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour if address in _TUNNELLED else None


def _is_closed(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _CLOSED)


def _not_https(parts: SplitResult) -> str:
    return f"only https is asked, not {ascii(parts.scheme[:20])[1:-1]}"


def _ascii(host: str, address: str) -> str:
    """A host's name as it is looked up (RFC 3490)."""
    try:
        if len(host) <= _LONGEST_HOST:
            return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise forbidden(address, "its host is no name of a host") from error
    raise forbidden(address, "its host is no name of a host")
