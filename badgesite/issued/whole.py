"""Whether both signatures of a document hold: its JWT, and the proof that is embedded in it.

The proof takes JSON-LD, a millisecond or two for a credential and less for a status list; so it is looked at in lists,
which are few, and in credentials that no lock file knows. Of the others, the lock file has the digest.
"""

import json

from badgesite.crypto.proofs import proof_of, verify_document
from badgesite.crypto.public_keys import KeyRing
from badgesite.errors import FormatError
from badgesite.issued import genuine
from badgesite.issued.genuine import TAKE_BACK, Told
from badgesite.model.signed import Signed
from badgesite.plan import Plan


def fault_of(signed: Signed, issuer: str, plan: Plan, keys: KeyRing) -> Told | None:
    """What is wrong with a document, as `genuine.fault_of`, and with its proof; None if both hold."""
    if told := genuine.fault_of(signed, issuer, plan, keys):
        return told
    try:
        document = json.loads(signed.text)
        method = str(proof_of(document)["verificationMethod"])
        key = keys.find(issuer, method.rpartition("#")[2])
        if key and verify_document(document, key.raw):
            return None
    except (ValueError, KeyError, FormatError):
        pass
    return "the proof does not fit the document: a byte of it was changed", TAKE_BACK
