"""The members of a public key's file, read strictly: every fault is a Problem with its line."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches

from badgesite.errors import Place, Problem

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_FORM = "%Y-%m-%dT%H:%M:%SZ"
WHOLE_MEND = "take the file from Git, as `badgesite keys new` wrote it"
_PRIVATE = ("d", "secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk")
_PRIVATE_MEND = "it is a private half, and whoever read it can sign: remove the file, and run `badgesite keys new`"
_SHOWN = 80
LONGEST_WORDS = 1_000  # characters
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKS = re.compile(r"(<{7}|\|{7}|>{7})( .*)?|={7}")
_MOMENT_MEND = "write it like 2026-01-31T09:00:00Z"


def moment_text(moment: datetime) -> str:
    """A moment as documents have it: whole seconds in UTC, with a Z."""
    return moment.astimezone(UTC).strftime(_FORM)


def _unfit(text: object) -> str:
    """What is wrong with words for people; "" if nothing is."""
    if not isinstance(text, str):
        return "is not a text"
    if not text.strip():
        return "is empty"
    if len(text) > LONGEST_WORDS:
        return f"has {len(text):,} characters, and {LONGEST_WORDS:,} are the most"
    return "holds a control character" if _CONTROL.search(text) else ""


def _not_json(path: str, error: json.JSONDecodeError) -> Problem:
    what = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    return Problem(Place(path, error.lineno, error.colno), what, WHOLE_MEND)


def _marked(path: str, text: str) -> Problem | None:
    """That a merge left its marks in the file, if so."""
    for number, line in enumerate(text.splitlines(), 1):
        if _MARKS.fullmatch(line):
            mend = "keep one side; if the sides are two keys, give the other a file of its own, named like this and -2"
            return Problem(Place(path, number, 1), "the file holds the marks of a merge", mend)
    return None


class Members:
    """What stands in a JSON file at `path`, asked for one member after another; faults gather in `problems`."""

    def __init__(self, path: str, data: bytes) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._text = ""
        self._values: Mapping[str, object] = {}
        try:
            self._text = data.decode("utf-8-sig")
            self._values = self._object(json.loads(self._text, object_pairs_hook=self._once))
        except json.JSONDecodeError as error:
            self.problems.append(_marked(path, self._text) or _not_json(path, error))
        except (UnicodeDecodeError, RecursionError, ValueError):
            self.problems.append(Problem(Place(path), "this is not JSON", WHOLE_MEND))

    def fault(self, member: str, what: str, mend: str = "") -> None:
        """Note what is wrong with a member, at its line if it has one."""
        self.problems.append(Problem(self._place(member), what, mend))

    def text(self, member: str) -> str | None:
        """A member that has to be a text; None and a fault if it is not."""
        return self._as_text(member, member, self._values)

    def texts(self, member: str, known: Collection[str]) -> Mapping[str, str]:
        """A member that has to be an object of these texts and no others; empty and faults if it is not."""
        value = self._values.get(member)
        if not isinstance(value, dict):
            self.fault(member, f'"{member}" is {"missing" if value is None else "not an object"}', WHOLE_MEND)
            return {}
        found = {name: self._as_text(member, name, value) for name in known}
        self._refuse_unknown(member, value, known)
        return {name: text for name, text in found.items() if text is not None}

    def moment(self, member: str, *, needed: bool = False) -> datetime | None:
        """A member that has to be a moment, or null unless it is needed; None and a fault if it is something else."""
        value = self._values.get(member)
        if value is None:
            if needed or member not in self._values:
                self.fault(member, f'"{member}" is missing', _MOMENT_MEND if needed else "write null if there is none")
            return None
        try:
            if isinstance(value, str) and _MOMENT.fullmatch(value):
                return datetime.strptime(value, _FORM).replace(tzinfo=UTC)
        except ValueError:
            pass  # such as the 31st of February
        self.fault(member, f'"{member}" is not a moment', _MOMENT_MEND)
        return None

    def words(self, member: str) -> tuple[tuple[str, str], ...]:
        """A member that has to be a text, with the tag "", or an object of texts by language tag; () if it is not."""
        value = self._values.get(member)
        texts = value if isinstance(value, dict) else {"": value}
        for tag, text in texts.items():
            if isinstance(value, dict) and not _LANGUAGE.fullmatch(tag):
                self.fault(member, f'"{member}" names no language by {json.dumps(tag[:_SHOWN])}', "write it like en")
            elif what := _unfit(text):
                self.fault(member, f'"{member}" {what}', "write why in a sentence or two, as text")
        if not texts:
            self.fault(member, f'"{member}" is empty', "write why in a sentence or two, as text")
        return () if self.problems else tuple((tag, str(text).strip()) for tag, text in texts.items())

    def has(self, member: str) -> bool:
        """Whether there is such a member."""
        return member in self._values

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Note every member that is none of `known`."""
        self._refuse_unknown("", self._values, known)

    def _refuse_unknown(self, inside: str, values: Mapping[str, object], known: Collection[str]) -> None:
        for name in values:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                other = f'did you mean "{near[0]}"?' if near else "remove it"
                mend = _PRIVATE_MEND if name in _PRIVATE else other
                what = f"{json.dumps(name[:_SHOWN])} is no member of {inside or 'a key'}"
                self.problems.append(Problem(self._place(name), what, mend))

    def _as_text(self, member: str, name: str, values: Mapping[str, object]) -> str | None:
        value = values.get(name)
        if isinstance(value, str):
            return value
        what = f'"{name}" is {"missing" if value is None else "not a text"}'
        self.problems.append(Problem(self._place(name if name in values else member), what, WHOLE_MEND))
        return None

    def _object(self, value: object) -> Mapping[str, object]:
        if isinstance(value, dict):
            return value
        self.problems.append(Problem(Place(self._path, 1, 1), "this is not a JSON object", WHOLE_MEND))
        return {}

    def _once(self, pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        values = dict(pairs)
        for name in values:
            if sum(name == other for other, _ in pairs) > 1:
                self.fault(name, f"{json.dumps(name[:_SHOWN])} stands here twice", "remove one of the two")
        return values

    def _place(self, member: str) -> Place:
        found = re.search(rf'"{re.escape(member)}"\s*:', self._text)
        if not found:
            return Place(self._path)
        before = self._text[: found.start()]
        return Place(self._path, before.count("\n") + 1, len(before) - before.rfind("\n"))
