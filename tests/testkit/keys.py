"""The keys of the kit, published on purpose: anybody may have them; they prove nothing, and sign for `.example` alone.

They are made from numbers that stand here, so that the kit is the same wherever it is made.
"""

import re
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from badgesite.crypto.encoding import base58_encode, base64url

Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_P = (
    0xFB0A2808CC3828E5F0E1E59C873F3F12572DA76560C676205B91FB6F0CDFF3EA32C6F16770A9362CECCA62F0395F815B69636BC9DBD383D5B6B6B91618F914BC7B15749D8EC60B675A42372CB9433EFF8D83E3DFB6055A3B0932F891E557B49BDB179322F1B6928B1AB06E0DD2AE1ECC35D80649A804AC84C4A3112C6FD4306D,
    0xE088BF34927736B9C153350D83F5D10B98D9834D6379A64A22FE411C99F9A8E0797911EAFA97108E52354BAD54C61689FF332C05BC03F7A6933E811DBAE4FFA2BA663780EACFF125FDB8F605D40C1399ED811607031436CFA98AB8933699EEA2FDDA72797E4026B26F30BFDDCEFF2CA7C8C9E0E4F91043973BAFA82044C4D0D3,
    0xF56C43871FE02CEE5804F93CA98C60115DA32C7BAB63FB2486D2D75264C9412627AEAB700952C923CADD7153C5DB6D1AA89EF0EB487843E036470A6CCF4435DF,
)
_Q = (
    0xC6E6E7769B01D141FF68711B8FD68D895A1487E776435594386220A7E38B619CB1FA95836956BD68930FC67D95B456B5BEE1C7505AEC24B8DF31F9E60BBE18D1D3DC57A40847EBA5D5FD462D0C6F577AAD57A124790F127671B1B9CA675C3FF74546DCE59AF38262ACCF6F1BE129311A56F618B79FFDAEF60FB17F4C6C4C8847,
    0xD5FAD2AA1B25E103972F951465219826DE7913DFA01C200A2D9BFFE2C6EFA3E68F886BF4BB5658329E559DDDFE0A9E4E5EE33603D7EAD722F304A75FDBD8CED726F26A125ED938DC86F1703740346D57217D31E1FD5EC2C6C787F3E5CDB7BBAA1F121CE00F9E542F7A6E9CF2F011CECFF983018342F1421DD0F8C4E85A2B7323,
    0xDCCD98F04A28810DE9F9F92BFF5CD9CFFFD5968C55A67777DB251904C7888DB83904AD714EB77E8E60D4500E3160E4783C6F03BAEAD96084EBF31D5FF1F1CE3D,
)
_PUBLISHED = re.compile(
    r"https://(www\.w3\.org/(ns|2018)/|w3id\.org/|purl\.imsglobal\.org/(spec/)?ob/|openbadgespec\.org/)|http://openbadges\.org"
)
_HOST = re.compile(r"(?:https?://|did:web:)(?:[^@/\s\"]*@)?([A-Za-z0-9.-]+)")


def _ed25519(name: str) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(sha256(f"badgesite test kit: {name}".encode()).digest())


def _curve(name: str, curve: ec.EllipticCurve) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(sha256(f"badgesite test kit: {name}".encode()).digest()[1:]), curve)


@cache
def rsa_key(which: int = 0) -> rsa.RSAPrivateKey:
    """The issuer's key of RSA, a stranger's (1), and one that is too short to be relied on (2)."""
    p, q, e = _P[which], _Q[which], 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), rsa.RSAPublicNumbers(e, p * q)
    )
    return numbers.private_key()


ISSUER = _ed25519("issuer")
STRANGER = _ed25519("stranger")
ENDORSER = _ed25519("endorser")
RETIRED = _ed25519("in no assertionMethod")
REVOKED = _ed25519("revoked by its issuer")
P256, P384 = _curve("issuer, P-256", ec.SECP256R1()), _curve("issuer, P-384", ec.SECP384R1())
STRANGER_P256 = _curve("stranger, P-256", ec.SECP256R1())


def sign(key: Private, data: bytes, words: str) -> bytes:
    """A signature as tokens and proofs have it; `words` is what is signed, as one can read it.

    ValueError if it speaks of any host but those of `.example`, which nobody can have (RFC 2606), and of the contexts.
    """
    hosts = {found[1].lower() for found in _HOST.finditer(_PUBLISHED.sub("", words))}
    if strange := {host for host in hosts if not host.rstrip(".").endswith(".example")}:
        raise ValueError(f"a test key signs for .example alone, and not for {', '.join(sorted(strange))}")
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, PKCS1v15(), SHA256())
    size = key.curve.key_size // 8
    algorithm = ec.ECDSA(SHA256() if size == 32 else SHA384(), deterministic_signing=True)
    return b"".join(each.to_bytes(size, "big") for each in decode_dss_signature(key.sign(data, algorithm)))


def multibase(key: Private) -> str:
    """The public half as a Multikey."""
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return "z" + base58_encode(b"\xed\x01" + public.public_bytes_raw())
    if isinstance(public, rsa.RSAPublicKey):
        raise ValueError("RSA has a JWK here")
    head = b"\x80\x24" if public.curve.key_size == 256 else b"\x81\x24"
    return "z" + base58_encode(head + public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def jwk(key: Private) -> dict[str, object]:
    """The public half as a JSON Web Key."""
    public = key.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(public.public_bytes_raw())}
    if isinstance(public, rsa.RSAPublicKey):
        numbers = public.public_numbers()
        return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)[1:]
    half = len(point) // 2
    curve = {32: "P-256", 48: "P-384"}[half]
    return {"kty": "EC", "crv": curve, "x": base64url(point[:half]), "y": base64url(point[half:])}


def pem(key: Private) -> str:
    """The public half as PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _number(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))
