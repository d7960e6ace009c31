"""A translation as it is written: the entries of a gettext .po file at their places, and all that is damaged in it."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from badgesite.errors import Place, Problem

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d{1,2})\])?)(?=[\s\"]|$)[ \t]*")
_KEYWORDS = ("msgid", "msgid_plural", "msgstr", "msgstr[0]", "msgctxt")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
_NOWHERE = Place("")
_CHARSET = re.compile(rb"^[^#\n]*Content-Type:[^\n]*charset=([\w-]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and where its first quotation mark stands."""

    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and what is said for it, by the number of the form; 0 alone where it has no plural."""

    message: Written
    plural: Written | None
    forms: Mapping[int, Written]
    fuzzy: bool
    context: Written | None
    remarks: tuple[str, ...]
    sources: tuple[str, ...]  # the files that say it


@dataclass(frozen=True, slots=True)
class PoFile:
    """What a file says; its `head` by the lower-case name of each line, at the place of the whole.

    `retired` are the entries behind `#~`, which no page says, and `retired_problems` what is damaged in them: that
    matters only to who writes the file anew.
    """

    path: str
    head: Mapping[str, Written]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    retired: tuple[Entry, ...] = ()
    retired_problems: tuple[Problem, ...] = ()


def read_po_file(path: str, data: bytes) -> PoFile:
    """The entries of a file; those that are damaged are among the problems instead."""
    text, problems = _decoded(path, data)
    if text is None:
        return PoFile(path, {}, (), tuple(problems))
    parser, retired = _Parser(path), _Parser(path)
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#~"):
            parser.hand_over(retired)
            retired.feed(number, _without_sign(line.rstrip()))
        else:
            parser.feed(number, line.rstrip())
    parser.finish()
    retired.finish()
    head, entries = {}, []
    for entry in parser.entries.values():
        if entry.message.words or entry.context:
            entries.append(entry)
            continue
        written = entry.forms.get(0, entry.message)
        for name, _, value in (line.partition(":") for line in written.words.splitlines()):
            head[name.strip().lower()] = Written(value.strip(), written.place)
    kept = tuple(retired.entries.values())
    return PoFile(path, head, tuple(entries), (*problems, *parser.problems), kept, tuple(retired.problems))


def _without_sign(line: str) -> str:
    """A line behind `#~`, at its columns; nothing of what a message once was, which is behind `#~|`."""
    sign = line.index("#~")
    return "" if line[sign + 2 : sign + 3] == "|" else " " * (sign + 2) + line[sign + 2 :]


def _decoded(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text in the encoding that the head names, UTF-8 if it names none."""
    data = data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    named = _CHARSET.search(data)
    charset = named[1].decode() if named else "utf-8"
    try:
        if charset.upper() == "CHARSET":  # as empty templates have it
            charset = "utf-8"
        return data.decode(charset), []
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        line, column = data.count(b"\n", 0, start) + 1, len(data[start : error.start].decode("utf-8", "replace")) + 1
        what = f"what stands here is not in {charset.upper()}, the encoding of the file"
        return None, [
            Problem(Place(path, line, column), what, "save the file as UTF-8, with charset=utf-8 in its head")
        ]
    except (LookupError, UnicodeError):  # a name that means nothing, or no text
        line = data.count(b"\n", 0, named.start(1)) + 1 if named else 1
        what = f'"{charset}" is no encoding that is known'
        return None, [Problem(Place(path, line, 1), what, "save the file as UTF-8, and write charset=utf-8 there")]


