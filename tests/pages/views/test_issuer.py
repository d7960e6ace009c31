"""What the page of an issuer makes of what the content says."""

from pathlib import Path

import pytest

from tests.pages.samples import drawn
from tests.sites import ISSUER, ISSUER_PATH

PAGE = "issuers/example/index.html"


@pytest.mark.parametrize(
    ("telephone", "shown"),
    [
        ("+39 0577 123.456", '<a href="tel:+390577123456">+39 0577 123.456</a>'),
        ("+44 (0)20 7946 0000", "<dd>+44 (0)20 7946 0000</dd>"),
        ("+39 0577 232111-113", "<dd>+39 0577 232111-113</dd>"),
        ("+39 0577 232111 / 232112", "<dd>+39 0577 232111 / 232112</dd>"),
        ("0577 123456", "<dd>0577 123456</dd>"),
        ("+39 0577 123456 ext. 12", "<dd>+39 0577 123456 ext. 12</dd>"),
    ],
    ids=["from abroad", "left out", "several", "two", "from within", "with words"],
)
def test_a_telephone_is_a_link_where_its_number_can_be_called_from_everywhere(
    tmp_path: Path, telephone: str, shown: str
) -> None:
    assert shown in drawn(tmp_path, {ISSUER_PATH: f'{ISSUER}telephone: "{telephone}"\n'}).text(PAGE)


@pytest.mark.parametrize(("letters", "start"), [(40, "<h1>"), (41, '<h1 class="long">'), (91, '<h1 class="longer">')])
def test_a_name_that_says_much_is_set_smaller(tmp_path: Path, letters: int, start: str) -> None:
    name = "N" * letters
    assert f"{start}{name}</h1>" in drawn(tmp_path, {ISSUER_PATH: ISSUER.replace("Università di Esempio", name)}).text(
        PAGE
    )
