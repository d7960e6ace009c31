"""Whole sites for hypothesis: issuers, badges and awards with whatever fields they may have, as an author's files."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from badgesite.content.records.tables import COLUMNS
from badgesite.model.picture import Picture
from badgesite.pages.raster import png_of
from tests.sites import PICTURE

Record = dict[str, object]
Files = dict[str, str | bytes]

BASE = "https://badges.example.edu/open/"
AWARDED, LAST = date(2023, 7, 14), date(2023, 7, 31)
PICTURES = {"svg": PICTURE.encode(), "png": png_of(Picture("any.svg", "svg", PICTURE.encode(), 120), 64)}
RESULTS: Sequence[tuple[Record, Sequence[str]]] = (
    ({"name": "Level", "values": [{"id": "b1", "name": "B1"}, {"id": "b2", "name": "B2"}]}, ("b1", "b2")),
    ({"name": "Score", "min": 0, "max": 30}, ("0", "18.5", "30")),
)

letters = st.characters(categories=("L", "M", "N", "P", "S", "Zs"), include_characters="\t", exclude_characters="@")
words = st.text(letters, min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
prose = st.lists(words, min_size=1, max_size=4).map("\n".join)
urls = st.sampled_from(["https://skills.example.org/1", "https://x.example/?a=b&c=d#e", "http://frameworks.example/è"])
days = st.dates(AWARDED, LAST).map(str)
amounts = st.one_of(st.integers(0, 60), st.sampled_from([0.5, 12.25, 8.3, 0.56]))
visibilities = st.sampled_from(["unnamed", "unlisted", "public"])


def texts(languages: Sequence[str], of: SearchStrategy[str] = words) -> SearchStrategy[object]:
    """A text: a string, or a map that has the first language."""
    return st.one_of(of, st.fixed_dictionaries({languages[0]: of}, optional=dict.fromkeys(languages[1:], of)))


@st.composite
def sites(draw: DrawFn) -> tuple[Files, dict[str, bool]]:
    """The files of a site by path, and the id of every award with whether it is revoked."""
    languages = draw(st.permutations(["it", "en", "de"]).map(lambda tags: tags[:2]) | st.just(["en"]))
    issuers = draw(st.dictionaries(st.sampled_from(["ateneo", "e2-lab"]), _issuers(languages), min_size=1))
    files: Files = {"content/site.yaml": _yaml(draw(_heads(languages)))}
    files |= {f"content/issuers/{slug}.yaml": _yaml(issuer) for slug, issuer in issuers.items()}
    badges: dict[str, Record] = {}
    for slug in draw(st.lists(st.sampled_from(["b-2", "sprint", "x1", "zeta"]), min_size=1, unique=True)):
        kind = draw(st.sampled_from(sorted(PICTURES)))
        folder = draw(st.sampled_from(["content/badges", "content/badges/Lingue straniere/a"]))
        badges[slug] = draw(_badges(languages, issuers, sorted(badges))) | {"image": f"{slug}.{kind}"}
        files[f"{folder}/{slug}.{kind}"] = PICTURES[kind]
        files[f"{folder}/{slug}.yaml"] = _yaml(badges[slug])
    revoked: dict[str, bool] = {}
    for number in range(draw(st.sampled_from([2, 3, 1, 0]))):
        slug = draw(st.sampled_from(sorted(badges)))
        units = _units(issuers[str(badges[slug]["issuer"])])
        records = draw(_records(languages, units, badges[slug]))
        head = {"badge": slug, "date": str(AWARDED)} | draw(_activities(languages))
        files |= _batch(f"content/awards/2023/{slug}-{number}", head, records, as_table=draw(st.booleans()))
        revoked |= {str(record["id"]): "revoked" in record for record in records}
    return files, revoked


def _heads(languages: Sequence[str]) -> SearchStrategy[Record]:
    text = texts(languages)
    given = {
        "title": text,
        "base_url": st.just(BASE),
        "publish": st.just(["ob2"]),
        "languages": st.just(languages),
        "basis": st.fixed_dictionaries({"kind": st.sampled_from(["request", "consent"]), "reference": words}),
        "categories": st.fixed_dictionaries({"skills": text}),
        "groups": st.fixed_dictionaries({"student": st.fixed_dictionaries({"name": text})}),
    }
    contact = st.just({"email": "help@example.edu"})
    return st.fixed_dictionaries(given, optional={"visibility": visibilities, "contact": contact})


def _issuers(languages: Sequence[str]) -> SearchStrategy[Record]:
    text = texts(languages)
    given: dict[str, SearchStrategy[object]] = {"name": text, "url": urls, "email": st.just("openbadge@example.edu")}
    place = st.fixed_dictionaries({"country": st.just("IT")}, optional={"locality": words, "street": words})
    more: dict[str, SearchStrategy[object]] = {
        "description": text,
        "address": place,
        "telephone": st.just("+390577000000"),
        "units": st.dictionaries(st.sampled_from(["cla", "ict"]), text, min_size=1),
    }
    return st.fixed_dictionaries(given, optional=more)


@st.composite
def _badges(draw: DrawFn, languages: Sequence[str], issuers: Mapping[str, Record], others: Sequence[str]) -> Record:
    text, long = texts(languages), texts(languages, prose)
    issuer = draw(st.sampled_from(sorted(issuers)))
    units = _units(issuers[issuer])
    skill = st.fixed_dictionaries(
        {"name": text, "url": urls}, optional={"framework": words, "code": words, "description": text}
    )
    names = (
        "workload",
        "assessment",
        "participation",
        "quality_assurance",
        "prerequisites",
        "supervision",
        "stackable",
    )
    elements = {"ects": amounts, "eqf": st.integers(1, 8), **dict.fromkeys(names, text)}
    approval = st.fixed_dictionaries(
        {"status": st.sampled_from(["proposed", "approved"]), "body": words, "date": st.just("2022-09-14")},
        optional={"reference": words, "places": st.integers(0, 500), "cost": amounts},
    )
    more = {
        "image_alt": text,
        "category": st.just("skills"),
        "achievement_type": st.sampled_from(["Badge", "Certificate", "MicroCredential", "ext:Level"]),
        "skills": st.lists(skill, max_size=3),
        "microcredential": st.fixed_dictionaries({}, optional=elements),
        "result": st.sampled_from([result for result, _ in RESULTS]),
        "valid_for": st.sampled_from(["1 month", "18 months", "3 years"]),
        "visibility": visibilities,
        "minors": st.booleans(),
        "approvals": st.lists(approval, max_size=2),
        "amended": st.lists(st.fixed_dictionaries({"date": st.just("2023-07-30"), "note": text}), max_size=1),
        "notice": text,
    }
    if units:
        more["unit"] = st.sampled_from(units)
    if others:
        more |= {"part_of": st.just([others[0]]), "replaces": st.just(others[-1])}
    given = {"issuer": st.just(issuer), "name": text, "description": text, "criteria": long}
    return draw(st.fixed_dictionaries(given, optional=more))


def _units(issuer: Record) -> list[str]:
    units = issuer.get("units", {})
    assert isinstance(units, dict)
    return sorted(units)


def _activities(languages: Sequence[str]) -> SearchStrategy[Record]:
    activity = st.fixed_dictionaries(
        {"name": texts(languages)}, optional={"from": st.just("2023-03-01"), "to": st.just("2023-07-07"), "url": urls}
    )
    return st.fixed_dictionaries({}, optional={"activity": activity})


def _records(languages: Sequence[str], units: Sequence[str], badge: Record) -> SearchStrategy[list[Record]]:
    more: dict[str, SearchStrategy[object]] = {
        "name": words,
        "visibility": visibilities,
        "language": st.sampled_from(languages),
        "group": st.just("student"),
        "narrative": prose,
        "evidence": st.lists(urls, min_size=1, max_size=2, unique=True),
        "credits": amounts,
        "expires": st.dates(AWARDED, date(2030, 1, 1)).map(str),
        "changed": days,
        "revoked": st.fixed_dictionaries({"date": days, "reason": words}),
    }
    if units:
        more["unit"] = st.sampled_from(units)
    if "result" in badge:
        more["result"] = st.sampled_from({str(result): ids for result, ids in RESULTS}[str(badge["result"])])
    record = st.fixed_dictionaries({"id": st.uuids(version=4).map(str)}, optional=more).map(_held)
    return st.lists(record, min_size=1, max_size=4, unique_by=lambda one: str(one["id"]))


def _held(record: Record) -> Record:
    """With a recipient of its own."""
    salt = str(record["id"]).replace("-", "")
    return record | {"recipient": {"identity": f"sha256${sha256(salt.encode()).hexdigest()}", "salt": salt}}


def _batch(path: str, head: Record, records: list[Record], *, as_table: bool) -> Files:
    if not as_table:
        return {f"{path}.yaml": _yaml(head | {"awards": records})}
    table = io.StringIO()
    rows = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerows(map(_row, records))
    return {f"{path}.yaml": _yaml(head | {"awards": f"{path.rpartition('/')[2]}.csv"}), f"{path}.csv": table.getvalue()}


def _row(record: Record) -> Record:
    """The cells of a record."""
    cells: Record = {}
    for key, value in record.items():
        match key, value:
            case "recipient", dict():
                cells |= value
            case "revoked", dict():
                cells |= {"revoked": value["date"], "reason": value["reason"]}
            case "evidence", list():
                cells["evidence"] = " ".join(value)
            case _:
                cells[key] = value
    return cells


def _yaml(value: object) -> str:
    """JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
