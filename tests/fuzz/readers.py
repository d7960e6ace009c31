"""The readers of strangers' files, what such files look like, and how to make a changed one right enough to get far."""

import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from random import Random
from zipfile import ZipFile

from openpyxl import Workbook

from badgesite.crypto.embedded import proofs_of, verify_proof
from badgesite.crypto.encoding import base64url
from badgesite.crypto.proofs import sign_document
from badgesite.crypto.strict_json import canonical_json, read_json, read_object
from badgesite.crypto.tokens import read_token, token_fault
from badgesite.crypto.verification_keys import key_from_jwk, key_from_pem, key_of_did
from badgesite.lists.reading import read_list
from badgesite.standards.baking import bake_png, bake_svg, unbake
from badgesite.standards.status import decode
from badgesite.verify.badge import read_badges
from badgesite.verify.credentials.disguises import disguise_in
from tests.crypto.credentials import Ed25519Key, compact, credential
from tests.crypto.strangers import ED25519, P256, jwk, multibase, pem, token
from tests.fuzz.mutation import mutated

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TEXT_LIMIT = 16_384 * 16


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: `read` is given bytes and raises a BadgesiteError or nothing; `make` makes the bytes for it."""

    read: Callable[[bytes], object]
    make: Callable[[Random], bytes]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_PLAIN_PNG = b"".join(
    (
        _SIGNATURE,
        _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        _chunk(b"IDAT", zlib.compress(b"\0\0")),
        _chunk(b"IEND", b""),
    )
)
_SVG = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><rect width='1' height='1'/></svg>"
_KEY = Ed25519Key()
_DOCUMENT = sign_document(credential(), _KEY, _KEY.method, "2023-07-20T09:30:00Z")
_JSON = compact(_DOCUMENT)
_TOKEN = token(P256, {"alg": "ES256", "kid": "https://x.example/#1", "jwk": jwk(P256)}, credential()).encode()
_HOSTED = b'{"@context":"https://w3id.org/openbadges/v2","id":"https://x.example/1","type":"Assertion"}'
_WORDS = (
    b'"@context":',
    b'"id":"_:b0",',
    b'"type":',
    b"null,",
    b"{}",
    b"[]",
    b'{"',
    b'":',
    b'"]}',
    b"\\u0000",
    b"\\ud800",
)
_XML = (b"<!DOCTYPE svg [<!ENTITY a 'b'>]>", b"&a;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml version='1.0'?>",
        b" xmlns='", b"<openbadges:credential verify='", b"</svg>", b"encoding='utf-16'")  # fmt: skip
_CHUNKS = tuple(
    _chunk(kind, data)
    for kind in (b"iTXt", b"tEXt", b"zTXt")
    for data in (
        b"openbadges\0" + _HOSTED,
        b"openbadges\0\0" + zlib.compress(b"[" * 5_000_000),
        b"openbadges\0\1\0\0\0" + zlib.compress(_HOSTED),
        b"openbadgecredential\0\0\0\0\0" + _TOKEN,
        b"openbadgecredential\0\1\0en\0x\0" + zlib.compress(_JSON),
    )
)


def _png(chance: Random) -> bytes:
    data = mutated(
        (
            bake_png(_PLAIN_PNG, {"openbadges": _HOSTED.decode()}),
            bake_png(_PLAIN_PNG, {"openbadgecredential": _TOKEN.decode()}),
            *(_PLAIN_PNG[:33] + chunk + _PLAIN_PNG[33:] for chunk in _CHUNKS),
        ),
        (*_CHUNKS, b"IEND", b"IHDR", b"openbadges\0"),
        chance,
    )
    return _checked(data) if chance.random() < 0.7 else data


def _checked(data: bytes) -> bytes:
    """The chunks of a PNG with the checksums that they should have, so that what is in them is read."""
    pieces, place = [data[:8]], 8
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        if place + 12 + length > len(data):
            break
        pieces.append(_chunk(data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += 12 + length
    return b"".join((*pieces, data[place:]))


def _svg(chance: Random) -> bytes:
    seeds = (
        bake_svg(_SVG, "ob3", None, _JSON.decode()),
        bake_svg(_SVG, "ob3", _TOKEN.decode(), ""),
        bake_svg(_SVG, "ob2", "https://x.example/1", _HOSTED.decode()),
    )
    return mutated(seeds, (*_XML, *_WORDS), chance)


def _jwt(chance: Random) -> bytes:
    if chance.random() < 0.3:
        return mutated((_TOKEN,), (b".", b"..", b"=", b"e30"), chance)
    headers = tuple(json.dumps({"alg": each, "kid": "1"}).encode() for each in ("ES256", "none", "HS256", "RS256"))
    parts = (
        mutated((*headers, b'{"alg":"EdDSA","crit":["b64"],"b64":false}'), _WORDS, chance),
        mutated((compact(credential()), b"{}"), _WORDS, chance),
        chance.choice((b"", bytes(64), chance.randbytes(64), chance.randbytes(70))),
    )
    return ".".join(map(base64url, parts)).encode()


def _json(chance: Random) -> bytes:
    return mutated((_JSON, _HOSTED, b'[1.5,-0,1e5,"\\u00e9\\n",true,null,{}]', b"[[[[[[{}]]]]]]"), _WORDS, chance)


def _proof(chance: Random) -> bytes:
    """A signed document, changed in its values rather than its bytes, so that it is still JSON."""
    document = json.loads(_JSON)
    for _ in range(1 + chance.randrange(4)):
        _change(document, chance)
    return json.dumps(document).encode()


def _change(document: object, chance: Random) -> None:
    values: tuple[object, ...] = (
        *(None, True, -1, 1.5, 1e300, "", "x", "_:b0", "@id", "https://x.example/", "\0", "\ud800", [], {}, [[]]),
        *({"@value": "x", "@language": "en"}, {"@id": "_:b1"}, {"@list": [1]}, {"@context": {"a": "urn:b"}}, [{}] * 9),
    )
    spot = document
    while isinstance(spot, dict | list) and spot:
        step = chance.choice(list(spot) if isinstance(spot, dict) else range(len(spot)))
        inner = spot[step]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.3:
            if isinstance(spot, dict) and chance.random() < 0.3:
                spot[chance.choice(("@context", "@type", "@graph", "@included", "proof", "id", "évidence"))] = inner
            else:
                spot[step] = chance.choice(values)
            return
        spot = inner


def _csv(chance: Random) -> bytes:
    seeds = (
        b"email,name,date\nada@example.edu,Ada,2023-07-14\nbea@example.edu,Bea,3/4/2025\n",
        'E-Mail;Cognome;Nome\r\nada@example.edu;Éè;"A""da"\r\n'.encode("cp1252"),
        "email\tname\nada@example.edu\tAda\n".encode("utf-16"),
        b'\xef\xbb\xbfemail,credits\n"ada@example.edu","1,5"\n',
    )
    return mutated(seeds, (b"email", b",", b";", b"\t", b"\r\n", b'"', b'""', b"=1+1", b"@", b"sep=;"), chance)


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("email", "name", "date", "credits"),
        ("ada@example.edu", "Ada", "2023-07-14", 3),
        (None, True, 45000.5, -1),
    ):
        sheet.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


_BOOK = _workbook()


def _xlsx(chance: Random) -> bytes:
    if chance.random() < 0.4:
        return mutated((_BOOK,), (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"xl/worksheets/sheet1.xml"), chance)
    with ZipFile(BytesIO(_BOOK)) as book:
        files = {name: book.read(name) for name in book.namelist()}
    name = chance.choice(sorted(files))
    words = (*_XML, b"<c r='XFD1048576'><v>1</v></c>", b"<row r='1048576'>", b" t='s'", b"<v>99</v>", b" t='e'")
    files[name] = mutated((files[name],), words, chance)
    written = BytesIO()
    with ZipFile(written, "w") as book:
        for name, data in files.items():
            book.writestr(name, data)
    return written.getvalue()


def _keys(chance: Random) -> bytes:
    seeds = (
        json.dumps(jwk(P256)).encode(),
        json.dumps(jwk(ED25519)).encode(),
        pem(P256).encode(),
        f"did:key:{multibase(P256)}#{multibase(P256)}".encode(),
        f"did:jwk:{base64url(json.dumps(jwk(P256)).encode())}#0".encode(),
    )
    return mutated(
        seeds, (b'"d":"AA",', b'"kty":"RSA"', b'"n":"', b'"e":"AQAB"', b"-----BEGIN", b"did:key:z", b"#"), chance
    )


def _badge(chance: Random) -> bytes:
    return chance.choice((_png, _svg, _jwt, _json))(chance)


def _bits(chance: Random) -> bytes:
    packed = zlib.compressobj(wbits=31)
    data = packed.compress(bytes(chance.choice((16_384, 5_000_000)))) + packed.flush()
    if chance.random() < 0.3:
        return mutated((f"u{base64url(data)}".encode(),), (b"u", b"=", b"H4sI"), chance)
    return f"u{base64url(mutated((data,), (data[:20],), chance))}".encode()


def _read_token(data: bytes) -> object:
    return token_fault(read_token(data), key_from_jwk(jwk(P256)))


def _read_json(data: bytes) -> object:
    value = read_json(data)
    form = canonical_json(value)
    assert canonical_json(read_json(form, size=len(form), depth=64)) == form, "the canonical form is not its own"
    return value


def _read_proof(data: bytes) -> object:
    document = read_object(data)
    key = key_of_did(f"did:key:{_KEY.method.partition('#')[2]}")
    found = [verify_proof(document, proof, key) for proof in proofs_of(document)]
    same = _meaning(document) == _meaning(_DOCUMENT)
    assert not any(found) or same or disguise_in(document), "a changed document verifies"
    return found


def _meaning(value: object) -> object:
    """What RDF takes from a value: nothing from what is empty, no order, and one is as good as a list of one."""
    if isinstance(value, dict):
        return {name: inner for name, each in value.items() if (inner := _meaning(each)) is not None}
    if isinstance(value, list):
        found = {repr(inner): inner for each in value if (inner := _meaning(each)) is not None}
        return next(iter(found.values())) if len(found) == 1 else sorted(found) or None
    return value


def _read_key(data: bytes) -> object:
    if data.startswith(b"{"):
        return key_from_jwk(read_object(data))
    text = data.decode("utf-8", "replace")
    return key_of_did(text) if text.startswith("did") else key_from_pem(text)


def _read_picture(data: bytes) -> object:
    return [read_badges(payload.text.encode("utf-8", "replace"), None) for payload in unbake(data)]


READERS: Mapping[str, Reader] = {
    "png": Reader(unbake, _png),
    "svg": Reader(unbake, _svg),
    "jwt": Reader(_read_token, _jwt),
    "json": Reader(_read_json, _json),
    "csv": Reader(lambda data: read_list(data, "list.csv"), _csv),
    "xlsx": Reader(lambda data: read_list(data, "list.xlsx"), _xlsx),
    "proof": Reader(_read_proof, _proof),
    "key": Reader(_read_key, _keys),
    "badge": Reader(lambda data: read_badges(data, None), _badge),
    "bits": Reader(lambda data: decode(data.decode("utf-8", "replace"), _TEXT_LIMIT), _bits),
}
