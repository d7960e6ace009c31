"""Putting in place, as one, what `sign` made, or records that were edited: all of it or nothing, whenever the run ends.

What is to come is written into `.content.badgesite/` beside content/; then the journal, from which moment it counts;
then each file is put in place, lock files last. Until that is done, nobody reads the content (`unfinished`).
"""

import shutil
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from badgesite.content.signed import journal
from badgesite.content.signed.credential_files import batch_of, changes
from badgesite.content.signed.journal import GONE, Outcome, Target, digest_at, is_target
from badgesite.content.signed.status_files import file_text, list_at
from badgesite.errors import OutputError
from badgesite.files import JOURNAL
from badgesite.model.catalogue import Catalogue

STATE = ".content.badgesite"


def write_signed(root: Path, wanted: Mapping[str, bytes | None]) -> tuple[str, ...]:
    """Put `wanted` in place as one: POSIX paths below content/, each with its bytes, or None for a file that goes.

    Gives the paths that differed; what is equal is not touched. Only for a run that alone writes content/.
    OutputError if it cannot be done: then nothing has changed, or `finish` goes on where this has ended.
    """
    finish(root)
    return _put_in_place(root, wanted, signed=True)


def write_records(root: Path, wanted: Mapping[str, bytes | None]) -> tuple[str, ...]:
    """The same for records that were edited in several batches, which `finish_records` ends if the run is cut off."""
    return _put_in_place(root, wanted, signed=False)


def _put_in_place(root: Path, wanted: Mapping[str, bytes | None], *, signed: bool) -> tuple[str, ...]:
    refuse_unfinished(root)
    if astray := [path for path in wanted if not is_target(path)]:
        raise OutputError(f'"{astray[0]}" is no name for a file on every system; rename its folder')
    targets = {_target(root, path, data): data for path, data in wanted.items()}
    differing = {target: data for target, data in targets.items() if target.old != target.new}
    if differing:
        try:
            _stage(root, differing, signed=signed)
            _finish(root)
        finally:
            _clear(root)
    return tuple(target.path for target in differing)


def settled(root: Path, catalogue: Catalogue, merged: Collection[str]) -> dict[str, bytes | None]:
    """The files at the paths `merged`, in which a merge left both sides, as they are to be: for `write_signed`."""
    mixed = set(map(batch_of, merged))
    batches = {
        batch.path: list(filter(None, (catalogue.credentials.get(award.id) for award in batch.awards)))
        for batch in catalogue.batches.values()
        if batch.path in mixed
    }
    files = changes(root, batches)
    for path in merged:
        if named := list_at(path):
            files[path] = file_text(catalogue.status_lists[named])
    return files


def unfinished(root: Path) -> bool:
    """Whether a run was cut off while it put its files in place."""
    return (root / STATE / JOURNAL).exists()


def refuse_unfinished(root: Path) -> None:
    """OutputError if a run was cut off while it put its files in place, so that content/ is neither old nor new."""
    if unfinished(root):
        if journal.is_of_records(root / STATE):
            what = "a run that edits records was cut off here while it put its files in place; run it again"
            raise OutputError(f"{what}, which finishes it: `badgesite revoke`, `change`, `erase` or `award`")
        what = "`badgesite sign` was cut off here while it put its files in place"
        raise OutputError(f"{what}; run `badgesite sign`, which finishes it")


def finish(root: Path) -> Outcome:
    """Put in place what a `sign` that was cut off had committed, or drop it (`journal.finish`); and what it had not.

    Not the records of another run: whoever wrote them looks at them first.
    """
    return "" if unfinished(root) and journal.is_of_records(root / STATE) else _finish(root)


def finish_records(root: Path) -> Outcome:
    """The same for a run that edited records."""
    return "" if unfinished(root) and not journal.is_of_records(root / STATE) else _finish(root)


def _finish(root: Path) -> Outcome:
    outcome = journal.finish(root, root / STATE)
    _clear(root)
    return outcome


def _target(root: Path, path: str, data: bytes | None) -> Target:
    return Target(path, digest_at(root / path), GONE if data is None else sha256(data).hexdigest())


def _stage(root: Path, wanted: Mapping[Target, bytes | None], *, signed: bool) -> None:
    """Write all that is to come into a folder where none but us may look, and that Git leaves out; then the journal."""
    state = root / STATE
    try:
        state.mkdir(mode=0o700, exist_ok=True)
        (state / ".gitignore").write_text("*\n", encoding="utf-8")
        journal.begin(root, state, Path(mkdtemp(prefix="staged-", dir=state)), wanted, signed=signed)
    except OSError as error:
        reason = (error.strerror or "it is out of reach").lower()
        raise OutputError(f"{state} cannot be written: {reason}; look at its permissions and its disk") from error


def _clear(root: Path) -> None:
    """Throw away what was staged, unless it counts already."""
    if not unfinished(root):
        shutil.rmtree(root / STATE, ignore_errors=True)
