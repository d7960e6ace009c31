from typing import Any

import pytest

from badgesite.standards.ob3_nodes import achievement_node, language_tag, profile_node
from tests.standards.university import BADGE, BASE, DID, ISSUER, LARGER, PLAN, a_catalogue

ACHIEVEMENT = f"{BASE}badges/english-b2/achievement.json"


def _achievement(language: str = "en", **changes: object) -> Any:
    badge = {key: value for key, value in {**BADGE, **changes}.items() if value is not None}
    return achievement_node(a_catalogue(badge=badge), PLAN, "english-b2", language)


def test_a_profile_says_who_and_where_the_issuer_is() -> None:
    assert profile_node(a_catalogue(), PLAN, "example", "en") == {
        "id": DID,
        "type": ["Profile"],
        "name": "Example University",
        "url": "https://www.example.edu",
        "email": "openbadge@example.edu",
        "phone": "+390577123456",
        "description": "A university",
        "image": {"id": f"{BASE}issuers/example/image.svg", "type": "Image"},
        "address": {
            "type": ["Address"],
            "addressCountryCode": "IT",
            "addressCountry": "IT",
            "addressRegion": "Toscana",
            "addressLocality": "Siena",
            "postalCode": "53100",
            "streetAddress": "Via 1",
        },
        "otherIdentifier": [
            {
                "type": "IdentifierEntry",
                "identifier": f"{BASE}issuers/example/issuer.json",
                "identifierType": "ext:OpenBadges2Issuer",
            }
        ],
    }


def test_what_an_issuer_does_not_say_is_left_out() -> None:
    short = {key: ISSUER[key] for key in ("slug", "name", "url", "email")} | {"telephone": "internal 12"}
    node = profile_node(a_catalogue(issuer=short), PLAN, "example", "it")
    assert node.keys() == {"id", "type", "name", "url", "email", "image", "otherIdentifier"}


def test_an_achievement_is_told_in_its_language() -> None:
    node = _achievement("en")
    assert node["id"] == f"{BASE}en/badges/english-b2/achievement.json"
    assert (node["name"], node["description"], node["inLanguage"]) == ("English B2", "Speaks English", "en")
    assert node["image"]["caption"] == "Two speech bubbles"
    assert node["tag"] == ["Languages"]
    assert node["creator"] == {
        "id": DID,
        "type": ["Profile"],
        "name": "Example University",
        "url": "https://www.example.edu",
    }
    assert _achievement("it")["id"] == ACHIEVEMENT
    assert _achievement("it")["name"] == "Inglese B2"


def test_all_elements_of_a_micro_credential_are_carried() -> None:
    node = _achievement("en")
    assert node["achievementType"] == "MicroCredential"
    assert node["creditsAvailable"] == 3
    assert node["criteria"]["id"] == f"{BASE}en/badges/english-b2/"
    headings = [line for line in node["criteria"]["narrative"].splitlines() if line.startswith("### ")]
    assert headings == [
        "### Notional workload",
        "### ECTS credits",
        "### EQF level",
        "### Type of assessment",
        "### Form of participation",
        "### Type of quality assurance",
        "### Prerequisites",
        "### Supervision and identity verification during assessment",
        "### Integration and stackability",
        "### Further information",
        "### Possible results",
    ]


@pytest.mark.parametrize("number", [8.3, 0.56, 1e-7])
def test_ects_of_which_others_sign_other_digits_are_told_in_words_alone(number: float) -> None:
    node = _achievement("en", microcredential={"ects": number})
    assert "creditsAvailable" not in node
    assert f"### ECTS credits\n\n{number}\n\n" in node["criteria"]["narrative"]
    assert _achievement("en", microcredential={"ects": 0})["creditsAvailable"] == 0


