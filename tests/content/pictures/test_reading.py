import base64
import struct
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from badgesite.content.pictures.png import png_side
from badgesite.content.pictures.reading import read_picture
from badgesite.content.pictures.svg import read_svg
from badgesite.errors import FormatError, Place
from tests.sites import PICTURE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">\n'
END = "</svg>"


def drawn(width: int = 8, height: int = 8, **more: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "red").save(file, "PNG", **more)
    return file.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


PNG = drawn()


@pytest.mark.parametrize("side", [1, 8, 4096])
def test_a_sound_png_says_its_side(side: int) -> None:
    assert png_side(drawn(side, side)) == side


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty"),
        (b"GIF89a", "is not a PNG"),
        (PNG[:-3], "is cut off"),
        (PNG[:20], "is cut off"),
        (PNG[:-12], "is cut off"),
        (PNG.replace(b"IDAT", b"IDAX"), "is damaged (a checksum is wrong)"),
        (PNG + b"x", "has something after its end"),
        (drawn(8, 9), "is 8 x 9 pixels, not square"),
        (header(60_000, 60_000), "is 60000 x 60000 pixels, and 4096 a side is the most"),
        (header(0, 0), "is 0 x 0 pixels, and 4096 a side is the most"),
        (header(8, 8) + chunk(b"IEND", b""), "is damaged (it cannot be decoded)"),
        (header(8, 8) + chunk(b"IDAT", b"no zlib") + chunk(b"IEND", b""), "is damaged (it cannot be decoded)"),
        (PNG[:33] + chunk(b"tEXt", b"openbadges\0https://x.example") + PNG[33:], "is somebody's baked badge"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_bytes_are_refused_with_the_reason(data: bytes, expected: str) -> None:
    with pytest.raises(FormatError) as caught:
        png_side(data)
    assert str(caught.value) == expected


ADDRESS = 'carries the address "ada@example.org", which would be published with it'
GPS = b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\0\0\0\0\0"


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        (b"tEXt", b"Author\0Ada <ada@example.org>", ADDRESS),
        (b"zTXt", b"Author\0\0" + zlib.compress(b"ada@example.org"), ADDRESS),
        (b"iTXt", b"Author\0\0\0\0\0ada@example.org", ADDRESS),
        (b"iTXt", b"XML:x\0\1\0it\0A\0" + zlib.compress(b"<a>ada@example.org</a>"), ADDRESS),
        (b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 2_000_000), "carries too long a text"),
        (b"zTXt", b"Comment\0\0no", "is damaged (a text in it cannot be read)"),
        (b"eXIf", GPS, "says where it was taken"),
    ],
)
def test_a_picture_that_says_who_or_where_is_refused(kind: bytes, body: bytes, expected: str) -> None:
    with pytest.raises(FormatError) as caught:
        png_side(PNG[:33] + chunk(kind, body) + PNG[33:])
    assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"tEXt", b"Software\0Drawing 1.0"),
        (b"iTXt", b"Title\0\0\0\0\0Inglese"),
        (b"eXIf", b"MM\0*\0\0\0\x08\0\0\0\0\0\0"),
    ],
)
def test_other_words_in_a_picture_stay(kind: bytes, body: bytes) -> None:
    assert png_side(PNG[:33] + chunk(kind, body) + PNG[33:]) == 8


@given(st.integers(0, len(PNG) - 1), st.integers(0, 255), st.booleans())
@settings(max_examples=100)
def test_a_changed_png_is_a_png_or_a_format_error(at: int, value: int, mend: bool) -> None:
    data = bytearray(PNG)
    data[at] = value
    if mend and at < 33:  # a header with a sound checksum
        data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    with suppress(FormatError):
        assert png_side(bytes(data)) >= 1


def judged(text: str) -> list[str]:
    side, problems = read_svg(text, "x.svg")
    assert bool(side) or problems
    return [str(problem).replace("the picture cannot be used: ", "") for problem in problems]


