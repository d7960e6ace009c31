"""What a verification found: a check for each step, in plain words, and the answer that follows from them all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Step = Literal["readable", "genuine", "issuer", "hosted", "dates", "revocation", "schema", "recipient", "endorsements"]
STEPS: tuple[Step, ...] = (
    *("readable", "genuine", "issuer", "hosted", "dates", "revocation", "schema", "recipient", "endorsements"),
)
"""Every step, in the order in which it is told."""

Outcome = Literal["passed", "failed", "unchecked"]
Answer = Literal["valid", "revoked", "expired", "early", "invalid", "unknown"]


@dataclass(frozen=True, slots=True)
class Check:
    """One step: what came out of it, and one sentence that says so in plain words, without a full stop.

    `code` is a stable word for the cause, such as `expired` or `signature`, for software that reads `--json`. A
    step that could not be taken, because a file or host that it needs does not answer, is unchecked and `out_of_reach`.
    """

    step: Step
    outcome: Outcome
    words: str
    code: str = ""
    out_of_reach: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read for the report: its address, when, its size in bytes and its SHA-256."""

    address: str
    moment: datetime
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What the badge says of itself, each text as it stands in the badge; believed only as far as the checks say.

    `form` is what was put before us, as "Open Badges 3.0, JSON with an embedded proof"; `domain` publishes the keys or
    hosts the award; `site` is the issuer's own web site.
    """

    form: str = ""
    id: str = ""
    title: str = ""
    holder: str = ""
    issuer: str = ""
    domain: str = ""
    site: str = ""
    awarded: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of one badge, in the order of STEPS, each step at most once; `name` is what a person called it."""

    name: str
    subject: Subject
    checks: tuple[Check, ...]
    read: tuple[Read, ...] = ()

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.outcome == "failed")

    @property
    def answer(self) -> Answer:
        """The one word for it all.

        What is not genuine is `invalid`, whatever its dates; a genuine badge that is revoked is that, whether or not
        it has also expired, and so is one that its issuer has replaced by a newer. `unknown` is what nothing speaks
        against, but a step that the answer needs was not taken.
        """
        codes = {check.code for check in self.failed}
        if codes - _MILD:
            return "invalid"
        for code, answer in _WORDS.items():
            if code in codes:
                return answer
        return "unknown" if self.open else "valid"

    @property
    def headline(self) -> str:
        """The answer in a line: one word or two, and unless it is valid the check that decided it."""
        answer = self.answer
        if answer == "valid":
            return "valid"
        if answer == "unknown":
            return f"not known: {self.open[0].words}"
        if answer != "invalid":
            check = next(check for check in self.failed if _WORDS.get(check.code) == answer)
            return f"{'suspended' if check.words == SUSPENDED else _HEADS[check.code]}: {check.words}"
        decisive = next(check for check in self.failed if check.code not in _MILD)
        return f"{_FAULTY.get(decisive.step, 'not valid')}: {decisive.words}"

    @property
    def open(self) -> tuple[Check, ...]:
        """The checks that the answer needs and that were not made; the recipient is one if somebody asked for it."""
        unchecked = (check for check in self.checks if check.outcome == "unchecked")
        return tuple(check for check in unchecked if check.step in _NEEDED or check.code == "recipient")

    @property
    def unasked(self) -> bool:
        """Whether the answer is unknown for no other reason than that no host was to be asked."""
        codes = {check.code for check in self.open}
        return self.answer == "unknown" and "offline" in codes and codes <= {"offline", ""}

    @property
    def out_of_reach(self) -> bool:
        """Whether a step was not taken because a file or host did not answer."""
        return any(check.out_of_reach for check in self.checks)


SUSPENDED = "its issuer has suspended it, and may let it count again"
"""What is told of a badge that is revoked only for a time."""
_WORDS: Mapping[str, Answer] = {"revoked": "revoked", "replaced": "revoked", "expired": "expired", "early": "early"}
_MILD = frozenset(_WORDS)
_HEADS = {"revoked": "revoked", "replaced": "replaced", "expired": "expired", "early": "not valid yet"}
_FAULTY: Mapping[Step, str] = {
    "readable": "not readable",
    "genuine": "not genuine",
    "recipient": "not this person's",
}
_NEEDED = frozenset(("readable", "genuine", "issuer", "dates", "revocation"))


@dataclass(slots=True)
class Findings:
    """The checks as they come, joined to one for each step: the first failure counts, else what was not checked."""

    found: dict[Step, Check] = field(default_factory=dict)

    def add(self, check: Check) -> None:
        """Take a check; of two for a step, the graver stays, and of two alike the first."""
        before = self.found.get(check.step)
        if before is None or _GRAVITY[check.outcome] > _GRAVITY[before.outcome]:
            self.found[check.step] = check

    def checks(self) -> tuple[Check, ...]:
        """One check for each step that was looked at, in the order of STEPS."""
        return tuple(self.found[step] for step in STEPS if step in self.found)


_GRAVITY: Mapping[Outcome, int] = {"passed": 0, "unchecked": 1, "failed": 2}