@dataclass(slots=True)
class _Parser:
    path: str
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _texts: dict[str, Written] = field(default_factory=dict)  # of the entry that is being read, by keyword
    _now: str = ""
    _start: Place = _NOWHERE
    _damaged: bool = False
    _fuzzy: bool = False
    _remarks: list[str] = field(default_factory=list)
    _sources: list[str] = field(default_factory=list)

    def feed(self, number: int, line: str) -> None:
        """A line without its end."""
        column = len(line) - len(line.lstrip()) + 1
        words, place = line.lstrip(), Place(self.path, number, column)
        if not words:
            return
        if words.startswith("#"):
            self.finish()
            self._note(words)
        elif keyword := _KEYWORD.match(words):
            self._begin(keyword, words, place)
        elif words.startswith('"') and self._now:
            self._go_on(words, place)
        elif not self._damaged:  # else it may be the rest of a text that lacks its end
            self._tell(place, *_stray(words))

    def finish(self) -> None:
        """Keep the entry that has been read, if it is whole."""
        if self._texts and not self._damaged:
            faults = list(self._faults())
            self.problems += faults
            if not faults:
                self._keep()
        if self._texts:  # else the remarks so far belong to the entry that follows
            self._fuzzy, self._remarks, self._sources = False, [], []
        self._texts, self._now, self._damaged = {}, "", False

    def hand_over(self, other: "_Parser") -> None:
        """End the entry, and give the remarks that follow it to the entry that another parser reads."""
        self.finish()
        if self._fuzzy or self._remarks:
            other.finish()
            other._fuzzy, other._remarks = self._fuzzy, self._remarks
        self._fuzzy, self._remarks, self._sources = False, [], []

    def _note(self, words: str) -> None:
        """A line that begins with #: a remark of a translator, or one for programs."""
        if words.startswith("#,"):
            self._fuzzy |= "fuzzy" in re.split(r"[,\s]+", words)
        elif words.startswith("#:"):
            self._sources += [re.sub(r":\d*$", "", each) for each in words[2:].split()]
        elif words[1:2] not in (".", "|"):
            self._remarks.append(words[1:].strip())

    def _begin(self, keyword: re.Match[str], words: str, place: Place) -> None:
        name = keyword[1]
        if name == "msgctxt" or (name == "msgid" and set(self._texts) != {"msgctxt"}):
            self.finish()
            self._start = place
        if name in self._texts:
            self._tell(
                place, f"{name} stands here a second time for one message", "put back the msgid above it, or remove it"
            )
            return
        self._now = name
        at = Place(place.path, place.line, place.column + keyword.end())
        self._texts[name] = Written("", at)
        if words[keyword.end(1) :].startswith('"'):
            self._tell(at, f"no blank stands between {name} and its text", f'write {name} "..."')
        elif rest := words[keyword.end() :]:
            self._go_on(rest, at)
        else:
            self._tell(at, f"there is no text after {name}", f'write {name} "" for none')

    def _go_on(self, words: str, place: Place) -> None:
        if fault := _fault_of(words, place, self._now):
            self._tell(*fault)
            return
        known = self._texts[self._now]
        for escape in _ESCAPE.finditer(words):
            if escape[1] == "'":
                at = Place(place.path, place.line, place.column + escape.start())
                what = "\\' is read as an apostrophe, and by other programs with the backslash"
                self.problems.append(Problem(at, what, "write ' alone", "warning"))
        said = _ESCAPE.sub(lambda escape: _ESCAPES[escape[1]], words[1:-1])
        self._texts[self._now] = Written(known.words + said, known.place)

    def _tell(self, place: Place, what: str, mend: str) -> None:
        """A fault that damages the entry, of which nothing more is told."""
        if not self._damaged:
            self.problems.append(Problem(place, what, mend))
        self._damaged = True

    def _faults(self) -> Iterator[Problem]:
        """What the entry lacks, or has too much."""
        said = [name for name in self._texts if name.startswith("msgstr")]
        if "msgid" not in self._texts:
            first = self._texts[min(self._texts)].place
            place = Place(first.path, first.line, 1)
            yield Problem(place, f"{min(self._texts)} stands without a msgid", "put back the msgid above it")
        elif not said:
            yield Problem(self._start, "the message has no msgstr", 'write msgstr "" below it, with the translation')
        elif "msgid_plural" in self._texts and "msgstr" in said:
            mend = "write msgstr[0], msgstr[1] and so on"
            yield Problem(self._texts["msgstr"].place, "a message with a plural has numbered forms", mend)
        elif "msgid_plural" not in self._texts and said != ["msgstr"]:
            place = self._texts[said[-1]].place
            yield Problem(place, "a message without msgid_plural has one translation", "write msgstr, without a number")

    def _keep(self) -> None:
        texts = self._texts
        message, context = texts["msgid"], texts.get("msgctxt")
        forms = {int(name[7:-1] or 0): text for name, text in texts.items() if name.startswith("msgstr")}
        plural, remarks = texts.get("msgid_plural"), tuple(self._remarks)
        entry = Entry(message, plural, forms, self._fuzzy, context, remarks, tuple(self._sources))
        key = (context.words if context else "", message.words)
        known = self.entries.get(key)
        if known is None:
            self.entries[key] = entry
        elif _said_in(known) == _said_in(entry):
            what = f"this stands here a second time, as in line {known.message.place.line}"
            self.problems.append(Problem(message.place, what, "remove one of them", "warning"))
            if known.fuzzy:
                self.entries[key] = entry
        else:
            thing = "this message" if message.words else "the head of the file"
            what = f"{thing} stands here a second time; the first is in line {known.message.place.line}"
            self.problems.append(Problem(message.place, what, "keep the better one"))


def _said_in(entry: Entry) -> tuple[str | None, dict[int, str]]:
    return entry.plural.words if entry.plural else None, {number: form.words for number, form in entry.forms.items()}


def _fault_of(words: str, place: Place, keyword: str) -> tuple[Place, str, str] | None:
    """What is wrong with a text in quotation marks: where, what, and the mend."""
    found = _STRING.match(words)
    if not words.startswith('"'):
        return place, "no straight quotation mark begins the text", f'put it between two, as in {keyword} "..."'
    if not found:
        end = Place(place.path, place.line, place.column + len(words))
        return end, "the closing quotation mark is missing", 'write " at the end of the text'
    if found.end() < len(words):
        inside = Place(place.path, place.line, place.column + found.end() - 1)
        return inside, "this quotation mark ends the text, and more follows", 'write \\" for one inside'
    for escape in _ESCAPE.finditer(words):
        if escape[1] not in _ESCAPES:
            at = Place(place.path, place.line, place.column + escape.start())
            return at, f"{escape[0]} has no meaning", "write \\\\ for a backslash"
    return None


def _stray(words: str) -> tuple[str, str]:
    """What is wrong with a line that is nothing known, and the mend."""
    first = re.split(r"[\s\"]", words, maxsplit=1)[0]
    if words.startswith('"'):
        return "this text belongs to no msgid and no msgstr", "put back the line above it, or remove it"
    near = get_close_matches(first.lower(), _KEYWORDS, 1)
    mend = f"did you mean {near[0]}?" if near else "begin a remark with #, or remove the line"
    return f'"{first}" begins no line of a translation', mend
