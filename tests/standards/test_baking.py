import io
import json
import struct
import zlib
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from badgesite.errors import FormatError
from badgesite.standards.baking import (
    KEYWORDS,
    NAMESPACES,
    PICTURE_LIMIT,
    TEXT_LIMIT,
    Payload,
    bake_png,
    bake_svg,
    png_mould,
    svg_mould,
    unbake,
)

OB2, OB3 = KEYWORDS["ob2"], KEYWORDS["ob3"]
ADDRESS = "https://badges.example.edu/awards/1/assertion.json"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>\n'


def a_png(side: int = 5) -> bytes:
    picture = Image.new("RGBA", (side, side), (18, 59, 93, 255))
    picture.putpixel((1, 2), (244, 201, 93, 128))
    stream = io.BytesIO()
    picture.save(stream, "PNG", dpi=(72, 72))
    return stream.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def before_end(png: bytes, *chunks: bytes) -> bytes:
    """The picture with chunks after IDAT, before IEND."""
    return png[:-12] + b"".join(chunks) + png[-12:]


PNG = a_png()


@given(ob2=st.text(), ob3=st.text())
@settings(max_examples=100)
def test_what_is_baked_into_a_png_comes_out_to_the_letter(ob2: str, ob3: str) -> None:
    found = unbake(bake_png(PNG, {OB2: ob2, OB3: ob3}))
    assert [(each.standard, each.text) for each in found] == [("ob2", ob2), ("ob3", ob3)]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1))
@settings(max_examples=100)
def test_what_is_baked_into_an_svg_comes_out_to_the_letter(text: str) -> None:
    sent = "{" + text.replace("]]>", "") + "}"
    assert unbake(bake_svg(SVG, "ob2", ADDRESS, sent)) == (Payload("ob2", "document", sent),)


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text() | st.integers() | st.none())))
@settings(max_examples=100)
def test_any_document_survives_an_svg(document: dict[str, object]) -> None:
    text = json.dumps(document, ensure_ascii=False)
    assert json.loads(unbake(bake_svg(SVG, "ob2", ADDRESS, text))[0].text) == document


def test_the_end_of_a_cdata_section_in_a_text_is_escaped_as_json() -> None:
    baked = bake_svg(SVG, "ob3", None, '{"a": "x]]>y"}')
    assert baked.count(b"]]>") == 1
    assert json.loads(unbake(baked)[0].text) == {"a": "x]]>y"}


def test_pixels_and_other_chunks_of_a_png_are_untouched() -> None:
    baked = bake_png(PNG, {OB2: "{}"})
    inserted = chunk(b"iTXt", OB2.encode() + b"\0\0\0\0\0{}")
    assert baked == PNG[:33] + inserted + PNG[33:]
    assert Image.open(io.BytesIO(baked)).tobytes() == Image.open(io.BytesIO(PNG)).tobytes()


def test_an_svg_changes_only_at_its_root() -> None:
    baked = bake_svg(SVG, "ob2", ADDRESS, "{}")
    element = f'<openbadges:assertion verify="{ADDRESS}"><![CDATA[{{}}]]></openbadges:assertion>'.encode()
    assert baked.replace(element, b"").replace(b' xmlns:openbadges="http://openbadges.org"', b"") == SVG
    root = ElementTree.fromstring(baked)
    assert root[0].tag == "{http://openbadges.org}assertion"


def test_baking_again_replaces_what_was_there() -> None:
    once = bake_png(PNG, {OB2: "{1}"})
    assert bake_png(once, {OB2: "{2}"}) == bake_png(PNG, {OB2: "{2}"})
    svg = bake_svg(SVG, "ob2", ADDRESS, "{1}")
    assert bake_svg(svg, "ob2", ADDRESS, "{2}") == bake_svg(SVG, "ob2", ADDRESS, "{2}")
    assert [each.standard for each in unbake(bake_svg(svg, "ob3", None, "{3}"))] == ["ob3"]