def test_skills_level_and_larger_badges_are_alignments() -> None:
    skill, level, larger = _achievement("en")["alignment"]
    assert skill == {
        "type": ["Alignment"],
        "targetName": "English",
        "targetUrl": "https://skills.example.org/en",
        "targetDescription": "La lingua",
        "targetFramework": "ESCO",
        "targetCode": "S1",
    }
    assert level == {
        "type": ["Alignment"],
        "targetName": "EQF level 6",
        "targetUrl": "http://data.europa.eu/snb/eqf/6",
        "targetFramework": "EQF",
        "targetCode": "6",
        "targetType": "ext:EQFLevel",
    }
    assert larger == {
        "type": ["Alignment"],
        "targetName": "Lingue",
        "targetUrl": f"{BASE}en/badges/languages/",
        "targetType": "ext:Achievement",
    }


def test_an_eqf_level_among_the_skills_is_not_told_twice() -> None:
    skill = {"name": "EQF 6", "url": "https://eqf.example.org/6", "framework": "eqf"}
    (alignment,) = _achievement(skills=[skill], part_of=[])["alignment"]
    assert (alignment["targetUrl"], alignment["targetType"]) == ("https://eqf.example.org/6", "ext:EQFLevel")


def test_named_results_have_words_in_order_and_ids_that_stay() -> None:
    (description,) = _achievement("en")["resultDescription"]
    here = f"{BASE}en/badges/english-b2/achievement.json"
    assert description == {
        "id": f"{here}#result",
        "type": ["ResultDescription"],
        "name": "Level",
        "resultType": "RubricCriterionLevel",
        "allowedValue": ["B1", "B2, good"],
        "rubricCriterionLevel": [
            {"id": f"{here}#result-b1", "type": ["RubricCriterionLevel"], "name": "B1"},
            {"id": f"{here}#result-b2", "type": ["RubricCriterionLevel"], "name": "B2, good"},
        ],
    }


def test_results_by_number_have_bounds_as_text() -> None:
    (description,) = _achievement("it", result={"name": "Punti", "min": 0, "max": 30.5})["resultDescription"]
    assert description == {
        "id": f"{ACHIEVEMENT}#result",
        "type": ["ResultDescription"],
        "name": "Punti",
        "resultType": "Result",
        "valueMin": "0",
        "valueMax": "30.5",
    }


def test_other_languages_and_the_badge_that_is_replaced_are_related() -> None:
    earlier = {"id": f"{BASE}badges/languages/achievement.json", "type": ["Related"], "inLanguage": "it"}
    other = {"id": ACHIEVEMENT, "type": ["Related"], "inLanguage": "it"}
    assert _achievement("en")["related"] == [other, earlier]
    translated = {**LARGER, **{key: {"it": "x", "en": "y"} for key in ("name", "description", "criteria")}}
    node: Any = achievement_node(a_catalogue(larger=translated), PLAN, "english-b2", "en")
    address = f"{BASE}en/badges/languages/achievement.json"
    assert node["related"][1] == {"id": address, "type": ["Related"], "inLanguage": "en"}


def test_a_language_that_the_badge_lacks_is_not_related() -> None:
    assert "related" not in _achievement("it", description="Parla l'inglese", replaces=None)


def test_amendments_are_counted_as_versions() -> None:
    assert "version" not in _achievement()
    assert _achievement(amended=[{"date": "2023-08-01", "note": "refuso"}])["version"] == "1"


def test_a_small_badge_has_nothing_empty() -> None:
    node = achievement_node(a_catalogue(), PLAN, "languages", "it")
    assert set(node) == {
        *("id", "type", "achievementType", "name", "description", "criteria", "image", "inLanguage", "creator"),
    }


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("it", "it"),
        ("pt-br", "pt-BR"),
        ("sr-latn", "sr-Latn"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-1996", "de"),
        ("ca-valencia", "ca"),
        ("sl-it-rozaj", "sl-IT"),
    ],
)
def test_languages_are_written_as_the_schema_wants_them(tag: str, written: str) -> None:
    assert language_tag(tag) == written
