from random import Random

import pytest

from tests.fuzz.readers import READERS
from tests.fuzz.worker import fault_of


@pytest.mark.parametrize("name", READERS)
def test_what_is_nearly_right_is_read_or_refused_in_plain_words(name: str) -> None:
    chance, reader = Random(4), READERS[name]
    assert {fault_of(reader, reader.make(chance)) for _ in range(100)} == {""}


def test_the_fuzzer_notices_what_is_no_refusal() -> None:
    reader = READERS["json"]
    broken = type(reader)(lambda data: data.decode("ascii"), reader.make)
    assert "UnicodeDecodeError" in fault_of(broken, b"\xff")
    assert fault_of(broken, b"x") == ""
