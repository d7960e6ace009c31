"""The words and numbers of options, as every command reads them."""

import pytest

from badgesite.cli import run


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("build --as-of yesterday", '"yesterday" is not a day; write it as YYYY-MM-DD, like 2025-06-30'),
        ("build --as-of 2025-02-30", '"2025-02-30" is not a day'),
        ("serve --as-of 30/6/2025", '"30/6/2025" is not a day'),
        ("serve --port abc", '"abc" is not a whole number from 0 to 65535; write digits alone'),
        ("serve --port 70000", '"70000" is not a whole number from 0 to 65535'),
        ("build --jobs 0", '"0" is not a whole number from 1 to 999'),
        ("build --jobs ²", '"²" is not a whole number from 1 to 999'),
    ],
)
def test_a_word_that_an_option_cannot_take_is_told_with_the_mend(
    line: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(line.split()) == 2
    assert told in capfd.readouterr().err
