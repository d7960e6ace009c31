"""Every award of a built site, verified as a stranger would, and held against what else the site says of it.

An expired or revoked award is no fault of a site that says so everywhere; it is one if the assertion, the credential,
its token, the lists and the pictures do not agree.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from badgesite.crew import worked
from badgesite.crypto.strict_json import read_object
from badgesite.errors import FormatError
from badgesite.standards.baking import unbake
from badgesite.standards.ob2_properties import values_of
from badgesite.verify.badge import Badge, UnreadableError, read_badges
from badgesite.verify.credentials.claims import credential_of
from badgesite.verify.report import Answer, Report
from badgesite.verify.sites.folder import Folder
from badgesite.verify.verifying import verify

State = Literal["valid", "expired", "revoked", "erased", "wrong"]
STATES: tuple[State, ...] = ("valid", "expired", "revoked", "erased", "wrong")
ASSERTION, CREDENTIAL, TOKEN = "assertion.json", "credential.json", "credential.jwt"
_OF_OB3 = (CREDENTIAL, TOKEN)
_PICTURES = ("badge.png", "badge.svg")
_FINE: Mapping[Answer, State] = {"valid": "valid", "expired": "expired", "revoked": "revoked"}
PIECE = 10  # awards that a process takes in one go
WORTH_A_PROCESS = 20  # awards; a process takes about as long to begin


@dataclass(frozen=True, slots=True)
class Verdict:
    """An award: how it stands, and everything that is wrong with it, as `awards/<id>/credential.json: ...`."""

    award: str
    state: State
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be verified, and for which moment; the standards that the site publishes, and what it has `revoked`.

    `revoked` are the ids in the issuers' lists of revocations (Open Badges 2.0).
    """

    folder: Folder
    now: datetime
    standards: frozenset[str]
    revoked: frozenset[str]


def order_of(folder: Folder, now: datetime) -> Order:
    """The order to verify all of a site."""
    standards, revoked = set(), set[str]()
    for issuer in folder.issuers():
        standards |= {"ob2"} if folder.read(f"issuers/{issuer}/issuer.json") else set()
        standards |= {"ob3"} if folder.read(f"issuers/{issuer}/did.json") else set()
        revoked |= set(_named(folder.read(f"issuers/{issuer}/revocations.json")))
    return Order(folder, now, frozenset(standards), frozenset(revoked))


