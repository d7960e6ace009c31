import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.crypto.key_files.pkcs8 import LABEL, ROUNDS, blocks, encrypted

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DER = KEY.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
OPENSSL = shutil.which("openssl")


def _plain(pem: bytes, passphrase: bytes) -> bytes:
    return load_pem_private_key(pem, passphrase).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


@settings(max_examples=50)
@given(passphrase=st.binary(min_size=1, max_size=200), rounds=st.integers(min_value=1, max_value=70_000))
def test_what_is_sealed_opens_again(passphrase: bytes, rounds: int) -> None:
    assert _plain(encrypted(DER, passphrase, rounds), passphrase) == DER


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(ValueError, match="password"):
        _plain(encrypted(DER, b"this one", 1000), b"that one")


@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl to ask")
def test_openssl_reads_it_and_finds_as_many_rounds_as_we_say() -> None:
    pem = encrypted(DER, b"passphrase")
    read = subprocess.run([OPENSSL or "", "pkey", "-passin", "pass:passphrase"], input=pem, capture_output=True)
    assert read.stdout == KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), read.stderr
    parsed = subprocess.run([OPENSSL or "", "asn1parse"], input=pem, capture_output=True).stdout.decode()
    assert [word for word in ("PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc") if word not in parsed] == []
    assert f"INTEGER           :{ROUNDS:06X}" in parsed


def test_the_same_key_is_never_sealed_the_same_way_twice() -> None:
    assert encrypted(DER, b"passphrase", 1000) != encrypted(DER, b"passphrase", 1000)


def test_the_blocks_of_a_text_are_found_among_other_words() -> None:
    one, two = encrypted(DER, b"one", 1000), encrypted(DER, b"two", 1000).replace(b"\n", b"\r\n")
    other = f"-----BEGIN {'CERTIFICATE'}-----\nAAAA\n-----END CERTIFICATE-----\n".encode()
    found = blocks(b"a note\n" + one + b"\n\n" + other + two + b"-----BEGIN NOTHING-----\n")
    assert [label for label, _ in found] == [LABEL, "CERTIFICATE", LABEL]
    assert (_plain(found[0][1], b"one"), _plain(found[2][1], b"two")) == (DER, DER)
