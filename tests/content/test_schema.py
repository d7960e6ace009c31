import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from badgesite.cli import badgesite
from badgesite.content.records.batches import read_batch
from badgesite.content.schema import modeline, schemas
from badgesite.content.yaml.binding import bind
from badgesite.content.yaml.hints import EXAMPLES, HINTS
from badgesite.content.yaml.nodes import parse
from badgesite.content.yaml.shapes import fields_of
from badgesite.model.badge import BadgeClass
from badgesite.model.issuer import Issuer
from badgesite.model.site import Site
from tests.sites import AWARDS, BADGE, BATCH, ISSUER, site_yaml

SCHEMAS = schemas()
SITE = site_yaml()
GIVEN: dict[str, dict[str, object]] = {
    "site": {},
    "issuer": {"slug": "f"},
    "badge": {"slug": "f", "issuer": "example"},
}


class Core(yaml.SafeLoader):
    """YAML 1.2 core scalars, as editors read them."""


Core.yaml_implicit_resolvers = {}

for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)
Core.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(node.value.replace("0o", "0"), 0 if "x" in node.value else 10)
)
Core.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(node.value.replace(".inf", "inf").replace(".nan", "nan"))
)


def schema_accepts(kind: str, text: str) -> bool:
    return Draft7Validator(SCHEMAS[kind]).is_valid(yaml.load(text, Core))


def reader_accepts(kind: str, text: str) -> bool:
    parsed = parse(text, "f.yaml")
    if parsed.node is None or parsed.problems:
        return False
    languages = ("it", "en")
    if kind == "batch":
        faults = read_batch(Path(), "f", "f.yaml", parsed.node, languages).problems
        return all(fault.what.startswith("there is no") and ".csv" in fault.what for fault in faults)
    model: type = {"site": Site, "issuer": Issuer, "badge": BadgeClass}[kind]
    return not bind(parsed.node, model, languages, given=GIVEN[kind]).problems


def without(text: str, line: str) -> str:
    assert line in text
    return text.replace(line, "")


