"""Public keys of strangers, in every form that badges name them by, and whether a signature is by one of them.

Multikey (Controlled Identifiers 1.0, section 2.2.2), JWK (RFC 7517), PEM (RFC 7468), did:key and did:jwk.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    SECP384R1,
    EllipticCurve,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from badgesite.crypto.encoding import base58_decode, from_base64url
from badgesite.crypto.public_keys import is_on_curve
from badgesite.crypto.strict_json import read_object
from badgesite.errors import FormatError

Kind = Literal["ed25519", "p256", "p384", "rsa"]
NAMES: Mapping[Kind, str] = {"ed25519": "Ed25519", "p256": "P-256", "p384": "P-384", "rsa": "RSA"}
ALGORITHMS: Mapping[str, Kind] = {
    "RS256": "rsa",
    "ES256": "p256",
    "ES384": "p384",
    "EdDSA": "ed25519",
    "Ed25519": "ed25519",
}
"""What we verify, by its name in a token (RFC 7518, section 3.1; RFC 8037, section 3.1; RFC 9864, section 2.2)."""
LENGTHS: Mapping[Kind, int] = {"ed25519": 64, "p256": 64, "p384": 96}
"""The bytes of a signature; one by RSA is as long as its modulus."""

_LEAST_BITS, _MOST_BITS, _MOST_EXPONENT = 2048, 8192, 2**32
_CURVES: Mapping[str, Kind] = {"P-256": "p256", "P-384": "p384"}
_CURVE: Mapping[Kind, EllipticCurve] = {"p256": SECP256R1(), "p384": SECP384R1()}
_CODECS: Mapping[bytes, Kind] = {b"\xed\x01": "ed25519", b"\x80\x24": "p256", b"\x81\x24": "p384", b"\x85\x24": "rsa"}
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_PEM_LIMIT = 16 * 1024
_JWK_LIMIT = 16 * 1024
_PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")
_WEAK = frozenset(
    bytes.fromhex(text)
    for text in (
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
)
"""The points of Ed25519 of small order, without their sign: anyone can make a signature that is good for them."""


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A public key: two are equal if they are the same key, whatever form they were read from.

    `raw` has the 32 bytes of an Ed25519 key, the uncompressed point of a curve, or an RSA key in DER (PKCS #1).
    """

    kind: Kind
    raw: bytes

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether the signature of `data` is by this key.

        By Ed25519 (RFC 8032); by ECDSA with SHA-256 on P-256 and SHA-384 on P-384, r and s side by side; by RSA with
        PKCS #1 v1.5 and SHA-256 (RFC 7518, sections 3.3 and 3.4).
        """
        if len(signature) != LENGTHS.get(self.kind, len(signature)):
            return False
        try:
            self._verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def _verify(self, signature: bytes, data: bytes) -> None:
        if self.kind == "ed25519":
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        elif self.kind == "rsa":
            _rsa_of(self.raw).verify(signature, data, PKCS1v15(), SHA256())
        else:
            half = len(signature) // 2
            numbers = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
            algorithm = ECDSA(SHA256() if self.kind == "p256" else SHA384())
            _point(_CURVE[self.kind], self.raw).verify(encode_dss_signature(*numbers), data, algorithm)


def key_from_multibase(text: str) -> VerificationKey:
    """The key that a publicKeyMultibase says: Ed25519 (z6Mk...), P-256 (zDn...), P-384 (z82L...) or RSA.

    FormatError for other kinds, and for what is no key.
    """
    if not text.startswith(("z", "u")):
        raise FormatError("a publicKeyMultibase begins with z, for base58btc, or with u, for base64url")
    data = base58_decode(text[1:]) if text[0] == "z" else from_base64url(text[1:])
    kind = _CODECS.get(data[:2])
    if kind is None:
        raise FormatError(f"the publicKeyMultibase is of another kind of key than {_known()}")
    return _key(kind, data[2:])


def key_from_jwk(jwk: Mapping[str, object]) -> VerificationKey:
    """The key that a public JWK says (RFC 7518, section 6; RFC 8037, section 2).

    FormatError for one that holds a private half or a shared secret, is not for signatures, or is of another kind.
    """
    kty, crv = jwk.get("kty"), jwk.get("crv")
    if kty == "oct":
        raise FormatError("the JWK is a shared secret, and no public key")
    if private := [name for name in _PRIVATE if name in jwk]:
        raise FormatError(f'the JWK holds a private half, in "{private[0]}": whoever read it can sign')
    if jwk.get("use", "sig") != "sig":
        raise FormatError("the JWK is not for signatures, as its member use says")
    if kty == "OKP" and crv == "Ed25519":
        key = _key("ed25519", _part(jwk, "x"))
    elif kty == "EC" and isinstance(crv, str) and crv in _CURVES:
        key = _ec_key(_CURVES[crv], _part(jwk, "x"), _part(jwk, "y"))
    elif kty == "RSA":
        key = _rsa_key(_number(_part(jwk, "n")), _number(_part(jwk, "e")))
    else:
        raise FormatError(f"the JWK is of another kind of key than {_known()}")
    if ALGORITHMS.get(str(jwk.get("alg")), key.kind if "alg" not in jwk else None) != key.kind:
        raise FormatError(f"the JWK is for another algorithm than those of {NAMES[key.kind]} that badgesite verifies")
    return key


def key_from_pem(text: str) -> VerificationKey:
    """The public key in a PEM text: RSA, P-256, P-384 or Ed25519. FormatError for anything else, and private keys."""
    labels = _PEM.findall(text[:_PEM_LIMIT])
    if any("PRIVATE" in label for label in labels):
        raise FormatError("the PEM holds a private key: whoever read it can sign")
    if len(text) > _PEM_LIMIT or not text.isascii() or labels not in (["PUBLIC KEY"], ["RSA PUBLIC KEY"]):
        raise FormatError("the text is no public key in PEM, which begins with -----BEGIN PUBLIC KEY-----")
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise FormatError("the PEM holds no public key that can be read") from error
    if isinstance(key, RSAPublicKey):
        numbers = key.public_numbers()
        return _rsa_key(numbers.n, numbers.e)
    if isinstance(key, Ed25519PublicKey):
        return _key("ed25519", key.public_bytes_raw())
    for kind, curve in _CURVE.items():
        if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, type(curve)):
            return VerificationKey(kind, key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    raise FormatError(f"the PEM holds another kind of key than {_known()}")


def key_of_did(url: str) -> VerificationKey:
    """The key that a did:key or did:jwk says of itself.

    The fragment, if there is one, has to name it: the key once more in did:key (section 3.1 of its method), `0` in
    did:jwk. FormatError for another fragment, for parameters, and for other methods.
    """
    did, mark, fragment = url.partition("#")
    scheme, _, rest = did.partition(":")
    method, _, value = rest.partition(":")
    if scheme != "did" or method not in ("key", "jwk"):
        raise FormatError("the key is not named by a did:key or a did:jwk")
    if mark and fragment != (value if method == "key" else "0"):
        raise FormatError(f"the did:{method} has no key by the name that follows its #")
    if method == "key":
        if not value.startswith("z"):
            raise FormatError("a did:key goes on with z, for base58btc")
        return key_from_multibase(value)
    return key_from_jwk(read_object(from_base64url(value), size=_JWK_LIMIT))


def _key(kind: Kind, data: bytes) -> VerificationKey:
    """A key from the bytes of its Multikey, after the header."""
    if kind == "rsa":
        numbers = _rsa_of(data).public_numbers()
        return _rsa_key(numbers.n, numbers.e)
    if kind != "ed25519":
        if len(data) != 1 + LENGTHS[kind] // 2 or data[0] not in (2, 3):
            raise FormatError(f"the key does not hold a compressed point of {NAMES[kind]}")
        point = _point(_CURVE[kind], data).public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return VerificationKey(kind, point)
    if len(data) != 32:
        raise FormatError(f"an Ed25519 key has 32 bytes, not {len(data)}")
    if data[:31] + bytes((data[31] & 0x7F,)) in _WEAK or not is_on_curve(data):
        raise FormatError("this is no Ed25519 key that can be relied on: no point of the curve, or one of small order")
    return VerificationKey(kind, data)


def _ec_key(kind: Kind, x: bytes, y: bytes) -> VerificationKey:
    half = LENGTHS[kind] // 2
    if (len(x), len(y)) != (half, half):
        raise FormatError(f"a coordinate of a key of {NAMES[kind]} has {half} bytes")
    _point(_CURVE[kind], b"\x04" + x + y)
    return VerificationKey(kind, b"\x04" + x + y)


def _point(curve: EllipticCurve, data: bytes) -> EllipticCurvePublicKey:
    try:
        return EllipticCurvePublicKey.from_encoded_point(curve, data)
    except ValueError as error:
        raise FormatError("the key is no point of its curve") from error


def _rsa_key(modulus: int, exponent: int) -> VerificationKey:
    """A key of RSA of a size that is safe, and not so large that it takes long."""
    if not _LEAST_BITS <= modulus.bit_length() <= _MOST_BITS:
        bits = modulus.bit_length()
        raise FormatError(f"the RSA key has {bits} bits; {_LEAST_BITS} is the least, {_MOST_BITS} the most")
    if not (3 <= exponent < _MOST_EXPONENT and exponent % 2 and modulus % 2):
        raise FormatError("the RSA key has an exponent or a modulus that no sound key has")
    key = RSAPublicNumbers(exponent, modulus).public_key()
    return VerificationKey("rsa", key.public_bytes(Encoding.DER, PublicFormat.PKCS1))


def _rsa_of(der: bytes) -> RSAPublicKey:
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise FormatError("the RSA key cannot be read") from error
    if not isinstance(key, RSAPublicKey):
        raise FormatError("the key is not of RSA, as its header says")
    return key


def _part(jwk: Mapping[str, object], name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str) or len(value) > _JWK_LIMIT:
        raise FormatError(f'the JWK has no "{name}", or it is no text')
    try:
        return from_base64url(value)
    except FormatError as error:
        raise FormatError(f'the JWK\'s "{name}": {error}') from error


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _known() -> str:
    *most, last = NAMES.values()
    return f"{', '.join(most)} and {last}"
