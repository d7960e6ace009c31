"""The story of `move`: a badge gets another name, and answers at the one before for ever.

Its file is renamed, and says `formerly`; nothing else is written but lock lines. Batches keep the name that they were
recorded with. A run that is cut off between the two leaves a renamed file, with which the same command begins.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from badgesite.content.permanence import locks
from badgesite.content.permanence.lock_files import published
from badgesite.content.reading import Reading
from badgesite.content.yaml.nodes import parse, plain
from badgesite.errors import ContentError, OutputError, PermanenceError, UsageError
from badgesite.files import write_whole
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.scalars import is_slug

_KEY = re.compile(r"^formerly:.*\n(?:[ \t-].*\n|[ \t]*\n(?=[ \t-]))*", re.MULTILINE)
_FIRST = re.compile(r"^(?=name:)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Move:
    """A badge that is to be called `new`: where its file is and will be, and what that will hold.

    `formerly` are all its names before; `awards` how many awards name it by one of them; `locked` says whether it was
    published. `source` is the same as `target` where somebody renamed the file already.
    """

    new: str
    source: str
    target: str
    text: bytes
    formerly: tuple[str, ...]
    awards: int
    locked: bool


def plan_move(root: Path, reading: Reading, old: str, new: str) -> Move:
    """What moving the badge `old` to `new` comes to; `reading` may lack it because its file is called so already.

    UsageError for names that are none or not free, PermanenceError for one that was another's once.
    """
    catalogue = _sound(reading)
    if _is_unlocked(root, catalogue, old, new):
        return _finished(root, reading, catalogue, new)
    renamed = old not in catalogue.badges and new in catalogue.badges and old in published(root, "badges")
    if renamed and old not in catalogue.former_badges:
        source, badge = reading.places[f"badge:{new}"].path, catalogue.badges[new]
    else:
        _refuse_names(root, catalogue, old, new)
        source, badge = reading.places[f"badge:{old}"].path, catalogue.badges[old]
    formerly = (*badge.formerly, old)
    target = PurePosixPath(source).with_name(f"{new}.yaml").as_posix()
    _refuse_broken(root, reading, catalogue, replace_badge(catalogue, badge, new, formerly), formerly)
    awards = _awards(catalogue, formerly)
    text = with_formerly((root / source).read_bytes(), source, formerly)
    return Move(new, source, target, text, formerly, awards, old in published(root, "badges"))


def move(root: Path, wanted: Move) -> None:
    """Rename the file, then write into it what the badge was called; OutputError if it cannot be done."""
    if wanted.source != wanted.target:
        if (root / wanted.target).exists():
            raise UsageError(f"{wanted.target} is there already; choose another name, or move it away")
        try:
            (root / wanted.source).rename(root / wanted.target)
        except OSError as error:
            reason = (error.strerror or "it is out of reach").lower()
            raise OutputError(
                f"{wanted.source} cannot be renamed: {reason}; look at its folder's permissions"
            ) from error
    write_whole(root / wanted.target, wanted.text)


def lock(root: Path, reading: Reading, wanted: Move) -> tuple[str, ...]:
    """Write the lock lines of a badge that was moved, if it was published; gives the files."""
    if reading.catalogue is None or reading.catalogue.site.rehearsal or not wanted.locked:
        return ()
    return locks.write_missing(root, reading.catalogue, (), reading.places, badges=(wanted.new,))


def _is_unlocked(root: Path, catalogue: Catalogue, old: str, new: str) -> bool:
    """Whether a run was cut off when all was done but the lock lines."""
    locked = published(root, "badges")
    return catalogue.former_badges.get(old) == new and old in locked and new not in locked


def _finished(root: Path, reading: Reading, catalogue: Catalogue, new: str) -> Move:
    """A move of which the file says all already."""
    source, formerly = reading.places[f"badge:{new}"].path, catalogue.badges[new].formerly
    _refuse_broken(root, reading, catalogue, catalogue, formerly)
    return Move(new, source, source, (root / source).read_bytes(), formerly, _awards(catalogue, formerly), True)


def _awards(catalogue: Catalogue, formerly: tuple[str, ...]) -> int:
    """How many awards name a badge by one of these names."""
    return sum(len(batch.awards) for batch in catalogue.batches.values() if batch.recorded_badge in formerly)


def with_formerly(data: bytes, path: str, formerly: tuple[str, ...]) -> bytes:
    """The file of a badge with what it was called; every other line as it was. UsageError if it is not in lines."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    line = f"formerly: [{', '.join(formerly)}]\n"
    written = _KEY.sub("", text if text.endswith("\n") else f"{text}\n")
    written = _FIRST.sub(line, written, count=1)
    wanted = {**_fields(text, path), "formerly": list(formerly)}
    if _fields(written, path) != wanted:
        raise UsageError(f"{path} cannot be edited; write each of its fields on a line of its own, without indent")
    if b"\r\n" in data:
        written = written.replace("\n", "\r\n")
    return data[: len(data) - len(data.removeprefix(b"\xef\xbb\xbf"))] + written.encode()


