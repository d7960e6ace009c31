"""Keys of others, made from numbers that everyone can know, and tokens signed by them in any way one likes."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from badgesite.crypto.encoding import base58_encode, base64url

Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(sha256(b"a published test key").digest())
P256 = ec.derive_private_key(0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, ec.SECP256R1())
P384 = ec.derive_private_key(2**300 + 12345, ec.SECP384R1())
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def pem(key: Private) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def number(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def jwk(key: Private) -> dict[str, object]:
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(public.public_bytes_raw())}
    if isinstance(public, rsa.RSAPublicKey):
        numbers = public.public_numbers()
        return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    half = len(point) // 2
    names = {32: "P-256", 48: "P-384"}
    return {"kty": "EC", "crv": names[half], "x": base64url(point[1 : 1 + half]), "y": base64url(point[1 + half :])}


def multibase(key: Private) -> str:
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        data = b"\xed\x01" + public.public_bytes_raw()
    elif isinstance(public, rsa.RSAPublicKey):
        data = b"\x85\x24" + public.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    else:
        header = b"\x80\x24" if public.curve.key_size == 256 else b"\x81\x24"
        data = header + public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return "z" + base58_encode(data)


def signature(key: Private, data: bytes) -> bytes:
    """As a token has it: r and s side by side."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, PKCS1v15(), SHA256())
    size = key.curve.key_size // 8
    algorithm = ec.ECDSA(SHA256() if size == 32 else SHA384(), deterministic_signing=True)
    return b"".join(each.to_bytes(size, "big") for each in decode_dss_signature(key.sign(data, algorithm)))


def signing_input(header: Mapping[str, object], claims: object) -> bytes:
    return ".".join(base64url(json.dumps(each).encode()) for each in (header, claims)).encode()


def token(key: Private, header: Mapping[str, object], claims: object) -> str:
    data = signing_input(header, claims)
    return f"{data.decode()}.{base64url(signature(key, data))}"
