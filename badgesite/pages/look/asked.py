"""What a template asks for and does not get, or what it would print that is no words: said as its author reads it."""

from collections.abc import Collection, Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Macro
from jinja2.utils import missing

from badgesite.pages.look.nearest import did_you_mean

_ASKS, _IN_VAIN = 'it asks for "', '", which it does not get'
_TOLD = 12  # fields that are named


class Asked(StrictUndefined):
    """In the place of what is not there; whatever is done with it is an error with the template's line."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        """Jinja's hook for the words of the error."""
        name, thing = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return str(self._undefined_hint)
        if thing is missing:
            return f"{_ASKS}{name}{_IN_VAIN}"
        known = field_names(thing)
        mend = did_you_mean(str(name), known) or (f"there are {', '.join(known[:_TOLD])}" if known else "")
        what = f'it asks for the field "{name}" of something that has none of that name'
        return f"{what}; {mend}" if mend else what


def mend_of(message: str, given: Iterable[str]) -> str:
    """The name of something `given` that a template may have meant which asked for another; "" for other faults."""
    asked = message.startswith(_ASKS) and message.endswith(_IN_VAIN)
    return did_you_mean(message[len(_ASKS) : -len(_IN_VAIN)], given) if asked else ""


def field_names(thing: object) -> list[str]:
    """The fields of a view; nothing of anything else."""
    return [field.name for field in fields(thing)] if is_dataclass(thing) else []


def printable(value: Any) -> Any:
    """Jinja's hook for all that a template prints: words and numbers as they are.

    TemplateRuntimeError for a view, several of them or a macro, of which only Python's way to write it would be seen.
    """
    if isinstance(value, (str, int, float)) or _has_words(type(value)):
        return value
    if isinstance(value, Collection):
        raise TemplateRuntimeError("it prints a whole list; take each of it in turn with {% for ... in ... %}")
    if is_dataclass(value):
        raise TemplateRuntimeError(
            f"it prints something that has fields, and is no text itself; name one: .{', .'.join(field_names(value))}"
        )
    if isinstance(value, Macro):
        raise TemplateRuntimeError(f"it prints the macro {value.name} itself; call it: {value.name}(...)")
    return value


def _has_words(kind: type) -> bool:
    """Whether things of a kind say themselves how they are written."""
    own: object = kind.__str__
    return own is not object.__str__