@pytest.mark.parametrize(
    "old",
    [
        chunk(b"tEXt", b"openbadges\0" + ADDRESS.encode()),
        chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}"),
        chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"{}")),
    ],
    ids=["tEXt", "iTXt of the other standard", "zTXt"],
)
def test_a_mould_of_a_png_carries_no_earlier_badge_wherever_it_stood(old: bytes) -> None:
    assert png_mould(before_end(PNG, old)) == png_mould(PNG)


@pytest.mark.parametrize(
    ("carried", "payload"),
    [
        (chunk(b"tEXt", b"openbadges\0" + ADDRESS.encode()), Payload("ob2", "address", ADDRESS)),
        (chunk(b"iTXt", b"openbadges\0\0\0it\0t\xc3\xa0\0{}"), Payload("ob2", "document", "{}")),
        (chunk(b"iTXt", b"openbadges\0\1\0\0\0" + zlib.compress(b"a.b.c")), Payload("ob2", "signed", "a.b.c")),
        (chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(b"{}")), Payload("ob3", "document", "{}")),
        (chunk(b"iTXt", b"openbadges\0\0\0\0\0\xc3\xa8"), Payload("ob2", "unknown", "è")),
    ],
    ids=["legacy address", "with a language", "compressed iTXt", "compressed zTXt", "something else"],
)
def test_what_other_software_baked_is_read(carried: bytes, payload: Payload) -> None:
    assert unbake(before_end(PNG, carried)) == (payload,)
    assert unbake(PNG[:33] + carried + PNG[33:]) == (payload,)


def test_both_standards_and_several_badges_are_told_in_file_order() -> None:
    again = chunk(b"iTXt", b"openbadges\0\0\0\0\0{2}")
    found = unbake(before_end(bake_png(PNG, {OB2: "{1}", OB3: "{3}"}), again))
    assert [(each.standard, each.text) for each in found] == [("ob2", "{1}"), ("ob3", "{3}"), ("ob2", "{2}")]


@pytest.mark.parametrize(
    ("inside", "payload"),
    [
        ('<b:assertion xmlns:b="http://openbadges.org" verify="a.b.c"/>', Payload("ob2", "signed", "a.b.c")),
        (f'<b:assertion xmlns:b="http://openbadges.org" verify="{ADDRESS}"/>', Payload("ob2", "address", ADDRESS)),
        (
            f'<g><credential xmlns="{NAMESPACES["ob3"]}">\n<![CDATA[{{"a": "&"}}]]>\n</credential></g>',
            Payload("ob3", "document", '{"a": "&"}'),
        ),
        (
            f'<credential xmlns="{NAMESPACES["ob3"]}"> {{"a": "&lt;"}} </credential>',
            Payload("ob3", "document", '{"a": "<"}'),
        ),
    ],
    ids=["signed", "address", "anywhere, without a prefix", "without a CDATA section"],
)
def test_an_svg_of_other_software_is_read(inside: str, payload: Payload) -> None:
    svg = f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert unbake(svg.encode()) == (payload,)
    assert unbake(svg.encode("utf-16")) == (payload,)


def test_a_doctype_without_entities_is_read_but_not_baked() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    svg = doctype + bake_svg(SVG, "ob2", ADDRESS, "{}")
    assert unbake(svg) == (Payload("ob2", "document", "{}"),)
    with pytest.raises(FormatError, match="DOCTYPE"):
        svg_mould(svg, "ob2")


