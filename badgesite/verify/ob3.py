"""An Open Badge 3.0, step by step: a credential with an embedded proof, or in a token (docs/verifying.md).

What each step asks of strangers' documents, and why, stands in docs/decisions/042 and 043.
"""

from collections.abc import Iterator

from badgesite.standards.ob3_strangers import check_award, check_endorsement, is_endorsement
from badgesite.verify.badge import Badge
from badgesite.verify.case import Case
from badgesite.verify.credentials.claims import credential_of, missing
from badgesite.verify.credentials.endorsements import endorsement_check
from badgesite.verify.credentials.facts import text_at
from badgesite.verify.credentials.hosting import hosted_check
from badgesite.verify.credentials.keys import Keys
from badgesite.verify.credentials.period import dates_check
from badgesite.verify.credentials.signatures import Origin, Signed, meaning, origin
from badgesite.verify.credentials.status import status_checks
from badgesite.verify.report import Check
from badgesite.verify.words import plain, quoted, whose

_MOST_FAULTS = 3


def checks_of(case: Case) -> Iterator[Check]:
    """The steps of a credential after the reading, but the recipient; none is left out because another failed."""
    signed, keys = signed_of(case.badge), Keys(case.fetch, case.now)
    found = origin(signed, keys)
    yield found.genuine
    yield _issuer(found, signed)
    yield hosted_check(signed, case.badge.address, keys, found.domain)
    yield dates_check(signed, case.now)
    yield from status_checks(signed.document, keys)
    yield schema_check(signed)
    if not is_endorsement(signed.document) and (endorsed := endorsement_check(signed.document, keys)):
        yield endorsed


def signed_of(badge: Badge) -> Signed:
    """The credential that was put before us, without what only the token around it says."""
    return Signed(credential_of(badge.token), badge.token) if badge.token else Signed(badge.document)


def schema_check(signed: Signed) -> Check:
    """The step `schema`: whether the document is as Open Badges 3.0 has it, and every word of it is defined."""
    lost = meaning(signed) if signed.token else None
    if lost and lost.outcome == "failed":
        return lost
    faults = (check_endorsement if is_endorsement(signed.document) else check_award)(signed.document)
    if signed.token:
        faults += tuple(f"the token has no {name}" for name in missing(signed.token))
    if not faults and lost:
        return lost
    if not faults:
        what = "of an endorsement, which is no award by itself" if is_endorsement(signed.document) else "for"
        return Check("schema", "passed", f"it has all that Open Badges 3.0 asks {what}, and nothing is written wrongly")
    more = f", and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
    return Check("schema", "failed", "; ".join(plain(fault, 200) for fault in faults[:_MOST_FAULTS]) + more, "schema")


def _issuer(found: Origin, signed: Signed) -> Check:
    """The step `issuer`, told by the domain that publishes the key, before the name that the issuer gives itself."""
    if found.issuer.outcome != "passed":
        return found.issuer
    name, site = text_at(signed.document, "issuer", "name"), text_at(signed.document, "issuer", "url")
    if found.domain:
        return Check("issuer", "passed", whose(found.domain, "publishes the key that signed it", name, site))
    itself = f"it calls itself {quoted(name)}, as anybody could" if quoted(name) else "it gives no name"
    words = f"no domain stands behind the key: the issuer is the key itself ({plain(signed.issuer, 60)}); {itself}"
    return Check("issuer", "unchecked", words, "domain")
