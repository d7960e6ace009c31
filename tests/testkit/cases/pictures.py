"""Badges baked into PNG pictures, in every way that the standards have and in a few that they have not."""

import json
from collections.abc import Iterator
from typing import Any

from tests.testkit.case import Case, Expected, expect, written
from tests.testkit.cases.school import HOST, assertion, claims, credential
from tests.testkit.pictures import HEAD, OB2, OB3, PIXELS, PNG, chunk, itxt, png
from tests.testkit.signing import proved, token

GROUP = "picture"
UNREADABLE = expect("none", readable="unreadable")
EMPTY, SEVERAL = expect("none", readable="empty"), expect("none", readable="several")


def cases() -> Iterator[Case]:
    yield from _png()
    yield from _png_broken()
    yield from _both()


def hosted(name: str) -> dict[str, Any]:
    """An assertion whose address is its own, as a picture carries it."""
    return assertion(f"{HOST}/ob2/picture/{name}.json")


def served(name: str, **changes: Any) -> dict[str, bytes]:
    """What is served for it."""
    return {f"{HOST}/ob2/picture/{name}.json": written({**hosted(name), **changes})}


def of(name: str, title: str, expected: Expected | tuple[Expected, ...], data: bytes, **more: Any) -> Case:
    """A picture; `text` is what it carries, where that cannot be read in its bytes."""
    return Case(f"{GROUP}/{name}", title, data, expected if isinstance(expected, tuple) else (expected,), **more)


def carried(name: str) -> str:
    """The same as text."""
    return json.dumps(hosted(name))


def _png() -> Iterator[Case]:
    ob2, proof, jwt = expect("ob2"), expect("ob3"), expect("ob3-jwt")
    yield of("ob2.png", "An assertion in an iTXt chunk", ob2, png(itxt(OB2, carried("ob2"))), world=served("ob2"))
    yield of(
        "ob2-after-the-pixels.png",
        "The chunk stands after the pixels",
        ob2,
        png(after=itxt(OB2, carried("after"))),
        world=served("after"),
    )
    yield of(
        "ob2-compressed.png",
        "The text in the chunk is compressed, which Open Badges forbids",
        ob2,
        png(itxt(OB2, carried("packed"), packed=True)),
        world=served("packed"),
        text=carried("packed"),
        why="What it says is plain once it is expanded, so a reader may take it; a maker must not.",
    )
    yield of(
        "ob2-with-language.png",
        "The chunk names the language of its text",
        ob2,
        png(itxt(OB2, carried("language"), language="en-GB")),
        world=served("language"),
    )
    address = f"{HOST}/ob2/picture/legacy.json"
    old = chunk(b"tEXt", OB2.encode() + b"\0" + address.encode())
    yield of(
        "ob2-legacy.png",
        "An old picture: a tEXt chunk with the address of the award",
        ob2,
        png(old),
        world=served("legacy"),
        text=address,
    )
    gone = f"{HOST}/ob2/picture/legacy-gone.json"
    yield of(
        "ob2-legacy-gone.png",
        "An old picture whose award was withdrawn (410)",
        expect("ob2", revocation="revoked"),
        png(chunk(b"tEXt", OB2.encode() + b"\0" + gone.encode())),
        gone=(gone,),
    )
    yield of(
        "ob3.png", "A credential with an embedded proof", proof, png(itxt(OB3, json.dumps(proved(credential("png")))))
    )
    yield of("ob3-token.png", "A credential in a token", jwt, png(itxt(OB3, token(claims(credential("png-token"))))))
    yield of(
        "other-texts.png",
        "Other texts stand in the picture: its author, and a comment",
        jwt,
        png(
            chunk(b"tEXt", b"Author\0somebody"),
            itxt("Comment", "openbadges"),
            itxt(OB3, token(claims(credential("png-texts")))),
        ),
    )
    yield of(
        "bytes-after-the-end.png",
        "Something else is appended to the picture",
        jwt,
        png(itxt(OB3, token(claims(credential("png-more"))))) + b"\0" * 16,
        why="A PNG ends with IEND. What follows is no part of it.",
    )
    yield of(
        "altered.png",
        "The name was changed in the picture",
        expect("ob2", genuine="mismatch"),
        png(itxt(OB2, json.dumps({**hosted("altered"), "narrative": "With honours."}))),
        world=served("altered"),
    )
    yield of(
        "revoked.png",
        "A picture whose award was revoked since",
        expect("ob2", revocation="revoked"),
        png(itxt(OB2, carried("revoked"))),
        world=served("revoked", revoked=True),
    )


