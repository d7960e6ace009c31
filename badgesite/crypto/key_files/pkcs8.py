"""Encrypted private keys: PKCS#8 (RFC 5958) under PBES2 (RFC 8018), as PEM (RFC 7468).

The cryptography library reads these, but when it writes them it derives the key from the passphrase with 2,048 rounds,
far too few today, and offers no way to ask for more. So the frame is written here; all that is secret in it is done by
the library. Any OpenSSL reads it (docs/decisions/031-keys.md).
"""

import os
import re
from base64 import b64encode

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7

ROUNDS = 600_000
LABEL = "ENCRYPTED PRIVATE KEY"
_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----.*?-----END \1-----", re.DOTALL)
_SEQUENCE, _INTEGER, _OCTETS, _NULL = 0x30, 0x02, 0x04, 0x05
_PBES2 = bytes.fromhex("06092a864886f70d01050d")  # 1.2.840.113549.1.5.13, as the three below an OBJECT IDENTIFIER
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("06082a864886f70d0209")
_AES256_CBC = bytes.fromhex("060960864801650304012a")


def encrypted(private: bytes, passphrase: bytes, rounds: int = ROUNDS) -> bytes:
    """The PEM of a PKCS#8 private key (DER), encrypted: PBKDF2 with HMAC-SHA-256, AES-256-CBC."""
    salt, start = os.urandom(16), os.urandom(16)
    key = PBKDF2HMAC(SHA256(), 32, salt, rounds).derive(passphrase)
    padder, encryptor = PKCS7(128).padder(), Cipher(AES256(key), CBC(start)).encryptor()
    sealed = encryptor.update(padder.update(private) + padder.finalize()) + encryptor.finalize()
    derivation = _der(_SEQUENCE, _der(_OCTETS, salt), _number(rounds), _der(_SEQUENCE, _HMAC_SHA256, _der(_NULL)))
    scheme = _der(_SEQUENCE, _der(_SEQUENCE, _PBKDF2, derivation), _der(_SEQUENCE, _AES256_CBC, _der(_OCTETS, start)))
    return _pem(_der(_SEQUENCE, _der(_SEQUENCE, _PBES2, scheme), _der(_OCTETS, sealed)))


def blocks(pem: bytes) -> tuple[tuple[str, bytes], ...]:
    """The PEM blocks in a text, one after another: the label and the whole of each."""
    return tuple((found[1].decode(), found[0] + b"\n") for found in _BLOCK.finditer(pem))


def _der(tag: int, *parts: bytes) -> bytes:
    """A value in DER (X.690, section 10.1)."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(digits))) + digits + content


def _number(value: int) -> bytes:
    """A number above zero; a zero byte in front if it would look negative."""
    return _der(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _pem(der: bytes) -> bytes:
    text = b64encode(der).decode()
    lines = (text[at : at + 64] for at in range(0, len(text), 64))
    return "\n".join((f"-----BEGIN {LABEL}-----", *lines, f"-----END {LABEL}-----", "")).encode()
