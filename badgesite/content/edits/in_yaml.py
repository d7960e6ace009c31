"""Records of a batch edited in its YAML text: fields set, put anew and taken out, and whole records taken out."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import yaml

from badgesite.content.edits.places import (
    LINE_END,
    ListPlace,
    Pair,
    RecordPlace,
    find_list,
    line_end,
    span_of_line,
)
from badgesite.content.records.writing import values_of
from badgesite.errors import ContentError, Place, Problem
from badgesite.model.award import Award

Edit = tuple[int, int, str]  # from where to where in the text, and the words to put there
_SEPARATOR = re.compile(r"[ \t]*:")
_COMMENT = re.compile(r"(?:^|[ \t\r\n])#")
_WHOLE_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*")
_WHAT = "the record is written in a way that cannot be edited here"
_MEND = "write each of its fields on a line of its own, without comments inside a value, or edit it by hand"


class _UnfitError(Exception):
    """The record cannot be edited without touching more than was meant."""


def edited_text(text: str, path: str, before: Mapping[str, Award], wanted: Mapping[str, Award | None]) -> str:
    """The text with some records (by id) as wanted, or without them if that is None; `before` is what they say.

    ContentError with every record that cannot be edited in place. The caller looks at what came out.
    """
    found = find_list(text, path)
    if found is None:
        raise ContentError(problems=[Problem(Place(path), "the batch has no list of awards", _MEND)])
    edits: list[Edit] = []
    problems = []
    gone = [record for record in found.records if wanted.get(_id(record), record) is None]
    for record in found.records:
        award = _id(record)
        if (after := wanted.get(award)) is None:
            continue
        try:
            edits += _edits(text, record, before[award], after)
        except _UnfitError:
            problems.append(Problem(record.place, _WHAT, _MEND))
    if problems:
        raise ContentError(problems=problems)
    try:
        edits += _without(text, found, gone)
    except _UnfitError as error:
        raise ContentError(problems=(Problem(record.place, _WHAT, _MEND) for record in gone)) from error
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _id(record: RecordPlace) -> str:
    pair = record.pair("id")
    return pair.value.strip() if pair else ""


def _edits(text: str, record: RecordPlace, before: Award, after: Award) -> Iterator[Edit]:
    was, now = values_of(before), values_of(after)
    gone = [pair for pair in record.pairs if pair.key in was and pair.key not in now]
    for key in was.keys() & now.keys():
        if was[key] != now[key] and (pair := record.pair(key)):
            yield from _replaced(text, pair, now[key])
    if before.recipient != after.recipient and (holder := record.pair("recipient")):
        said = {"identity": after.recipient.identity, "salt": f'"{after.recipient.salt}"'}
        for pair in holder.inner:
            yield from _replaced(text, pair, said[pair.key])
    yield from _removed(text, record, gone)
    if fresh := [f"{key}: {words}" for key, words in now.items() if key not in was]:
        yield _added(text, record, [pair for pair in record.pairs if pair not in gone], fresh)


def _replaced(text: str, pair: Pair, words: str) -> Iterator[Edit]:
    """Another value after a key; one that began on a line of its own now stands beside the key."""
    colon = _SEPARATOR.match(text, pair.key_end)
    if not colon or _has_comment(text, pair):
        raise _UnfitError
    between = text[colon.end() : pair.value_start]
    if not LINE_END.search(between):
        yield pair.value_start, pair.end, words
        return
    rest = _LINE.match(text, colon.end())
    line = rest.end() if rest else colon.end()
    if text[line : pair.value_start].strip():
        raise _UnfitError
    yield colon.end(), colon.end(), f" {words}"
    yield line, pair.end, ""


def _has_comment(text: str, pair: Pair) -> bool:
    """Whether a comment would go with the value: inside a list or map, or in the first line of a block."""
    value = text[pair.value_start : pair.end]
    if pair.kind == "block":
        value = LINE_END.split(value)[0]
    return pair.kind != "scalar" and bool(_COMMENT.search(value))


def _removed(text: str, record: RecordPlace, gone: list[Pair]) -> Iterator[Edit]:
    """Fields taken out, each with its line, or in braces with its comma."""
    for pair in gone:
        colon = _SEPARATOR.match(text, pair.key_end)
        if not colon or _has_comment(text, pair) or text[colon.end() : pair.value_start].strip():
            raise _UnfitError
    if record.flow:
        yield from _out_of_brackets([(pair.start, pair.end, pair in gone) for pair in record.pairs], text)
        return
    first = next(number for number, pair in enumerate(record.pairs) if pair not in gone)
    for pair in gone:
        if pair.start > record.pairs[first].start:
            yield *span_of_line(text, pair), ""
    if first:  # what stands beside the dash goes, and what stays moves up to it
        gaps = (text[one.end : other.start] for one, other in pairwise(record.pairs[: first + 1]))
        if any(gap.strip() for gap in gaps):
            raise _UnfitError
        yield record.start, record.pairs[first].start, ""


def _out_of_brackets(items: list[tuple[int, int, bool]], text: str) -> Iterator[Edit]:
    """Some of the things in brackets or braces taken out, each with one comma; whether one goes is told with it."""
    last = max((number for number, (_, _, goes) in enumerate(items) if not goes), default=-1)
    for number, (start, end, goes) in enumerate(items):
        if not goes:
            continue
        if number < last:
            end = items[number + 1][0]
        elif number:
            start = items[number - 1][1]
        if _COMMENT.search(text[start:end]):
            raise _UnfitError
        yield start, end, ""


def _added(text: str, record: RecordPlace, stays: list[Pair], lines: list[str]) -> Edit:
    """Fields put after the last that stays; not after a block, to which lines would seem to belong."""
    if record.flow:
        end = stays[-1].end
        return end, end, "".join(f", {line}" for line in lines)
    anchor = next((pair for pair in reversed(stays) if pair.kind != "block"), None)
    if anchor is None:
        raise _UnfitError
    rest = _LINE.match(text, anchor.end)
    end = rest.end() if rest else anchor.end
    newline = line_end(text, end) + " " * (record.place.column - 1)
    return end, end, "".join(f"{newline}{line}" for line in lines)


def _without(text: str, found: ListPlace, gone: list[RecordPlace]) -> Iterator[Edit]:
    """Whole records taken out, with their lines; a list that has none left is written as []."""
    if not gone:
        return
    if found.flow:
        yield from _out_of_brackets([(each.start, each.end, each in gone) for each in found.records], text)
        return
    dashes = _dashes(text)
    for record in gone:
        dash = max(index for index in dashes if index <= record.start)
        rest = _WHOLE_LINE.match(text, record.end)
        yield text.rfind("\n", 0, dash) + 1, rest.end() if rest else record.end, ""
    if len(gone) == len(found.records) and (colon := _SEPARATOR.match(text, found.key_end)):
        yield colon.end(), colon.end(), " []"


def _dashes(text: str) -> list[int]:
    """Where the items of lists begin."""
    tokens = yaml.scan(text, Loader=yaml.SafeLoader)
    return [token.start_mark.index for token in tokens if isinstance(token, yaml.BlockEntryToken)]
