"""Small help for writing first files: the texts beside this file, slugs from names, YAML from words."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from importlib.resources import files
from string import Template

from badgesite.model.scalars import is_slug

_PLAIN_START = re.compile(r"[^\W\d_]")
_UNSAFE = re.compile(r"[:#,\[\]{}&*!|>'\"%@`\\\t\n]|^\s|\s$")
_UNIT = {"en": "Language Centre", "it": "Centro linguistico"}
_LONGEST = 64  # characters of a slug
_YAML_WORDS = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])


def starter(file: str) -> str:
    """The text of the starter file `file`."""
    return (files("badgesite.starter") / file).read_text(encoding="utf-8")


def filled(file: str, /, **values: str) -> str:
    """The starter file `file` with its $words put in, and without lines that nothing was put into."""
    lines = starter(file).splitlines()
    kept = [line for line in lines if not _is_left_out(line, values)]
    return Template("\n".join(kept) + "\n").substitute(values)


def slug_of(words: str) -> str:
    """The slug nearest to some words ("Inglese B2" becomes inglese-b2), or "" if nothing is left of them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", " ")).strip("-")
    if len(slug) > _LONGEST:  # cut where a word ends, for it is permanent
        slug = slug[:_LONGEST].strip("-") if "-" not in slug[1:_LONGEST] else slug[: _LONGEST + 1].rpartition("-")[0]
    return slug if is_slug(slug) else ""


def yaml_text(words: str) -> str:
    """A text as a YAML scalar, in quotes where it could be read as something else."""
    safe = _PLAIN_START.match(words) and not _UNSAFE.search(words) and words.lower() not in _YAML_WORDS
    return words if safe else json.dumps(words, ensure_ascii=False)


def yaml_map(words: Mapping[str, str]) -> str:
    """A map of language to text on one line."""
    return "{" + ", ".join(f"{language}: {yaml_text(text)}" for language, text in words.items()) + "}"


def sample_unit(languages: Sequence[str]) -> str:
    """What a unit may be called, as a map in YAML: for the line of a first file that shows how units are written."""
    return yaml_map({language: _UNIT.get(language, _UNIT["en"]) for language in languages})


def yaml_list(words: Sequence[str]) -> str:
    """A list of plain words on one line."""
    return "[" + ", ".join(words) + "]"


def _is_left_out(line: str, values: Mapping[str, str]) -> bool:
    only = re.fullmatch(r"\s*\$\{?(\w+)\}?", line)
    return bool(only) and not values.get(only[1] if only else "", "")
