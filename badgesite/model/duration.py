"""How long an award is valid: a number of months or years."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from badgesite.model.scalars import fault, shown

_DURATION = re.compile(r"([1-9][0-9]{0,2}) (month|months|year|years)")


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of months (docs/formats.md, Times)."""

    months: int

    def after(self, day: date) -> date:
        """The last day of validity: the same day of the month, N months on; the last of a shorter month."""
        index = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(index, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _duration,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda value: f"{value.months} months"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{_DURATION.pattern}$"}


def _duration(value: object) -> Duration:
    if isinstance(value, Duration):
        return value
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise fault(
            "duration",
            f"{shown(value)} is not a length of time",
            "write it as 18 months or 3 years, or remove the line if it never ends",
        )
    return Duration(int(found[1]) * (12 if found[2].startswith("year") else 1))
