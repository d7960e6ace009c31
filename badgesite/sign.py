"""The story of `sign`: credentials for what is recorded, and the status lists that say which of them count.

The one story with a private key. Everything is signed and verified first, and then put in place as one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from badgesite.content.advice.unwritten import refuse_unwritten
from badgesite.content.permanence import locks
from badgesite.content.reading import Reading, later_than, read_or_raise
from badgesite.content.records import desk
from badgesite.content.signed import credential_files, status_files, writing
from badgesite.content.signed.journal import Outcome
from badgesite.content.signed.lines import age_of
from badgesite.crypto.jwt import sign_jwt, verify_jwt
from badgesite.crypto.key_files.members import moment_text
from badgesite.crypto.private_keys import Pair
from badgesite.crypto.proofs import sign_document
from badgesite.crypto.public_keys import KeyRing, read_keys
from badgesite.errors import (
    ContentError,
    FormatError,
    KeyFileError,
    OutputError,
    PermanenceError,
    Problem,
    SignatureError,
    UsageError,
)
from badgesite.hashing import Hash, hash_of, hashes
from badgesite.issued.due import Due, due, withdrawn_problems
from badgesite.issued.lost import lost_keys
from badgesite.issued.proposal import Proposal
from badgesite.issued.unsignable import faults_of, problem_of
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Signed
from badgesite.plan import Plan, plan_of_batch
from badgesite.standards import ob3, status

Advance = Callable[[int], None]
MANY = 200  # credentials; so many take about a second
Progress = Callable[[str, int], AbstractContextManager[Advance]]
_Files = dict[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A site as it is recorded and signed, its public keys, and what is due.

    `finished` says what became of the files of an earlier run that was cut off while it put them in place.
    """

    root: Path
    reading: Reading
    catalogue: Catalogue
    keys: KeyRing
    due: Due
    warnings: tuple[Problem, ...] = ()
    finished: Outcome = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """With what to sign: a pair of keys by issuer, the moment, and at most so many processes."""

    pairs: Mapping[str, Pair]
    now: datetime
    jobs: int
    progress: Progress


@contextmanager
def opened(root: Path, now: datetime, *, writes: bool) -> Iterator[Ledger]:
    """The site in `root`, this run's alone if it `writes`; then what a run that was cut off had begun is finished.

    What a merge left in generated files is read as both sides. UsageError for a site that is not signed at all;
    ContentError, PermanenceError or KeyFileError if something else has to be mended first.
    """
    with ExitStack() as held:
        if writes:
            held.enter_context(desk.alone_at(root))
        finished = writing.finish(root) if writes else ""
        reading = read_or_raise(root, conflicts=True)
        if reading.catalogue is None:
            raise ContentError(problems=reading.problems)
        if broken := locks.compare(root, reading, conflicts=True).broken:
            raise PermanenceError(problems=broken)
        refuse_unsigned(reading.catalogue)
        refuse_clock(reading.catalogue, now)
        if later := later_than(reading, now.date()):
            raise ContentError(problems=later)
        refuse_unwritten(root, reading.catalogue, reading.places)
        keys, faults = read_keys(root)
        if errors := [fault for fault in faults if fault.severity == "error"]:
            raise KeyFileError(problems=errors)
        if lost := tuple(lost_keys(reading.catalogue, keys)):
            raise KeyFileError(problems=lost)
        found = due(reading, keys)
        if found.withdrawn:
            raise PermanenceError(problems=withdrawn_problems(reading, found))
        yield Ledger(root, reading, reading.catalogue, keys, found, faults, finished)


def refuse_unsigned(catalogue: Catalogue) -> None:
    """UsageError for a rehearsal, and for a site that does not publish Open Badges 3.0."""
    if catalogue.site.rehearsal:
        raise UsageError("a rehearsal is not signed; set base_url in content/site.yaml first")
    if not catalogue.site.signs:
        raise UsageError("a site without Open Badges 3.0 is not signed; write publish: [ob2, ob3] in content/site.yaml")


def refuse_clock(catalogue: Catalogue, now: datetime) -> None:
    """OutputError if something was signed more than a day after `now`: what is signed next would seem the earlier."""
    texts = [signed.text for signed in (*catalogue.credentials.values(), *catalogue.status_lists.values())]
    last = max((age_of(text)[0].decode() for text in texts), default="")
    if last > moment_text(now + timedelta(days=1)):
        what = f"this machine's clock says {moment_text(now)}, and something was signed on {last}"
        raise OutputError(f"{what}; set the clock")


