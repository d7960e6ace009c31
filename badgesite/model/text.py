"""A text in the languages of the site: one string (in the first language), or a map of language to string."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from badgesite.model.scalars import LONGEST, control_character, fault, long_fault, plain_schema, shown

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
UNWRITTEN = "✎"  # begins a text that its author is still to write


@dataclass(frozen=True, slots=True)
class Text:
    """A text by language tag; the site's first language is always there, and comes first.

    Validation takes the site's languages from the context: `{"languages": ("it", "en")}`.
    """

    by_language: tuple[tuple[str, str], ...]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.by_language)

    def __contains__(self, language: str) -> bool:
        return any(tag == language for tag, _ in self.by_language)

    def __str__(self) -> str:
        return self.by_language[0][1]

    def has(self, language: str) -> bool:
        """Whether the text is written in `language`."""
        return language in self

    def in_language(self, language: str) -> str:
        """The text in `language`, else in the first."""
        return self.tagged(language)[1]

    def tagged(self, language: str) -> tuple[str, str]:
        """The language tag and text to show a reader of `language`: theirs, else the first."""
        return next((pair for pair in self.by_language if pair[0] == language), self.by_language[0])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        languages = core_schema.dict_schema(
            core_schema.with_info_plain_validator_function(_language),
            core_schema.no_info_plain_validator_function(_string),
        )
        by_language = core_schema.with_info_before_validator_function(_as_map, languages)
        return core_schema.with_info_after_validator_function(
            _as_text,
            by_language,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda text: dict(text.by_language)),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "anyOf": [
                plain_schema(pattern="\\S"),
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"},
                    "additionalProperties": plain_schema(pattern="\\S"),
                },
            ]
        }


def text(words: str, language: str = "en") -> Text:
    """A text of one string in one language."""
    return Text(((language, words),))


def _site_languages(info: ValidationInfo) -> tuple[str, ...]:
    return tuple((info.context or {}).get("languages", ("en",)))


def _as_map(value: object, info: ValidationInfo) -> object:
    if isinstance(value, Text):
        return dict(value.by_language)
    if isinstance(value, str):
        return {_site_languages(info)[0]: value}
    if not isinstance(value, dict):
        raise fault("text", "a list stands where a text is meant", "write one text, or a map of language to text")
    return value


def _language(value: object, info: ValidationInfo) -> str:
    languages = _site_languages(info)
    if value not in languages:
        raise fault(
            "site-language",
            f"the text is in {shown(value)}, which the site does not have",
            f"the site's languages are {', '.join(languages)}; add it to languages in content/site.yaml, or remove it",
        )
    return str(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise fault(
            "text",
            f"a {'map' if isinstance(value, dict) else 'list'} stands where a text is meant",
            "write words, in quotes",
        )
    words = value.strip()
    if not words:
        raise fault("empty", "the text is empty", "write it, or remove the line")
    if len(words) > LONGEST:
        raise long_fault(words)
    if character := control_character(words):
        raise fault("control", f"the text holds the control character {character}", "remove it")
    return words


def _as_text(value: dict[str, str], info: ValidationInfo) -> Text:
    languages = _site_languages(info)
    if languages[0] not in value:
        raise fault(
            "first-language",
            f'the text is missing in "{languages[0]}", the first language of the site',
            f"add a line {languages[0]}: ...",
        )
    return Text(tuple((language, value[language]) for language in languages if language in value))
