from pathlib import Path

import pytest

from badgesite.content.reading import read
from tests.sites import (
    BADGE,
    BADGE_PATH,
    BATCH,
    BATCH_PATH,
    ISSUER,
    ISSUER_PATH,
    PICTURE,
    PICTURE_PATH,
    SITE_PATH,
    site_yaml,
    write_site,
)

LOCK = "content/published/{}/{}.lock"
CATEGORIES = site_yaml(categories="{language: {it: Lingue, en: Languages}}")


def in_category(word: str) -> str:
    return BADGE.replace("unit: cla", f"unit: cla\ncategory: {word}")


def test_a_published_badge_gets_its_old_name_back(tmp_path: Path) -> None:
    files = {
        BADGE_PATH: None,
        PICTURE_PATH: None,
        "content/badges/english-b3.yaml": BADGE.replace("english-b2", "english-b3"),
        "content/badges/english-b3.svg": PICTURE,
        LOCK.format("badges", "english-b2"): "lock 1\n",
    }
    assert [str(problem) for problem in read(write_site(tmp_path, files)).problems] == [
        f'{BATCH_PATH}:1:8: the badge "english-b2" was published, and its file is gone; '
        "give the file its old name back: english-b2.yaml"
    ]


def test_a_published_issuer_gets_its_old_name_back(tmp_path: Path) -> None:
    files = {
        ISSUER_PATH: None,
        "content/issuers/examples.yaml": ISSUER,
        LOCK.format("issuers", "example"): "lock 1\n",
    }
    assert [str(problem) for problem in read(write_site(tmp_path, files)).problems] == [
        f'{BADGE_PATH}:1:9: the issuer "example" was published, and its file is gone; '
        "give the file its old name back: example.yaml"
    ]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (BADGE_PATH, in_category("Languages"), '3:11: "Languages" is not a name; did you mean "language"?'),
        (BADGE_PATH, in_category("Sport!"), '3:11: "Sport!" is not a name; known are language'),
        (
            BADGE_PATH,
            BADGE.replace("issuer: example", "issuer: Università di Esempio"),
            '1:9: "Università di Esempio" is not a name; known are example',
        ),
        (BADGE_PATH, BADGE.replace("unit: cla", "unit: CLA"), '2:7: "CLA" is not a name; did you mean "cla"?'),
        (
            BADGE_PATH,
            f"{BADGE}part_of: [Inglese]\n",
            '26:11: "Inglese" is not a name; known are english-b2',
        ),
        (
            BATCH_PATH,
            BATCH.replace("badge: english-b2", "badge: English B2"),
            '1:8: "English B2" is not a name; did you mean "english-b2"?',
        ),
    ],
)
def test_a_word_that_is_no_name_is_told_with_the_names_there_are(
    tmp_path: Path, path: str, text: str, told: str
) -> None:
    problems = [str(problem) for problem in read(write_site(tmp_path, {SITE_PATH: CATEGORIES, path: text})).problems]
    assert f"{path}:{told}" in problems


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (
            BADGE_PATH,
            in_category("language"),
            f'{BADGE_PATH}:3:11: there is no category "language"; '
            "this site has no categories yet: leave it out, or add categories to content/site.yaml",
        ),
        (
            BATCH_PATH,
            BATCH.replace("    language: en\n", "    language: en\n    group: staff\n"),
            f'{BATCH_PATH}:11:12: there is no group "staff"; '
            "this site has no groups yet: leave it out, or add groups to content/site.yaml",
        ),
    ],
)
def test_where_there_is_nothing_to_name_it_says_what_to_do(tmp_path: Path, path: str, text: str, told: str) -> None:
    assert [str(problem) for problem in read(write_site(tmp_path, {path: text})).problems] == [told]
