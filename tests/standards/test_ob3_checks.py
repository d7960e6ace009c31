import json
from datetime import UTC, datetime
from typing import Any

import pytest

from badgesite.standards import ob3, status
from badgesite.standards.ob3_checks import check_achievement, check_credential, check_profile
from tests.standards.university import ADA, PLAN, a_batch, a_catalogue

NOW = datetime(2024, 11, 22, tzinfo=UTC)
VC, OB = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
GONE = object()


def _sound() -> dict[str, Any]:
    batch = a_batch(ADA)
    entry = status.entry(PLAN, "example", "0a1b2c3d", 5)
    made = ob3.credential(
        a_catalogue(batch), PLAN, batch, ADA, status=entry, valid_from="2023-07-14T00:00:00Z"
    )  # fmt: skip
    document: dict[str, Any] = json.loads(ob3.compact(made))
    return document


def _changed(document: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """The document with another value at `path`, names and indices parted by dots."""
    *way, last = path.split(".")
    node: Any = document
    for step in way:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if value is GONE:
        del node[last]
    else:
        node[int(last) if isinstance(node, list) else last] = value
    return document


def test_a_sound_credential_has_no_fault() -> None:
    assert check_credential(_sound(), now=NOW) == ()


SUBJECT, ACHIEVEMENT = "credentialSubject", "credentialSubject.achievement"
CONTEXT_FAULT = f"@context does not begin with {VC} and that of Open Badges 3.0"
TYPE_FAULT = "type is not that of a VerifiableCredential and an OpenBadgeCredential"


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("@context", [OB, VC], CONTEXT_FAULT),
        ("@context", VC, CONTEXT_FAULT),
        ("@context", [VC, "https://purl.imsglobal.org/spec/ob/v3p1/context.json"], CONTEXT_FAULT),
        ("@context", GONE, CONTEXT_FAULT),
        ("type", ["VerifiableCredential"], TYPE_FAULT),
        ("type", ["OpenBadgeCredential"], TYPE_FAULT),
        ("type", [["OpenBadgeCredential"], "VerifiableCredential"], TYPE_FAULT),
        ("id", GONE, "id is missing"),
        ("id", "awards/1", "id is not an address"),
        ("name", {"en": "English"}, "name is not a text"),
        ("validFrom", GONE, "validFrom is missing"),
        ("validFrom", "2023-07-14", "validFrom is not a date and time with its zone, like 2023-07-14T00:00:00Z"),
        (
            "validFrom",
            "2023-07-14T00:00:00",
            "validFrom is not a date and time with its zone, like 2023-07-14T00:00:00Z",
        ),
        ("validFrom", "2027-01-01T00:00:00Z", "validUntil is before validFrom"),
        ("awardedDate", None, "awardedDate is not a date and time with its zone, like 2023-07-14T00:00:00Z"),
        (
            "awardedDate",
            "2023-02-30T00:00:00Z",
            "awardedDate is not a date and time with its zone, like 2023-07-14T00:00:00Z",
        ),
        ("issuer", "did:web:example.edu", "issuer is not one object of the type Profile"),
        ("issuer", [], "issuer is not one object of the type Profile"),
        ("issuer.type", "Person", "issuer.type is not Profile"),
        ("issuer.id", GONE, "issuer.id is missing"),
        ("issuer.email", "nobody", "issuer.email is not an e-mail address"),
        ("issuer.phone", "internal 12", "issuer.phone is not a telephone number like +390577123456"),
        ("issuer.image", "https://x.example/i.png", "issuer.image is not one object of the type Image"),
        ("issuer.image.type", ["Image"], "issuer.image.type is not Image, as one string"),
        ("issuer.image.author", "x", "issuer.image.author has no place in a node of the type Image"),
        ("issuer.address.type", GONE, "issuer.address.type is not Address"),
        (
            "issuer.otherIdentifier.0.type",
            ["IdentifierEntry"],
            "issuer.otherIdentifier[0].type is not IdentifierEntry, as one string",
        ),
        ("issuer.parentOrg", {"id": "did:web:x", "type": "Organization"}, "issuer.parentOrg.type is not Profile"),
        ("evidence", [], "evidence is an empty list"),
        ("evidence.0.type", ["Proof"], "evidence[0].type is not Evidence"),
        ("evidence.0", "https://x.example/", "evidence[0] is not one object of the type Evidence"),
        ("credentialSubject", GONE, "credentialSubject is missing"),
        ("credentialSubject", [{}], "credentialSubject is not one object of the type AchievementSubject"),
        (f"{SUBJECT}.type", "Person", f"{SUBJECT}.type is not AchievementSubject"),
        (f"{SUBJECT}.creditsEarned", True, f"{SUBJECT}.creditsEarned is not a number"),
        (f"{SUBJECT}.creditsEarned", "3", f"{SUBJECT}.creditsEarned is not a number"),
        (
            f"{SUBJECT}.creditsEarned",
            1e20,
            f"{SUBJECT}.creditsEarned is too large a number for all software to read alike",
        ),
        (
            f"{SUBJECT}.identifier.0.type",
            "Identity",
            f"{SUBJECT}.identifier[0].type is not IdentityObject, as one string",
        ),
        (f"{SUBJECT}.identifier.0.hashed", "yes", f"{SUBJECT}.identifier[0].hashed is neither true nor false"),
        (f"{SUBJECT}.identifier.0.hashed", False, f"{SUBJECT}.identifier[0] is hashed, and said not to be"),
        (f"{SUBJECT}.identifier.1.hashed", True, f"{SUBJECT}.identifier[1] is not hashed, and said to be"),
        (f"{SUBJECT}.identifier.1.identityHash", GONE, f"{SUBJECT}.identifier[1].identityHash is missing"),
        (f"{SUBJECT}.result.0.type", ["Score"], f"{SUBJECT}.result[0].type is not Result"),
        (
            f"{SUBJECT}.result.0.resultDescription",
            "https://x.example/#result",
            f"{SUBJECT}.result[0].resultDescription is none of the achievement's",
        ),
        (
            f"{SUBJECT}.result.0.achievedLevel",
            "https://x.example/#b2",
            f"{SUBJECT}.result[0].achievedLevel is no level of its description",
        ),
        (f"{SUBJECT}.result.0.value", "C1", f"{SUBJECT}.result[0].value is none that its description allows"),
        (f"{ACHIEVEMENT}.resultDescription.0.resultType", "Status", f"{SUBJECT}.result[0].status is missing"),
        (f"{ACHIEVEMENT}", GONE, f"{ACHIEVEMENT} is missing"),
        (f"{ACHIEVEMENT}.type", "Badge", f"{ACHIEVEMENT}.type is not Achievement"),
        (f"{ACHIEVEMENT}.name", "", f"{ACHIEVEMENT}.name is not a text"),
        (f"{ACHIEVEMENT}.criteria", "https://x.example/", f"{ACHIEVEMENT}.criteria is not one object"),
        (f"{ACHIEVEMENT}.criteria", {"x": "y"}, f"{ACHIEVEMENT}.criteria has neither an id nor a narrative"),
        (f"{ACHIEVEMENT}.inLanguage", "pt-br", f"{ACHIEVEMENT}.inLanguage is not a language, like it or pt-BR"),
        (f"{ACHIEVEMENT}.tag", "", f"{ACHIEVEMENT}.tag is not a text"),
        (f"{ACHIEVEMENT}.creator.type", ["Issuer"], f"{ACHIEVEMENT}.creator.type is not Profile"),
        (f"{ACHIEVEMENT}.alignment.1.targetUrl", GONE, f"{ACHIEVEMENT}.alignment[1].targetUrl is missing"),
        (f"{ACHIEVEMENT}.related.0.id", 5, f"{ACHIEVEMENT}.related[0].id is not an address"),
        (
            f"{ACHIEVEMENT}.resultDescription.0.type",
            "Result",
            f"{ACHIEVEMENT}.resultDescription[0].type is not ResultDescription",
        ),
        (
            f"{ACHIEVEMENT}.resultDescription.0.rubricCriterionLevel.1.name",
            GONE,
            f"{ACHIEVEMENT}.resultDescription[0].rubricCriterionLevel[1].name is missing",
        ),
        (
            "credentialStatus",
            [{}],
            "credentialStatus is not one object of the type BitstringStatusListEntry",
        ),
        (
            "credentialStatus.type",
            "1EdTechRevocationList",
            "credentialStatus.type is not BitstringStatusListEntry",
        ),
        ("credentialStatus.statusListIndex", 5, "credentialStatus.statusListIndex is not a whole number as text"),
        (
            "credentialStatus.statusPurpose",
            ["revocation"],
            "credentialStatus.statusPurpose is none of revocation, suspension, refresh, message",
        ),
        (
            "credentialStatus.id",
            "https://badges.example.edu/open/status/example/0a1b2c3d.json",
            "credentialStatus has the id of its list, where one of its own is meant",
        ),
    ],
)
def test_a_credential_that_is_not_as_the_standard_has_it_is_told(path: str, value: object, fault: str) -> None:
    assert check_credential(_changed(_sound(), path, value)) == (fault,)


