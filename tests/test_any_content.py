"""Any valid content builds, and what comes out satisfies the rules of Open Badges 2.0."""

import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.artifact import Artifact
from badgesite.content.reading import read_or_raise
from badgesite.model.picture import Picture
from badgesite.outputs import Context, award_artifacts, class_artifacts, context_of, draw
from badgesite.standards.baking import unbake
from badgesite.standards.ob2_checks import check_hosted
from tests.sites import ADDRESSES, BADGE_PATH, BATCH_PATH, SALTS, identity, write_site

BASE = "https://badges.example.edu/"
DAY = date(2023, 8, 1)
NOW = datetime(2023, 8, 1, tzinfo=UTC)

letters = st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="@")
words = st.text(letters, min_size=1, max_size=60).filter(lambda text: text.strip())
markdown = st.lists(words, min_size=1, max_size=4).map("\n".join)
texts = st.one_of(words, st.fixed_dictionaries({"it": markdown}, optional={"en": markdown}))
urls = st.sampled_from(["https://skills.example.org/1", "https://x.example/?a=b&c=d#e", "http://frameworks.example/è"])

skills = st.fixed_dictionaries({"name": words, "url": urls}, optional={"framework": words, "code": words})
elements = st.fixed_dictionaries(
    {}, optional={"workload": texts, "ects": st.integers(0, 60), "eqf": st.integers(1, 8), "participation": words}
)
badges = st.fixed_dictionaries(
    {"name": texts, "description": texts, "criteria": texts, "image": st.just("english-b2.svg")},
    optional={
        "image_alt": texts,
        "achievement_type": st.sampled_from(["Badge", "Certificate", "MicroCredential", "ext:Level"]),
        "skills": st.lists(skills, max_size=3),
        "microcredential": elements,
        "result": st.just({"name": "Livello", "values": [{"id": "b1", "name": "B1"}, {"id": "b2", "name": "B2"}]}),
        "valid_for": st.sampled_from(["1 month", "18 months", "3 years"]),
        "visibility": st.sampled_from(["unnamed", "unlisted", "public"]),
        "notice": texts,
    },
)
records = st.fixed_dictionaries(
    {"id": st.uuids(version=4).map(str)},
    optional={
        "name": words,
        "visibility": st.sampled_from(["unnamed", "unlisted", "public"]),
        "language": st.sampled_from(["it", "en"]),
        "narrative": markdown,
        "evidence": st.lists(urls, max_size=2, unique=True),
        "credits": st.integers(0, 12),
        "revoked": st.fixed_dictionaries({"date": st.just("2023-07-20"), "reason": words}),
    },
)
batches = st.lists(records, max_size=4, unique_by=lambda record: str(record["id"]))


@cache
def _drawn(picture: Picture, band: str) -> bytes:
    return draw(picture, band)


def _context(root: Path, badge: object, awards: list[dict[str, object]]) -> Context:
    for number, award in enumerate(awards):
        address, salt = f"{number}{ADDRESSES[0]}", SALTS[0]
        award["recipient"] = {"identity": identity(address, salt), "salt": salt}
    batch = {"badge": "english-b2", "date": "2023-07-14", "awards": awards}
    files = {BADGE_PATH: json.dumps(badge, ensure_ascii=False), BATCH_PATH: json.dumps(batch, ensure_ascii=False)}
    write_site(root, files, base_url=BASE)
    catalogue = read_or_raise(root).catalogue
    assert catalogue
    return context_of(catalogue, root, DAY, _drawn)


@settings(max_examples=40)
@given(badge=badges, awards=batches)
def test_any_valid_content_builds_and_satisfies_the_rules(badge: object, awards: list[dict[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        context = _context(Path(folder), badge, awards)
        made = {one.path: one for one in class_artifacts(context)}
        made |= {one.path: one for one in award_artifacts(context, context.catalogue.each_award())}
    for award in awards:
        _check(str(award["id"]), "revoked" in award, made)


def _check(award: str, revoked: bool, made: dict[str, Artifact]) -> None:
    def fetch(address: str) -> bytes | None:
        path = address.removeprefix(BASE)
        found = made.get(path) or made.get(f"{path}index.html")
        return found.data if found else None

    path = f"awards/{award}/assertion.json"
    findings = [str(found) for found in check_hosted(BASE + path, fetch=fetch, now=NOW) if found.severity == "error"]
    assert bool(findings) == revoked, findings
    text = made[path].data.decode().removesuffix("\n")
    for kind in ("png", "svg"):
        carried = [payload.text for payload in unbake(made[f"awards/{award}/badge.{kind}"].data)]
        assert carried == ([] if revoked else [text])
