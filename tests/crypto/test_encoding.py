import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.crypto.encoding import (
    base58_decode,
    base58_encode,
    base64url,
    from_base64url,
    from_multikey,
    multikey,
)
from badgesite.errors import FormatError


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\0", "1"),
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (b"\0\0\x28\x7f\xb4\xcd", "11233QC4"),
    ],
)
def test_base58_is_as_its_draft_has_it(data: bytes, text: str) -> None:
    assert base58_encode(data) == text
    assert base58_decode(text) == data


@given(st.binary(max_size=100))
def test_whatever_is_encoded_comes_back(data: bytes) -> None:
    assert base58_decode(base58_encode(data)) == data
    assert from_base64url(base64url(data)) == data


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "2NEpo 7TZ", "è", "1" * 1025], ids=repr)
def test_what_is_not_base58_is_a_format_error(text: str) -> None:
    with pytest.raises(FormatError):
        base58_decode(text)


def test_an_ed25519_key_is_written_as_the_multikey_that_did_key_knows() -> None:
    raw = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")  # RFC 8032, section 7.1
    assert multikey(raw) == "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"
    assert from_multikey("z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw") == raw


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        "6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw",
        "u7QHXWpgBgrEKt9VL_tPJZAc6DuFy89qmIyWvAhpo9wdRGg",
        "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMs",
        "z" + base58_encode(b"\xed\x01" + bytes(31)),
        "z" + base58_encode(b"\x80\x24" + bytes(33)),
        "z" + base58_encode(b"\x80\x26" + bytes(32)),
    ],
    ids=["empty", "prefix only", "no prefix", "base64url", "short by a letter", "31 bytes", "P-256", "a secret key"],
)
def test_what_is_not_an_ed25519_multikey_is_a_format_error(text: str) -> None:
    with pytest.raises(FormatError):
        from_multikey(text)


def test_a_key_of_another_length_has_no_multikey() -> None:
    with pytest.raises(FormatError):
        multikey(bytes(31))


def test_base64url_is_without_padding_and_safe_in_urls() -> None:
    assert base64url(b"\xfb\xff\xfe\x00") == "-__-AA"


@pytest.mark.parametrize(
    "text",
    ["AA==", "A", "AAAAA", "AB", "+/+/", "A A", "AA\n", "é", "AA.AA", "A=A"],
    ids=["padded", "one letter", "five", "bits left over", "plain base64", "space", "line feed", "accent", "dot", "="],
)
def test_what_is_not_base64url_is_a_format_error(text: str) -> None:
    with pytest.raises(FormatError):
        from_base64url(text)