def verdicts(order: Order, jobs: int) -> Iterator[Verdict]:
    """Every award of the site, in order, verified in at most `jobs` processes."""
    awards = order.folder.awards()
    workers = min(jobs, len(awards) // WORTH_A_PROCESS)
    for _, verdict in worked(partial(_verdicts, order), awards, workers, PIECE):
        yield verdict


def counts(found: Iterator[Verdict] | Sequence[Verdict]) -> dict[State, int]:
    """How many awards are in each state, of those states in which there are any, in the order of STATES."""
    counted = Counter(verdict.state for verdict in found)
    return {state: counted[state] for state in STATES if counted[state]}


def lost_awards(order: Order) -> Iterator[str]:
    """What lists of revocations name and the site has no longer; an award that was published stays, as a stub."""
    prefix = f"{order.folder.base}awards/"
    for name in sorted(order.revoked):
        award = name.removeprefix(prefix).partition("/")[0]
        if name.startswith(prefix) and order.folder.read(f"awards/{award}/{ASSERTION}") is None:
            yield f"awards/{award}/{ASSERTION}: a list of revocations names it, and it is not there"


def _named(data: bytes | None) -> Iterator[str]:
    try:
        entries = values_of(read_object(data or b"{}"), "revokedAssertions")
    except FormatError:
        return  # told with every award of the issuer
    for each in entries:
        name = each.get("id") if isinstance(each, Mapping) else each
        if isinstance(name, str):
            yield name


def _verdicts(order: Order, awards: Sequence[str]) -> list[Verdict]:
    return [_Award(order, award).verdict() for award in awards]


class _Award:
    """One award's folder, as it is looked through."""

    def __init__(self, order: Order, award: str) -> None:
        self.order, self.award = order, award
        self.faults: list[str] = []
        self.badges: dict[str, Badge] = {}
        self.answers: dict[str, Answer] = {}

    def verdict(self) -> Verdict:
        """How the award stands, and everything that is wrong with it."""
        for name in (ASSERTION, *_OF_OB3):
            self.look_at(name)
        erased = self.is_erased()
        state = self.state()
        if self.read("index.html") is None:
            self.fault("index.html", "the award has no page")
        self.require_listed()
        if not erased:
            self.require_documents()
            self.compare(state)
        if self.faults:
            return Verdict(self.award, "wrong", tuple(self.faults))
        return Verdict(self.award, "erased" if erased else state)

    def fault(self, name: str, what: str) -> None:
        self.faults.append(f"awards/{self.award}/{name}: {what}")

    def read(self, name: str) -> bytes | None:
        return self.order.folder.read(f"awards/{self.award}/{name}")

    def look_at(self, name: str) -> None:
        """Verify a document, if it is there."""
        data, address = self.read(name), f"{self.order.folder.base}awards/{self.award}/{name}"
        if data is None:
            return
        try:
            (self.badges[name],) = read_badges(data, address)
        except UnreadableError as error:
            self.fault(name, str(error))
            return
        report = self.report(self.badges[name])
        if name == ASSERTION and self.badges[name].id != address:
            self.fault(name, f"its id is not its address, {address}")
        if report.answer in _FINE:
            self.answers[name] = report.answer
        else:
            self.fault(name, report.headline)

    def report(self, badge: Badge) -> Report:
        return verify(badge, fetch=self.order.folder.fetch, now=self.order.now)

    def state(self) -> State:
        """The one state in which all documents are; a fault if they are in several."""
        states = {_FINE[answer] for answer in self.answers.values()}
        if len(states) > 1:
            said = ", ".join(f"{name} is {_FINE[answer]}" for name, answer in self.answers.items())
            self.fault("", f"the site contradicts itself: {said}")
        return next(iter(states), "wrong")

    def is_erased(self) -> bool:
        """Whether only a stub without a reason is left, which is what erasing leaves."""
        stub = self.badges.get(ASSERTION)
        gone = not any(self.read(name) for name in (*_OF_OB3, *_PICTURES))
        return bool(
            stub and gone and stub.document.get("revoked") is True and not stub.document.get("revocationReason")
        )

    def require_documents(self) -> None:
        """Each standard that the site publishes has its documents for each award."""
        wanted = [ASSERTION] * ("ob2" in self.order.standards) + [*_OF_OB3] * ("ob3" in self.order.standards)
        for name in wanted:
            if self.read(name) is None:
                self.fault(name, "it is not there")

    def require_listed(self) -> None:
        """A stub is in its issuer's list, and nothing else is."""
        stub = self.badges.get(ASSERTION)
        if stub and stub.document.get("revoked") is True and stub.id not in self.order.revoked:
            self.fault(ASSERTION, "it is a stub, and no list of revocations names it")
        if stub and stub.document.get("revoked") is not True and stub.id in self.order.revoked:
            self.fault(ASSERTION, "a list of revocations names it, and it is not a stub")

    def compare(self, state: State) -> None:
        """The token and the pictures say what the documents say, and the pictures of a revoked award say nothing."""
        credential, token = self.badges.get(CREDENTIAL), self.badges.get(TOKEN)
        if credential and token and token.token and credential_of(token.token) != _unproved(credential.document):
            self.fault(TOKEN, f"it is not the credential of {CREDENTIAL}")
        for name in _PICTURES:
            data = self.read(name)
            if data is None:
                if name == "badge.png":
                    self.fault(name, "it is not there")
                continue
            self.compare_picture(name, data, state)

    def compare_picture(self, name: str, data: bytes, state: State) -> None:
        try:
            payloads = {payload.standard: payload.text for payload in unbake(data)}
        except FormatError as error:
            self.fault(name, str(error))
            return
        if state == "revoked":
            if payloads:
                self.fault(name, "the award is revoked, and its picture still carries it")
            return
        wanted = self.order.standards if name == "badge.png" else frozenset(payloads)
        if not payloads or set(payloads) != wanted:
            self.fault(name, "the picture does not carry the award in every standard of the site")
        for standard, text in payloads.items():
            document = ASSERTION if standard == "ob2" else CREDENTIAL
            if not _same(text, self.read(document)):
                self.fault(name, f"the picture carries something else than {document}")


def _unproved(document: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in document.items() if name != "proof"}


def _same(text: str, data: bytes | None) -> bool:
    """Whether a picture's text is that of a file; how a character is escaped is no difference."""
    if data is None:
        return False
    if text.encode("utf-8", "replace").strip() == data.strip():
        return True
    try:
        return read_object(text.encode("utf-8", "replace")) == read_object(data)
    except FormatError:
        return False
