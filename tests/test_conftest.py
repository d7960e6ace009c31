"""What holds the tests to this machine, seen at work."""

import socket

import pytest

from tests.conftest import PacketError


@pytest.mark.parametrize("host", ["badges.example.edu", "192.0.2.1", "10.0.0.1", "2001:db8::1"])
def test_no_test_can_ask_another_machine(host: str) -> None:
    with pytest.raises(PacketError):
        socket.getaddrinfo(host, 443)
    with socket.socket() as ours, pytest.raises(PacketError):
        ours.connect((host, 443))
