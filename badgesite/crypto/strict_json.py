"""JSON from strangers, read in the one way that all readers share (RFC 7493), and its canonical form (RFC 8785).

What two readers could take for two things is refused: a name twice in an object, half of a character, numbers beyond
all bounds. So is what would cost too much to read.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from math import isfinite

from badgesite.errors import FormatError

SIZE = 10 * 1024 * 1024
DEPTH = 64  # levels of objects and lists in one another
_VALUES = 500_000  # commas and brackets, of which each can begin a value; one that is in memory has 50 bytes and more
_LARGEST = 2**53 - 1  # the whole numbers that everyone reads alike (RFC 7493, section 2.2)
_BITS = 70  # of a whole number that is written without an exponent
_SHOWN = 60
_DIGITS = 300  # of a whole number that is surely none too large
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(data: bytes, *, size: int = SIZE, depth: int = DEPTH) -> object:
    """The value that a JSON text in UTF-8 says; a byte order mark in front is passed over.

    FormatError for what is not JSON, for duplicate names, lone surrogates, NaN and infinite numbers, and for a text of
    more than `size` bytes or nested more than `depth` levels deep.
    """
    if len(data) > size:
        raise FormatError(f"the text is larger than {_megabytes(size)}")
    if sum(map(data.count, (b",", b"[", b"{"))) > _VALUES:
        raise FormatError(f"the text holds more than {_VALUES} values")
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_finite,
            parse_int=_whole,
        )
    except RecursionError as error:
        raise FormatError(_too_deep(depth)) from error
    except ValueError as error:
        raise FormatError(f"the text is not JSON: {_reason(error)}") from error
    _require_sound(value, depth)
    return value


def read_object(data: bytes, *, size: int = SIZE, depth: int = DEPTH) -> dict[str, object]:
    """The object that a JSON text says; FormatError as `read_json`, and if it says anything else."""
    value = read_json(data, size=size, depth=depth)
    if not isinstance(value, dict):
        raise FormatError("the text is JSON, but not an object")
    return value


def canonical_json(value: object) -> bytes:
    """The one form of a value (RFC 8785, section 3.2): sorted names, no spaces, numbers as ECMAScript writes them.

    FormatError for whole numbers that others would round, and for what JSON cannot say.
    """
    try:
        return _text(value).encode()
    except UnicodeEncodeError as error:
        raise FormatError("a text holds half of a character, a lone surrogate") from error
    except RecursionError as error:
        raise FormatError(_too_deep(DEPTH)) from error


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        names = sorted(value, key=_in_halves)
        return "{" + ",".join(f"{_text(name)}:{_text(value[name])}" for name in names) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and (abs(value) <= _LARGEST or _is_exact(value)):
        return str(value)
    if isinstance(value, float) and isfinite(value):
        return _number(value)
    raise FormatError(f"a value is a number that others round, or a Python {type(value).__name__}, not one of JSON")


def _is_exact(value: int) -> bool:
    """Whether a whole number beyond those that everyone reads alike is written as everyone would write it again."""
    return value.bit_length() <= _BITS and _number(float(value)) == str(value)


def _in_halves(name: object) -> bytes:
    """What names are sorted by: their halves of 16 bits (section 3.2.3)."""
    return str(name).encode("utf-16-be", "surrogatepass")


def _number(value: float) -> str:
    """A number with the fewest digits that say it (ECMAScript, Number::toString); Python finds the same digits."""
    if value == 0:
        return "0"
    sign, (mantissa, _, exponent) = "-" if value < 0 else "", repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))  # the digits before the point
    digits = digits.rstrip("0")
    if -6 < point <= 21:
        if point <= 0:
            return f"{sign}0.{'0' * -point}{digits}"
        return sign + (digits[:point].ljust(point, "0") + "." + digits[point:]).rstrip(".")
    tail = f".{digits[1:]}" if digits[1:] else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"


def _require_sound(value: object, depth: int) -> None:
    """FormatError for lone surrogates, and for nesting beyond `depth`."""
    level = [value]
    for left in range(depth, -1, -1):
        if any(isinstance(each, str) and not each.isascii() and _SURROGATE.search(each) for each in level):
            raise FormatError("the text is not JSON: it holds half of a character, a lone surrogate")
        if not left and any(isinstance(each, dict | list) for each in level):
            raise FormatError(_too_deep(depth))
        level = [inner for each in level for inner in _inside(each)]


def _inside(value: object) -> Iterable[object]:
    """The names and values of an object, the items of a list."""
    if isinstance(value, dict):
        return chain(value, value.values())
    return value if isinstance(value, list) else ()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"{twice[:_SHOWN]!r} stands twice in one object")
    return found


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is not a number")


def _whole(digits: str) -> int:
    """A whole number, which must be within what a double can hold: most readers have nothing else."""
    if len(digits) > _DIGITS:
        _finite(digits)
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError("a number is larger than all that is read alike")
    return number


def _too_deep(depth: int) -> str:
    return f"the text is nested more than {depth} levels deep"


def _megabytes(size: int) -> str:
    return f"{size // 1024 // 1024} MB" if size >= 1024 * 1024 else f"{size} bytes"


def _reason(error: ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]}, at line {error.lineno}, column {error.colno}"
    return "a number has too many digits" if "digits" in str(error) else str(error)