GOOD = [
    ("site", SITE),
    ("site", "title: 2019\n"),
    ("site", "title: no\n"),
    ("site", SITE + "categories: {a-b: {it: A}}\ngroups: {s: {name: S, domains: [a.example]}}\n"),
    (
        "site",
        SITE
        + "indicators: [{name: A, counts: [s], periods: [{name: y, from: 2022-07-01, to: 2023-07-31, target: 5}]}]\n",
    ),
    (
        "site",
        SITE
        + "base_url: https://badges.example.edu/a/\ncontact: {email: a@example.edu}\naccessibility: {declaration: 'https://a.example'}\n",
    ),
    ("issuer", ISSUER),
    ("issuer", ISSUER + "address: {country: IT, postal_code: 053100}\nimage: logo.png\ntelephone: 0577\n"),
    ("badge", BADGE),
    ("badge", without(BADGE, "issuer: example\n")),
    ("badge", BADGE.replace("Certificate", "ext:Own") + "category: 012\nminors: true\n"),
    ("badge", BADGE.replace("ects: 3", "ects: 0.5")),
    ("badge", BADGE.replace("eqf: 6", "eqf: 0x6")),
    (
        "badge",
        BADGE + "approvals:\n- {status: approved, body: A, date: 2022-09-14, from: 2022-10-01, places: 400, cost: 0}\n",
    ),
    ("badge", BADGE + "amended: [{date: 2024-01-01, note: x}]\n"),
    ("batch", BATCH),
    ("batch", "badge: a\ndate: 2023-07-14\nawards: a.csv\n"),
    ("batch", "badge: a\ndate: 2023-07-14\nawards: []\n"),
    ("batch", "badge: a\ndate: 2023-07-14\nawards:\n- {email: a@example.org, result: 28, name: Ada}\n"),
    ("batch", BATCH + "    evidence: https://a.example\n    revoked: {date: 2024-01-01, reason: x}\n"),
    ("batch", BATCH + "    evidence: [https://a.example, https://b.example]\n    credits: 6\n"),
]
BAD = [
    ("site", ""),
    ("site", "- a\n"),
    ("site", "title: x\ntitel: y\n"),
    ("site", "title: ''\n"),
    ("site", "title: []\n"),
    ("site", "title: {it: [x]}\n"),
    ("site", "title: {IT: x}\n"),
    ("site", "title: {}\n"),
    ("site", "languages: [it]\n"),
    ("site", SITE + "theme: A b\n"),
    ("site", SITE + "theme: con\n"),
    ("site", SITE + "publish: [ob9]\n"),
    ("site", SITE + "publish: ob2\n"),
    ("site", SITE + "publish: []\n"),
    ("site", SITE + "approval: maybe\n"),
    ("site", SITE + "base_url: http://badges.example.edu/\n"),
    ("site", SITE + "categories: {A: x}\n"),
    ("site", SITE + "categories: [a]\n"),
    ("site", SITE + "groups: {a: {}}\n"),
    ("site", SITE + "indicators: [{name: A, periods: [{name: y, from: 2022-07-01}]}]\n"),
    ("site", SITE + "contact: {email: nobody}\n"),
    ("site", SITE.replace("kind: request", "kind: whim")),
    ("site", SITE.replace("[it, en]", "[it, English]")),
    ("site", SITE.replace("[it, en]", "[]")),
    ("issuer", without(ISSUER, "email: openbadge@example.edu\n")),
    ("issuer", ISSUER.replace("https://www", "www")),
    ("issuer", ISSUER + "address: {country: Italy}\n"),
    ("issuer", ISSUER + "address: Siena\n"),
    ("issuer", ISSUER + "image: a/b.png\n"),
    ("issuer", ISSUER + "slug: x\n"),
    ("badge", BADGE.replace("critera:", "x:").replace("criteria:", "critera:")),
    ("badge", BADGE.replace("ects: 3", 'ects: "3"')),
    ("badge", BADGE.replace("ects: 3", "ects: -3")),
    ("badge", BADGE.replace("ects: 3", "ects: three")),
    ("badge", BADGE.replace("eqf: 6", "eqf: 9")),
    ("badge", BADGE.replace("eqf: 6", "eqf: 6.5")),
    ("badge", BADGE.replace("3 years", "3 weeks")),
    ("site", f"{SITE}certificate: {{title: {81 * 'x'}}}\n"),
    ("site", f"{SITE}certificate: {{notice: {{it: {401 * 'x'}, en: x}}}}\n"),
    ("badge", BADGE.replace("3 years", "3")),
    ("badge", BADGE + "minors: yes\n"),
    ("badge", BADGE + "minors: 'true'\n"),
    ("badge", BADGE + "part_of: other\n"),
    ("badge", BADGE.replace("Certificate", "Diplom")),
    ("badge", BADGE + "visibility: Public\n"),
    ("badge", BADGE + "approvals: [{status: approved, body: A, date: 14.9.2022}]\n"),
    ("badge", BADGE.replace("{id: b1, name: B1}", "{name: B1}")),
    ("badge", BADGE.replace("{id: b1, name: B1}", "b1")),
    ("batch", "badge: a\ndate: 2023-07-14\n"),
    ("batch", "badge: a\ndate: 2023-07-14\nawards: a.xlsx\n"),
    ("batch", "badge: a\ndate: 2023-07-14\nawards: {a: b}\n"),
    ("batch", "badge: a\ndate: 1023-07-14\nawards: []\n"),
    ("batch", "badge: a\ndate: 2023-07-14\nawards: [{email: nobody}]\n"),
    ("batch", "badge: a\ndate: 2023-07-14\nawards: [x]\n"),
    ("batch", BATCH.replace(AWARDS[0], AWARDS[0].upper())),
    ("batch", BATCH.replace("sha256$", "md5$")),
    ("batch", BATCH.replace("    name: Ada Esempio\n", "    nam: Ada\n")),
    ("batch", BATCH + "    revoked: 2024-01-01\n"),
    ("batch", BATCH + "    revoked: {date: 2024-01-01}\n"),
    ("batch", BATCH + "    email: a@example.org\n"),
    ("batch", BATCH + "    evidence: nowhere\n"),
]
ONLY_THE_READER = [  # JSON Schema knows one file, has no calendar, and cannot tell an empty value from null
    ("site", "title: {en: x}\n"),
    ("site", SITE + "publish: [ob2, ob3]\n"),
    ("site", SITE.replace("[it, en]", "[it, it]")),
    ("site", SITE + "base_url: https://127.0.0.1/\n"),
    ("site", SITE + "theme: -1\n"),
    ("site", SITE + "theme: Null\n"),
    ("site", SITE + "theme:\n"),
    ("badge", BADGE + "notice: {it: x, fr: y}\n"),
    ("badge", BADGE.replace("name: {it: Livello, en: Level}", "name: x\n  min: 1\n  max: 2")),
    ("badge", BADGE + "approvals: [{status: approved, body: A, date: 2022-13-14}]\n"),
    ("badge", BADGE + "approvals: [{status: approved, body: A, date: 2022-09-14, from: 2023-01-01, to: 2022-01-01}]\n"),
    ("batch", BATCH + "    activity: &a x\n".replace("    activity", "    narrative")),
]


