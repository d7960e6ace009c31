"""Badges baked into SVG pictures, in every way that the standards have and in a few that they have not."""

import json
from collections.abc import Iterator
from typing import Any

from tests.testkit.case import Case, Expected, expect
from tests.testkit.cases.pictures import EMPTY, SEVERAL, UNREADABLE, carried, hosted, of, served
from tests.testkit.cases.school import HOST, claims, credential
from tests.testkit.pictures import OB2, OB3, SPACES, svg
from tests.testkit.signing import proved, token


def cases() -> Iterator[Case]:
    yield from _svg()
    yield from _svg_broken()


def _declared(keyword: str) -> str:
    return f' xmlns:openbadges="{SPACES[keyword]}"'


def _assertion(name: str, body: str = "", verify: str = "") -> str:
    address = verify or f"{HOST}/ob2/picture/{name}.json"
    return f'<openbadges:assertion verify="{address}">{body}</openbadges:assertion>'


def _svg() -> Iterator[Case]:
    ob2, proof, jwt = expect("ob2"), expect("ob3"), expect("ob3-jwt")

    def case(name: str, title: str, inside: str, **more: Any) -> Case:
        return of(f"{name}.svg", title, ob2, svg(inside, _declared(OB2), **more), world=served(name))

    yield case(
        "svg", "An assertion in CDATA, as the standard has it", _assertion("svg", f"<![CDATA[{carried('svg')}]]>")
    )
    yield case(
        "svg-blanks",
        "Blanks and lines stand around the CDATA",
        _assertion("svg-blanks", f"\n  <![CDATA[{carried('svg-blanks')}]]>\n "),
    )
    yield case(
        "svg-comment",
        "A comment stands before the CDATA",
        _assertion("svg-comment", f"<!-- baked --><![CDATA[{carried('svg-comment')}]]>"),
    )
    text = carried("svg-two-parts")
    yield case(
        "svg-two-parts",
        "The CDATA is in two parts",
        _assertion("svg-two-parts", f"<![CDATA[{text[:60]}]]><![CDATA[{text[60:]}]]>"),
    )
    escaped = carried("svg-escaped").replace("&", "&amp;").replace('"', "&quot;")
    yield case("svg-escaped", "The text is escaped, and in no CDATA", _assertion("svg-escaped", escaped))
    yield case("svg-address", "The element carries an address alone", _assertion("svg-address"))
    yield case(
        "svg-inside-metadata",
        "The element stands deep in the picture",
        f"<g><metadata>{_assertion('svg-inside-metadata')}</metadata></g>",
    )
    yield case(
        "svg-declaration",
        "An XML declaration, a DOCTYPE and a comment stand in front",
        _assertion("svg-declaration"),
        before='<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg>\n<!-- a moss -->\n',
    )
    yield case(
        "svg-forty-comments",
        "Forty empty comments stand in front",
        _assertion("svg-forty-comments"),
        before="<!---->" * 40,
    )
    yield case(
        "svg-a-million-blanks",
        "A million blanks stand in front",
        _assertion("svg-a-million-blanks"),
        before=" " * 1024 * 1024,
    )
    other = '<b:assertion xmlns:b="http://openbadges.org" verify="{}"/>'.format(f"{HOST}/ob2/picture/svg-prefix.json")
    yield of(
        "svg-prefix.svg", "The prefix is another, for the same namespace", ob2, svg(other), world=served("svg-prefix")
    )
    space = _declared(OB3)
    document = json.dumps(proved(credential("svg3")))
    yield of(
        "svg-ob3.svg",
        "A credential with an embedded proof, in CDATA",
        proof,
        svg(f"<openbadges:credential><![CDATA[{document}]]></openbadges:credential>", space),
    )
    made = token(claims(credential("svg3-token")))
    yield of(
        "svg-ob3-token.svg",
        "A credential in a token, in the attribute",
        jwt,
        svg(f'<openbadges:credential verify="{made}"/>', space),
    )
    yield of(
        "svg-token-in-the-text.svg",
        "A credential in a token, as the text of the element",
        jwt,
        svg(f"<openbadges:credential>{token(claims(credential('svg3-text')))}</openbadges:credential>", space),
    )


def _svg_broken() -> Iterator[Case]:
    def case(name: str, title: str, expected: Expected, inside: str, **more: Any) -> Case:
        return of(f"{name}.svg", title, expected, svg(inside, _declared(OB2), more.pop("before", "")), **more)

    yield case("svg-empty", "A picture without a badge", EMPTY, "")
    yield case("svg-two", "Two assertions in one picture", SEVERAL, _assertion("one") + _assertion("two"))
    yield case("svg-in-a-comment", "The assertion stands in a comment", EMPTY, f"<!-- {_assertion('comment')} -->")
    yield case(
        "svg-another-namespace",
        "An element of the same name, of another namespace",
        EMPTY,
        '<assertion xmlns="https://badges.example/ns" verify="https://badges.example/ob2/picture/svg.json"/>',
    )
    entity = '<!DOCTYPE svg [<!ENTITY moss "https://badges.example/ob2/picture/svg.json">]>'
    yield case(
        "svg-entity",
        "The address is an entity, which the picture declares",
        UNREADABLE,
        '<openbadges:assertion verify="&moss;"/>',
        before=entity,
    )
    nested = "".join(f'<!ENTITY m{n} "{f"&m{n - 1};" * 10}">' for n in range(1, 9))
    yield case(
        "svg-entity-flood",
        "Entities that expand to a hundred million letters",
        UNREADABLE,
        "<text>&m8;</text>",
        before=f'<!DOCTYPE svg [<!ENTITY m0 "m">{nested}]>',
    )
    outside = '<!DOCTYPE svg [<!ENTITY moss SYSTEM "https://evil.example/moss">]>'
    yield case(
        "svg-entity-outside", "An entity lies on another host", UNREADABLE, "<text>&moss;</text>", before=outside
    )
    yield case("svg-not-closed", "An element is not closed", UNREADABLE, "<g>")
    yield case(
        "svg-words",
        "The element holds words",
        UNREADABLE,
        "<openbadges:assertion>a badge about moss</openbadges:assertion>",
    )
    claimed = json.dumps({**hosted("svg-differs"), "narrative": "With honours."})
    forged = _assertion("svg-differs", f"<![CDATA[{claimed}]]>")
    yield case(
        "svg-altered",
        "The text claims more than its host says",
        expect("ob2", genuine="mismatch"),
        forged,
        world=served("svg-differs"),
    )
