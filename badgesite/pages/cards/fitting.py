"""Words put into a box: wrapped in lines of like length, and as large as they can be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import bidirectional, category, combining, east_asian_width, normalize

from badgesite.pages.cards.fonts import REGULAR, Lettering, is_unseen

ELLIPSIS = "…"
_EMBEDDINGS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# An isolate (Unicode Bidirectional Algorithm, section 2.4), as resvg takes every line to be read from left to right.
_RIGHT_TO_LEFT = ("\u2067", "\u2069")
_BREAK_AFTER = frozenset("-/–—\u200b")
_JOINERS = "\u200c\u200d"
_STEP = 2

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Box:
    """Room for words, in pixels: how wide and high, from the largest size of letters to the smallest."""

    width: float
    height: float
    largest: int
    smallest: int
    leading: float = 1.16
    most: int = 99  # lines


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines to be drawn at a size, so far apart; `whole` if no word is broken or left out."""

    size: int
    leading: float
    lines: tuple[str, ...]
    whole: bool = True

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return self.leading * len(self.lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What no line break parts: its words, its width as a part of the size, and whether a space is before it."""

    words: str
    width: float
    space: bool


def drawable(words: str, lettering: Lettering) -> str:
    """The words on one line as they can be drawn: composed, without what no font has or turns a line around."""
    kept: list[str] = []
    for character in normalize("NFC", words):
        if character in "\t\n\r\u2028\u2029":
            kept.append(" ")
        elif character in _EMBEDDINGS or lettering.advance(character, REGULAR) is None:
            while kept and kept[-1] in _JOINERS:
                kept.pop()
        elif kept or not _hangs_on(character):
            kept.append(character)
    return "".join(kept)


def fit(words: str, box: Box, lettering: Lettering, weight: int) -> Fitted:
    """The words in the box, at the largest size at which they are whole.

    Smaller before broken: a word that is longer than a line is broken only when every size fails, and only when that
    fails as well, at the smallest size, are words left out, and three dots put there.
    """
    plain = drawable(words, lettering)
    turned = _turned(plain)
    measure = _measure(lettering, weight)
    pieces = list(_pieces(plain, measure))
    for broken in (False, True):
        for size in range(box.largest, box.smallest - 1, -_STEP):
            room, limit = box.width / size, _most_lines(box, size)
            parts = [part for piece in pieces for part in _broken(piece, room, measure)] if broken else pieces
            lines = _wrapped(parts, room)
            if len(lines) <= limit and all(measure(line) <= room for line in lines):
                return _fitted(_balanced(parts, room, lines), box, size, turned, whole=not broken)
    size = box.smallest
    lines = _cut(lines, box.width / size, _most_lines(box, size), measure)
    return _fitted(lines, box, size, turned, whole=False)


def _most_lines(box: Box, size: int) -> int:
    return max(1, min(box.most, int(box.height / (size * box.leading))))


def _fitted(lines: list[str], box: Box, size: int, turned: bool, *, whole: bool) -> Fitted:
    first, last = _RIGHT_TO_LEFT if turned else ("", "")
    return Fitted(size, round(size * box.leading, 1), tuple(f"{first}{line}{last}" for line in lines), whole)


def _turned(words: str) -> bool:
    """Whether the first letter that has a direction is read from right to left."""
    directions = (bidirectional(each) for each in words)
    return next((each for each in directions if each in ("L", "R", "AL")), "L") != "L"


def _measure(lettering: Lettering, weight: int) -> Measure:
    known: dict[str, float] = {}

    def measure(words: str) -> float:
        total = 0.0
        for character in words:
            if character not in known:
                known[character] = lettering.advance(character, weight) or 0.0
            total += known[character]
        return total

    return measure


def _pieces(words: str, measure: Measure) -> Iterator[_Piece]:
    """What stays together: words, parts of words up to a hyphen, and characters that are written without spaces."""
    for word in filter(None, words.split(" ")):
        start, space = 0, True
        for end in range(1, len(word) + 1):
            if end == len(word) or _may_part(word[end - 1], word[end]):
                part = word[start:end]
                yield _Piece(part, measure(part), space)
                start, space = end, False


def _may_part(before: str, after: str) -> bool:
    if _hangs_on(after) or category(after) in ("Pe", "Pf", "Po"):
        return False
    return before in _BREAK_AFTER or (east_asian_width(before) in "WF" and category(before) not in ("Ps", "Pi"))


def _hangs_on(character: str) -> bool:
    """Whether a character belongs to the one before it."""
    return bool(combining(character)) or category(character) in ("Mn", "Mc", "Me") or character in _JOINERS


def _wrapped(pieces: list[_Piece], room: float) -> list[str]:
    lines: list[str] = []
    used = 0.0
    for piece in pieces:
        gap = " " if piece.space else ""
        wide = (0.25 if gap else 0.0) + piece.width
        if lines and used + wide <= room:
            lines[-1] += gap + piece.words
            used += wide
        else:
            lines.append(piece.words)
            used = piece.width
    return lines


def _balanced(pieces: list[_Piece], room: float, lines: list[str]) -> list[str]:
    """As many lines, of like length: the narrowest box that they fit into."""
    narrow, wide = max((piece.width for piece in pieces), default=room), room
    for _ in range(8):
        middle = (narrow + wide) / 2
        tried = _wrapped(pieces, middle)
        if len(tried) <= len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _broken(piece: _Piece, room: float, measure: Measure) -> Iterator[_Piece]:
    """A piece cut where a line is full, never between a letter and its accents."""
    if piece.width <= room:
        yield piece
        return
    start, space, used = 0, piece.space, 0.0
    for index, character in enumerate(piece.words):
        wide = measure(character)
        if index > start and used + wide > room and not _hangs_on(character):
            yield _Piece(piece.words[start:index], used, space)
            start, space, used = index, False, 0.0
        used += wide
    yield _Piece(piece.words[start:], used, space)


def _cut(lines: list[str], room: float, limit: int, measure: Measure) -> list[str]:
    kept, last = lines[: limit - 1], lines[limit - 1]
    while last and measure(f"{last}{ELLIPSIS}") > room:
        last = last[:-1]
    while last and (last[-1] == " " or is_unseen(last[-1])):
        last = last[:-1]
    return [*kept, f"{last}{ELLIPSIS}"]
