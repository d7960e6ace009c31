"""Signed documents of a built site, and somebody who is not their issuer but can sign; for alter.py."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.ob3.did import multikey_from_pem
from openbadgeslib.ob3.ldp import add_data_integrity_proof

Document = dict[str, Any]
Forms = tuple[bytes, bytes]
"""A signed document as JSON with its proof, and as a JWT."""
Methods = tuple[str, str]
"""What its proof and its JWT call the keys they were signed with."""


class Stranger:
    """A pair of keys that the issuer has never announced."""

    def __init__(self) -> None:
        self._ed25519, self._p256 = Ed25519PrivateKey.generate(), generate_private_key(SECP256R1())
        pems = [
            key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            for key in (self._ed25519, self._p256)
        ]
        self.multikeys = [multikey_from_pem(pem) for pem in pems]
        self.jwk = jwt.algorithms.ECAlgorithm.to_jwk(self._p256.public_key(), as_dict=True)

    def signs(self, document: Document, claims: Document, methods: Methods) -> Forms:
        """Both forms of a document."""
        pem = self._ed25519.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with_proof = add_data_integrity_proof(document, pem, methods[0], created=datetime.now(UTC))
        token = jwt.encode({**document, **claims}, self._p256, "ES256", headers={"kid": methods[1]})
        return json.dumps(with_proof, ensure_ascii=False, separators=(",", ":")).encode(), token.encode()


@dataclass(frozen=True)
class Signed:
    """A document as the site publishes it, in both forms."""

    text: bytes
    token: bytes

    @property
    def document(self) -> Document:
        """What is signed: all but the proof."""
        return {name: value for name, value in json.loads(self.text).items() if name != "proof"}

    @property
    def methods(self) -> Methods:
        """The names of the issuer's keys."""
        return json.loads(self.text)["proof"]["verificationMethod"], jwt.get_unverified_header(self.token)["kid"]

    @property
    def forms(self) -> Forms:
        """As they are."""
        return self.text, self.token

    def reworded(self, change: Callable[[str], str]) -> Forms:
        """With another text, and the signatures as they were."""
        header, payload, signature = self.token.split(b".")
        said = base64.urlsafe_b64decode(payload + b"==").decode()
        new = base64.urlsafe_b64encode(change(said).encode()).rstrip(b"=")
        return change(self.text.decode()).encode(), b".".join([header, new, signature])

    def signed_by(self, stranger: Stranger, methods: Methods, **changes: Any) -> Forms:
        """Signed by somebody else, with other values for some of its members."""
        payload: Document = jwt.decode(self.token, options={"verify_signature": False})
        claims = {name: value for name, value in payload.items() if name in ("iss", "jti", "nbf", "sub", "exp")}
        return stranger.signs({**self.document, **changes}, claims, methods)


def signed(path: Path) -> Signed:
    """The document in this .json file, and the .jwt beside it."""
    return Signed(path.read_bytes().removesuffix(b"\n"), path.with_suffix(".jwt").read_bytes())
