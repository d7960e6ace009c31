"""Scalars as docs/formats.md has them: the field decides the type of what was written.

A reader hands over every scalar as the characters that were written (`str`), those in quotes as `Quoted`.
A text keeps its characters (`no`, `012`, `2019`); elsewhere YAML 1.2 core decides, and quotes make a text.
"""

import re
from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from badgesite.model.addresses import masked

SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?")
WINDOWS_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))]
)
_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SHOWN = 80
LONGEST = 50_000
_AWARD_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_URL_PART = r"[^\s<>\"{}|\\^`\[\]]"
_IPV6 = r"\[[0-9A-Fa-f:.]+\](?=[:/?#]|$)"  # the one place for brackets (RFC 3986, section 3.2.2)
_URL = re.compile(rf"https?://(?:{_IPV6}|{_URL_PART}){_URL_PART}*")
_EMAIL_SHAPE = re.compile(r"[^@\s<>\"(),:;\\\[\]]+@[^@\s<>\"(),:;\\\[\]]+\.[^@\s<>\"(),:;\\\[\]]+")


class Quoted(str):
    """The characters of a scalar that stood in quotes (or in a block): always a text."""

    __slots__ = ()


def fault(kind: str, what: str, mend: str = "") -> PydanticCustomError:
    """The error a validator raises: what is wrong, and the mend for the reader to add."""
    return PydanticCustomError(kind, "{what}", {"what": what, "mend": mend})


def long_fault(words: str) -> PydanticCustomError:
    """The error for a text that no page should hold."""
    what = f"the text has {len(words):,} characters, and {LONGEST:,} are the most"
    return fault("long", what, "shorten it, or put the rest on a page of its own")


def is_slug(text: str) -> bool:
    """Whether `text` can be a slug (docs/formats.md, Names and texts)."""
    return bool(SLUG.fullmatch(text)) and text not in WINDOWS_NAMES


def is_award_id(text: str) -> bool:
    """Whether `text` is an award's id: a UUID of version 4 in lower case."""
    return bool(_AWARD_ID.fullmatch(text))


def control_character(text: str) -> str | None:
    """The first character that no published text may hold (as U+0007), or None; tab and line feed are fine."""
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise fault("text", f"{_kind(value)} stands where a text is meant", "write words, in quotes")
    return str(value)


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "a map"
    return "a list" if isinstance(value, list | tuple) else "something else"


def shown(value: object) -> str:
    """A written value as a message shows it: its characters in quotes, a long one shortened; "a map", "a list".

    E-mail addresses are shown as far as one needs to find them.
    """
    if not isinstance(value, str):
        return _kind(value)
    line = masked(" ".join(value.split()))
    return f'"{line if len(line) <= _SHOWN else line[: _SHOWN - 3] + "..."}"'


