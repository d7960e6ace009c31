import os
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badgesite.errors import FormatError, Place, ThemeError
from badgesite.model.font import Font
from badgesite.pages.cards.drawing import paint
from badgesite.pages.cards.font_files import HEAVIEST, LIMIT, read_face
from badgesite.pages.cards.fonts import lettering
from badgesite.pages.cards.shapes import CARD

PLACE = Place("content/site.yaml", 4, 9)
HAN, FAR = 0x6F22, 0x20000
WORDS = f"{chr(HAN)}a{chr(FAR)}"
SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">
<text x="50" y="300" font-size="90" font-family="Roboto, Own">{WORDS}</text></svg>"""


def _font(weights: bool = False, **names: str) -> FontBuilder:
    """A font of two characters, of which one is beyond the first 65,536."""
    glyphs = [".notdef", "han", "far"]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(glyphs)
    font.setupCharacterMap({HAN: "han", FAR: "far"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 700))
    pen.closePath()
    font.setupGlyf(dict.fromkeys(glyphs, pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Own", "styleName": "Regular", **names})
    if weights:
        font.setupFvar([("wght", 400, 400, 900, "Weight")], [])
        wider = [(0, 0)] * 3 + [(0, 0), (250, 0), (0, 0), (0, 0)]
        font.setupGvar({"han": [_variation(wider)]})
    font.setupOS2()
    font.setupPost()
    return font


def _variation(deltas: list[tuple[int, int]]) -> Any:
    return TupleVariation({"wght": (0, 1, 1)}, deltas)


def _bytes(font: FontBuilder) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()


STILL, WEIGHTED = _bytes(_font()), _bytes(_font(weights=True))


def _why(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(FormatError) as caught:
        read_face(str(path))
    return str(caught.value)


def test_a_font_is_measured_at_its_boldest(tmp_path: Path) -> None:
    path = tmp_path / "Own.ttf"
    path.write_bytes(STILL)
    assert read_face(str(path)).advances == {HAN: 0.6, FAR: 0.6}
    path.write_bytes(WEIGHTED)
    assert read_face(str(path)).advances[HAN] == 0.6 + 0.25 * (HEAVIEST - 400) / 500


@pytest.mark.parametrize("whole", [0, 1, 15, 16385])
def test_an_em_of_no_units_is_refused(tmp_path: Path, whole: int) -> None:
    font = TTFont(BytesIO(STILL))
    font["head"].unitsPerEm = whole
    file = BytesIO()
    font.save(file)
    assert _why(tmp_path / "Own.ttf", file.getvalue()) == f"it has {whole} units to the em"


@pytest.mark.parametrize("name", ["", " ", "Own\x1b[31m", "Own\nerror: more", "Own\u202e"])
def test_a_font_without_a_name_that_can_be_printed_is_refused(tmp_path: Path, name: str) -> None:
    data = _bytes(_font(familyName=name))
    assert _why(tmp_path / "Own.ttf", data) == "it has no name that can be printed"


@pytest.mark.parametrize("kind", [b"wOFF", b"wOF2", b"ttcf", b"%PDF"])
def test_other_files_than_fonts_are_refused(tmp_path: Path, kind: bytes) -> None:
    assert _why(tmp_path / "Own.ttf", kind + STILL[4:]) == "it is neither TrueType nor OpenType"


def test_a_file_of_unreasonable_size_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "Own.ttf"
    path.write_bytes(STILL)
    os.truncate(path, LIMIT + 1)
    with pytest.raises(FormatError, match="its file has 32 MB, and 32 is the limit"):
        read_face(str(path))


def test_groups_of_more_characters_than_there_are_are_never_written_out(tmp_path: Path) -> None:
    group = struct.pack(">LL", FAR, FAR)
    assert STILL.count(group) == 1
    why = _why(tmp_path / "Own.ttf", STILL.replace(group, struct.pack(">LL", FAR, 0xFFFFFFF0)))
    assert why == "its table of characters (cmap) is broken"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.sampled_from([STILL, WEIGHTED]),
    flips=st.lists(st.integers(0, 8 * min(len(STILL), len(WEIGHTED)) - 1), min_size=1, max_size=8),
)
def test_a_font_with_flipped_bits_is_told_or_drawn_with(tmp_path: Path, data: bytes, flips: list[int]) -> None:
    broken = bytearray(data)
    for flip in flips:
        broken[flip // 8] ^= 1 << flip % 8
    path = tmp_path / "Own.ttf"
    path.write_bytes(broken)
    try:
        drawn = paint.__wrapped__(SVG, CARD, lettering([Font("Own.ttf", (str(path),), PLACE)]).paths)
    except ThemeError as error:
        told = [problem.place for problem in error.problems if str(problem).isprintable()]
    else:
        told = [PLACE] if drawn.startswith(b"\x89PNG") else []
    assert told == [PLACE]
