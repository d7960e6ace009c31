"""What a translation has to keep of its message: the placeholders that pages fill in, and the forms of numbers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from gettext import c2py

from babel.messages import Catalog

from badgesite.errors import Place, Problem
from badgesite.pages.dates import locale_of
from badgesite.pages.look.po_file import Entry, PoFile, Written

_SLOT = re.compile(  # a whole conversion of Python's, a doubled sign, or what is meant for one
    r"%(?:\((?P<name>[^()%]*)\)[#0\- +]*\d*(?:\.\d+)?[hlL]?(?P<kind>[diouxXeEfFgGcrsa])"
    r"|(?P<doubled>%)|(?: ?\(\s*(?P<meant>\w+)\s*\)?))?"
)
_TEXT = frozenset("sra")
_FORMS = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=([^;]+);?\s*")
_COUNTS = frozenset(("num", "n", "count", "number"))  # the names by which templates call the number that is counted
_TRIED = 200
_FEW = 2
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Rule:
    """How many forms a message has that counts, and which of them a number takes."""

    count: int
    plural: Callable[[int], int]
    expression: str

    def serves_few(self, form: int) -> bool:
        """Whether the form is that of one number alone, or of two."""
        return sum(self.plural(number) == form for number in range(_TRIED)) <= _FEW


def rule_of_language(language: str) -> Rule:
    """The rule that Babel knows of a language; that of English for one it does not know."""
    catalog = Catalog(locale=locale_of(language))
    return Rule(catalog.num_plurals, c2py(catalog.plural_expr), catalog.plural_expr)


def rule_of(file: PoFile, language: str) -> tuple[Rule, tuple[Problem, ...]]:
    """The rule that the head of a file gives, else that of the language; and what is wrong with it."""
    written = file.head.get("plural-forms")
    if written is None:
        return rule_of_language(language), ()
    try:
        found = _FORMS.fullmatch(written.words)
        rule = Rule(int(found[1]), c2py(found[2].strip()), found[2].strip()) if found else None
        if rule and all(0 <= rule.plural(number) < rule.count for number in range(_TRIED)):
            return rule, ()
    except (ValueError, ZeroDivisionError, RecursionError):
        pass  # told below
    catalog = Catalog(locale=locale_of(language))
    mend = f"write nplurals={catalog.num_plurals}; plural={catalog.plural_expr};"
    what = f'"{short(written.words)}" is no rule for Plural-Forms'
    return rule_of_language(language), (Problem(written.place, what, mend),)


def head_problems(file: PoFile, language: str) -> Iterator[Problem]:
    """A warning for a file that does not tell its encoding: other programs may take it for another one."""
    kind = file.head.get("content-type")
    if file.entries and "charset=" not in (kind.words.lower() if kind else ""):
        what = "the file does not tell its encoding, and is read as UTF-8"
        mend = f"`badgesite new language {language}` writes its head anew"
        yield Problem(Place(file.path, 1, 1), what, mend, "warning")


def entry_problems(entry: Entry, rule: Rule) -> Iterator[Problem]:
    """What pages could not fill in, or would lose; of a guess, which pages do not say, nothing."""
    if entry.fuzzy:
        return
    if entry.context:
        what = "no page says a message in a context"
        yield Problem(entry.message.place, what, "remove the line msgctxt above it", "warning")
    yield from form_problems(entry, rule)
    wanted = _slots_of(entry)
    for number, said in sorted(entry.forms.items()):
        if said.words and not (entry.plural and number >= rule.count):
            spared = _spared(entry, number, rule) if entry.plural else frozenset()
            yield from _slots(said, wanted, spared, formatted=is_formatted(entry.message.words) or bool(entry.plural))


def form_problems(entry: Entry, rule: Rule) -> Iterator[Problem]:
    """Forms that the rule does not have."""
    for number, said in sorted(entry.forms.items()):
        if number >= rule.count and entry.plural:
            what = f"msgstr[{number}] is one form too many: the Plural-Forms of the head has {rule.count}, from 0"
            yield Problem(said.place, what, "remove it, or mend the head")


def is_formatted(message: str) -> bool:
    """Whether a message is filled in as a format, in which a per cent sign is doubled."""
    return any(slot["name"] or slot["doubled"] for slot in _SLOT.finditer(message))


def _slots_of(entry: Entry) -> dict[str, str]:
    """The placeholders of a message by name, as it has them."""
    messages = [entry.message.words, *([entry.plural.words] if entry.plural else [])]
    slots = [slot for each in messages for slot in _SLOT.finditer(each) if slot["name"]]
    found: dict[str, str] = {}
    for slot in slots:
        found.setdefault(slot["name"], slot[0])
    return found


def _spared(entry: Entry, form: int, rule: Rule) -> frozenset[str]:
    """The placeholders that a form may leave out: those that stand for the number, where words tell it."""
    one, many = _names(entry.message.words), _names(entry.plural.words if entry.plural else "")
    both = one | many
    if form == 0 or rule.serves_few(form):
        return many - one | both & _COUNTS | (both if len(both) == 1 else frozenset())
    return many - one


def _names(message: str) -> frozenset[str]:
    return frozenset(slot["name"] for slot in _SLOT.finditer(message) if slot["name"])


def _slots(said: Written, wanted: dict[str, str], spared: frozenset[str], *, formatted: bool) -> Iterator[Problem]:
    faults = 0
    for what, mend in _misplaced(said.words, wanted, formatted):
        faults += 1
        yield Problem(said.place, what, mend)
    there = _names(said.words)
    for name, slot in wanted.items() if not faults else ():
        if name not in there | spared:
            what = f"{slot} of the message is missing, and with it what the page puts there"
            yield Problem(said.place, what, f"write {slot} where it belongs")


def _misplaced(words: str, wanted: dict[str, str], formatted: bool) -> Iterator[tuple[str, str]]:
    """Per cent signs that are no placeholder of the message."""
    for slot in _SLOT.finditer(words):
        name, meant = slot["name"], slot["meant"]
        if name in wanted and not _fits(slot["kind"], wanted[name][-1]):
            yield f"{slot[0]} is filled with what the message writes as {wanted[name]}", f"write {wanted[name]}"
        elif name and name not in wanted:
            mend = f"write {_nearest(name, wanted)}" if wanted else "remove it: the message has none"
            yield f"{slot[0]} is no placeholder of the message", mend
        elif meant in wanted:
            yield f'"{slot[0].strip()}" is no whole placeholder', f"write {wanted[meant]}"
        elif formatted and not name and not slot["doubled"]:
            yield "a per cent sign stands alone", "write %% for it"


def _fits(kind: str, wanted: str) -> bool:
    """Whether a value can be written so that the message writes as `wanted`: anything as text, a number as a number."""
    return kind in _TEXT or wanted not in _TEXT


def _nearest(name: str, wanted: dict[str, str]) -> str:
    near = get_close_matches(name, wanted, 1) or wanted
    return " or ".join(wanted[each] for each in near) + ", as the message has it"


def short(words: str) -> str:
    """Words to repeat in a message, cut off if they are many."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
