import json
from hashlib import sha256

import pytest

from badgesite.content.permanence.frozen import digest, frozen_lines
from badgesite.model.badge import BadgeClass
from badgesite.model.duration import Duration
from badgesite.model.picture import Picture
from badgesite.model.text import Text

LANGUAGES = ("it", "en")
PICTURE = Picture("content/badges/b.svg", "svg", b"<svg/>", 8)
BADGE = {
    "slug": "b",
    "issuer": "i",
    "name": {"it": "Nome", "en": "Name"},
    "description": {"it": "Testo", "en": "Text"},
    "criteria": {"it": "Criteri", "en": "Criteria"},
    "image": "b.svg",
}


def a_badge(**fields: object) -> BadgeClass:
    return BadgeClass.model_validate({**BADGE, **fields}, context={"languages": LANGUAGES})


def of(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def test_a_line_for_each_field_and_language() -> None:
    lines = dict(line.split(" ")[1:] for line in frozen_lines(a_badge(), PICTURE, LANGUAGES))
    assert lines["name.it"] == of("Nome")
    assert lines["name.en"] == of("Name")
    assert lines["skills.it"] == lines["microcredential.en"] == lines["result.it"] == lines["valid_for"] == of(None)
    assert lines["achievement_type"] == of("Badge")
    assert lines["issuer"] == of("i")
    assert lines["image"] == sha256(b"<svg/>").hexdigest()
    assert len(lines) == 16


def test_a_language_that_the_badge_has_not_has_no_lines() -> None:
    lines = [line.split(" ")[1] for line in frozen_lines(a_badge(name="Nome"), PICTURE, LANGUAGES)]
    assert not [line for line in lines if line.endswith(".en")]


def test_lines_begin_with_how_often_the_badge_was_amended() -> None:
    badge = a_badge(amended=[{"date": "2024-01-01", "note": "Refuso"}, {"date": "2024-02-01", "note": "Altro"}])
    assert {line.split(" ")[0] for line in frozen_lines(badge, PICTURE, LANGUAGES)} == {"2"}


@pytest.mark.parametrize(
    ("language", "value"),
    [
        ("it", [{"name": "Inglese", "url": "https://skills.example.org/en", "code": "012"}]),
        ("en", [{"name": "English", "url": "https://skills.example.org/en", "code": "012"}]),
    ],
)
def test_inner_texts_are_reduced_to_the_language_and_what_is_not_given_is_left_out(
    language: str, value: object
) -> None:
    skill = {"name": {"it": "Inglese", "en": "English"}, "url": "https://skills.example.org/en", "code": "012"}
    assert digest(a_badge(skills=[skill]).skills, language) == of(value)


def test_a_text_without_the_language_is_taken_in_the_first() -> None:
    assert digest(a_badge(microcredential={"workload": "75 ore", "ects": "3"}).microcredential, "en") == of(
        {"workload": "75 ore", "ects": 3}
    )
    assert digest(Text((("it", " Nome\n"),)), "en") == of("Nome")


def test_a_length_of_time_is_its_months() -> None:
    assert digest(Duration(36), "it") == of("36 months")
    assert digest(a_badge(valid_for="3 years").valid_for, "it") == digest(
        a_badge(valid_for="36 months").valid_for, "it"
    )


def test_a_number_is_as_short_as_it_can_be() -> None:
    result = a_badge(result={"name": "Voto", "min": "18.0", "max": "30.5"}).result
    assert digest(result, "it") == of({"name": "Voto", "min": 18, "max": 30.5})
