import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.crypto.strict_json import canonical_json, read_json, read_object
from badgesite.errors import FormatError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text() | st.floats(allow_nan=False, width=64),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
).filter(lambda value: "Infinity" not in json.dumps(value))


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a": [1, 2.5, null, true, "x"]}', {"a": [1, 2.5, None, True, "x"]}),
        (b"\xef\xbb\xbf[]", []),
        ('"\\ud83d\\ude00 é"'.encode(), "😀 é"),
        (b" 7 \n", 7),
    ],
    ids=["members", "byte order mark", "pair of surrogates", "space around"],
)
def test_json_says_the_same_as_to_any_reader(data: bytes, value: object) -> None:
    assert read_json(data) == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not JSON: expecting value, at line 1, column 1"),
        (b"{'a': 1}", "at line 1, column 2"),
        (b'{"id": 1, "a": {"id": 2, "id": 3}}', "'id' stands twice in one object"),
        (b'{"a": 1, "\\u0061": 2}', "'a' stands twice in one object"),
        (b"[NaN]", "NaN is not a number"),
        (b"[-Infinity]", "-Infinity is not a number"),
        (b"[1e999]", "a number is larger than all that is read alike"),
        (b"1" * 5000, "a number is larger than all that is read alike"),
        (b"[-1" + b"0" * 400 + b"]", "a number is larger than all that is read alike"),
        (b'{"a": "\\ud800"}', "half of a character"),
        (b'{"\\udc00": 1}', "half of a character"),
        (b'"\xff"', "is not in UTF-8"),
        (b'"\xed\xa0\x80"', "is not in UTF-8"),
        ("[]".encode("utf-16"), "is not in UTF-8"),
        (b'["a\nb"]', "invalid control character"),
        (b"[1] [2]", "extra data"),
        (b"[" * 65 + b"]" * 65, "more than 64 levels deep"),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "more than 64 levels deep"),
        (b"[" * 1_000_000, "more than 500000 values"),
        (b"[" * 400_000, "more than 64 levels deep"),
        (b"[" + b"[]," * 300_000 + b"0]", "more than 500000 values"),
        (b'"' + b"x" * 10 * 1024 * 1024 + b'"', "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_two_readers_could_take_for_two_things_is_a_format_error(data: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read_json(data)


def test_nesting_and_size_are_allowed_up_to_their_limits() -> None:
    assert read_json(b"[" * 64 + b"1" + b"]" * 64) is not None
    assert read_json(b"[[1]]", depth=2, size=5) == [[1]]
    with pytest.raises(FormatError, match="more than 1 levels"):
        read_json(b"[[]]", depth=1)
    with pytest.raises(FormatError, match="larger than 4 bytes"):
        read_json(b"[[1]]", size=4)


def test_a_long_name_that_stands_twice_is_told_in_short() -> None:
    with pytest.raises(FormatError) as caught:
        read_json(f'{{"{"x" * 9999}": 1, "{"x" * 9999}": 2}}'.encode())
    assert len(str(caught.value)) < 150


def test_an_object_is_asked_for_by_name() -> None:
    assert read_object(b"{}") == {}
    with pytest.raises(FormatError, match="JSON, but not an object"):
        read_object(b"[]")


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af6", "1e+23"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_written_as_the_standard_lists_them(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical_json(number).decode() == text


def test_names_are_sorted_by_halves_of_16_bits_and_nothing_is_escaped_without_need() -> None:
    value = {"€": 1, "\r": 2, "\ufb33": 3, "1": [True, None], "😀": 5, "\x80": '\x0f\n"\\/é', "ö": {}}
    assert canonical_json(value).decode() == (
        '{"\\r":2,"1":[true,null],"\x80":"\\u000f\\n\\"\\\\/é","ö":{},"€":1,"😀":5,"\ufb33":3}'
    )


@given(VALUES)
def test_the_canonical_form_says_the_same_and_is_its_own(value: object) -> None:
    form = canonical_json(value)
    assert canonical_json(read_json(form)) == form
    assert canonical_json(read_json(json.dumps(value, indent=1).encode())) == form


@pytest.mark.parametrize(
    "value", [2**53 + 1, -(2**53) - 1, 10**400, float("inf"), float("nan"), b"x", "\ud800", {"\ud800": 1}, object()]
)
def test_what_has_no_canonical_form_is_a_format_error(value: object) -> None:
    with pytest.raises(FormatError, match=r"that others round|lone surrogate"):
        canonical_json(value)
