"""QR codes are those of the library, for every id, and a reader who knows nothing of us reads the address from them."""

from io import BytesIO
from uuid import UUID

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from badgesite.model.picture import Picture
from badgesite.pages.raster import png_of
from badgesite.pages.sharing.dashes import bits_of
from badgesite.pages.sharing.qr_codes import TYPICAL, QrCodes, qr_codes

STARTS = [
    "https://badges.example.edu/awards/",
    "https://badges.example.edu/en/awards/",
    "https://b.it/awards/",
    "https://a-name-as-long-as-some-are.openbadge.university.example.edu/badges/of/all/kinds/pt-br/awards/",
    "http://localhost:8000/awards/",
]
IDS = st.uuids(version=4).map(str)
AWARD = "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11"


def _codes(start: str) -> QrCodes:
    return qr_codes(f"{start}{TYPICAL}/")


def _svg(codes: QrCodes, award: str) -> str:
    """The code as a page shows it: strokes on white."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{codes.view_box}" width="205" height="205">'
        f'<rect x="-9" y="-9" width="99" height="99" fill="#fff"/><path d="{codes.way}" fill="none" stroke="#000"'
        f' shape-rendering="crispEdges" stroke-dasharray="{codes.dashes(award)}"/></svg>'
    )


@pytest.mark.parametrize("start", STARTS)
@given(award=IDS, mask=st.integers(0, 7))
def test_a_code_is_that_of_the_library(start: str, award: str, mask: int) -> None:
    chosen = segno.make(f"{start}{TYPICAL}/", mode="byte", micro=False)
    code = segno.make(
        f"{start}{award}/",
        mode="byte",
        micro=False,
        version=chosen.version,
        error=chosen.error,
        mask=mask,
        boost_error=False,
    )
    assert _codes(start).modules(award, mask) == bits_of(code.matrix)


@pytest.mark.parametrize("start", STARTS)
def test_what_is_drawn_is_read_as_the_address(start: str) -> None:
    codes = _codes(start)
    for number in range(12):
        award = str(UUID(int=(number * 0x1F3B9D57C2E84A6091F3B9D57C2E84A7) % 2**128, version=4))
        drawn = png_of(Picture("code.svg", "svg", _svg(codes, award).encode(), 205), 410)
        (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(drawn)))
        assert read.text == f"{start}{award}/"


def test_a_code_takes_few_characters() -> None:
    codes = _codes(STARTS[1])
    assert codes.size == 33
    assert len(codes.way) + len(codes.dashes(AWARD)) < 1_400


def test_dashes_and_gaps_go_over_the_whole_square() -> None:
    codes = _codes(STARTS[0])
    runs = [int(run) for run in codes.dashes(AWARD).split()]
    assert all(runs)
    assert len(runs) % 2 == 0  # a list of odd length would begin again with a gap
    assert sum(runs) >= codes.size * (codes.size + 1) - 1
