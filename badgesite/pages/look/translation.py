"""A translation of the pages' own words to fill in: a gettext catalogue, as translators' programs read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from babel.messages import Catalog, Message
from babel.messages.pofile import write_po

from badgesite.errors import Problem, ThemeError
from badgesite.pages.dates import locale_of
from badgesite.pages.look.po_file import Entry, PoFile, read_po_file
from badgesite.pages.look.po_rules import Rule, entry_problems, form_problems, rule_of, rule_of_language, short

_HEADER = """\
# What pages say in {name}: each translation goes between the quotes of its msgstr; names in %(...)s stay as they are.
msgid ""
msgstr ""
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={count}; plural={rule};\\n"

"""


@dataclass(frozen=True, slots=True)
class Begun:
    """The catalogue as a file; how many messages it has, and how many of them are still to be translated."""

    data: bytes
    messages: int
    empty: int


def begun(tag: str, name: str, sources: Iterable[bytes], old: tuple[str, bytes] | None = None) -> Begun:
    """A catalogue with every message of the English ones, for the language `tag`, called `name`.

    What an `old` one (path, content) says is kept, and stands at the end where no page says it any more. ThemeError if
    anything in it is wrong, as it could be lost then.
    """
    rule, file = _read(tag, *old) if old else (rule_of_language(tag), PoFile("", {}, (), ()))
    new = Catalog(locale=locale_of(tag), charset="utf-8", fuzzy=False)
    new.mime_headers = [("Plural-Forms", f"nplurals={rule.count}; plural={rule.expression};")]  # how many are written
    known = {entry.message.words: entry for entry in file.entries if not entry.context and not entry.fuzzy}
    problems: list[Problem] = []
    for message in _messages(sources):
        found = known.get(message.message.words)
        said = found and any(form.words for form in found.forms.values())
        faults = list(_miscounted(found, message)) if found and said else []
        problems += faults
        string = _string_of(found, rule) if found and said and not faults else None
        places = [(path, None) for path in message.sources]
        new.add(_id_of(message), string, places, user_comments=found.remarks if found else ())  # type: ignore[arg-type]
    if problems:
        raise ThemeError(problems=problems)
    _retire(new, file, rule)
    return _written(tag, name, new, rule)


def _written(tag: str, name: str, new: Catalog, rule: Rule) -> Begun:
    file = BytesIO()
    file.write(_HEADER.format(tag=tag, name=name, count=rule.count, rule=rule.expression).encode())
    write_po(file, new, width=0, omit_header=True)
    messages = [message for message in new if message.id]
    return Begun(file.getvalue(), len(messages), sum(not _is_said(message.string) for message in messages))


def _messages(sources: Iterable[bytes]) -> Iterator[Entry]:
    """What the English catalogues say that pages say."""
    for data in sources:
        file = read_po_file("messages.po", data)
        if errors := [problem for problem in file.problems if problem.severity == "error"]:
            raise ThemeError("the English messages of a theme cannot be read", errors)
        yield from (entry for entry in file.entries if not entry.context)


def _retire(new: Catalog, file: PoFile, rule: Rule) -> None:
    """Put to the end what no page says any more; of what was there already, all."""
    gone = [entry for entry in file.entries if entry.context or entry.message.words not in new]
    for entry in (*file.retired, *(entry for entry in gone if any(form.words for form in entry.forms.values()))):
        words, context = entry.message.words, entry.context.words if entry.context else None
        message = Message(_id_of(entry), _string_of(entry, rule), user_comments=entry.remarks, context=context)
        new.obsolete[(words, context) if context else words] = message


def _id_of(entry: Entry) -> str | tuple[str, str]:
    return (entry.message.words, entry.plural.words) if entry.plural else entry.message.words


def _string_of(entry: Entry, rule: Rule) -> str | tuple[str, ...]:
    if not entry.plural:
        return entry.forms[0].words
    return tuple(entry.forms[form].words if form in entry.forms else "" for form in range(rule.count))


def _miscounted(entry: Entry, message: Entry) -> Iterator[Problem]:
    """A translation with forms of a message that has none, or the reverse; it could not be written."""
    if message.plural and not entry.plural:
        mend = f'write msgid_plural "{short(message.plural.words)}" below it, and msgstr[0], msgstr[1] and so on'
        yield Problem(entry.message.place, "this message counts something, and has forms for numbers", mend)
    elif entry.plural and not message.plural:
        mend = "remove the line msgid_plural, and write msgstr, without a number"
        yield Problem(entry.plural.place, "this message counts nothing, and has no plural", mend)


def _is_said(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _read(tag: str, path: str, data: bytes) -> tuple[Rule, PoFile]:
    """A file in which nothing is wrong, so that nothing that it says is lost."""
    file = read_po_file(path, data)
    rule, faults = rule_of(file, tag)
    found = [*file.problems, *file.retired_problems, *faults]
    if not faults:
        found += [fault for entry in file.entries for fault in entry_problems(entry, rule)]
        found += [fault for entry in (*file.entries, *file.retired) for fault in form_problems(entry, rule)]
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise ThemeError(problems=errors)
    return rule, file
