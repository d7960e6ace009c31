"""What a noun's fields are: asked when something is wrong, to say which noun it is and what it knows."""

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

COMPUTED = frozenset({"slug"})  # fields that a file does not hold

_NAMES = {
    "Site": "the site",
    "Issuer": "an issuer",
    "BadgeClass": "a badge",
    "BatchHead": "a batch",
    "Award": "an award",
    "Draft": "a draft award",
    "Recipient": "a recipient",
    "Revocation": "a revocation",
    "ResultValue": "a value of a result",
    "Microcredential": "a microcredential",
    "Basis": "the basis",
    "Contact": "the contact",
    "Accessibility": "the accessibility",
    "Colours": "the colours",
    "Shades": "the dark colours",
    "ThemeFile": "a theme",
}


def name_of(model: type) -> str:
    """What a person calls the noun: "a badge"."""
    plain = model.__name__.lower()
    return _NAMES.get(model.__name__) or f"{'an' if plain[0] in 'aeiou' else 'a'} {plain}"


def fields_of(model: type) -> dict[str, FieldInfo]:
    """The fields of a noun by the key an author writes."""
    found: Mapping[str, FieldInfo] = getattr(model, "__pydantic_fields__", {})
    return {field.alias or name: field for name, field in found.items() if name not in COMPUTED}


def model_at(model: type, location: tuple[str | int, ...]) -> type:
    """The noun in which the last part of a pydantic error's location stands."""
    current: type = model
    kind: Any = model
    for part in location:
        if fields_of(current) and kind is current:
            field = fields_of(current).get(str(part))
            kind = field.annotation if field else None
        else:
            kind = _item(kind)
        kind = _plain(kind)
        if isinstance(kind, type) and fields_of(kind):
            current = kind
    return current


def _plain(kind: Any) -> Any:
    """Without Annotated and Optional."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, UnionType) and type(None) in get_args(kind):
            kind = next(part for part in get_args(kind) if part is not type(None))
        else:
            return kind


def _item(kind: Any) -> Any:
    """What a tuple or a map holds."""
    parts = [part for part in get_args(kind) if part is not Ellipsis]
    return parts[-1] if parts else None
