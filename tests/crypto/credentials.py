"""A credential for the tests of crypto/, as standards/ makes it but small, and keys that sign it."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from badgesite.crypto.contexts import CREDENTIALS, OPEN_BADGES
from badgesite.crypto.encoding import multikey

DID = "did:web:badges.example.edu:issuers:example"
BASE = "https://badges.example.edu/"
CREDENTIAL: Mapping[str, Any] = {
    "@context": [CREDENTIALS, OPEN_BADGES],
    "id": f"{BASE}awards/3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11/credential.json",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Inglese B2",
    "issuer": {"id": DID, "type": ["Profile"], "name": "Università di Esempio"},
    "validFrom": "2023-07-14T00:00:00Z",
    "validUntil": "2026-07-14T23:59:59Z",
    "credentialSubject": {
        "id": f"{BASE}awards/3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11/#holder",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": f"{BASE}badges/english-b2/achievement.json",
            "type": ["Achievement"],
            "name": "Inglese B2",
            "description": "Parla l'inglese.",
            "criteria": {"narrative": "Superare la *prova*.\n\n- scritta\n- orale"},
            "creditsAvailable": 3,
            "tag": ["lingue", "inglese"],
        },
    },
}


def credential(**changes: object) -> dict[str, Any]:
    """The credential with other members: `credentialSubject__achievement__name="B1"` changes one inside."""
    document = deepcopy(dict(CREDENTIAL))
    for place, value in changes.items():
        *outer, name = place.split("__")
        inner = document
        for step in outer:
            inner = inner[step]
        inner[name] = value
    return document


def compact(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


class Ed25519Key:
    """Test 1 of RFC 8032, section 7.1: known to everyone."""

    _private = ed25519.Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    )
    raw = _private.public_key().public_bytes_raw()
    method = f"{DID}#{multikey(raw)}"

    def sign(self, data: bytes) -> bytes:
        return self._private.sign(data)


class P256Key:
    """The key of RFC 6979, section A.2.5: known to everyone."""

    _private = ec.derive_private_key(0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, ec.SECP256R1())
    point = _private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    kid = f"{DID}#thumbprint"

    def sign(self, data: bytes) -> bytes:
        der = self._private.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))
        return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(der))
