import socket
from itertools import count
from threading import Event

import pytest

from badgesite.network.connecting import Deadline, TimeLimitError, resolve


def test_each_wait_is_as_long_as_allowed_and_never_beyond_the_deadline() -> None:
    ticks = count(100.0, 4.0)
    deadline = Deadline(lambda: next(ticks), seconds=20, wait=10)
    assert [deadline.left for _ in range(4)] == [10, 10, 8, 4]
    with pytest.raises(TimeLimitError):
        assert deadline.left
    with pytest.raises(TimeLimitError):
        deadline.require()


def test_a_host_has_the_numbers_that_the_system_knows_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(socket.AF_INET6, 1, 6, "", ("::1", 443, 0, 0)), (socket.AF_INET, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **kind: entries * 2)
    assert resolve("x.example", 443, 10) == ("::1", "127.0.0.1")


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_a_host_that_nobody_knows_is_an_error_of_the_system(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def unknown(host: str, port: int, **kind: object) -> object:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(OSError, match=r"Name or service|label"):
        resolve("x.example", 443, 10)


def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **kind: [answered.wait()][1:])
    with pytest.raises(TimeoutError, match=r"no answer within 0\.01 seconds"):
        resolve("x.example", 443, 0.01)
    answered.set()