@pytest.mark.parametrize(
    ("attributes", "side"),
    [
        ('viewBox="0 0 120 120"', 120),
        ('viewBox="0 0 120 120" width="100%" height="100%"', 120),
        ('width="64" height="64"', 64),
        ('width="64px" height="64px" viewBox="0 0 20000 20000"', 64),
        ('width="50mm" height="50mm" viewBox="0 0 50 50"', 189),
        ('viewBox="-5,-5,10.5,10.5"', 10),
        ('viewBox="0 0 4096 4096"', 4096),
    ],
)
def test_a_square_svg_says_its_side(attributes: str, side: int) -> None:
    assert read_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>', "x.svg") == (side, [])


SIZE_MEND = 'write a square viewBox, like viewBox="0 0 512 512", or width and height alike'


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", f"x.svg:1:1: it does not say its size; {SIZE_MEND}"),
        ('width="100%" height="100%"', f"x.svg:1:1: it does not say its size; {SIZE_MEND}"),
        ('width="10" height="20"', f"x.svg:1:1: it is 10 x 20, not square; {SIZE_MEND}"),
        ('width="5em" height="5em"', f'x.svg:1:1: its width is "5em"; {SIZE_MEND}'),
        ('viewBox="0 0 x 9"', f'x.svg:1:1: its viewBox is "0 0 x 9"; {SIZE_MEND}'),
        ('viewBox="0 0 nan nan"', f'x.svg:1:1: its viewBox is "0 0 nan nan"; {SIZE_MEND}'),
        (
            'width="100000" height="100000"',
            "x.svg:1:1: it is 100000 pixels wide, and 4096 is the most; set a smaller width and height",
        ),
    ],
)
def test_an_svg_without_a_square_size_of_ours_is_refused(attributes: str, expected: str) -> None:
    assert judged(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>') == [expected]


FRAGMENTS = "put everything into the picture, and refer only to its own #ids"
BIG = base64.b64encode(header(60_000, 60_000)).decode()
SMALL = base64.b64encode(PNG).decode()


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<script>x</script>", "it holds a program (<script>); remove it"),
        ('<rect onclick="x"/>', 'it reacts to events ("onclick"); remove the attribute'),
        ('<rect onLoad="x"/>', 'it reacts to events ("onLoad"); remove the attribute'),
        ("<foreignObject/>", "it embeds something else (<foreignObject>); draw it, or remove it"),
        (
            '<s xmlns="http://www.w3.org/1999/xhtml"/>',
            "it embeds something else (<s>); draw it, or remove it",
        ),
        ('<image href="file:///etc/passwd"/>', 'it refers to "file:///etc/passwd"; embed it as a PNG (data:image/png)'),
        ('<image xlink:href="logo.png"/>', 'it refers to "logo.png"; embed it as a PNG (data:image/png)'),
        ('<use href="other.svg#a"/>', f'it refers to "other.svg#a"; {FRAGMENTS}'),
        ('<a href="https://x.example"/>', f'it refers to "https://x.example"; {FRAGMENTS}'),
        ('<a href="javascript:x"/>', f'it refers to "javascript:x"; {FRAGMENTS}'),
        ('<rect fill="url(http://x.example#a)"/>', f'it refers to "http://x.example#a"; {FRAGMENTS}'),
        ("<rect style=\"fill: url('x.svg')\"/>", f'it refers to "x.svg"; {FRAGMENTS}'),
        ("<style>rect {fill: url(//x.example)}</style>", f'it refers to "//x.example"; {FRAGMENTS}'),
        ('<style>@import "x.css";</style>', f'it reaches outside ("@import "x.css";"); {FRAGMENTS}'),
        (r"<style>@imp\6frt 'x'</style>", 'its "style" holds a backslash; write the characters themselves'),
        (
            r'<rect mask="\75rl(http://x.example#p)"/>',
            'its "mask" holds a backslash; write the characters themselves',
        ),
        (r'<rect fill="\75rl(http://x.example#p)"/>', 'its "fill" holds a backslash; write the characters themselves'),
        (r'<set to="\75rl(http://x.example#p)"/>', 'its "to" holds a backslash; write the characters themselves'),
        ('<a ping="https://x.example/"/>', 'it calls somebody ("ping"); remove the attribute'),
        ('<a attributionsrc="https://x.example/"/>', 'it calls somebody ("attributionsrc"); remove the attribute'),
        ('<set attributeName="ping" to="x"/>', 'it animates "ping"; remove the animation'),
        ('<style>a {b: image("https://x.example")}</style>', f'it uses the function "image"; {FRAGMENTS}'),
        ('<style>a {b: -webkit-image-set("x" 1x)}</style>', f'it uses the function "-webkit-image-set"; {FRAGMENTS}'),
        ('<style>a {b:c;b:SRC("x")}</style>', f'it uses the function "SRC"; {FRAGMENTS}'),
        ("<rect style='mask:cross-fade(\"x\")'/>", f'it uses the function "cross-fade"; {FRAGMENTS}'),
        ('<rect filter="blur(9px)"/>', f'it uses the function "blur"; {FRAGMENTS}'),
        ('<rect xml:base="http://x.example/"/>', "it has an xml:base; remove it"),
        ('<set attributeName="href" to="x"/>', 'it animates "href"; remove the animation'),
        ('<animate attributeName="xlink:href"/>', 'it animates "href"; remove the animation'),
        ('<rect width="1e30"/>', "it holds the number 1e30; no number may exceed 100000"),
        ('<path d="M0 0h200000"/>', "it holds the number 200000; no number may exceed 100000"),
        (
            f'<image href="data:image/png;base64,{BIG}"/>',
            "an image in it is 60000 x 60000 pixels, and 4096 a side is the most; embed a smaller or sounder PNG",
        ),
        (
            '<x:assertion xmlns:x="http://openbadges.org"/>',
            "it is somebody's baked badge; use the plain picture",
        ),
        (
            '<use href="#a" id="a"/>',
            "its parts refer to each other too deeply, or in a circle; simplify it, or give a PNG",
        ),
    ],
)  # fmt: skip
def test_what_runs_or_reaches_outside_is_refused_with_its_line(inside: str, expected: str) -> None:
    line = 1 if "circle" in expected else 2
    column = 1 if "refer to each" in expected else None
    found = judged(f"{SVG}{inside}{END}")
    assert len(found) == 1
    place, _, words = found[0].partition(": ")
    assert words == expected
    assert place.startswith(f"x.svg:{line}:{column or ''}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "x.svg:1:1: it is not XML: no element found; export the picture again"),
        ("<svg", "x.svg:1:1: it is not XML: unclosed token; export the picture again"),
        ("<p/>", 'x.svg:1:1: it is not an SVG; its first element is <svg xmlns="http://www.w3.org/2000/svg">'),
        ("<!DOCTYPE svg>\n" + PICTURE, "x.svg:1:1: it has a DOCTYPE; remove it"),
        (
            '<?xml-stylesheet href="x.css"?>' + PICTURE,
            "x.svg:1:1: it asks for a style sheet outside it; write the styles into the picture",
        ),
    ],
)
def test_what_is_no_picture_is_refused(text: str, expected: str) -> None:
    assert expected.split(": ", 1)[1] in "\n".join(judged(text))


