"""Canonical forms as software that shares nothing with pyld makes them."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from badgesite.crypto.canonical import canonical
from badgesite.crypto.json_ld.values import LARGEST, has_one_form
from tests.crypto.credentials import BASE, credential
from tests.crypto.oxigraph import canonical_by_oxigraph

characters = st.characters(
    exclude_categories=["Cc", "Cs"], include_characters="\n\r", exclude_characters="\ufffe\uffff"
)
texts = st.text(characters, max_size=30)
numbers = st.integers(-LARGEST, LARGEST) | st.floats(-1e6, 1e6, width=32) | st.sampled_from([0, 3, 3.0, 3.5, 0.1, 1e-6])
urls = st.sampled_from([f"{BASE}{path}" for path in ("a", "b?x=1&y=2#z", "è", "%20", "(1)")]) | st.just("urn:uuid:1")


def some(kind: str, given: dict[str, st.SearchStrategy[Any]], more: dict[str, st.SearchStrategy[Any]]) -> Any:
    """An object of a type, with all of `given` and any of `more`."""
    return st.fixed_dictionaries({"type": st.just([kind]), **given}, optional=more)


alignments = some(
    "Alignment",
    {"targetName": texts, "targetUrl": urls},
    {
        "targetCode": texts,
        "targetDescription": texts,
        "targetFramework": texts,
        "targetType": st.sampled_from(["CFItem", "ext:Level"]),
    },
)
levels = some("RubricCriterionLevel", {"id": urls, "name": texts}, {"level": texts, "points": texts})
descriptions = some(
    "ResultDescription",
    {"id": urls, "name": texts, "resultType": st.sampled_from(["RawScore", "PerformanceLevel", "ext:Workload"])},
    {
        "allowedValue": st.lists(texts, min_size=1, max_size=4),
        "rubricCriterionLevel": st.lists(levels, min_size=1, max_size=2),
        "valueMin": texts,
        "valueMax": texts,
        "requiredLevel": urls,
    },
)
identifiers = some(
    "IdentityObject", {"hashed": st.booleans(), "identityHash": texts, "identityType": texts}, {"salt": texts}
)
addresses = some("Address", {"addressCountry": texts}, {"addressLocality": texts, "streetAddress": texts})
profiles = some("Profile", {"id": urls, "name": texts}, {"address": addresses, "email": texts, "description": texts})
achievements = some(
    "Achievement",
    {"id": urls, "name": texts, "description": texts, "criteria": st.fixed_dictionaries({"narrative": texts})},
    {
        "achievementType": texts,
        "alignment": st.lists(alignments, min_size=1, max_size=4),
        "creator": profiles,
        "creditsAvailable": numbers.filter(has_one_form),
        "image": some("Image", {"id": urls}, {"caption": texts}),
        "inLanguage": st.sampled_from(["it", "pt-br"]),
        "related": st.lists(some("Related", {"id": urls}, {"inLanguage": st.just("en")}), min_size=1, max_size=2),
        "resultDescription": st.lists(descriptions, min_size=1, max_size=3),
        "tag": st.lists(texts, min_size=1, max_size=4),
        "humanCode": texts,
    },
)
subjects = some(
    "AchievementSubject",
    {"achievement": achievements},
    {
        "id": urls,
        "identifier": st.lists(identifiers, min_size=1, max_size=2),
        "creditsEarned": numbers.filter(has_one_form),
        "narrative": texts,
        "activityStartDate": st.just("2023-03-01T00:00:00Z"),
        "result": st.lists(
            some("Result", {"resultDescription": urls}, {"value": texts, "status": texts}), min_size=1, max_size=2
        ),
    },
)
statuses = some(
    "BitstringStatusListEntry",
    {"statusPurpose": st.just("revocation")},
    {"id": urls, "statusListIndex": texts, "statusListCredential": urls},
)
evidence = some("Evidence", {}, {"id": urls, "name": texts, "narrative": texts})
credentials = st.fixed_dictionaries(
    {"credentialSubject": subjects},
    optional={
        "name": texts,
        "description": texts,
        "issuer": profiles,
        "awardedDate": st.just("2023-07-14T00:00:00Z"),
        "credentialStatus": statuses.map(lambda status: {**status, "type": "BitstringStatusListEntry"}),
        "evidence": st.lists(evidence, min_size=1, max_size=3),
    },
).map(lambda members: credential(**members))

SAME = {"type": ["Alignment"], "targetName": "x", "targetUrl": "https://x.example/"}


@given(credentials)
@settings(max_examples=400, deadline=None)
@example(credential(credentialSubject__achievement__alignment=[SAME, SAME, SAME]))
@example(
    credential(
        credentialSubject__achievement__resultDescription=[
            {
                "id": "urn:x",
                "type": ["ResultDescription"],
                "name": "",
                "resultType": "Result",
                "allowedValue": ["", "", ""],
            }
        ]
        * 2
    )
)
def test_what_is_signed_has_the_same_canonical_form_elsewhere(document: dict[str, Any]) -> None:
    assert canonical(document) == canonical_by_oxigraph(document)
