import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from badgesite.crypto.proofs import hashed
from badgesite.model.award import Award
from badgesite.standards import ob3
from badgesite.standards.ob3_checks import check_achievement, check_credential, check_profile
from badgesite.standards.ob3_nodes import achievement_node, profile_node
from tests.standards.university import (
    ADA,
    BADGE,
    BASE,
    CHARLES,
    IDS,
    ISSUER,
    NOBODY,
    PLAN,
    RECIPIENT,
    SALT,
    a_batch,
    a_catalogue,
)

VC, OB = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
NOW = datetime(2024, 11, 22, tzinfo=UTC)
LIST = f"{BASE}status/example/0a1b2c3d.json"
STATUS = {
    "id": f"{LIST}#94567",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": LIST,
}


def _credential(award: Award, badge: object = None, **head: object) -> Any:
    batch = a_batch(award, **head)
    catalogue = a_catalogue(batch, **({"badge": badge} if badge else {}))  # type: ignore[arg-type]
    return ob3.credential(catalogue, PLAN, batch, award, status=STATUS, valid_from="2023-07-14T00:00:00Z")


@pytest.mark.parametrize("award", [ADA, CHARLES, NOBODY], ids=["whole", "in English", "unnamed"])
def test_what_is_signed_is_as_a_verifier_wants_it(award: Award) -> None:
    assert check_credential(_credential(award), now=NOW) == ()


def test_what_is_published_beside_it_is_as_a_verifier_wants_it() -> None:
    catalogue = a_catalogue()
    assert check_profile(ob3.profile(catalogue, PLAN, "example")) == ()
    for language in PLAN.languages:
        assert check_achievement(ob3.achievement(catalogue, PLAN, "english-b2", language)) == ()


def test_a_credential_says_what_the_record_says() -> None:
    document = _credential(ADA)
    assert list(document) == [
        *("@context", "id", "type", "name", "issuer", "validFrom", "validUntil", "awardedDate"),
        *("credentialSubject", "evidence", "credentialStatus"),
    ]
    assert document["@context"] == [VC, OB]
    assert document["id"] == f"{BASE}awards/{IDS[0]}/credential.json"
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["validFrom"] == document["awardedDate"] == "2023-07-14T00:00:00Z"
    assert document["validUntil"] == "2026-07-14T23:59:59Z"
    assert document["evidence"] == [{"id": "https://work.example.org/essay", "type": ["Evidence"]}]
    assert document["credentialStatus"] == STATUS
    subject = document["credentialSubject"]
    assert subject["id"] == f"{BASE}awards/{IDS[0]}/#holder"
    assert (subject["activityStartDate"], subject["activityEndDate"]) == (
        "2023-03-01T00:00:00Z",
        "2023-07-07T00:00:00Z",
    )
    assert subject["creditsEarned"] == 2.5
    assert subject["narrative"] == (
        "Ottima prova.\n\nLivello: B2, buono\n\nCrediti: 2.5\n\nAttività: Corso (dal 2023-03-01 al 2023-07-07)"
    )


def test_the_holder_is_a_hashed_address_and_a_name_where_it_may_be_shown() -> None:
    address = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": RECIPIENT.identity,
        "identityType": "emailAddress",
        "salt": SALT,
    }
    name = {"type": "IdentityObject", "hashed": False, "identityHash": "Ada Esempio", "identityType": "name"}
    assert _credential(ADA)["credentialSubject"]["identifier"] == [address, name]
    assert _credential(NOBODY)["credentialSubject"]["identifier"] == [address]
    assert "Nessuno" not in json.dumps(_credential(NOBODY))


def test_a_credential_is_in_the_language_of_its_holder() -> None:
    document = _credential(CHARLES)
    assert document["name"] == "English B2"
    assert document["issuer"]["name"] == "Example University"
    achievement = document["credentialSubject"]["achievement"]
    assert achievement["id"] == f"{BASE}en/badges/english-b2/achievement.json"
    assert document["credentialSubject"]["narrative"] == (
        "Level: B1\n\nActivity: Course (from 2023-03-01 to 2023-07-07)"
    )


def test_issuer_and_achievement_are_there_as_they_are_published() -> None:
    catalogue = a_catalogue()
    document = _credential(ADA)
    assert document["issuer"] == profile_node(catalogue, PLAN, "example", "it")
    assert document["credentialSubject"]["achievement"] == achievement_node(catalogue, PLAN, "english-b2", "it")
    assert ob3.profile(catalogue, PLAN, "example") == {"@context": [VC, OB], **document["issuer"]}
    achievement = ob3.achievement(catalogue, PLAN, "english-b2", "it")
    assert achievement == {"@context": OB, **document["credentialSubject"]["achievement"]}