@pytest.mark.parametrize(
    "inside",
    [
        "<title>Words, 1234567 of them</title>",
        '<linearGradient id="a"/><linearGradient id="b" xlink:href="#a"/><rect fill="url(#b)"/>',
        "<style>.cls-1234567 {fill: url('#a'); opacity: 0.5}</style>",
        f'<image href="data:image/png;base64,{SMALL}"/>',
        '<rect fill="#1234567f" id="path100001"/>',
        r'<g id="a\b" aria-label="f(x)" data-name="C:\x(1)" class="k"><text font-family="Font (Free)">(a)</text></g>',
        '<g transform="translate (1 2) rotate(9),scale(2)" fill="rgb(1,2,3)" style="stroke:RGBA(1,2,3,.5)"/>',
        "<style>@media (min-width: 9px) {.a:not(.b) {fill: hsl(1 2% 3%); width: calc(1px + 2px)}}</style>",
        '<metadata><x xmlns="http://creativecommons.org/ns#" onclick="1"/></metadata>'.replace(' onclick="1"', ""),
        '<animate attributeName="fill" values="red;blue"/>',
        '<filter id="f"><feGaussianBlur stdDeviation="2"/><feOffset dx="1"/></filter><g filter="url(#f)"/>',
        '<g transform="translate(0,512) scale(0.1,-0.1)"><path d="M10 10l5120 5120z"/></g>',
    ],
)
def test_what_drawing_programs_write_is_taken(inside: str) -> None:
    assert judged(f"{SVG}{inside}{END}") == []