def ids(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{kind}{index}" for index, (kind, _) in enumerate(rows)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_of_draft_7(kind: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[kind])
    written = json.dumps(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in written
    assert "prefixItems" not in written
    assert "slug" not in SCHEMAS[kind]["properties"]


@pytest.mark.parametrize(("kind", "text"), GOOD, ids=ids(GOOD))
def test_what_the_reader_takes_the_schema_takes(kind: str, text: str) -> None:
    assert reader_accepts(kind, text)
    assert schema_accepts(kind, text)


@pytest.mark.parametrize(("kind", "text"), BAD, ids=ids(BAD))
def test_what_the_reader_refuses_the_schema_refuses(kind: str, text: str) -> None:
    assert not reader_accepts(kind, text)
    assert not schema_accepts(kind, text)


@pytest.mark.parametrize(("kind", "text"), ONLY_THE_READER, ids=ids(ONLY_THE_READER))
def test_some_faults_only_the_reader_can_see(kind: str, text: str) -> None:
    assert not reader_accepts(kind, text)
    assert schema_accepts(kind, text)


def test_every_field_is_explained() -> None:
    definitions = {"Site": SCHEMAS["site"], "Issuer": SCHEMAS["issuer"], "BadgeClass": SCHEMAS["badge"]}
    for schema in SCHEMAS.values():
        definitions |= schema["definitions"]
    for noun, schema in definitions.items():
        for key in schema.get("properties", {}):
            assert f"{noun}.{key}" in HINTS or (noun == "Draft" and f"Award.{key}" in HINTS)
    assert set(EXAMPLES) <= set(HINTS)
    assert "slug" not in fields_of(BadgeClass)


def test_the_command_writes_a_file_for_each_kind(tmp_path: Path) -> None:
    result = CliRunner().invoke(badgesite, ["-C", str(tmp_path), "schema"])
    assert result.exit_code == 0
    folder = tmp_path / "content" / ".schema"
    assert sorted(path.name for path in folder.iterdir()) == ["badge.json", "batch.json", "issuer.json", "site.json"]
    assert json.loads((folder / "badge.json").read_text()) == SCHEMAS["badge"]


def test_the_line_for_editors_climbs_to_the_schema() -> None:
    start = "# yaml-language-server: $schema="
    assert modeline("site", "content/site.yaml") == f"{start}./.schema/site.json"
    assert modeline("badge", "content/badges/a/b.yaml") == f"{start}../../.schema/badge.json"
