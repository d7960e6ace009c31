"""Bytes as text: base58btc, Multikey (Controlled Identifiers 1.0, sections 2.2 and 2.4) and base64url (RFC 7515)."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from badgesite.errors import FormatError

ED25519_HEADER = b"\xed\x01"  # "ed25519-pub" of the multicodec table, as a varint
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS = {letter: digit for digit, letter in enumerate(_BASE58)}
_BASE58_LIMIT = 1024  # characters; keys and signatures have at most 90, and the time grows with the square


def base58_encode(data: bytes) -> str:
    """Base58btc, without a prefix; each zero byte in front is a `1`."""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        letters = _BASE58[digit] + letters
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def base58_decode(text: str) -> bytes:
    """The bytes of a base58btc text without a prefix; FormatError if it is none, or is beyond any key's length."""
    if len(text) > _BASE58_LIMIT:
        raise FormatError(f"the base58 text has more than {_BASE58_LIMIT} characters")
    number = 0
    for letter in text:
        if letter not in _DIGITS:
            raise FormatError(f"{letter!r} is not a character of base58")
        number = number * 58 + _DIGITS[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(raw: bytes) -> str:
    """The publicKeyMultibase (`z6Mk...`) of an Ed25519 public key of 32 bytes."""
    if len(raw) != 32:
        raise FormatError(f"an Ed25519 public key has 32 bytes, not {len(raw)}")
    return "z" + base58_encode(ED25519_HEADER + raw)


def from_multikey(text: str) -> bytes:
    """The 32 bytes of an Ed25519 publicKeyMultibase; FormatError if it is anything else."""
    if not text.startswith("z"):
        raise FormatError("a publicKeyMultibase begins with z, for base58btc")
    data = base58_decode(text[1:])
    if not data.startswith(ED25519_HEADER):
        raise FormatError("the publicKeyMultibase is not of an Ed25519 key, which begins with z6Mk")
    if len(data) != len(ED25519_HEADER) + 32:
        raise FormatError("the publicKeyMultibase does not hold the 32 bytes of an Ed25519 key")
    return data[len(ED25519_HEADER) :]


def base64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515, section 2)."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes of a base64url text; FormatError if it is none, is padded, or could be written otherwise."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise FormatError("the text is not base64url") from error
    if base64url(data) != text:  # the decoder leaves out what it does not know, and bits beyond the last byte
        raise FormatError("the text is not base64url without padding")
    return data