def _fields(text: str, path: str) -> dict[str, object]:
    node = parse(text, path).node
    found = plain(node) if node else {}
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}


def replace_badge(catalogue: Catalogue, badge: BadgeClass, new: str, formerly: tuple[str, ...]) -> Catalogue:
    """The catalogue as it will be when the badge is called `new`."""
    others = {slug: each for slug, each in catalogue.badges.items() if slug != badge.slug}
    moved = badge.model_copy(update={"slug": new, "formerly": formerly})
    pictures = {**catalogue.badge_pictures, new: catalogue.badge_pictures[badge.slug]}
    batches = {
        slug: replace(batch, moved_to=new) if batch.recorded_badge in formerly else batch
        for slug, batch in catalogue.batches.items()
    }
    badges = dict(sorted({**others, new: moved}.items()))
    return replace(catalogue, badges=badges, badge_pictures=pictures, batches=batches)


def _sound(reading: Reading) -> Catalogue:
    """What was read; ContentError for any fault but that something which was published has no file."""
    catalogue = reading.catalogue or reading.remains
    faults = set(reading.problems) - set(reading.gone)
    if catalogue is None or faults:
        raise ContentError(problems=faults or reading.problems)
    return catalogue


def _refuse_broken(root: Path, reading: Reading, now: Catalogue, after: Catalogue, formerly: tuple[str, ...]) -> None:
    """PermanenceError for what is gone or changed, but for the name that this very move accounts for."""
    present = {**reading.present, "badges": {*reading.present.get("badges", now.badges), *after.badge_names}}
    seen = replace(reading, catalogue=None, remains=after, present=present if reading.present else {})
    if broken := locks.compare(root, seen).broken:
        raise PermanenceError(problems=broken)


def _refuse_names(root: Path, catalogue: Catalogue, old: str, new: str) -> None:
    if old in catalogue.former_badges:
        now = catalogue.former_badges[old]
        if now == new:
            raise UsageError(f'the badge "{old}" is called "{new}" already')
        raise UsageError(f'the badge "{old}" is called "{now}" now: badgesite move badge {now} {new}')
    if old not in catalogue.badges:
        raise UsageError(f'there is no badge "{old}"; there are: {", ".join(catalogue.badges)}')
    if not is_slug(new):
        raise UsageError(
            f'"{new}" cannot be the name of a badge; use a-z, 0-9 and hyphens inside, at most 64 characters'
        )
    if new in catalogue.badges:
        raise UsageError(f'there is a badge "{new}" already; choose another name')
    if new in catalogue.former_badges or new in published(root, "badges"):
        owner = catalogue.former_badges.get(new, new)
        what = f'"{new}" was the name of the badge "{owner}"' if owner != new else f'a badge "{new}" was published'
        raise PermanenceError(f"{what}, and a name that was published is never used again; choose another")
