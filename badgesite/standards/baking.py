"""Baking: a badge inside its own picture (OB 2.0 Baking Specification; OB 3.0, section 5.3), and out of it again.

A PNG carries an iTXt chunk right after IHDR, with a keyword for each standard; an SVG carries an element, the first
child of its root. The picture's own bytes are never touched: the badge is put between them. A mould is what a picture
needs only once, so that each of its awards costs two joins.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from xml.sax.saxutils import quoteattr

from badgesite.errors import FormatError
from badgesite.standards.baking_svg import Element, read_svg, require_utf8

Standard = Literal["ob2", "ob3"]
Form = Literal["document", "signed", "address", "unknown"]

KEYWORDS: Mapping[Standard, str] = {"ob2": "openbadges", "ob3": "openbadgecredential"}
NAMESPACES: Mapping[Standard, str] = {"ob2": "http://openbadges.org", "ob3": "https://purl.imsglobal.org/ob/v3p0"}
ELEMENTS: Mapping[Standard, str] = {"ob2": "assertion", "ob3": "credential"}
PICTURE_LIMIT = 16 * 1024 * 1024
TEXT_LIMIT = 4 * 1024 * 1024  # what a compressed chunk of somebody else's may expand to
TEXTS_LIMIT = 10 * 1024 * 1024  # what all badges of a picture may come to, however many it has

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXT_CHUNKS = (b"iTXt", b"tEXt", b"zTXt")
_STANDARD_OF_KEYWORD: Mapping[bytes, Standard] = {word.encode(): standard for standard, word in KEYWORDS.items()}
_STANDARD_OF_NAME: Mapping[str, Standard] = {f"{NAMESPACES[key]} {ELEMENTS[key]}": key for key in KEYWORDS}
_KEYWORD = re.compile(r"[!-~]{1,79}")
_SIGNED = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PREFIX = re.compile(rb"\sxmlns:openbadges\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAME = re.compile(rb"<([^\s/>]+)")


@dataclass(frozen=True, slots=True)
class Payload:
    """What a picture carries: of which standard, in which form, and the text itself, to the letter.

    In an SVG the `verify` attribute may stand beside the text; `alone` tells that no other badge is inside this one.
    """

    standard: Standard
    form: Form
    text: str
    verify: str = field(default="", compare=False)
    alone: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class PngMould:
    """A PNG ready to be baked: its bytes up to the end of IHDR, and the rest, without any badge."""

    head: bytes
    tail: bytes

    def bake(self, payloads: Mapping[str, str]) -> bytes:
        """The picture with one iTXt chunk for each keyword and text; FormatError if a text cannot be carried."""
        return b"".join((self.head, *(_itxt(keyword, text) for keyword, text in payloads.items()), self.tail))


@dataclass(frozen=True, slots=True)
class SvgMould:
    """An SVG ready to be baked for one standard: its bytes before and after the place of the badge."""

    head: bytes
    opening: str
    closing: str
    tail: bytes

    def bake(self, verify: str | None, text: str) -> bytes:
        """The picture with the badge: `verify` is the address of a hosted assertion, or a signed badge; `text` is JSON.

        An OB 3.0 document has no `verify`, a signed badge no `text`. What a CDATA section cannot hold is written as
        JSON escapes it.
        """
        attribute = f" verify={quoteattr(verify)}" if verify else ""
        sound = _NOT_IN_XML.sub(_json_escape, text.replace("]]>", "]]\\u003e"))
        body = f"<![CDATA[{sound}]]>" if text else ""
        return b"".join((self.head, _utf8(f"{self.opening}{attribute}>{body}{self.closing}"), self.tail))


def png_mould(png: bytes) -> PngMould:
    """A mould of a PNG; a badge that it carries already, of either standard, is left out. FormatError if it is none."""
    pieces = [_PNG_SIGNATURE]
    for kind, data, whole in _chunks(png):
        if kind not in _TEXT_CHUNKS or data.partition(b"\0")[0] not in _STANDARD_OF_KEYWORD:
            pieces.append(whole)
    return PngMould(b"".join(pieces[:2]), b"".join(pieces[2:]))


def svg_mould(svg: bytes, standard: Standard) -> SvgMould:
    """A mould of an SVG in UTF-8 without a DOCTYPE; a badge that it carries already is left out. FormatError if not."""
    require_utf8(svg)
    found = read_svg(svg, _STANDARD_OF_NAME, allow_doctype=False)
    tag, rest = svg[found.root.start : found.root.end], _without(svg, found.root.end, found.elements)
    name = _NAME.match(tag)
    prefix = _PREFIX.search(tag)
    if found.root.empty and name:
        tag, rest = tag[: tag.rindex(b"/")] + b">", b"</" + name[1] + b">" + rest
    opening, declaration = f"<openbadges:{ELEMENTS[standard]}", f' xmlns:openbadges="{NAMESPACES[standard]}"'
    if prefix and (prefix[1] or prefix[2] or b"").decode() != NAMESPACES[standard]:
        opening += declaration  # the root means something else by this prefix
    elif not prefix and name:
        tag = tag[: name.end()] + declaration.encode() + tag[name.end() :]
    return SvgMould(svg[: found.root.start] + tag, opening, f"</openbadges:{ELEMENTS[standard]}>", rest)


def bake_png(png: bytes, payloads: Mapping[str, str]) -> bytes:
    """A PNG with these texts, by keyword, and no other badge."""
    return png_mould(png).bake(payloads)


def bake_svg(svg: bytes, standard: Standard, verify: str | None, text: str) -> bytes:
    """An SVG with this badge, and no other."""
    return svg_mould(svg, standard).bake(verify, text)


def unbake(image: bytes) -> tuple[Payload, ...]:
    """The badges in a PNG or SVG, in file order; an empty tuple if there is none. FormatError if it is neither."""
    if len(image) > PICTURE_LIMIT:
        raise FormatError(f"the picture is larger than {PICTURE_LIMIT // 1024 // 1024} MB")
    if image.startswith(_PNG_SIGNATURE):
        return tuple(_png_payloads(image))
    if not image.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n").startswith(b"<"):
        raise FormatError("the file is neither a PNG nor an SVG")
    elements = read_svg(image, _STANDARD_OF_NAME, allow_doctype=True).elements
    return tuple(_svg_payload(each) for each in elements)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, data and whole bytes of each chunk, up to IEND (PNG specification, section 5.3)."""
    if not png.startswith(_PNG_SIGNATURE):
        raise FormatError("the file is not a PNG")
    position, kind = len(_PNG_SIGNATURE), b""
    while kind != b"IEND":
        if position + 12 > len(png):
            raise FormatError("the PNG ends before its last chunk")
        length, kind = struct.unpack_from(">I4s", png, position)
        end = position + 12 + length
        if end > len(png):
            raise FormatError("the PNG ends in the middle of a chunk")
        if position == len(_PNG_SIGNATURE) and (kind != b"IHDR" or length != 13):
            raise FormatError("the PNG does not begin with its header")
        yield kind, png[position + 8 : end - 4], png[position:end]
        position = end


