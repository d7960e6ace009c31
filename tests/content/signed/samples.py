"""What `sign` leaves, without a key: credentials and status lists as they stand in files, with signatures of nobody."""

import json
from collections.abc import Iterable, Mapping

from badgesite.content.signed import credential_files, status_files
from badgesite.content.signed.lines import entry_of
from badgesite.model.signed import Signed
from badgesite.plan import Plan
from badgesite.standards import status
from tests.sites import BATCH_PATH

BASE = "https://badges.example.edu/"
PLAN = Plan(BASE, ("it", "en"))
KID = f"{PLAN.did('example')}#key"
LIST = "0a1b2c3d"
FIRST, LATER = "2023-07-20T10:00:00Z", "2024-02-01T09:30:00Z"
CREDENTIALS = credential_files.path_of(BATCH_PATH)
LISTS = status_files.path_of("example", LIST)
LOCK = "content/published/batches/english-b2-2023-07-14.lock"


def credential(award: str, index: int = 7, created: str = FIRST, words: str = "Inglese B2", name: str = LIST) -> Signed:
    """A credential of an award, as it is kept."""
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": PLAN.url(PLAN.credential(award)),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": words,
        "credentialSubject": {"id": PLAN.holder(award)},
        "credentialStatus": status.entry(PLAN, "example", name, index),
    }
    return _signed(document, created)


def status_list(indices: Iterable[int] = (), created: str = FIRST, name: str = LIST) -> Signed:
    """A status list with these bits set, as it is kept."""
    bits = status.bits_with(status.SMALLEST, frozenset(indices))
    return _signed(status.status_list(PLAN, "example", name, bits, created), created)


def _signed(document: Mapping[str, object], created: str) -> Signed:
    proof = {"type": "DataIntegrityProof", "created": created, "proofValue": "z5"}
    text = json.dumps({**document, "proof": proof}, ensure_ascii=False, separators=(",", ":"))
    return Signed(text.encode(), KID, "c2ln")


def lines(*signed: Signed) -> bytes:
    """The bytes of a file that holds these."""
    return b"".join(credential_files.file_texts("x/x.yaml", signed).values())


def lock_lines(signed: Mapping[str, Signed]) -> list[str]:
    """What a lock file says of these credentials."""
    entries = {award: entry_of(each.text) for award, each in signed.items()}
    return [f"{award} {entry.list}#{entry.index} {entry.digest}" for award, entry in entries.items()]
