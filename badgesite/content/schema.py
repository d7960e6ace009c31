"""JSON Schema (draft 7) for each kind of file, from the nouns that validate it: what editors offer, readers accept."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from badgesite.content.yaml.hints import HINTS
from badgesite.content.yaml.shapes import COMPUTED
from badgesite.model.award import Award, BatchHead, Draft
from badgesite.model.badge import BadgeClass
from badgesite.model.issuer import Issuer
from badgesite.model.site import Site

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "content/.schema"
Schema = dict[str, Any]


def schemas() -> Mapping[str, Schema]:
    """The schema of each kind of file: site, issuer, badge, batch."""
    return {
        "site": _file_schema(Site, "The site: content/site.yaml"),
        "issuer": _file_schema(Issuer, "An issuer: content/issuers/<issuer>.yaml"),
        "badge": _badge(),
        "batch": _batch(),
    }


def modeline(kind: str, path: str) -> str:
    """The first line by which editors find the schema of a content file at `path` (from the site's folder)."""
    up = "../" * (path.count("/") - 1) or "./"
    return f"# yaml-language-server: $schema={up}.schema/{kind}.json"


def _badge() -> Schema:
    schema = _file_schema(BadgeClass, "A badge: content/badges/<any folders>/<badge>.yaml")
    schema["required"].remove("issuer")  # a site with one issuer need not say it
    return schema


def _batch() -> Schema:
    schema = _file_schema(BatchHead, "A batch of awards: content/awards/<any folders>/<batch>.yaml")
    award, draft = _draft_7(Award), _draft_7(Draft)
    schema["definitions"] |= award.pop("definitions") | draft.pop("definitions") | {"Award": award, "Draft": draft}
    schema["properties"]["awards"] = {
        "description": HINTS["BatchHead.awards"],
        "if": {"type": "string"},
        "then": {"pattern": r"^[^/\\]+\.csv$"},
        "else": {
            "type": "array",
            "items": {
                "if": {"required": ["email"]},
                "then": {"$ref": "#/definitions/Draft"},
                "else": {"$ref": "#/definitions/Award"},
            },
        },
    }
    schema["required"].append("awards")
    return schema


def _file_schema(model: type, title: str) -> Schema:
    return {"$schema": DRAFT, **_draft_7(model), "title": title}


def _draft_7(model: type) -> Schema:
    """Pydantic's schema of a noun in the words of draft 7, without what a file does not hold."""
    adapter: TypeAdapter[Any] = TypeAdapter(model)
    raw = adapter.json_schema(by_alias=True, ref_template="#/definitions/{model}", schema_generator=_Generator)
    definitions = raw.pop("$defs", {})
    _describe(model.__name__, raw)
    for name, definition in definitions.items():
        _describe(name, definition)
    cleaned: Schema = _clean({**raw, "definitions": definitions})
    return cleaned


class _Generator(GenerateJsonSchema):
    """Pydantic's generator; titles made from field names say nothing that the key does not."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _describe(noun: str, schema: Schema) -> None:
    properties = schema.get("properties", {})
    for key in COMPUTED & set(properties):
        del properties[key]
        schema["required"] = [name for name in schema.get("required", []) if name != key]
    for key, value in properties.items():
        if hint := HINTS.get(f"{noun}.{key}"):
            value["description"] = hint


def _clean(value: Any) -> Any:
    """Without null (an empty value is a fault in every field), and with `$ref` alone, as draft 7 reads it."""
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if not isinstance(value, dict):
        return value
    cleaned = {key: _clean(item) for key, item in value.items() if not (key == "default" and item is None)}
    if "patternProperties" in cleaned:
        cleaned.setdefault("additionalProperties", False)  # keys that fit no pattern are no keys
    choices = [choice for choice in cleaned.get("anyOf", []) if choice != {"type": "null"}]
    if choices and len(choices) < len(cleaned["anyOf"]):
        del cleaned["anyOf"]
        cleaned |= choices[0] if len(choices) == 1 else {"anyOf": choices}
    if "$ref" in cleaned and len(cleaned) > 1:
        cleaned["allOf"] = [{"$ref": cleaned.pop("$ref")}]
    return cleaned
