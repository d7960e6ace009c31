"""One file from another host, by https: checked before each step, and bounded in size, time and number.

A badge names addresses, and whoever made it chose them: to look into our network, to keep us waiting, or to fill our
memory. So its hosts are resolved here, each number is checked, and the connection is made to the number itself.
"""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from time import monotonic
from urllib.parse import quote, urljoin

from badgesite.errors import FetchError, Reason
from badgesite.network.connecting import Clock, Connection, Deadline, Resolve, TimeLimitError, resolve, trust
from badgesite.network.targets import Target, forbidden, is_public, target_of
from badgesite.served import Served

_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_THERE: dict[int, tuple[Reason, str]] = {
    404: ("missing", "its host has no such file (404)"),
    410: ("gone", "its host says that it is gone (410)"),
}
_PIECE = 64 * 1024
_NUMBERS = 3  # of one host are tried, one after another
_KEPT = "/?:@!$&'()*+,;=-._~%#[]"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: bytes and seconds of a file, with all its redirects; files and seconds of all together.

    `wait` is how many seconds the server may take to be connected, and then to send the next bytes.
    """

    size: int = 10 * 1024 * 1024
    wait: float = 10
    seconds: float = 20
    redirects: int = 5
    files: int = 50
    all_seconds: float = 60


class Network:
    """What may be fetched for one report. `fetch` is the `Fetch` of served.py; the rest are stubs for tests."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        clock: Clock = monotonic,
        resolver: Resolve = resolve,
        permitted: Callable[[str], bool] = is_public,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._clock, self._resolver, self._permitted, self._context = clock, resolver, permitted, context
        self._files, self._seconds = 0, 0.0

    def fetch(self, address: str) -> Served:
        """The file at an https address, after at most 5 redirects; FetchError, with its reason, if there is none."""
        target, limits = target_of(address), self._limits
        if self._files >= limits.files:
            raise FetchError(address, "refused", f"{limits.files} files were read for one report, and that is the most")
        if self._seconds >= limits.all_seconds:
            raise FetchError(
                address, "refused", f"reading for one report took more than {limits.all_seconds:g} seconds"
            )
        self._files += 1
        begin = self._clock()
        seconds = min(limits.seconds, limits.all_seconds - self._seconds)
        try:
            return self._followed(target, Deadline(self._clock, seconds, limits.wait))
        except TimeLimitError as error:
            raise FetchError(address, "refused", f"it took more than {seconds:g} seconds to read") from error
        finally:
            self._seconds += self._clock() - begin

    def _followed(self, target: Target, deadline: Deadline) -> Served:
        first = target.address
        for _ in range(self._limits.redirects + 1):
            try:
                answer = self._asked(target, deadline)
                if isinstance(answer, Served):
                    return answer
                target = target_of(answer)
            except FetchError as error:
                why = error.why if error.address == first else f"it redirects to {error.address}: {error.why}"
                raise FetchError(first, error.reason, why) from error
        raise FetchError(first, "refused", f"it redirects more than {self._limits.redirects} times")

    def _asked(self, target: Target, deadline: Deadline) -> Served | str:
        """What one server gives: the file, or the address that it redirects to."""
        try:
            connection = self._connected(target, deadline)
            try:
                connection.send(_request(target))
                response = HTTPResponse(connection, method="GET")  # type: ignore[arg-type]
                response.begin()
                return self._answer(target, response)
            finally:
                connection.close()
        except TimeoutError as error:
            deadline.require()
            why = f"its host does not answer within {self._limits.wait:g} seconds"
            raise FetchError(target.address, "unreachable", why) from error
        except ssl.SSLCertVerificationError as error:
            why = f"its host cannot prove that it is {target.host}: {error.verify_message}"
            raise FetchError(target.address, "unreachable", why) from error
        except (OSError, HTTPException, ValueError) as error:
            raise FetchError(target.address, "unreachable", f"its host cannot be read: {_words(error)}") from error

    def _connected(self, target: Target, deadline: Deadline) -> Connection:
        """A connection to the first number of the host that answers; every number has to be permitted."""
        numbers = self._resolver(target.host, target.port, deadline.left)
        if not numbers:
            raise FetchError(target.address, "unreachable", "its host is unknown")
        if astray := [number for number in numbers if not self._permitted(number)]:
            raise forbidden(target.address, f"its host is {astray[0]}, which is not on the public Internet")
        context, failed = self._context or trust(), OSError()
        for number in numbers[:_NUMBERS]:
            try:
                return Connection(number, target.port, target.host, context, deadline)
            except OSError as error:
                failed = error
        raise failed

    def _answer(self, target: Target, response: HTTPResponse) -> Served | str:
        if response.status in _REDIRECTS:
            place = response.getheader("Location")
            if not place:
                raise FetchError(target.address, "unreachable", "it redirects, and does not say where to")
            return urljoin(target.address, quote(place, safe=_KEPT, encoding="latin-1"))
        if response.status in _NOT_THERE:
            raise FetchError(target.address, *_NOT_THERE[response.status])
        if response.status != 200:
            raise FetchError(target.address, "unreachable", f"its host answers {response.status}, and no file")
        coding = response.getheader("Content-Encoding", "identity")
        if coding.strip().lower() not in ("", "identity"):
            raise FetchError(target.address, "refused", "it is sent packed, which was not asked for")
        kind = response.getheader("Content-Type", "").partition(";")[0].strip().lower()
        return Served(target.address, self._body(target, response), kind)

    def _body(self, target: Target, response: HTTPResponse) -> bytes:
        """All of the file, in pieces, so that no more than the limit is ever held."""
        size, expected = self._limits.size, response.length
        pieces, read = [], 0
        while (expected or 0) <= size and read <= size and (piece := response.read(min(_PIECE, size + 1 - read))):
            pieces.append(piece)
            read += len(piece)
        if (expected or 0) > size or read > size:
            raise FetchError(target.address, "refused", f"it is larger than {_megabytes(size)}")
        if expected is not None and read < expected:
            raise FetchError(target.address, "unreachable", "its host stopped in the middle of the file")
        return b"".join(pieces)


def _request(target: Target) -> bytes:
    """Nothing in it tells who asks: no cookies, no credentials, nothing from the environment."""
    lines = (
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        "User-Agent: badgesite",
        "Accept: application/ld+json, application/json;q=0.9, */*;q=0.8",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _words(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return "no encrypted connection can be made"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return "what it sends is not HTTP"


def _megabytes(size: int) -> str:
    return f"{size // 1024 // 1024} MB" if size >= 1024 * 1024 else f"{size} bytes"
