"""A badge class and its parts."""

import pytest
from pydantic import ValidationError

from badgesite.model.badge import BadgeClass, Result

BADGE = {"slug": "b2", "issuer": "example", "name": "B2", "description": "d", "criteria": "c", "image": "b2.png"}


def test_a_badge_has_a_language_when_name_description_and_criteria_do() -> None:
    context = {"languages": ("it", "en")}
    badge = BadgeClass.model_validate({**BADGE, "name": {"it": "B2", "en": "B2"}}, context=context)
    assert badge.has_language("it")
    assert not badge.has_language("en")


@pytest.mark.parametrize("kind", ["MicroCredential", "ext:Attestato"])
def test_achievement_types_are_those_of_open_badges_or_extensions(kind: str) -> None:
    assert BadgeClass.model_validate({**BADGE, "achievement_type": kind}).achievement_type == kind


@pytest.mark.parametrize(
    "fields",
    [
        {"achievement_type": "Attestato"},
        {"achievement_type": "ext:"},
        {"achievement_type": "ext:Qualità"},
        {"microcredential": {"eqf": "9"}},
        {"microcredential": {"ects": "-1"}},
        {
            "approvals": [
                {"status": "approved", "body": "PQ", "date": "2022-09-14", "from": "2023-01-01", "to": "2022-01-01"}
            ]
        },
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        BadgeClass.model_validate({**BADGE, **fields})


@pytest.mark.parametrize(
    "scale",
    [
        {},
        {"min": "1"},
        {"min": "5", "max": "1"},
        {"min": "1", "max": "5", "values": [{"id": "a", "name": "A"}]},
        {"values": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]},
    ],
)
def test_a_result_has_values_or_two_bounds(scale: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Result.model_validate({"name": "Level", **scale})
