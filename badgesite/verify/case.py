"""One badge on the bench: what is put before us, how files are asked for, the moment, and what was read on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from badgesite.errors import FetchError
from badgesite.served import Fetch, Served
from badgesite.verify.badge import Badge
from badgesite.verify.report import Check, Read, Step

Clock = Callable[[], datetime]
_MOST = 64 * 1024 * 1024  # bytes that are kept of all files together


@dataclass(slots=True)
class Remembered:
    """A fetch that asks for each address once, whatever came of it, and remembers what was read and when."""

    ask: Fetch
    clock: Clock
    answers: dict[str, Served | FetchError] = field(default_factory=dict)
    reads: list[Read] = field(default_factory=list)

    def __call__(self, address: str) -> Served:
        """What is served at an address, whose fragment is left out; FetchError as the first time."""
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
        return answer if isinstance(answer, Served) else _never(address)

    def _asked(self, address: str) -> Served | FetchError:
        if sum(read.size for read in self.reads) > _MOST:
            return FetchError(
                address, "refused", f"more than {_MOST // 1024 // 1024} MB were read for the report already"
            )
        try:
            served = self.ask(address)
        except FetchError as error:
            return error
        self.reads.append(Read(address, self.clock(), len(served.data), sha256(served.data).hexdigest()))
        return served


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
    it, and so does an address that may not be asked at all, since the badge itself named it.
    """
    words = f"{what} could not be read: {error.address}: {error.why}"
    if error.reason == "offline":
        return Check(step, "unchecked", f"{what} was not asked for: {error.address}: {error.why}")
    if error.reason in ("unreachable", "refused"):
        return Check(step, "unchecked", words, CODES[step], out_of_reach=True)
    return Check(step, "failed", words, CODES[step])
