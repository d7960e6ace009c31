"""The example university in `content/`: complete, believable, and without a fault."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from badgesite.content.permanence.locks import compare
from badgesite.content.reading import Reading, later_than, read
from badgesite.content.schema import modeline, schemas
from badgesite.model.addresses import addresses_in
from badgesite.model.award import State
from badgesite.model.badge import BadgeClass, Microcredential
from badgesite.model.catalogue import Catalogue
from badgesite.model.noun import Noun
from badgesite.model.text import Text
from badgesite.pages.raster import png_of

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
TODAY = date(2026, 11, 22)
KINDS = {"issuers": "issuer", "badges": "badge", "awards": "batch"}
REFERENCE = (ROOT / "docs/content-reference.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(# (site|issuer|badge|batch)\n.*?)^```$", REFERENCE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(ROOT)


@pytest.fixture(scope="module")
def catalogue(reading: Reading) -> Catalogue:
    assert reading.catalogue is not None
    return reading.catalogue


def yaml_files() -> list[Path]:
    return sorted(path for path in CONTENT.rglob("*.yaml"))


def kind_of(path: Path) -> str:
    return KINDS.get(path.relative_to(CONTENT).parts[0], "site")


def texts_of(noun: object) -> Iterator[Text]:
    """Every text inside a noun, however deep."""
    if isinstance(noun, Text):
        yield noun
    elif isinstance(noun, Noun):
        for _, value in noun:
            yield from texts_of(value)
    elif isinstance(noun, tuple | Mapping):
        for item in noun.values() if isinstance(noun, Mapping) else noun:
            yield from texts_of(item)


def test_it_reads_without_a_problem_or_a_warning(reading: Reading) -> None:
    assert [str(problem) for problem in (*reading.problems, *reading.warnings)] == []
    assert [str(problem) for problem in later_than(reading, TODAY)] == []


def test_what_is_locked_is_there_and_everything_is_locked(reading: Reading) -> None:
    comparison = compare(ROOT, reading)
    assert comparison.broken == ()
    assert comparison.missing == ()


def test_it_has_one_issuer_five_units_and_over_a_dozen_badges(catalogue: Catalogue) -> None:
    assert list(catalogue.issuers) == ["example"]
    assert len(catalogue.issuers["example"].units) == 5
    assert len(catalogue.badges) >= 12
    assert {badge.category for badge in catalogue.badges.values()} == set(catalogue.site.categories)
    assert {badge.unit for badge in catalogue.badges.values()} == set(catalogue.issuers["example"].units)


def test_it_has_awards_in_every_state_and_visibility(catalogue: Catalogue) -> None:
    awards = list(catalogue.each_award())
    assert 60 <= len(awards) <= 80
    assert {catalogue.state(*each, TODAY) for each in awards} == set(State)
    assert {catalogue.visibility(*each) for each in awards} == {"unnamed", "unlisted", "public"}
    assert {award.group for _, award in awards} == set(catalogue.site.groups)
    assert {award.language for _, award in awards} == {None, "it", "en"}


def test_every_badge_is_awarded_and_every_award_was_approved(catalogue: Catalogue) -> None:
    assert {batch.badge for batch in catalogue.batches.values()} == set(catalogue.badges)
    for batch in catalogue.batches.values():
        approvals = [each for each in catalogue.badges[batch.badge].approvals if each.status == "approved"]
        assert any((each.first or date.min) <= batch.date <= (each.last or date.max) for each in approvals), batch.slug


def test_every_field_of_an_award_is_used_somewhere(catalogue: Catalogue) -> None:
    used = {field for _, award in catalogue.each_award() for field in award.__slots__ if getattr(award, field)}
    assert used == set(next(catalogue.each_award())[1].__slots__)


def test_names_are_recorded_only_where_they_are_shown(catalogue: Catalogue) -> None:
    for batch, award in catalogue.each_award():
        assert (award.name is None) == (catalogue.visibility(batch, award) == "unnamed"), award.id


def test_awards_name_the_result_their_badge_measures(catalogue: Catalogue) -> None:
    for batch, award in catalogue.each_award():
        assert (award.result is not None) == (catalogue.badges[batch.badge].result is not None), award.id


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.svg")), ids=lambda path: path.stem)
def test_pictures_are_small_square_and_draw_without_fonts(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.encode()) < 12_000
    assert 'viewBox="0 0 512 512" width="512" height="512"' in source
    assert not re.search(r"<text|<image|<style|<script|<!DOCTYPE|href=|font", source)


def test_pictures_are_drawn_and_all_differ(catalogue: Catalogue) -> None:
    for slug, picture in catalogue.badge_pictures.items():
        assert png_of(picture, 64).startswith(b"\x89PNG"), slug
    digests = [picture.digest for picture in catalogue.badge_pictures.values()]
    assert len(set(digests)) == len(digests) == len(catalogue.badges)


def test_everything_is_written_in_both_languages(catalogue: Catalogue) -> None:
    nouns: list[object] = [catalogue.site, *catalogue.issuers.values(), *catalogue.badges.values()]
    nouns += [batch.head for batch in catalogue.batches.values()]
    nouns += [text for page in catalogue.pages.values() for text in (page.title, page.body)]
    for badge in catalogue.badges.values():
        assert badge.image_alt is not None, badge.slug
        assert badge.has_language("it"), badge.slug
        assert badge.has_language("en"), badge.slug
    shared = {"pre-A1", "A1", "A2", "B1", "B2"}
    periods = {str(period.name) for each in catalogue.site.indicators for period in each.periods}
    for noun in nouns:
        for text in texts_of(noun):
            assert dict(text).keys() == {"it", "en"} or str(text) in shared | periods


def test_the_microcredential_has_every_element(catalogue: Catalogue) -> None:
    badge: BadgeClass = catalogue.badges["research-data-steward"]
    assert badge.achievement_type == "MicroCredential"
    assert badge.microcredential is not None
    assert badge.microcredential.model_fields_set == set(Microcredential.model_fields)
    assert {skill.framework for skill in badge.skills} == {"ESCO", "EQF"}


def test_badges_point_at_those_they_replace_and_count_towards(catalogue: Catalogue) -> None:
    assert catalogue.badges["english-b2"].replaces == "english-b2-2019"
    towards = [slug for slug, badge in catalogue.badges.items() if badge.part_of == ("minor-data-science",)]
    assert towards == ["coding-foundations", "data-literacy", "responsible-ai"]


def test_pupils_are_never_named(catalogue: Catalogue) -> None:
    tests = [slug for slug, badge in catalogue.badges.items() if badge.minors]
    assert tests == ["levels-english", "levels-italian", "levels-mathematics"]
    named = [award.id for batch, award in catalogue.each_award() if batch.badge in tests and award.name]
    assert named == []


def test_no_address_stands_in_the_awards(catalogue: Catalogue) -> None:
    for path in (CONTENT / "awards").rglob("*.*"):
        meant = catalogue.addresses if path.suffix == ".jsonl" else frozenset()
        assert set(addresses_in(path.read_bytes())) <= meant, path.name
    assert all(address.endswith("@example.edu") for address in catalogue.addresses)


@pytest.mark.parametrize("path", yaml_files(), ids=lambda path: path.stem)
def test_files_begin_with_the_modeline_and_fit_their_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    schema = CONTENT / ".schema" / f"{kind_of(path)}.json"
    assert first == modeline(kind_of(path), path.relative_to(ROOT).as_posix())
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(document, default=str)), json.loads(schema.read_text(encoding="utf-8")))


def test_the_schemas_beside_the_example_are_those_of_this_version() -> None:
    for kind, schema in schemas().items():
        stored = json.loads((CONTENT / ".schema" / f"{kind}.json").read_text(encoding="utf-8"))
        assert stored == schema, f"run badgesite schema: {kind}"


def test_the_reference_has_a_block_for_every_kind_of_file() -> None:
    assert len(BLOCKS) == REFERENCE.count("```yaml")
    assert {kind for _, kind in BLOCKS} == {"site", "issuer", "badge", "batch"}


@pytest.mark.parametrize(("block", "kind"), BLOCKS, ids=[f"{kind}-{n}" for n, (_, kind) in enumerate(BLOCKS)])
def test_blocks_of_the_reference_are_read(tmp_path: Path, block: str, kind: str) -> None:
    for path in CONTENT.rglob("*.*"):
        place = path.relative_to(CONTENT)
        if path.is_file() and (
            place.parts[0] in {"site.yaml", "logo.svg", "issuers", *FOLDERS[kind]} or path.suffix == ".csv"
        ):
            put(tmp_path / "content" / place, path.read_bytes())
    if kind == "site":
        put(tmp_path / "content/issuers/example.yaml", PLAIN_ISSUER)
    put(tmp_path / "content" / place_of(block, kind), block.encode())
    assert [str(problem) for problem in read(tmp_path).problems] == []


FOLDERS: dict[str, set[str]] = {"site": set(), "issuer": set(), "badge": {"badges"}, "batch": {"badges"}}
PLAIN_ISSUER = b"{name: Example, url: https://www.example.edu, email: openbadge@example.edu}"


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def place_of(block: str, kind: str) -> Path:
    """The file of the example that a block of the reference stands for: a badge is named by its picture."""
    if kind == "badge":
        slug = str(yaml.safe_load(block)["image"]).removesuffix(".svg")
        return next((CONTENT / "badges").rglob(f"{slug}.yaml")).relative_to(CONTENT)
    return Path({"site": "site.yaml", "issuer": "issuers/example.yaml", "batch": "awards/2024/reference.yaml"}[kind])