@pytest.mark.parametrize(
    "path",
    ["issuer.otherIdentifier.0.identifierType", f"{SUBJECT}.identifier.1.identityType"],
    ids=["issuer", "holder"],
)
@pytest.mark.parametrize("word", ["email", "ext:", "ext:è"])
def test_a_kind_of_identifier_is_one_of_the_standard_or_an_own_word(path: str, word: str) -> None:
    (fault,) = check_credential(_changed(_sound(), path, word))
    assert fault.endswith("identifier, nor ext: and a word")
    assert check_credential(_changed(_sound(), path, "ext:ownWord")) == ()


def test_a_subject_needs_an_id_or_an_identifier() -> None:
    without = _changed(_sound(), "credentialSubject.id", GONE)
    assert check_credential(without) == ()
    assert check_credential(_changed(without, "credentialSubject.identifier", GONE)) == (
        "credentialSubject has neither an id nor an identifier",
    )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("type", ["VerifiableCredential", "AchievementCredential"]),
        ("@context", [VC, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", {"x": "https://x.example/"}]),
        (f"{ACHIEVEMENT}.type", "Achievement"),
        (f"{ACHIEVEMENT}.tag", "Languages"),
        (f"{ACHIEVEMENT}.achievementType", "ext:Minor"),
        ("validFrom", "2023-07-14T02:00:00.5+02:00"),
        ("proof", {"type": "DataIntegrityProof"}),
    ],
)
def test_what_the_standard_says_in_several_ways_is_no_fault(path: str, value: object) -> None:
    assert check_credential(_changed(_sound(), path, value)) == ()