def issue(ledger: Ledger, proposal: Proposal, signing: Signing) -> tuple[str, ...]:
    """Sign what is proposed, and put it in place with lock lines; gives the paths that were written.

    ContentError for content that would not be signed as it reads; whatever is raised, no file has changed. Files in
    which a merge left both sides are written as one, also if nothing is to be signed.
    """
    catalogue = ledger.catalogue
    credentials = _credentials(ledger, proposal, signing)
    lists = {
        (proposal.register.lists[name].issuer, name): _status_list(catalogue, proposal, signing, name)
        for name in proposal.lists
    }
    revoked = {award.id for _, award in catalogue.each_award() if award.revoked}
    after = replace(
        catalogue,
        credentials={**catalogue.credentials, **credentials},
        status_lists={**catalogue.status_lists, **lists},
        revoked_bits=catalogue.revoked_bits.union(revoked),
    )
    return writing.write_signed(ledger.root, _files(ledger, after, credentials.keys(), lists.keys()))


def _credentials(ledger: Ledger, proposal: Proposal, signing: Signing) -> dict[str, Signed]:
    """The new credentials by award."""
    catalogue = ledger.catalogue
    wanted = [(batch, award) for batch, award in catalogue.each_award() if award.id in proposal.places]
    documents = (_credential(catalogue, proposal, signing, batch, award) for batch, award in wanted)
    hashed = hashes(documents, len(wanted), signing.jobs)
    made: dict[str, Signed] = {}
    problems: set[Problem] = set()
    watched = signing.progress("signing", len(wanted)) if len(wanted) >= MANY else nullcontext(_nobody)
    with watched as advance:
        for (batch, award), (document, digest) in zip(wanted, hashed, strict=True):
            faults = [str(digest)] if isinstance(digest, FormatError) else list(faults_of(document, catalogue))
            problems.update(problem_of(ledger.reading, catalogue, batch, award, fault) for fault in faults)
            if not problems:
                plan, issuer = plan_of_batch(catalogue, batch.slug), catalogue.badges[batch.badge].issuer
                made[award.id] = _signed(signing, plan, issuer, document, digest)
            advance(1)
    if problems:
        raise ContentError(problems=problems)
    return made


def _nobody(done: int) -> None:
    """Who watches what is over at once."""


def _credential(
    catalogue: Catalogue, proposal: Proposal, signing: Signing, batch: Batch, award: Award
) -> dict[str, object]:
    """A credential without its proof.

    The first of an award is valid from its day, a later one from now on, unless it has expired by now.
    """
    name, index = proposal.places[award.id]
    plan = plan_of_batch(catalogue, batch.slug)
    entry = status.entry(plan, proposal.register.lists[name].issuer, name, index)
    expires = catalogue.expires(batch, award)
    later = award.id in proposal.replaced and not (expires and expires < signing.now.date())
    start = moment_text(signing.now) if later else f"{batch.date}T00:00:00Z"
    return ob3.credential(catalogue, plan, batch, award, status=entry, valid_from=start)


def _status_list(catalogue: Catalogue, proposal: Proposal, signing: Signing, name: str) -> Signed:
    found = proposal.register.lists[name]
    bits = status.bits_with(found.size, proposal.register.bits(name))
    plan = plan_of_batch(catalogue, found.batch)
    document = status.status_list(plan, found.issuer, name, bits, moment_text(signing.now))
    return _signed(signing, plan, found.issuer, document, hash_of(document))


def _signed(signing: Signing, plan: Plan, issuer: str, document: Mapping[str, object], digest: Hash) -> Signed:
    """A document with both its signatures, each verified with the public half; FormatError if it cannot be signed."""
    if isinstance(digest, FormatError):
        raise digest
    pair, did = signing.pairs[issuer], plan.did(issuer)
    method, kid = pair.ed25519.public.method(did), pair.p256.public.method(did)
    text = ob3.compact(sign_document(document, pair.ed25519, method, moment_text(signing.now), digest))
    signature = sign_jwt(text, kid, pair.p256)
    if not verify_jwt(text, kid, signature, pair.p256.public.raw):
        raise SignatureError(f"what {pair.p256.public.path} signed does not verify; nothing was written")
    return Signed(text, kid, signature)


def _files(ledger: Ledger, after: Catalogue, awards: Collection[str], lists: Collection[tuple[str, str]]) -> _Files:
    """Credentials of the batches with new ones, status lists, whatever a merge left both sides of, and lock files."""
    files = writing.settled(ledger.root, after, ledger.reading.merged)
    batches = [batch for batch in after.batches.values() if any(award.id in awards for award in batch.awards)]
    signed = {batch.path: [after.credentials[award.id] for award in batch.awards] for batch in batches}
    files |= credential_files.changes(ledger.root, signed)
    for issuer, name in lists:
        files[status_files.path_of(issuer, name)] = status_files.file_text(after.status_lists[issuer, name])
    return files | locks.files_missing(ledger.root, after, places=ledger.reading.places)
