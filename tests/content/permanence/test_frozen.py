import json
from hashlib import sha256

import pytest

from badgesite.content.permanence.frozen import agree, digest, frozen_lines, frozen_problems
from badgesite.errors import Place
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


def lines_of(badge: BadgeClass) -> tuple[str, ...]:
    return tuple(frozen_lines(badge, PICTURE, LANGUAGES))


def told(lines: tuple[str, ...], badge: BadgeClass) -> list[str]:
    problems = frozen_problems(lines, badge, PICTURE, LANGUAGES, lambda field: Place(field))
    return [problem.place.path for problem in problems]


MISPRINT = [{"date": "2024-01-01", "note": "Refuso"}]
OURS = a_badge(name={"it": "Nome A", "en": "Name A"}, amended=MISPRINT)
THEIRS = a_badge(name={"it": "Nome B", "en": "Name B"}, amended=MISPRINT)
NOBODY_S = a_badge(name={"it": "Nome C", "en": "Name C"}, amended=MISPRINT)


@pytest.mark.parametrize("first", [OURS, THEIRS], ids=["ours first", "theirs first"])
def test_of_two_amendments_that_were_merged_either_may_stand_whatever_the_order(first: BadgeClass) -> None:
    second = THEIRS if first is OURS else OURS
    merged = (*lines_of(a_badge()), *lines_of(first), *lines_of(second))
    for lines in (merged, merged[::-1]):
        assert told(lines, OURS) == told(lines, THEIRS) == []
        assert told(lines, NOBODY_S) == ["name.en", "name.it"]


def test_facts_that_two_branches_locked_otherwise_may_be_those_of_either() -> None:
    short, long, other = (a_badge(valid_for=f"{years} years") for years in (1, 2, 3))
    lines = (*lines_of(short), *lines_of(long))
    assert (told(lines, short), told(lines, long), told(lines, other)) == ([], [], ["valid_for"])


def test_badges_agree_that_said_the_same_in_all_fields_at_one_number_of_amendments() -> None:
    assert agree(lines_of(a_badge()), (*lines_of(a_badge()), *lines_of(OURS)))
    assert agree((*lines_of(OURS), *lines_of(THEIRS)), lines_of(THEIRS))
    assert not agree(lines_of(OURS), lines_of(THEIRS))
    assert not agree(lines_of(a_badge()), lines_of(a_badge(amended=MISPRINT)))
    assert not agree(lines_of(a_badge()), ())