def test_one_value_may_stand_where_several_may() -> None:
    document = _sound()
    document["evidence"] = document["evidence"][0]
    document["credentialSubject"]["result"] = document["credentialSubject"]["result"][0]
    assert check_credential(document) == ()


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        (datetime(2023, 7, 13, 23, 59, 59, tzinfo=UTC), "validFrom is still to come: 2023-07-14T00:00:00Z"),
        (datetime(2026, 7, 15, tzinfo=UTC), "validUntil is over: 2026-07-14T23:59:59Z"),
    ],
)
def test_a_credential_is_valid_from_its_first_to_its_last_second(now: datetime, fault: str) -> None:
    assert check_credential(_sound(), now=now) == (fault,)
    assert check_credential(_sound(), now=datetime(2023, 7, 14, tzinfo=UTC)) == ()
    assert check_credential(_sound(), now=datetime(2026, 7, 14, 23, 59, 59, tzinfo=UTC)) == ()


def test_organisations_inside_each_other_come_to_an_end() -> None:
    document = _sound()
    node = document["issuer"]
    for _ in range(500):
        node["parentOrg"] = {"id": "did:web:x", "type": "Profile"}
        node = node["parentOrg"]
    (fault,) = check_credential(document)
    assert fault.endswith("parentOrg is nested too deep")


def test_a_document_by_itself_has_a_context() -> None:
    catalogue = a_catalogue()
    profile = ob3.profile(catalogue, PLAN, "example")
    achievement = ob3.achievement(catalogue, PLAN, "english-b2", "it")
    assert check_profile(profile) == check_achievement(achievement) == ()
    fault = ("@context is not that of Open Badges 3.0",)
    assert check_profile({**profile, "@context": VC}) == fault
    assert check_achievement({key: value for key, value in achievement.items() if key != "@context"}) == fault
    assert check_profile({**profile, "type": ["Issuer"]}) == ("type is not Profile",)
    assert check_achievement({**achievement, "criteria": {}}) == ("criteria has neither an id nor a narrative",)
