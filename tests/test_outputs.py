import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from badgesite.artifact import Artifact
from badgesite.content.reading import read_or_raise
from badgesite.makers.context import Context, context_of
from badgesite.model.picture import Picture
from badgesite.outputs import award_artifacts, badge_artifacts, class_artifacts
from badgesite.standards.baking import unbake
from tests.sites import AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, PICTURE, PICTURE_PATH, write_site

BASE = "https://badges.example.edu/"
REVOKED = BATCH + "    revoked: {date: 2024-01-10, reason: awarded by mistake}\n"


def _context(root: Path, day: date = date(2024, 1, 15)) -> Context:
    catalogue = read_or_raise(root).catalogue
    assert catalogue
    return context_of(catalogue, root, day)


def _made(root: Path, files: Mapping[str, str | bytes | None] | None = None, **site: str | None) -> dict[str, Artifact]:
    context = _context(write_site(root, files, **{"base_url": BASE, **site}))
    artifacts = [*class_artifacts(context), *award_artifacts(context, context.catalogue.each_award())]
    artifacts += [artifact for badge in context.catalogue.badges for artifact in badge_artifacts(context, badge)]
    made = {artifact.path: artifact for artifact in artifacts}
    assert len(made) == len(artifacts)
    return made


def _json(artifact: Artifact) -> dict[str, object]:
    document = json.loads(artifact.data)
    assert isinstance(document, dict)
    return document


def test_everything_has_its_permanent_address(tmp_path: Path) -> None:
    made = _made(tmp_path, {"content/pages/help.md": "# Aiuto\n\nParole.\n"})
    pages = (
        "",
        "issuers/example/",
        "badges/english-b2/",
        "pages/help/",
        "verify/",
        "statistics/",
        "portfolio/",
        *(f"awards/{award}/" for award in AWARDS),
    )
    expected = {f"{language}{page}index.html" for language in ("", "en/") for page in pages}
    expected |= {f"issuers/example/{name}" for name in ("issuer.json", "revocations.json")}
    expected |= {f"badges/english-b2/{name}" for name in ("badge.json", "image.png", "image.svg")}
    expected |= {f"badges/english-b2/{shape}.{tag}.png" for shape in ("card", "square") for tag in ("it", "en")}
    expected |= {f"awards/{award}/{name}" for award in AWARDS for name in ("assertion.json", "badge.png", "badge.svg")}
    expected |= {"statistics/statistics.csv", "statistics/statistics.json"}
    expected |= {"catalogue.json", "feed.xml", "sitemap.xml", "robots.txt", "404.html", ".nojekyll"}
    assert {path for path in made if not re.match(r"(en/)?(assets|catalogue)/", path)} == expected


def test_pictures_of_awards_carry_the_assertion_as_it_is_published(tmp_path: Path) -> None:
    made = _made(tmp_path)
    for award in AWARDS:
        text = made[f"awards/{award}/assertion.json"].data.decode().removesuffix("\n")
        for kind in ("png", "svg"):
            picture = made[f"awards/{award}/badge.{kind}"]
            assert [payload.text for payload in unbake(picture.data)] == [text]
            assert made[f"awards/{award}/assertion.json"].words == f"{text}\n".encode()
    assert f'verify="{BASE}awards/{AWARDS[0]}/assertion.json"'.encode() in made[f"awards/{AWARDS[0]}/badge.svg"].data


def test_a_revoked_award_has_a_stub_and_a_picture_without_a_badge(tmp_path: Path) -> None:
    made = _made(tmp_path, {BATCH_PATH: REVOKED})
    stub = _json(made[f"awards/{AWARDS[1]}/assertion.json"])
    assert set(stub) == {"@context", "id", "type", "revoked", "revocationReason"}
    for kind in ("png", "svg"):
        picture = made[f"awards/{AWARDS[1]}/badge.{kind}"].data
        assert unbake(picture) == ()
        assert picture != made[f"badges/english-b2/image.{kind}"].data
    assert AWARDS[1] in made["issuers/example/revocations.json"].data.decode()