def _words(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise fault("empty", "the text is empty", "write it, or remove the line")
    if len(stripped) > LONGEST:
        raise long_fault(stripped)
    if character := control_character(stripped):
        raise fault("control", f"the text holds the control character {character}", "remove it")
    return stripped


def _slug(value: str) -> str:
    if value in WINDOWS_NAMES:
        raise fault("slug", f"{shown(value)} is a name that Windows keeps for itself", "choose another name")
    if not SLUG.fullmatch(value):
        raise fault("slug", f"{shown(value)} is not a name", "use a-z, 0-9 and hyphens inside, at most 64 characters")
    return value


def _whole(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Quoted) or not isinstance(value, str) or len(value) > 18 or not _WHOLE.fullmatch(value):
        raise fault("whole", f"{shown(value)} is not a whole number", "write digits, without quotes")
    base = {"0o": 8, "0x": 16}.get(value[:2], 10)
    return int(value[2:] if base != 10 else value, base)


def written_number(text: str) -> int | float | None:
    """The number that the characters write (YAML 1.2 core, decimal), or None."""
    if len(text) > 18 or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _number(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    number = written_number(value) if isinstance(value, str) and not isinstance(value, Quoted) else None
    if number is None:
        raise fault("number", f"{shown(value)} is not a number", "write digits, with a point for decimals")
    if not isfinite(number):
        raise fault("number", f"{shown(value)} is too large a number", "write a smaller one")
    return number


def _yes_no(value: object) -> object:
    if isinstance(value, bool):
        return value
    words = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
    if isinstance(value, Quoted) or not isinstance(value, str) or value not in words:
        raise fault("yes-no", f"{shown(value)} is neither true nor false", "write true or false")
    return words[value]


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise fault("day", f"{shown(value)} is not a date", _day_mend(value))
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise fault("day", f"there is no day {shown(value)}", "write it as YYYY-MM-DD, like 2023-07-14") from error


def _day_mend(value: object) -> str:
    """How to write a day; the day itself, if the one that was written can be no other."""
    found = _DAY_FIRST.fullmatch(value) if isinstance(value, str) else None
    if found and 12 < int(found[1]) <= 31 and 1 <= int(found[2]) <= 12:
        return f"write it as {found[3]}-{int(found[2]):02}-{found[1]}"
    return "write it as YYYY-MM-DD, like 2023-07-14"


def _url(schemes: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        mend = f"write the whole address, from {' or '.join(f'{scheme}://' for scheme in schemes)}"
        try:
            parts = urlsplit(value)
            sound = parts.scheme in schemes and bool(parts.hostname) and parts.username is None
            _ = parts.port
        except ValueError:
            sound = False
        if not sound or not _URL.fullmatch(value):
            if value.startswith("www.") and _URL.fullmatch(f"{schemes[0]}://{value}"):
                mend = f"write {schemes[0]}://{value}"
            if sound and _URL.fullmatch(value.replace("[", "%5B").replace("]", "%5D")):
                mend = "write %5B for [ and %5D for ]"
            raise fault("url", f"{shown(value)} is not a web address", mend)
        return value

    return check


def _email(value: str) -> str:
    if not _EMAIL_SHAPE.fullmatch(value) or len(value) > 254:
        raise fault("email", f"{shown(value)} is not an e-mail address", "write one, as in office@example.edu")
    return value


def _award_id(value: str) -> str:
    if not _AWARD_ID.fullmatch(value):
        raise fault("award-id", f"{shown(value)} is not an award id", "it is a UUID of version 4 in lower case")
    return value


def _matching(pattern: str, what: str, mend: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise fault("pattern", f"{shown(value)} is not {what}", mend)
        return value

    return check


_PLAIN = ["string", "number", "boolean", "null"]  # what YAML readers may take a text for: the field decides


def plain_schema(**more: object) -> dict[str, Any]:
    """The JSON Schema of a text scalar, which YAML software may have read as a number, a boolean or null."""
    return {"type": _PLAIN, **more}


Words = Annotated[str, BeforeValidator(_text), AfterValidator(_words), WithJsonSchema(plain_schema(pattern="\\S"))]
Slug = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_slug),
    WithJsonSchema(plain_schema(pattern=f"^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$){SLUG.pattern}$")),
]
Url = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_url(("https", "http"))),
    WithJsonSchema({"type": "string", "pattern": f"^{_URL.pattern}$"}),
]
Email = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_email),
    WithJsonSchema({"type": "string", "maxLength": 254, "pattern": f"^{_EMAIL_SHAPE.pattern}$"}),
]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[int | float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Day = Annotated[
    date,
    BeforeValidator(_day),
    PlainSerializer(date.isoformat),
    WithJsonSchema({"type": "string", "pattern": f"^{_DAY.pattern}$", "format": "date"}),
]
AwardId = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_award_id),
    WithJsonSchema({"type": "string", "pattern": f"^{_AWARD_ID.pattern}$"}),
]
Identity = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_matching(r"sha256\$[0-9a-f]{64}", "a hashed address", "let `badgesite award` write it")),
    WithJsonSchema({"type": "string", "pattern": "^sha256\\$[0-9a-f]{64}$"}),
]
Salt = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(_matching(r"[0-9a-f]{32,128}", "a salt", "let `badgesite award` draw it: 32 hexadecimal digits")),
    WithJsonSchema(plain_schema(pattern="^[0-9a-f]{32,128}$")),
]
FileName = Annotated[
    str,
    BeforeValidator(_text),
    AfterValidator(
        _matching(
            r"[^/\\:*?\"<>|\x00-\x1f]+", "the name of a file beside this one", "put it there, and write its name alone"
        )
    ),
    WithJsonSchema(plain_schema(pattern='^[^/\\\\:*?"<>|]+$')),
]
Level = Annotated[Whole, Field(ge=1, le=8), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 8})]
Amount = Annotated[Number, Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]
Count = Annotated[Whole, Field(ge=0), WithJsonSchema({"type": "integer", "minimum": 0})]