USES = "".join(f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9))
BOMBS = {
    "deep": "<g>" * 100_000 + "</g>" * 100_000,
    "uses": f'<g id="a0"><rect/></g>{USES}',
    "pattern": '<pattern id="p" width="9999" height="9999" patternUnits="userSpaceOnUse"/>'
    '<rect width="9" height="9" transform="scale(1000)" fill="url(#p)"/>',
    "turbulence": '<filter id="f"><feTurbulence numOctaves="99999"/></filter>',
    "morphology": '<filter id="f"><feMorphology radius="99"/></filter>',
    "layers": '<g opacity=".5"><rect width="100" height="100"/></g>' * 8000,
    "blurs": '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>' + '<rect filter="url(#f)"/>' * 300,
    "markers": '<marker id="m"><rect/></marker><path marker-mid="url(#m)" d="M0 0' + "h1v1" * 60_000 + '"/>',
    "enlarged": '<g transform="scale(99999) scale(99999)"><path stroke-width="99999" d="M0 0h1"/></g>',
    "thick line": '<path d="M0 0L99999 99999" stroke="red" stroke-width="99999" stroke-dasharray="0.001"/>',
    "dashes": '<path d="M0 0L99 99" stroke="red" stroke-dasharray="0.01"/>' * 1500,
    "dashes by a group": '<g stroke-dasharray="0.01" style="stroke: red">' + '<circle r="50"/>' * 900 + "</g>",
    "dashes by a style before": "<style>.a {stroke: red; stroke-dasharray: .01}</style>"
    + '<circle class="a" r="50"/>' * 900,
    "dashes by a style after": '<g id="a">'
    + '<circle r="50"/>' * 900
    + "</g><style>#a {stroke-dasharray: .01}</style>",
    "letters": "<text>" + "a" * 400_000 + "</text>",
    "letters in both directions": "<text>" + "\u202ea" * 90_000 + "</text>",
    "letters used often": '<text id="a">' + "a" * 1000 + '</text><use href="#a"/>' * 9,
    "strokes": '<circle r="50" stroke="red"/>' * 8000,
    "clips": '<clipPath id="c"><circle r="9"/></clipPath>' + '<path d="M0 0h99v99z" clip-path="url(#c)"/>' * 1500,
    "filters by a style": '<filter id="f"><feGaussianBlur/></filter><style>rect {filter: url(#f)}</style>'
    + '<rect width="9" height="9"/>' * 99,
    "enlarged by a style": "<style>g {transform: scale(99999)}</style><g><rect width='9' height='9'/></g>",
    "rules": "<style>" + "a{b:c}" * 9000 + "</style>",
    "nested": '<svg viewBox="0 0 1e-5 1e-5" width="99999" height="99999"><rect width="99999" height="9"/></svg>',
}


