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

_SLOT = re.compile(r"%(?:\((\w+)\)s|(%)|( ?\(\s*(\w+)\s*\)?))?")  # whole, a doubled sign, or what is meant for one
_FORMS = re.compile(r"\s*nplurals\s*=\s*([1-9])\s*;\s*plural\s*=([^;]+);?\s*")
_COUNT = "num"  # which a form that serves one number alone may leave out
_TRIED = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """How many forms a message has that counts, and which of them a number takes."""

    count: int
    plural: Callable[[int], int]

    def serves_one(self, form: int) -> bool:
        """Whether the form is that of one number alone."""
        return sum(self.plural(number) == form for number in range(_TRIED)) == 1


def rule_of_language(language: str) -> Rule:
    """The rule that Babel knows of a language; that of English for one it does not know."""
    catalog = Catalog(locale=locale_of(language))
    return Rule(catalog.num_plurals, c2py(catalog.plural_expr))


def rule_of(file: PoFile, language: str) -> tuple[Rule, tuple[Problem, ...]]:
    """The rule that the head of a file gives, else that of the language; and what is wrong with it."""
    written = file.head.get("plural-forms")
    if written is None:
        return rule_of_language(language), ()
    try:
        found = _FORMS.fullmatch(written.words)
        rule = Rule(int(found[1]), c2py(found[2].strip())) if found else None
        if rule and all(0 <= rule.plural(number) < rule.count for number in range(_TRIED)):
            return rule, ()
    except (ValueError, ZeroDivisionError, RecursionError):
        pass  # told below
    catalog = Catalog(locale=locale_of(language))
    mend = f"write nplurals={catalog.num_plurals}; plural={catalog.plural_expr};"
    return rule_of_language(language), (Problem(written.place, f'"{written.words}" is no rule for Plural-Forms', mend),)


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
    messages = [entry.message.words, *([entry.plural.words] if entry.plural else [])]
    wanted = [name for name in dict.fromkeys(slot[1] for each in messages for slot in _SLOT.finditer(each)) if name]
    for number, said in sorted(entry.forms.items()):
        if number >= rule.count and entry.plural:
            what = f"msgstr[{number}] is one form too many: the Plural-Forms of the head has {rule.count}, from 0"
            yield Problem(said.place, what, "remove it, or mend the head")
        elif said.words:
            spared = {_COUNT} if entry.plural and rule.serves_one(number) else set()
            yield from _slots(said, wanted, spared)


def _slots(said: Written, wanted: list[str], spared: set[str]) -> Iterator[Problem]:
    faults = 0
    for what, mend in _misplaced(said.words, wanted):
        faults += 1
        yield Problem(said.place, what, mend)
    there = {slot[1] for slot in _SLOT.finditer(said.words)}
    for name in wanted if not faults else ():
        if name not in there | spared:
            what = f"%({name})s of the message is missing, and with it what the page puts there"
            yield Problem(said.place, what, f"write %({name})s where it belongs")


def _misplaced(words: str, wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Per cent signs that are no placeholder of the message."""
    for slot in _SLOT.finditer(words):
        if slot[2] or slot[1] in wanted:
            continue
        if slot[1]:
            mend = f"write {_nearest(slot[1], wanted)}" if wanted else "remove it: the message has none"
            yield f"{slot[0]} is no placeholder of the message", mend
        elif slot[4] in wanted:
            yield f'"{slot[0].strip()}" is no whole placeholder', f"write %({slot[4]})s"
        else:
            yield "a per cent sign stands alone", "write %% for it"


def _nearest(name: str, wanted: list[str]) -> str:
    near = get_close_matches(name, wanted, 1) or wanted
    return " or ".join(f"%({each})s" for each in near) + ", as the message has it"
