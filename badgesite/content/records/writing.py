"""Batches of awards as text, and put in place: `content/awards/<year>/<batch>.yaml`, long ones with a CSV beside it.

A batch is real from the moment its .yaml is in place. What an interrupted run left before that is a stray: a file half
written, or a table of awards that are known to be on their way still. Any other table is somebody's, whoever names it.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from badgesite.content.records.tables import COLUMNS
from badgesite.content.schema import modeline
from badgesite.content.yaml.texts import YAML_LIMIT
from badgesite.errors import OutputError
from badgesite.files import STRAY_PREFIX, write_new, write_whole
from badgesite.model.award import Award, Batch

INLINE_LIMIT = 50  # awards; more go to a CSV
_FIELDS = (*COLUMNS[3:12], "expires", "changed")  # between recipient and revocation
_PLAIN = re.compile(r"[^\W\d_]([\w .'()/+&-]*[\w.)'])?")
_TYPED = re.compile(r"y|n|yes|no|on|off|true|false|null|nan|inf", re.IGNORECASE)  # what some YAML reader types
_PLAIN_HEX = re.compile(r"(?=.*[a-f].*[a-f])[0-9a-f]+")  # two letters at least: no number in any notation
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9._~/-]+")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def scalar(text: str) -> str:
    """A text as a YAML scalar on one line, in quotes unless every reader takes it for the same text without."""
    if _PLAIN_URL.fullmatch(text) or (_PLAIN.fullmatch(text) and "  " not in text and not _TYPED.fullmatch(text)):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def recipient(award: Award) -> str:
    """The holder of an award as a YAML map on one line."""
    salt = award.recipient.salt
    plain = salt if _PLAIN_HEX.fullmatch(salt) else json.dumps(salt)
    return f"{{identity: {award.recipient.identity}, salt: {plain}}}"


def record(award: Award, indent: str = "  ") -> str:
    """The lines of an award as an item of `awards`."""
    lines = list(_record_lines(award))
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _record_lines(award: Award) -> Iterator[str]:
    yield f"id: {award.id}"
    yield f"recipient: {recipient(award)}"
    for field, words in values_of(award).items():
        if field == "evidence" and len(award.evidence) > 1:
            yield "evidence:"
            yield from (f"  - {scalar(url)}" for url in award.evidence)
        else:
            yield f"{field}: {words}"


def values_of(award: Award) -> dict[str, str]:
    """What a record says beside id and recipient, field by field, each as YAML on one line."""
    given = {field: getattr(award, field) for field in _FIELDS}
    values = {
        field: scalar(value) if isinstance(value, str) else str(value)
        for field, value in given.items()
        if value is not None and value != ()
    }
    if award.evidence:
        urls = [scalar(url) for url in award.evidence]
        values["evidence"] = urls[0] if len(urls) == 1 else f"[{', '.join(urls)}]"
    if award.revoked:
        values["revoked"] = f"{{date: {award.revoked.date}, reason: {quoted(award.revoked.reason)}}}"
    return values


def batch_text(batch: Batch) -> str:
    """The YAML of a new batch; its awards stand in `batch.table` if it has one."""
    head = f"{modeline('batch', batch.path)}\nbadge: {batch.recorded_badge}\ndate: {batch.date}\n"
    if batch.table:
        return f"{head}awards: {Path(batch.table).name}\n"
    return f"{head}awards:\n{''.join(map(record, batch.awards))}"


def with_table(batch: Batch) -> Batch:
    """The new batch, with a table beside it if it has too many awards, or too long ones, for YAML."""
    if len(batch.awards) <= INLINE_LIMIT and len(batch_text(batch).encode()) < YAML_LIMIT // 2:
        return batch
    return replace(batch, table=f"{batch.path.removesuffix('.yaml')}.csv")


def table_text(awards: Iterable[Award]) -> str:
    """Awards as the CSV of docs/formats.md: always all columns, quotes only where needed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(cells, awards))
    return text.getvalue()


def cells(award: Award) -> tuple[str, ...]:
    """An award as a row of a table, a cell for each column."""
    revoked = award.revoked
    return (
        award.id,
        award.recipient.identity,
        award.recipient.salt,
        *(_cell(getattr(award, column)) for column in COLUMNS[3:11]),
        " ".join(award.evidence),
        _cell(award.expires),
        _cell(award.changed),
        _cell(revoked.date if revoked else None),
        revoked.reason if revoked else "",
    )


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def write_batch(root: Path, batch: Batch) -> None:
    """Put a new batch in place, its table first; OutputError if a file of its name is there already."""
    files = [(batch.path, batch_text(batch))]
    if batch.table:
        files.insert(0, (batch.table, table_text(batch.awards)))
    for path, text in files:
        try:
            write_new(root / path, text.encode())
        except FileExistsError as error:
            raise OutputError(f"{path} is there already; look at it, move it away if you do not need it") from error


def rewrite(path: Path, data: bytes) -> None:
    """Put `data` in place of a batch that a person wrote; the file keeps its mode."""
    write_whole(path, data, path.stat().st_mode & 0o777)


def strays(root: Path, lost: Collection[str]) -> tuple[str, ...]:
    """What an interrupted run left in content/: half-written files, and tables of nothing but awards in `lost`."""
    content = root / "content"
    found = [path for path in content.rglob(f"{STRAY_PREFIX}*") if path.is_file()]
    if lost:
        found += [path for path in (content / "awards").rglob("*.csv") if _holds_only(path, lost)]
    return tuple(sorted(path.relative_to(root).as_posix() for path in found))


def remove_strays(root: Path, lost: Collection[str]) -> tuple[str, ...]:
    """Remove them; gives their paths. `lost` are awards of which private/ alone knows: no record, and no lock file."""
    paths = strays(root, lost)
    for path in paths:
        try:
            (root / path).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{path} cannot be removed: {error.strerror}; remove it yourself") from error
    return paths


def _holds_only(path: Path, awards: Collection[str]) -> bool:
    try:
        header, *rows = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""), strict=True)
    except (OSError, ValueError, csv.Error):
        return False
    return tuple(header) == COLUMNS and bool(rows) and all(row and row[0] in awards for row in rows)
