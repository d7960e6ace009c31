"""One badge on the bench: what is put before us, how files are asked for, the moment, and what was read on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from badgesite.errors import FetchError
from badgesite.served import Fetch, Served, has_dot_segments
from badgesite.verify.badge import Badge
from badgesite.verify.report import Check, Read, Step
from badgesite.verify.words import host_of, plain

Clock = Callable[[], datetime]
_BLANK = b"\xef\xbb\xbf \t\r\n"
_NO_WORD = (b"\x89PNG\r\n\x1a\n", b"<")  # how what is neither JSON nor a token begins
_MOST = 64 * 1024 * 1024  # bytes that are kept of all files together


@dataclass(slots=True)
class Remembered:
    """A fetch that asks for each address once, whatever came of it, and remembers what was read and when.

    What it gives is the own word of the host that was asked; `anywhere` also gives what that host sends us for to
    another one.
    """

    ask: Fetch
    clock: Clock
    answers: dict[str, Served | FetchError] = field(default_factory=dict)
    reads: list[Read] = field(default_factory=list)

    def __call__(self, address: str) -> Served:
        """What a host itself serves at an address, whose fragment is left out; FetchError as the first time."""
        return own_word(self.anywhere(address), address)

    def anywhere(self, address: str) -> Served:
        """The same, also if it comes from another host: for what proves itself."""
        whole = address.partition("#")[0]
        if whole not in self.answers:
            self.answers[whole] = self._asked(whole)
        answer = self.answers[whole]
        if isinstance(answer, FetchError):
            raise answer
        return answer

    def known(self, address: str) -> Served:
        """What was read from an address already; FetchError if nothing was, without asking anybody."""
        answer = self.answers.get(address.partition("#")[0])
        return own_word(answer, address) if isinstance(answer, Served) else _never(address)

    def _asked(self, address: str) -> Served | FetchError:
        if has_dot_segments(address):
            return FetchError(address, "forbidden", "its path goes back by dots, and shows another place than it means")
        if sum(read.size for read in self.reads) > _MOST:
            return FetchError(
                address, "refused", f"more than {_MOST // 1024 // 1024} MB were read for the report already"
            )
        try:
            served = self.ask(address)
        except FetchError as error:
            return error
        self.reads.append(Read(served.address, self.clock(), len(served.data), sha256(served.data).hexdigest()))
        return served


def own_word(served: Served, asked: str) -> Served:
    """What was served, if the host that was asked gave it itself; FetchError (elsewhere) if it sent us to another.

    A redirect is no proof that a host stands behind what the other one says: many forward to wherever a link tells.
    A picture or a page speaks for nobody, and may come from anywhere.
    """
    here, there = host_of(asked), host_of(served.address)
    if here == there or served.data.lstrip(_BLANK).startswith(_NO_WORD):
        return served
    why = f"{here} sends us to {there or 'another host'} for it, so that what is there is not the word of {here}"
    raise FetchError(asked, "elsewhere", why)


def _never(address: str) -> Served:
    raise FetchError(address, "offline", "it was not asked for")


@dataclass(frozen=True, slots=True)
class Case:
    """A badge to verify; `now` is the moment for which it is asked, `email` the address that it should belong to."""

    badge: Badge
    fetch: Remembered
    now: datetime
    email: str | None = None

    @property
    def read(self) -> tuple[Read, ...]:
        """Every file that was read so far, in order."""
        return tuple(self.fetch.reads)


CODES: Mapping[Step, str] = {
    "readable": "unreadable",
    "genuine": "key",
    "issuer": "issuer",
    "hosted": "hosted",
    "dates": "dates",
    "revocation": "status",
    "schema": "schema",
    "recipient": "recipient",
    "endorsements": "endorsement",
}
"""The code of a step that failed because a file that it needs is not there."""


def unserved(step: Step, error: FetchError, what: str) -> Check:
    """The check of a step for which a file that must be there was not served; `what` names the file, as "the key".

    Nobody asked, or a host that does not answer, leaves the step unchecked. A file that its host does not have fails
    it, and so does an address that may not be asked at all, since the badge itself named it, or for which another
    host gave an answer.
    """
    address = plain(error.address, 200)
    words = f"{what} could not be read: {address}: {error.why}"
    if error.reason == "offline":
        return Check(step, "unchecked", f"{what} was not asked for: {address}: {error.why}", "offline")
    if error.reason in ("unreachable", "refused"):
        return Check(step, "unchecked", words, CODES[step], out_of_reach=True)
    return Check(step, "failed", words, CODES[step])
