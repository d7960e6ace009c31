"""What others write passes where the standard lets it pass, and fails where it does not."""

from typing import Any

import pytest

from badgesite.standards.ob3_strangers import check_award, check_endorsement, is_endorsement
from tests.verify.credentials.issuing import DID, GONE, LIST, OB, VC, VC1, credential, entry

SUBJECT: dict[str, Any] = credential()["credentialSubject"]
OLDER = {"validFrom": GONE, "validUntil": GONE, "issuanceDate": "2023-07-14T00:00:00Z"}
OLD_OB = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
CONTEXT_FAULT = f"@context does not begin with {VC} and that of Open Badges 3.0"


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"issuer": DID},
        {"issuer": {"id": DID, "type": "Profile", "phone": "internal 12", "email": "on request", "endorsement": []}},
        {"name": {"en": "English B2", "it": "Inglese B2"}},
        {"credentialStatus": [entry(7), entry(9, statusPurpose="suspension")]},
        {"credentialStatus": entry(7, statusListIndex=7)},
        {"credentialStatus": {"id": LIST, "type": "1EdTechRevocationList"}},
        {"evidence": []},
        {"credentialSubject": {**SUBJECT, "source": DID, "result": []}},
        {"type": ["OpenBadgeCredential", "VerifiableCredential", "Other"]},
        {"validFrom": "2023-07-14T02:00:00.123+02:00"},
        {**OLDER, "@context": [VC1, OLD_OB, "https://w3id.org/security/suites/ed25519-2020/v1"]},
        {**OLDER, "@context": [VC1, OB], "expirationDate": "2029-07-14T00:00:00Z"},
    ],
    ids=[
        *("ours", "issuer by its id", "free telephone", "languages", "two lists", "number", "older list", "empty"),
        *("profile by its id", "more types", "fractions and zones", "data model 1.1", "with an end"),
    ],
)
def test_what_the_standard_lets_pass_has_no_fault(members: dict[str, Any]) -> None:
    assert check_award(credential(**members)) == ()


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"@context": [OB, VC]}, CONTEXT_FAULT),
        ({"@context": [VC]}, CONTEXT_FAULT),
        ({"@context": GONE}, CONTEXT_FAULT),
        ({"type": "OpenBadgeCredential"}, "type is not that of a VerifiableCredential and an OpenBadgeCredential"),
        ({"type": [["OpenBadgeCredential"]]}, "type is not that of a VerifiableCredential and an OpenBadgeCredential"),
        ({"issuer": GONE}, "issuer is missing"),
        ({"issuer": "nobody"}, "issuer.id is not an address"),
        ({"issuer": {"id": DID}}, "issuer.type is not Profile"),
        ({"name": {"en": 5}}, "name is not a text"),
        ({"name": {}}, "name is not a text"),
        (OLDER, "validFrom is missing"),
        ({"@context": [VC1, OB]}, "issuanceDate is missing"),
        ({"validUntil": "2020-01-01T00:00:00Z"}, "it ends before it begins"),
        ({"credentialStatus": {"id": LIST}}, "credentialStatus is not an object with a type"),
        ({"credentialStatus": entry(-1)}, "credentialStatus.statusListIndex is not a whole number as text"),
        ({"credentialStatus": entry(7, statusListIndex=True)}, "credentialStatus.statusListIndex is not a whole"),
        ({"credentialSubject": {**SUBJECT, "id": GONE}}, "credentialSubject has neither an id nor an identifier"),
        ({"credentialSubject": [SUBJECT]}, "credentialSubject is not one object of the type AchievementSubject"),
    ],
)
def test_what_the_standard_asks_for_is_missed(members: dict[str, Any], fault: str) -> None:
    document = credential(**members)
    if isinstance(document.get("credentialSubject"), dict):
        document["credentialSubject"] = {k: v for k, v in document["credentialSubject"].items() if v is not GONE}
    assert any(each.startswith(fault) for each in check_award(document)), check_award(document)


def test_a_collection_of_badges_is_no_badge() -> None:
    (fault,) = check_award(credential(type=["VerifiableCredential", "ClrCredential"]))
    assert "a collection of credentials, and no badge" in fault


def test_an_endorsement_is_held_to_what_endorsements_are() -> None:
    subject = {"id": DID, "type": ["EndorsementSubject"], "endorsementComment": "good"}
    sound = credential(type=["VerifiableCredential", "EndorsementCredential"], credentialSubject=subject)
    assert is_endorsement(sound)
    assert check_endorsement(sound) == ()
    assert check_endorsement({**sound, "credentialSubject": {"type": "EndorsementSubject"}}) == (
        "credentialSubject.id is missing",
    )
    assert not is_endorsement(credential())
    assert len(check_endorsement(credential())) == 2
