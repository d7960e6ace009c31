"""An encrypted connection to one number that was checked; it ends in time, whatever the server does."""

import socket
import ssl
from collections.abc import Callable
from functools import cache
from io import BufferedReader, RawIOBase
from threading import Thread
from typing import Any

Clock = Callable[[], float]
"""Seconds that only grow."""
Resolve = Callable[[str, int, float], tuple[str, ...]]
"""The IP addresses of a host, found within some seconds; OSError if it has none."""


class Deadline:
    """A moment after which nothing is waited for; each wait may be shorter than what is left."""

    def __init__(self, clock: Clock, seconds: float, wait: float) -> None:
        self._clock, self._end, self._wait = clock, clock() + seconds, wait

    @property
    def left(self) -> float:
        """The seconds to wait for the next thing at most; TimeLimitError if there is no time left."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimeLimitError
        return min(left, self._wait)

    def require(self) -> None:
        """TimeLimitError if there is no time left."""
        if self._clock() >= self._end:
            raise TimeLimitError


class TimeLimitError(Exception):
    """The deadline has passed."""


def resolve(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """The IP addresses of a host as the system finds them, in its order; OSError if there are none in time.

    The system cannot be stopped from looking on, so it is asked by a thread of its own, which nobody waits for.
    """
    found: list[tuple[str, ...] | OSError] = []
    asking = Thread(target=_ask, args=(host, port, found), daemon=True)
    asking.start()
    asking.join(seconds)
    answer = found[0] if found else TimeoutError(f"no answer within {seconds:g} seconds")
    if isinstance(answer, OSError):
        raise answer
    return answer


def _ask(host: str, port: int, found: list[tuple[str, ...] | OSError]) -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found.append(tuple(dict.fromkeys(str(entry[4][0]) for entry in entries)))
    except OSError as error:
        found.append(error)
    except UnicodeError as error:
        found.append(OSError(str(error)))


@cache
def trust() -> ssl.SSLContext:
    """The certificates that this system trusts."""
    return ssl.create_default_context()


class Connection:
    """An encrypted connection to the IP address `number`, whose certificate is that of `host`.

    Nothing is looked up again, so that nobody can answer one number to the check and another to the connection.
    """

    def __init__(self, number: str, port: int, host: str, context: ssl.SSLContext, deadline: Deadline) -> None:
        plain = socket.create_connection((number, port), deadline.left)
        try:
            plain.settimeout(deadline.left)
            self._socket = context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
        self._deadline = deadline

    def send(self, data: bytes) -> None:
        """Send all of a request."""
        self._socket.settimeout(self._deadline.left)
        self._socket.sendall(data)

    def makefile(self, mode: str) -> BufferedReader:
        """What comes, as a file, which http.client reads: each wait for more ends at the deadline."""
        return BufferedReader(_Incoming(self._socket, self._deadline))

    def close(self) -> None:
        """End it, without waiting for the other side."""
        self._socket.close()


class _Incoming(RawIOBase):
    """The bytes from a socket."""

    def __init__(self, source: socket.socket, deadline: Deadline) -> None:
        self._source, self._deadline = source, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._source.settimeout(self._deadline.left)
        return self._source.recv_into(buffer)
