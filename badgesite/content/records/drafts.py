"""Drafts of a hand-written batch, completed in place: every byte that need not change is left as it is."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import yaml

from badgesite.content.records.writing import recipient, scalar
from badgesite.errors import ContentError, Place, Problem
from badgesite.model.addresses import addresses_in
from badgesite.model.award import Award

_SEPARATOR = re.compile(r"[ \t]*:[ \t]*")
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMA_BEFORE = re.compile(r"[ \t]*,\s*")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A key and its value: where they begin and end in the text, and what the value says if it is no list or map."""

    key: str
    start: int
    key_end: int
    value_start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where a draft record stands: its place for messages, its pairs, and whether it is in braces."""

    place: Place
    pairs: tuple[_Pair, ...]
    flow: bool

    def pair(self, key: str) -> _Pair | None:
        """The pair of a key."""
        return next((pair for pair in self.pairs if pair.key == key), None)


def find_drafts(text: str, path: str) -> tuple[DraftPlace, ...]:
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
    for number, line in enumerate(_LINE_END.split(rest), start=1):
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


def _records(text: str, path: str) -> Iterator[DraftPlace]:
    """The maps in the list `awards`; the pure Python parser, as its marks count characters of this very text."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if getattr(key, "value", None) != "awards" or not isinstance(value, yaml.SequenceNode):
            continue
        for item in value.value:
            if isinstance(item, yaml.MappingNode):
                mark = item.start_mark
                place = Place(path, mark.line + 1, mark.column + 1)
                yield DraftPlace(place, tuple(map(_pair, item.value)), bool(item.flow_style))


def _pair(nodes: tuple[yaml.Node, yaml.Node]) -> _Pair:
    key, value = nodes
    said = value.value if isinstance(value, yaml.ScalarNode) else ""
    marks = (key.start_mark, key.end_mark, value.start_mark, value.end_mark)
    start, key_end, value_start, end = (mark.index for mark in marks)
    return _Pair(str(key.value), start, key_end, value_start, end, said)


def _is_plain(text: str, draft: DraftPlace) -> bool:
    pairs = [pair for pair in (draft.pair("email"), draft.pair("name")) if pair]
    return all(
        _SEPARATOR.fullmatch(text[pair.key_end : pair.value_start])
        and not re.search(r"[\r\n]", text[pair.start : pair.end])
        and not text[: pair.start].rstrip(" ").endswith("?")
        for pair in pairs
    )


def _edits(text: str, draft: DraftPlace, award: Award) -> Iterator[tuple[int, int, str]]:
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
    yield slot.start, slot.end, (_line_end(text, slot.end) + " " * column).join(lines)
    for pair in removed[1:]:
        yield *_span_of_line(text, pair), ""


def _line_end(text: str, index: int) -> str:
    found = _LINE_END.search(text, index)
    return found[0] if found else "\n"


def _span_of_line(text: str, pair: _Pair) -> tuple[int, int]:
    """The whole line of a pair; if a comment follows, only the pair."""
    start = text.rfind("\n", 0, pair.start) + 1
    rest = re.compile(r"[ \t]*(\r\n|\n|\r|\Z)").match(text, pair.end)
    return (start, rest.end()) if rest else (pair.start, pair.end)


def _span_in_braces(text: str, draft: DraftPlace, pair: _Pair) -> tuple[int, int]:
    """A pair with the comma that follows it, or the one before it if it is the last."""
    if after := _COMMA_AFTER.match(text, pair.end):
        return pair.start, after.end()
    before = max(other.end for other in draft.pairs if other.end <= pair.start)
    return (before if _COMMA_BEFORE.fullmatch(text[before : pair.start]) else pair.start), pair.end


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
