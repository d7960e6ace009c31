"""What all tests share: no packet leaves the machine; hypothesis takes its time, in CI for the same examples."""

import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("badgesite", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("badgesite")


class PacketError(AssertionError):
    """A test, or what it tests, wanted to send a packet off this machine."""


def _stays_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_packet_leaves_the_machine() -> Iterator[None]:
    """Fail what looks up a name or connects anywhere but here."""
    found, connected = socket.getaddrinfo, socket.socket.connect

    def getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:
        if not _stays_here(host):
            raise PacketError(f"the name {host!r} was to be looked up")
        return found(host, *arguments, **named)

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not _stays_here(address[0]):
            raise PacketError(f"{address!r} was to be connected to")
        connected(self, address)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", getaddrinfo)
        patched.setattr(socket.socket, "connect", connect)
        yield