def test_a_png_badge_has_no_svg(tmp_path: Path) -> None:
    picture = _made(tmp_path / "svg")["badges/english-b2/image.png"].data
    files = {
        BADGE_PATH: BADGE.replace(".svg", ".png"),
        PICTURE_PATH: None,
        PICTURE_PATH.replace(".svg", ".png"): picture,
    }
    made = _made(tmp_path / "png", {**files, BATCH_PATH: REVOKED})
    assert made["badges/english-b2/image.png"].data == picture
    assert not any(path.endswith(("badge.svg", "image.svg")) for path in made)


@pytest.mark.parametrize(("visibility", "listed"), [("unnamed", False), ("unlisted", False), ("public", True)])
def test_files_of_awards_are_listed_only_if_public(tmp_path: Path, visibility: str, listed: bool) -> None:
    made = _made(tmp_path, visibility=visibility)
    assert {artifact.listed for path, artifact in made.items() if AWARDS[0] in path} == {listed}
    assert {artifact.listed for path, artifact in made.items() if "awards/" not in path} == {True}


@pytest.mark.parametrize("visibility", ["unnamed", "unlisted"])
def test_awards_that_are_not_public_are_named_in_no_list(tmp_path: Path, visibility: str) -> None:
    for path, artifact in _made(tmp_path, visibility=visibility).items():
        if "awards/" not in path:
            assert AWARDS[0].encode() not in artifact.data, path


def test_the_catalogue_is_as_formats_says(tmp_path: Path) -> None:
    categories = "{language: {it: Competenze linguistiche, en: Languages}}"
    badge = BADGE.replace("unit: cla", "unit: cla\ncategory: language")
    made = _made(tmp_path, {BADGE_PATH: badge}, categories=categories)
    document = _json(made["catalogue.json"])
    assert document == {
        "version": 1,
        "base": BASE,
        "badges": [
            {
                "id": f"{BASE}badges/english-b2/badge.json",
                "page": f"{BASE}badges/english-b2/",
                "issuer": f"{BASE}issuers/example/issuer.json",
                "unit": {"it": "Centro linguistico di Ateneo", "en": "Language Centre"},
                "name": {"it": "Inglese B2", "en": "English B2"},
                "description": {
                    "it": "Comprende e parla l'inglese al livello B2.",
                    "en": "Understands and speaks English at level B2.",
                },
                "image": f"{BASE}badges/english-b2/image.png",
                "category": {"it": "Competenze linguistiche", "en": "Languages"},
                "skills": [
                    {
                        "name": {"it": "Inglese", "en": "English"},
                        "url": "https://skills.example.org/english",
                        "framework": "ESCO",
                        "code": "S1.1",
                    }
                ],
                "ects": 3,
                "eqf": 6,
            }
        ],
    }


def test_what_a_badge_does_not_say_is_left_out_of_the_catalogue(tmp_path: Path) -> None:
    lines = ("name: B", "description: D", "criteria: C", "image: english-b2.svg")
    made = _made(tmp_path, {BADGE_PATH: "\n".join(lines) + "\n", BATCH_PATH: None})
    badges = _json(made["catalogue.json"])["badges"]
    assert isinstance(badges, list)
    assert set(badges[0]) == {"id", "page", "issuer", "name", "description", "image"}


def test_text_files_are_all_searched(tmp_path: Path) -> None:
    made = _made(tmp_path)
    for path, artifact in made.items():
        if path.startswith("awards/") and path.endswith("badge.svg"):
            (baked,) = unbake(artifact.data)
            assert f"{baked.text}\n".encode() == made[path.replace("badge.svg", "assertion.json")].words
        elif path.endswith((".html", ".json", ".xml", ".txt", ".svg", ".css", ".js")):
            assert artifact.words, path


def test_a_picture_is_drawn_once_for_all_awards(tmp_path: Path) -> None:
    from badgesite.makers.context import draw

    drawn: list[str] = []

    def drawing(picture: Picture, band: str) -> bytes:
        drawn.append(band)
        return draw(picture, band)

    root = write_site(tmp_path, base_url=BASE)
    catalogue = _context(root).catalogue
    context = context_of(catalogue, root, date(2024, 1, 15), drawing)
    list(award_artifacts(context, catalogue.each_award()))
    assert drawn == [""]
    assert PICTURE.encode() == catalogue.badge_pictures["english-b2"].data