def _png_broken() -> Iterator[Case]:
    good = itxt(OB2, carried("ob2"))
    yield of("no-badge.png", "A picture without a badge", EMPTY, PNG)
    yield of(
        "two-chunks.png",
        "Two assertions in one picture",
        SEVERAL,
        png(good, itxt(OB2, carried("another"))),
        why="Open Badges allows one. Which is shown and which is verified could differ.",
    )
    yield of(
        "two-chunks-alike.png",
        "The same assertion twice in one picture",
        SEVERAL,
        png(good, after=good),
        why="Open Badges allows one, even if both say the same.",
    )
    yield of("bad-checksum.png", "The checksum of the chunk is wrong", UNREADABLE, png(good[:-4] + b"\0\0\0\0"))
    yield of("cut.png", "The picture ends in the middle of the chunk", UNREADABLE, png(good)[:120])
    yield of("cut-before-the-end.png", "The picture has no last chunk", UNREADABLE, (HEAD + good + PIXELS))
    yield of("without-header.png", "The picture does not begin with its header", UNREADABLE, HEAD[:8] + good + PIXELS)
    yield of(
        "length-too-large.png",
        "The chunk says that it is longer than the file",
        UNREADABLE,
        HEAD + b"\x7f\xff\xff\xff" + good[4:] + PIXELS,
    )
    broken = chunk(b"iTXt", OB2.encode() + b"\0\1\0\0\0" + b"no zlib stream at all")
    yield of("compression-broken.png", "The compressed text cannot be expanded", UNREADABLE, png(broken))
    unknown = chunk(b"iTXt", OB2.encode() + b"\0\1\7\0\0" + b"whatever")
    yield of(
        "compression-unknown.png", "The text is compressed in a way that PNG does not know", UNREADABLE, png(unknown)
    )
    yield of(
        "latin-1.png",
        "The text is in Latin-1",
        UNREADABLE,
        png(itxt(OB2, carried("ob2").replace("moss", "m\u00fcs").encode("latin-1") + b"\xfc")),
    )
    yield of(
        "not-json.png",
        "The chunk holds words, and neither JSON nor a token",
        UNREADABLE,
        png(itxt(OB2, "a badge about moss")),
    )
    yield of("empty-chunk.png", "The chunk is empty", UNREADABLE, png(itxt(OB2, "")))
    yield of(
        "wrong-keyword.png",
        "A credential of 3.0 stands where one of 2.0 belongs",
        UNREADABLE,
        png(itxt(OB2, json.dumps(proved(credential("png-keyword"))))),
    )
    yield of(
        "keyword-in-capitals.png",
        "The keyword is written in capitals, so it is another",
        EMPTY,
        png(itxt("OpenBadges", carried("ob2"))),
    )
    bomb = "{" + " " * (5 * 1024 * 1024) + "}"
    yield of(
        "bomb.png",
        "Five million blanks in a few thousand bytes",
        UNREADABLE,
        png(itxt(OB2, bomb, packed=True)),
        text="{}",
        why="badgesite expands 4 MB of text at most: no badge is larger.",
    )


def _both() -> Iterator[Case]:
    good, jwt = itxt(OB2, carried("both")), itxt(OB3, token(claims(credential("png-both"))))
    ob2, ob3 = expect("ob2"), expect("ob3-jwt")
    yield of(
        "both.png", "A badge of each standard, and both are sound", (ob2, ob3), png(good, jwt), world=served("both")
    )
    head, body, mark = token(claims(credential("png-both-broken"))).split(".")
    forged = f"{head}.{body}.{('A' if mark[0] != 'A' else 'B') + mark[1:]}"
    yield of(
        "both-second-forged.png",
        "A badge of each standard, and that of 3.0 is forged",
        (ob2, expect("ob3-jwt", genuine="signature")),
        png(itxt(OB2, carried("both-second")), itxt(OB3, forged)),
        world=served("both-second"),
    )
    yield of(
        "both-first-revoked.png",
        "A badge of each standard, and that of 2.0 is revoked",
        (expect("ob2", revocation="revoked"), ob3),
        png(itxt(OB2, carried("both-first")), itxt(OB3, token(claims(credential("png-both-revoked"))))),
        world=served("both-first", revoked=True),
    )
    yield of(
        "both-turned-round.png",
        "A badge of each standard, that of 3.0 first",
        (ob3, ob2),
        png(itxt(OB3, token(claims(credential("png-turned")))), itxt(OB2, carried("turned"))),
        world=served("turned"),
    )
