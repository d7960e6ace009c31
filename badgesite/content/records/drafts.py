"""Drafts of a hand-written batch, completed in place: every byte that need not change is left as it is."""

import re
from collections.abc import Collection, Iterator, Sequence

import yaml

from badgesite.content.edits.places import (
    LINE_END,
    Pair,
    RecordPlace,
    find_list,
    line_end,
    span_in_braces,
    span_of_line,
)
from badgesite.content.records.writing import recipient, scalar
from badgesite.errors import ContentError, Place, Problem
from badgesite.model.addresses import addresses_in
from badgesite.model.award import Award

_SEPARATOR = re.compile(r"[ \t]*:[ \t]*")


def find_drafts(text: str, path: str) -> tuple[RecordPlace, ...]:
    """The records of a batch that have `email`, in order. `text` must be YAML that has been read without a fault."""
    return tuple(draft for draft in _records(text, path) if draft.pair("email"))


def left_addresses(text: str, path: str, known: Collection[str]) -> Iterator[Problem]:
    """A problem for each line with an address that completing would leave in the file, such as one in a comment.

    `known` are addresses that the site itself publishes.
    """
    rest = text
    for draft in find_drafts(text, path):
        if email := draft.pair("email"):
            hidden = re.sub(r"[^\r\n]", " ", text[email.value_start : email.end])
            rest = rest[: email.value_start] + hidden + rest[email.end :]
    for number, line in enumerate(LINE_END.split(rest), start=1):
        for address in addresses_in(line.encode()):
            if address not in known:
                place = Place(path, number, line.lower().find(address) + 1)
                yield Problem(place, "an e-mail address also stands here, in a comment or a text", "take it out")
                break


def complete(text: str, path: str, awards: Sequence[Award]) -> str:
    """The text with the drafts made awards, one for each draft in order; names that an award has not are removed.

    ContentError if a draft is written in a way that cannot be mended without touching more than it.
    """
    drafts = find_drafts(text, path)
    edits: list[tuple[int, int, str]] = []
    problems: list[Problem] = []
    for draft, award in zip(drafts, awards, strict=True):
        if not _is_plain(text, draft):
            mend = "write email and name each on a line of its own, or all of the record in braces"
            problems.append(Problem(draft.place, "the draft is written in a way that cannot be completed here", mend))
        else:
            edits += _edits(text, draft, award)
    if problems:
        raise ContentError(problems=problems)
    done = text
    for start, end, words in sorted(edits, reverse=True):
        done = done[:start] + words + done[end:]
    _verify(text, done, path, awards)
    return done


def _records(text: str, path: str) -> Iterator[RecordPlace]:
    found = find_list(text, path)
    yield from found.records if found else ()


def _is_plain(text: str, draft: RecordPlace) -> bool:
    pairs = [pair for pair in (draft.pair("email"), draft.pair("name")) if pair]
    return all(
        _SEPARATOR.fullmatch(text[pair.key_end : pair.value_start])
        and not re.search(r"[\r\n]", text[pair.start : pair.end])
        and not text[: pair.start].rstrip(" ").endswith("?")
        for pair in pairs
    )


def _edits(text: str, draft: RecordPlace, award: Award) -> Iterator[tuple[int, int, str]]:
    """What to put in place of the address, and of a name that is not shown: start, end and new words of each."""
    email, name = draft.pair("email"), draft.pair("name")
    if email is None:
        return
    if (result := draft.pair("result")) and award.result and award.result != result.value.strip():
        yield result.value_start, result.end, scalar(award.result)  # its id, for the name that a person wrote
    removed = [email]
    if name and award.name is None:
        removed = sorted((email, name), key=lambda pair: pair.start)
    slot = removed[0]
    lines = [f"id: {award.id}", f"recipient: {recipient(award)}"]
    if award.group and not draft.pair("group"):
        lines.append(f"group: {award.group}")  # by the address's domain, and from now on fixed
    if draft.flow:
        yield slot.start, slot.end, ", ".join(lines)
        for pair in removed[1:]:
            yield *_span_in_braces(text, draft, pair), ""
        return
    column = slot.start - (text.rfind("\n", 0, slot.start) + 1)
    column -= 1 if text.startswith("\ufeff") and "\n" not in text[: slot.start] else 0
    yield slot.start, slot.end, (line_end(text, slot.end) + " " * column).join(lines)
    for pair in removed[1:]:
        yield *span_of_line(text, pair), ""


def _span_in_braces(text: str, draft: RecordPlace, pair: Pair) -> tuple[int, int]:
    return span_in_braces(text, ((other.start, other.end) for other in draft.pairs), pair.start, pair.end)


def _verify(before: str, after: str, path: str, awards: Sequence[Award]) -> None:
    """Make sure that the text says what was meant, and nothing else changed."""
    expected = yaml.load(before, Loader=yaml.BaseLoader)  # noqa: S506  # makes nothing but texts, lists and maps
    completed = iter(awards)
    for record in expected["awards"]:
        if "email" in record:
            award = next(completed)
            del record["email"]
            record["id"] = award.id
            record["recipient"] = {"identity": award.recipient.identity, "salt": award.recipient.salt}
            if award.group:
                record["group"] = award.group
            if award.name is None:
                record.pop("name", None)
            if award.result and award.result != record["result"].strip():
                record["result"] = award.result
    try:
        sound = yaml.load(after, Loader=yaml.BaseLoader) == expected  # noqa: S506
    except yaml.YAMLError:
        sound = False
    if not sound:
        raise ContentError(f"{path}: the drafts cannot be completed in place; write each record on lines of its own")
