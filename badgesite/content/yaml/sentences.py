"""A pydantic error -> what a person reads: what is wrong, and how to mend it."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic_core import ErrorDetails

from badgesite.content.yaml.hints import EXAMPLES, WHOLE
from badgesite.content.yaml.shapes import fields_of, model_at, name_of
from badgesite.model.scalars import shown

_MAPS = ("model_type", "model_attributes_type", "dataclass_type", "dict_type", "mapping_type")
_LISTS = ("tuple_type", "list_type")
_WORD = 64
_LIST_WORDS = re.compile(r"[\w@.-]+(, *[\w@.-]+)*")
UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")


def sentence(error: ErrorDetails, model: type, also: Iterable[str] = ()) -> tuple[str, str]:
    """What is wrong and the mend, for an error in validating `model`; `also` are keys a file may hold besides."""
    kind, context = error["type"], error.get("ctx") or {}
    if "what" in context:
        return str(context["what"]), str(context["mend"])
    if kind in UNKNOWN:
        return _unknown(error, model, also)
    if kind == "missing":
        return _missing(error, model)
    if kind == "literal_error":
        return _literal(error)
    if kind in _MAPS:
        return f"{shown(error['input'])} stands where a map is meant", _as_map(error)
    if kind in _LISTS:
        return f"{shown(error['input'])} stands where a list is meant", _as_list(error["input"])
    return _bounds(kind, context) or (error["msg"][:1].lower() + error["msg"][1:], "")


def suggestion(word: str, known: Iterable[str], *, only_close: bool = False) -> str:
    """The mend for a word that is none of the known ones; with `only_close`, none but a word like it."""
    choices = sorted(known)
    if close := _close(word.lower(), choices):
        return f'did you mean "{close}"?'
    if only_close:
        return ""
    return f"known are {', '.join(choices)}" if choices else ""


def _as_map(error: ErrorDetails) -> str:
    """How to write the map that is meant; by an example, where one line holds it."""
    noun = str((error.get("ctx") or {}).get("class_name", ""))
    key = error["loc"][-1] if error["loc"] else ""
    return f"write {key}: {WHOLE[noun]}" if noun in WHOLE else "write key: value lines below it"


def _as_list(value: object) -> str:
    """How to make a list of what was written."""
    simple = isinstance(value, str) and _LIST_WORDS.fullmatch(value)
    return f"write [{value}]" if simple else "begin each item with -, or write [...]"


def _unknown(error: ErrorDetails, model: type, also: Iterable[str]) -> tuple[str, str]:
    *way, key = error["loc"]
    noun = model_at(model, tuple(way))
    known = [*fields_of(noun), *(also if noun is model else ())]
    if key == "id" and noun is model:
        return f'"id" is not a field of {name_of(noun)}', "remove it: the file's name says it"
    return f"{shown(str(key))} is not a field of {name_of(noun)}", suggestion(str(key), known)


def _missing(error: ErrorDetails, model: type) -> tuple[str, str]:
    *way, key = error["loc"]
    noun = model_at(model, tuple(way))
    example = EXAMPLES.get(f"{noun.__name__}.{key}", "...")
    return f'{name_of(noun)} needs "{key}"', f"add a line {key}: {example}"


def _literal(error: ErrorDetails) -> tuple[str, str]:
    words = str((error.get("ctx") or {})["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    what = f"{shown(error['input'])} is not one of {', '.join(words)}"
    close = _close(str(error["input"]), words)
    return what, f'did you mean "{close}"?' if close else "write one of them"


def _close(word: str, words: list[str]) -> str:
    """The one of the words that is most like it; none for what is too long to be a misspelt word."""
    near = [each for each in words if abs(len(each) - len(word)) <= _WORD] if len(word) <= 2 * _WORD else []
    return next(iter(get_close_matches(word, near, 1, 0.6)), "")


def _bounds(kind: str, context: dict[str, object]) -> tuple[str, str] | None:
    sentences = {
        "greater_than_equal": ("the number is below {ge}", "write {ge} or more"),
        "less_than_equal": ("the number is above {le}", "write {le} or less"),
    }
    if kind not in sentences:
        return None
    what, mend = sentences[kind]
    return what.format(**context), mend.format(**context)
