"""What others say of an award, its badge or its issuer: each endorsement is a credential, and verified like one.

They stand in a credential, its achievement and its issuer's profile, as documents (`endorsement`) or as tokens
(`endorsementJwt`). An endorsement is not asked for endorsements of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from badgesite.errors import FormatError
from badgesite.standards.ob3_strangers import check_endorsement
from badgesite.verify.credentials.facts import Document, issuer_id, listed, node_at, text_at
from badgesite.verify.credentials.keys import Keys
from badgesite.verify.credentials.period import dates_check
from badgesite.verify.credentials.signatures import Signed, origin, read_signed
from badgesite.verify.credentials.status import status_checks
from badgesite.verify.report import Check
from badgesite.verify.words import plain

MOST = 20
_PLACES = ((), ("issuer",), ("credentialSubject", "achievement"), ("credentialSubject", "achievement", "creator"))
"""Where endorsements stand: of the award, its issuer, the badge, and whoever made the badge."""


@dataclass(frozen=True, slots=True)
class _Endorsement:
    """One endorsement as it stands there, and the id of what it is in."""

    value: object
    of: str
    contexts: object


def endorsement_check(credential: Document, keys: Keys) -> Check | None:
    """The step `endorsements`; None if there are none."""
    found = list(_found(credential))
    if not found:
        return None
    doubt, domains = None, []
    for each in found[:MOST]:
        result = _verified(each, keys)
        if isinstance(result, str):
            domains.append(result)
        elif result.outcome == "failed":
            return result
        else:
            doubt = doubt or result
    if len(found) > MOST:
        words = f"it has {len(found)} endorsements, of which the first {MOST} were looked at, and nothing was wrong"
        return doubt or Check("endorsements", "unchecked", words, "endorsement")
    by = ", ".join(dict.fromkeys(domains))
    return doubt or Check("endorsements", "passed", f"{_number(len(found))}: {by}")


def _number(count: int) -> str:
    return "its endorsement holds" if count == 1 else f"its {count} endorsements hold"


def _found(credential: Document) -> Iterator[_Endorsement]:
    contexts = credential.get("@context")
    for path in _PLACES:
        node = node_at(credential, *path)
        for name in ("endorsement", "endorsementJwt"):
            for value in listed(node.get(name)):
                yield _Endorsement(value, text_at(node, "id"), contexts)


def _verified(endorsement: _Endorsement, keys: Keys) -> str | Check:
    """Who publishes the endorser's key, or a check that says what is wrong."""
    try:
        signed = _signed(endorsement)
    except FormatError as error:
        return Check("endorsements", "failed", f"an endorsement cannot be read: {error}", "endorsement")
    who = plain(text_at(signed.document, "issuer", "name") or issuer_id(signed.document) or "nobody")
    looked = origin(signed, keys)
    about = text_at(signed.document, "credentialSubject", "id")
    checks = [looked.trouble, *status_checks(signed.document, keys), dates_check(signed, keys.now)]
    if about != endorsement.of:
        words = f"it is about {plain(about) or 'nothing'}, and not about what it stands in"
        checks.append(Check("endorsements", "failed", words))
    checks += [Check("endorsements", "failed", fault) for fault in check_endorsement(signed.document)[:1]]
    troubles = [check for check in checks if check and check.outcome != "passed"]
    for outcome in ("failed", "unchecked"):
        for check in troubles:
            if check.outcome == outcome:
                words = (
                    f"an endorsement by {who} does not hold"
                    if outcome == "failed"
                    else f"an endorsement by {who} is open"
                )
                return Check(
                    "endorsements", check.outcome, f"{words}: {check.words}", "endorsement", check.out_of_reach
                )
    return looked.domain or who


def _signed(endorsement: _Endorsement) -> Signed:
    """The endorsement as a credential; one without a context of its own is read in that of the credential around it."""
    if isinstance(endorsement.value, str):
        return read_signed(endorsement.value.encode("utf-8", "replace"))
    if not isinstance(endorsement.value, Mapping):
        raise FormatError("it is neither an object nor a token")
    return Signed({"@context": endorsement.contexts, **endorsement.value})