def test_a_result_is_told_in_words_and_by_its_id() -> None:
    here = f"{BASE}badges/english-b2/achievement.json"
    assert _credential(ADA)["credentialSubject"]["result"] == [
        {
            "type": ["Result"],
            "resultDescription": f"{here}#result",
            "value": "B2, buono",
            "achievedLevel": f"{here}#result-b2",
        }
    ]


def test_a_result_by_number_is_told_as_it_is_written() -> None:
    badge = {**BADGE, "result": {"name": "Punti", "min": 0, "max": 30}}
    document = _credential(replace(ADA, result="18.50"), badge)
    here = f"{BASE}badges/english-b2/achievement.json"
    assert document["credentialSubject"]["result"] == [
        {"type": ["Result"], "resultDescription": f"{here}#result", "value": "18.50"}
    ]
    assert check_credential(document) == ()


def test_a_small_award_has_nothing_empty() -> None:
    award = Award(id=IDS[0], recipient=RECIPIENT)
    badge = {key: value for key, value in BADGE.items() if key not in ("valid_for", "result")}
    document = _credential(award, badge, activity=None)
    assert not {"validUntil", "evidence"} & document.keys()
    assert document["credentialSubject"].keys() == {"id", "type", "identifier", "achievement"}
    assert check_credential(document) == ()


def test_an_activity_may_have_one_day_or_none() -> None:
    subject = _credential(ADA, activity={"name": "Corso", "to": "2023-07-07"})["credentialSubject"]
    assert "activityStartDate" not in subject
    assert subject["activityEndDate"] == "2023-07-07T00:00:00Z"
    assert subject["narrative"].endswith("Attività: Corso (al 2023-07-07)")


def test_an_award_may_end_on_a_day_of_its_own() -> None:
    assert _credential(replace(ADA, expires=date(2024, 1, 1)))["validUntil"] == "2024-01-01T23:59:59Z"


def test_a_replacing_credential_is_valid_from_its_signing_and_keeps_the_day_of_award() -> None:
    batch = a_batch()
    catalogue = a_catalogue(batch)
    document = ob3.credential(catalogue, PLAN, batch, ADA, status=STATUS, valid_from="2024-02-03T04:05:06Z")
    assert (document["validFrom"], document["awardedDate"]) == ("2024-02-03T04:05:06Z", "2023-07-14T00:00:00Z")


FIXED = {"slug", "issuer", "image", "category", "achievement_type", "id", "valid_for", "part_of", "replaces"} | {
    *("url", "email", "telephone", "country"),
}


def _tabbed(value: Any) -> Any:
    """The content with a tab in each of its texts that may have one."""
    if isinstance(value, dict):
        return {key: each if key in FIXED else _tabbed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_tabbed(each) for each in value]
    return value.replace(" ", "\t") + "\tx" if isinstance(value, str) else value


def test_tabs_are_spaces_in_all_that_is_signed() -> None:
    award = replace(ADA, name="Ada\tEsempio", narrative="Ottima:\n\n-\tprova")
    batch = a_batch(award, activity={"name": "Corso\testivo"})
    catalogue = a_catalogue(batch, badge=_tabbed(BADGE), issuer=_tabbed(ISSUER))
    document: Any = ob3.credential(catalogue, PLAN, batch, award, status=STATUS, valid_from="2023-07-14T00:00:00Z")
    assert check_credential(document) == ()
    each = (document, ob3.profile(catalogue, PLAN, "example"), ob3.achievement(catalogue, PLAN, "english-b2", "en"))
    for made in each:
        assert len(hashed(made)) == 32
        assert b"\\t" not in ob3.compact(made)
    subject = document["credentialSubject"]
    assert subject["identifier"][1]["identityHash"] == "Ada Esempio"
    assert subject["achievement"]["description"] == "Parla l'inglese x"
    assert subject["narrative"].startswith("Ottima:\n\n-   prova\n\nLivello x: B2, buono x\n\n")
    assert subject["result"][0]["value"] in subject["achievement"]["resultDescription"][0]["allowedValue"]


def test_what_is_kept_is_short_and_fits_into_a_cdata_section() -> None:
    document = {"a": "è ]]> x", "b": [1, 2.5, True], "c": {"d": '"\n'}}
    text = ob3.compact(document)
    assert text.decode() == '{"a":"è ]]\\u003e x","b":[1,2.5,true],"c":{"d":"\\"\\n"}}'
    assert json.loads(text) == document


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        ob3.compact({"a": float("nan")})
