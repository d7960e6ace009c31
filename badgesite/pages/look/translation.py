"""A translation of the pages' own words to fill in: a gettext catalogue, as translators' programs read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from badgesite.errors import ThemeError
from badgesite.pages.dates import locale_of
from badgesite.pages.look.po_file import read_po_file
from badgesite.pages.look.po_rules import rule_of

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
    it cannot be read.
    """
    locale = locale_of(tag)
    known = _read(tag, *old) if old else Catalog()
    new = Catalog(locale=locale, charset="utf-8", fuzzy=False)
    for data in sources:
        for message in read_po(BytesIO(data), locale="en"):
            if message.id:
                string, comments = _kept(known, message.id)  # type: ignore[arg-type]
                places = [(path, None) for path, _ in message.locations]
                new.add(message.id, string, places, user_comments=comments)  # type: ignore[arg-type]
    for message in known:
        if message.id and message.string and message.id not in new:
            new.obsolete[message.id] = message  # type: ignore[index]
    new.obsolete.update(known.obsolete)
    rule = (known.num_plurals, known.plural_expr) if old else (new.num_plurals, new.plural_expr)
    file = BytesIO()
    file.write(_HEADER.format(tag=tag, name=name, count=rule[0], rule=rule[1]).encode())
    write_po(file, new, width=0, omit_header=True)
    messages = [message for message in new if message.id]
    return Begun(file.getvalue(), len(messages), sum(not _is_said(message.string) for message in messages))


def _kept(known: Catalog, message: str | tuple[str, ...]) -> tuple[Any, list[str]]:
    """What was said and remarked; a guess that nobody has looked at is not kept."""
    found = known.get(message[0] if isinstance(message, tuple) else message)
    return (found.string, found.user_comments) if found and not found.fuzzy else (None, [])


def _is_said(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _read(tag: str, path: str, data: bytes) -> Catalog:
    file = read_po_file(path, data)
    if problems := (*file.problems, *rule_of(file, tag)[1]):
        raise ThemeError(problems=problems)
    return read_po(BytesIO(data), locale=locale_of(tag))