@pytest.mark.parametrize(
    "svg",
    [
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        b'<!-- <svg> --><?pi <svg> ?><svg xmlns="http://www.w3.org/2000/svg" aria-label="a > b"><g/></svg>',
        b"<svg xmlns='http://www.w3.org/2000/svg' aria-label='\"/>'\n/>",
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg" ><s:g/></s:svg >',
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges = "http://openbadges.org"><g/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://other.example.org/"><g/></svg>',
        b'<svg><openbadges:assertion xmlns:openbadges="http://openbadges.org"/></svg>',
        b'<svg><a xmlns="http://openbadges.org"><assertion verify="&lt;"><b/></assertion  ></a><!-- > --></svg>',
    ],
    ids=[
        "byte order mark",
        "comments",
        "closes itself",
        "prefixed, closing itself",
        "prefixed",
        "prefix declared",
        "prefix meaning something else",
        "an empty badge",
        "a badge deep inside",
    ],
)
def test_every_legal_beginning_of_an_svg_can_be_baked(svg: bytes) -> None:
    baked = bake_svg(svg, "ob2", ADDRESS, "{}")
    root = ElementTree.fromstring(baked)
    assert root[0].tag == "{http://openbadges.org}assertion"
    assert (root[0].get("verify"), root[0].text) == (ADDRESS, "{}")
    assert unbake(baked) == (Payload("ob2", "document", "{}"),)


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"GIF89a",
        PNG[:8],
        PNG[:40],
        PNG[:-12],
        PNG[:8] + chunk(b"IDAT", b"") + PNG[33:],
        before_end(PNG, chunk(b"iTXt", b"openbadges\0\0\0{}")),
        before_end(PNG, chunk(b"iTXt", b"openbadges\0\0\0\0\0\xff")),
        before_end(PNG, chunk(b"iTXt", b"openbadges")),
        before_end(PNG, chunk(b"tEXt", b"openbadges\0{}")[:-1] + b"\0"),
        before_end(PNG, chunk(b"zTXt", b"openbadges\0\0nonsense")),
        before_end(PNG, chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"{}" * 100)[:-6])),
        before_end(PNG, chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(bytes(TEXT_LIMIT + 1)))),
        before_end(PNG, chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b" " * TEXT_LIMIT)) * 3),
        bytes(PICTURE_LIMIT + 1),
        b"<svg>",
        b"<html/>",
        b"<svg>&nowhere;</svg>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        b'<?xml version="1.0" encoding="no-such"?><svg/>',
        b"<svg>" + b"<g>" * 100_000,
    ],
    ids=[
        "empty",
        "a GIF",
        "a signature alone",
        "cut in a chunk",
        "no end",
        "no header",
        "short iTXt",
        "not UTF-8",
        "keyword alone",
        "wrong checksum",
        "not compressed",
        "cut compression",
        "a bomb",
        "many small bombs",
        "too large",
        "not closed",
        "HTML",
        "unknown entity",
        "an entity",
        "unknown encoding",
        "nested without end",
    ],
)
def test_a_malformed_picture_is_a_format_error(image: bytes) -> None:
    with pytest.raises(FormatError):
        unbake(image)


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_picture_never_ends_in_a_traceback(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([bake_png(PNG, {OB2: '{"a": 1}'}), bake_svg(SVG, "ob2", ADDRESS, '{"a": 1}')]))
    broken = bytearray(whole)
    for position in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        broken[position] = data.draw(st.integers(0, 255))
    for try_it in (unbake, png_mould, lambda picture: svg_mould(picture, "ob2")):
        try:
            try_it(bytes(broken[: data.draw(st.integers(0, len(whole)))]))
        except FormatError:
            continue


@pytest.mark.parametrize(
    "svg",
    [
        '<?xml version="1.0" encoding="iso-8859-1"?><svg/>'.encode("latin-1"),
        "<svg><title>è</title></svg>".encode("latin-1"),
        '<svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16"),
    ],
    ids=["says latin-1", "is latin-1", "is UTF-16"],
)
def test_an_svg_in_another_encoding_is_not_baked(svg: bytes) -> None:
    with pytest.raises(FormatError, match="UTF-8"):
        svg_mould(svg, "ob2")


@pytest.mark.parametrize(("keyword", "text"), [("", "{}"), ("a" * 80, "{}"), ("è", "{}"), (OB2, "\ud800")])
def test_what_a_png_cannot_carry_is_a_format_error(keyword: str, text: str) -> None:
    with pytest.raises(FormatError):
        bake_png(PNG, {keyword: text})
