"""What others say of a badge is verified as the badge is, and no deeper."""

from typing import Any

import pytest

from badgesite.errors import FetchError
from badgesite.verify.credentials.endorsements import MOST
from badgesite.verify.report import Step
from tests.verify.credentials.issuing import (
    AWARD,
    DID,
    EVIL,
    EVIL_JSON,
    GONE,
    OB,
    OTHER_PAIR,
    VC,
    credential,
    entry,
    failures,
    looked,
    signed,
    token,
    told,
    world,
)

ACHIEVEMENT = "https://badges.example.edu/badges/b2/achievement.json"
STEP: Step = "endorsements"
FAILED = ("failed", "endorsement")


def endorsement(about: str = AWARD, **members: Any) -> dict[str, Any]:
    """What somebody with other keys says, without a proof."""
    return credential(
        **{
            "id": "https://evil.example.org/endorsements/1",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "name": "Well done",
            "issuer": {"id": EVIL, "type": ["Profile"], "name": "Board"},
            "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "good"},
            "credentialStatus": GONE,
            **members,
        }
    )


def endorsed(*documents: object, **members: Any) -> dict[str, Any]:
    """The small award with these endorsements; a token goes where tokens stand."""
    tokens = [each.decode() for each in documents if isinstance(each, bytes)]
    whole = [each for each in documents if not isinstance(each, bytes)]
    given = {name: value for name, value in (("endorsement", whole), ("endorsementJwt", tokens)) if value}
    return signed(credential(**given, **members))


def test_a_badge_without_endorsements_says_nothing_of_them() -> None:
    assert STEP not in looked(signed(credential()))


@pytest.mark.parametrize(
    "sound", [signed(endorsement(), OTHER_PAIR), token(endorsement(), OTHER_PAIR)], ids=["proof", "token"]
)
def test_a_sound_endorsement_is_told_by_the_domain_of_who_gave_it(sound: object) -> None:
    badge = endorsed(sound)
    assert failures(badge) == []
    assert looked(badge)[STEP].words == "its endorsement holds: evil.example.org"


def test_endorsements_of_the_badge_and_of_its_issuer_are_found_too() -> None:
    badge = credential()
    badge["credentialSubject"]["achievement"]["endorsement"] = [signed(endorsement(ACHIEVEMENT), OTHER_PAIR)]
    badge["issuer"]["endorsement"] = [signed(endorsement(DID), OTHER_PAIR)]
    assert looked(signed(badge))[STEP].words == "its 2 endorsements hold: evil.example.org"
    badge["issuer"]["endorsement"] = [signed(endorsement(ACHIEVEMENT), OTHER_PAIR)]
    assert "not about what it stands in" in looked(signed(badge))[STEP].words


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (signed(endorsement("https://example.org/other"), OTHER_PAIR), "not about what it stands in"),
        (signed(endorsement()), "does not publish"),
        ({**signed(endorsement(), OTHER_PAIR), "name": "Very well done"}, "does not hold"),
        (endorsement(), "nobody signed it"),
        (signed(endorsement(validUntil="2024-01-01T00:00:00Z"), OTHER_PAIR), "expired on 2024-01-01"),
        (signed(endorsement(credentialStatus=entry(7)), OTHER_PAIR), "and not of the credential's issuer"),
        (signed(endorsement(type=["VerifiableCredential"]), OTHER_PAIR), "type is not that of"),
        (b"a.b", "cannot be read"),
    ],
    ids=["of another", "key", "changed", "unsigned", "expired", "list of another", "type", "no token"],
)
def test_an_endorsement_that_does_not_hold_fails_the_step(document: object, words: str) -> None:
    badge = token(endorsed(document)) if isinstance(document, dict) else endorsed(document)
    found = looked(badge)[STEP]
    assert (found.outcome, found.code) == FAILED
    assert words in found.words


def test_an_endorsement_is_neither_an_object_nor_a_token() -> None:
    assert told(token(credential(endorsement=[5])), STEP) == FAILED


def test_endorsements_inside_endorsements_are_not_followed() -> None:
    inner = endorsement("https://evil.example.org/endorsements/1", id="urn:uuid:3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11")
    outer = token(endorsement(endorsement=[inner]), OTHER_PAIR)
    assert told(endorsed(outer), STEP) == ("passed", "")


def test_an_endorsement_without_a_context_of_its_own_is_read_in_that_of_the_badge() -> None:
    whole = signed(endorsement(), OTHER_PAIR)
    assert whole.pop("@context") == [VC, OB]
    assert told(endorsed(whole), STEP) == ("passed", "")


def test_of_many_endorsements_the_first_are_looked_at() -> None:
    one = token(endorsement(), OTHER_PAIR)
    found = looked(token(credential(endorsementJwt=[one.decode()] * (MOST + 1))))[STEP]
    assert (found.outcome, f"the first {MOST}" in found.words) == ("unchecked", True)


def test_an_endorser_who_does_not_answer_leaves_the_step_open() -> None:
    served = world(**{EVIL_JSON: FetchError(EVIL_JSON, "unreachable", "no answer")})
    found = looked(endorsed(token(endorsement(), OTHER_PAIR)), served)[STEP]
    assert (found.outcome, found.out_of_reach) == ("unchecked", True)