@pytest.mark.parametrize(
    "value",
    ["url(", "url(#", "h1v1", "scale(", "a{", "{", "/*", "/* */", "(", "'", "#", "9", "9 ", ".a", "opacity ", ","],
)
def test_a_long_value_is_looked_at_once(value: str) -> None:
    started = time.process_time()
    long = (value * 240_000)[:240_000].replace('"', "")
    judged(f'{SVG}<path d="{long}" transform="{long}" style="{long}"/><style>{long}</style>{END}')
    assert time.process_time() - started < 10


@pytest.mark.parametrize("inside", BOMBS.values(), ids=BOMBS.keys())
def test_what_would_break_the_renderer_is_refused_before_it(inside: str) -> None:
    assert judged(f"{SVG}{inside}{END}")


HARD = {
    "large filter region": '<filter id="f" filterUnits="userSpaceOnUse" x="-99999" y="-99999" width="99999" '
    'height="99999"><feFlood/><feOffset dx="99999"/><feGaussianBlur stdDeviation="9999"/></filter>'
    '<rect width="50" height="50" filter="url(#f)"/>',
    "large mask": '<mask id="m" x="-99999" width="99999"><rect width="9" height="9"/></mask><rect mask="url(#m)"/>',
    "thick line": '<path d="M0 0L99999 99999" stroke="red" stroke-width="99999"/>',
    "dashed rings": '<circle r="45" stroke="red" stroke-width="2" stroke-dasharray="2 1"/>' * 20,
    "letters": "<text>" + "abcde fghi" * 200 + "</text>",
    "gradients": '<linearGradient id="a"><stop stop-color="red"/></linearGradient>'
    + '<path fill="url(#a)" d="M0 0h99v99z"/>' * 1000,
    "groups": '<g opacity=".9">' * 60 + '<rect width="9" height="9"/>' + "</g>" * 60,
    "pattern": '<pattern id="p" width="400" height="400" patternUnits="userSpaceOnUse"><rect width="9" height="9"/>'
    '</pattern><rect width="90" height="90" fill="url(#p)"/>',
}


@pytest.mark.parametrize("inside", HARD.values(), ids=HARD.keys())
def test_what_is_taken_can_be_drawn(inside: str, tmp_path: Path) -> None:
    text = f"{SVG}{inside}{END}"
    assert judged(text) == []
    source = tmp_path / "x.svg"
    source.write_text(text)
    program = (
        "import sys, resvg_py; "
        "resvg_py.svg_to_bytes(svg_string=open(sys.argv[1]).read(), width=512, height=512, skip_system_fonts=True)"
    )
    subprocess.run([sys.executable, "-c", program, str(source)], check=True, timeout=60)


@given(
    st.integers(0, len(PICTURE)), st.integers(0, 12), st.text(st.sampled_from("<>/\"'&;#=!-[]? aurlx0:9"), max_size=12)
)
@settings(max_examples=200)
def test_a_changed_svg_ends_in_a_picture_or_in_problems(at: int, cut: int, put: str) -> None:
    judged(PICTURE[:at] + put + PICTURE[at + cut :])


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        (header(300, 200), "crop it to a square"),
        (header(5000, 5000), "make it smaller, at most 4096 x 4096 pixels"),
        (b"GIF89a", "save it again as a PNG"),
        (PNG[:33] + chunk(b"eXIf", GPS) + PNG[33:], "save it again without metadata"),
        (PNG[:33] + chunk(b"tEXt", b"A\0a@b.example") + PNG[33:], "save it again without metadata"),
    ],
)
def test_a_picture_that_cannot_be_used_is_told_with_what_to_do(tmp_path: Path, data: bytes, mend: str) -> None:
    (tmp_path / "x.png").write_bytes(data)
    picture, (problem,) = read_picture(tmp_path, "b.yaml", "x.png", Place("b.yaml", 1, 8))
    assert (picture, problem.mend) == (None, mend)