def _itxt(keyword: str, text: str) -> bytes:
    """An iTXt chunk, not compressed, without a language or a translated keyword (section 11.3.3)."""
    if not _KEYWORD.fullmatch(keyword):
        raise FormatError(f'"{keyword}" is not a keyword of a PNG')
    data = b"iTXt" + keyword.encode() + b"\0\0\0\0\0" + _utf8(text)
    return struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))


def _png_payloads(png: bytes) -> Iterator[Payload]:
    left = TEXTS_LIMIT
    for kind, data, whole in _chunks(png):
        keyword, nul, rest = data.partition(b"\0")
        if kind not in _TEXT_CHUNKS or keyword not in _STANDARD_OF_KEYWORD:
            continue
        if not nul or struct.unpack(">I", whole[-4:])[0] != zlib.crc32(whole[4:-4]):
            raise FormatError(f"the {kind.decode()} chunk that carries the badge is damaged")
        text = _chunk_text(kind, rest)
        left -= len(text)
        if left < 0:
            raise FormatError(f"the badges in it come to more than {TEXTS_LIMIT // 1024 // 1024} MB together")
        yield _payload(_STANDARD_OF_KEYWORD[keyword], _decoded(text))


def _chunk_text(kind: bytes, rest: bytes) -> bytes:
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _inflated(rest[:1], rest[1:])
    _, first, translated = rest[2:].partition(b"\0")
    _, second, text = translated.partition(b"\0")
    if not first or not second or rest[:1] not in (b"\0", b"\1"):
        raise FormatError("the iTXt chunk that carries the badge is damaged")
    return text if rest[:1] == b"\0" else _inflated(rest[1:2], text)


def _inflated(method: bytes, data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, TEXT_LIMIT + 1)
    except zlib.error as error:
        raise FormatError("the compressed text of the badge is damaged") from error
    if len(text) > TEXT_LIMIT:
        raise FormatError(f"the badge expands to more than {TEXT_LIMIT // 1024 // 1024} MB")
    if method != b"\0" or not inflater.eof:
        raise FormatError("the compressed text of the badge is damaged")
    return text


def _without(svg: bytes, start: int, elements: tuple[Element, ...]) -> bytes:
    """What follows the byte `start`, without the elements."""
    pieces = []
    for element in elements:
        pieces.append(svg[start : element.start])
        start = element.end
    return b"".join((*pieces, svg[start:]))


def _svg_payload(element: Element) -> Payload:
    has_text = bool(element.text.strip())
    found = _payload(_STANDARD_OF_NAME[element.name], element.text if has_text else element.verify)
    return replace(found, verify=element.verify.strip() if has_text else "", alone=element.alone)


def _payload(standard: Standard, text: str) -> Payload:
    bare = text.strip()
    if bare.startswith("{"):
        return Payload(standard, "document", text)
    if _ADDRESS.fullmatch(bare):
        return Payload(standard, "address", text)
    return Payload(standard, "signed" if _SIGNED.fullmatch(bare) else "unknown", text)


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise FormatError("the text of the badge is not in UTF-8") from error


def _utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise FormatError("the text of the badge cannot be written in UTF-8") from error


def _json_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
