"""How a site stands before it is published: its keys, and which awards are not signed as they are recorded."""

from dataclasses import dataclass
from pathlib import Path

from badgesite.content.reading import Reading
from badgesite.content.signed.lines import entry_of
from badgesite.crypto.key_files.folder import FOLDER
from badgesite.crypto.public_keys import KeyRing, read_keys
from badgesite.errors import KeyFileError, PermanenceError, Place, Problem, SignatureError, UsageError
from badgesite.issued.due import Due, due, forged_problems, problems, shared_problems, withdrawn_problems
from badgesite.issued.lost import lost_keys
from badgesite.model.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Standing:
    """The public keys, and what stands against publishing: `faults` of their files, and what is `due`.

    `warnings` are about keys/ too; `not_issued` are the awards (ids) that can be shown only as drafts. `broken` are
    awards that would no longer be revoked, `lists` the status lists (names) that are due.
    """

    keys: KeyRing
    faults: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    due: tuple[Problem, ...] = ()
    not_issued: frozenset[str] = frozenset()
    broken: tuple[Problem, ...] = ()
    lists: frozenset[str] = frozenset()


def standing(root: Path, reading: Reading, *, compared: bool = True) -> Standing:
    """How the site in `root` stands; a site that does not sign has nothing that stands against it.

    Unless `compared`, what a record says otherwise than its credential is found only if something else is due: whoever
    makes the awards finds it (genuine.py).
    """
    if reading.catalogue is None or not reading.catalogue.site.signs:
        return Standing(KeyRing())
    keys, told = read_keys(root)
    faults = tuple(problem for problem in told if problem.severity == "error")
    without = _without_keys(reading.catalogue, keys)
    warnings = (*(problem for problem in told if problem.severity == "warning"), *without)
    if stops := faults or tuple(lost_keys(reading.catalogue, keys)):  # from which all else would follow
        return Standing(keys, stops, warnings, (), frozenset(reading.catalogue.credentials))
    found = due(reading, keys, compared=compared)
    if not compared and (any(problems(reading, found)) or found.burnt):
        found = due(reading, keys)
    broken = (*withdrawn_problems(reading, found), *shared_problems(reading, found))
    told = tuple(problems(reading, found))
    return Standing(keys, faults, warnings, told, _not_issued(found), broken, frozenset(found.lists))


def _without_keys(catalogue: Catalogue, keys: KeyRing) -> list[Problem]:
    """Warnings of issuers of badges who have no public key, and never had one: nothing that is theirs was signed."""
    without = []
    signed = {award for award in (*catalogue.credentials, *catalogue.locked) if award not in catalogue.erased}
    had = {catalogue.badges[batch.badge].issuer for batch, award in catalogue.each_award() if award.id in signed}
    for issuer in {badge.issuer for badge in catalogue.badges.values()} - had:
        if not keys.of(issuer):
            mend = f"make a pair before the first award is signed: `badgesite keys new {issuer}`"
            what = f'the issuer "{issuer}" has no key yet'
            without.append(Problem(Place(f"{FOLDER}/{issuer}"), what, mend, "warning"))
    return without


def fit_to_publish(root: Path, reading: Reading, *, drafts: bool) -> Standing:
    """As `standing`; KeyFileError or, without `drafts`, SignatureError, with every problem that stands against it.

    PermanenceError for awards that would no longer be revoked.
    """
    found = standing(root, reading, compared=drafts)
    if found.faults:
        raise KeyFileError(problems=found.faults)
    if found.broken:
        raise PermanenceError(problems=found.broken)
    if found.due and not drafts:
        raise SignatureError(problems=found.due)
    return found


def published_at(catalogue: Catalogue, base: str | None) -> Catalogue:
    """What is published at an address of the site; UsageError if it never was there."""
    if base in (None, catalogue.site.base):
        return catalogue
    if base not in catalogue.site.formerly:
        known = ", ".join(catalogue.site.formerly) or "none yet: add formerly: [https://...] to content/site.yaml"
        raise UsageError(f"the site was never at {base}; its former addresses: {known}")
    return catalogue.at(base)


def fit_to_lock(root: Path, reading: Reading) -> None:
    """KeyFileError or SignatureError if a credential that no lock file knows is not as its issuer signed it."""
    catalogue = reading.catalogue
    if catalogue is None or catalogue.site.rehearsal or not _unlocked(catalogue):
        return
    keys, told = read_keys(root)
    if faults := [problem for problem in told if problem.severity == "error"]:
        raise KeyFileError(problems=faults)
    found = due(reading, keys, compared=False)
    if found.forged:
        raise SignatureError(problems=forged_problems(reading, found))


def _unlocked(catalogue: Catalogue) -> bool:
    """Whether there is a credential that no lock file knows."""
    return any(
        entry_of(signed.text) not in catalogue.locked.get(award, ()) for award, signed in catalogue.credentials.items()
    )


def _not_issued(found: Due) -> frozenset[str]:
    """The awards without a credential that says what is recorded, or whose bit is not as it should be."""
    register = found.register
    waiting = {*found.new, *found.changed, *found.burnt, *found.forged, *found.disowned.credentials}
    for name in found.lists:
        each = register.lists[name]
        unsigned = each.signed is None or each.disowned
        wrong = each.owners.keys() if unsigned else register.bits(name) ^ (each.signed or frozenset())
        waiting.update(owner for index in wrong for owner in each.owners.get(index, ()))
    return frozenset(waiting)
