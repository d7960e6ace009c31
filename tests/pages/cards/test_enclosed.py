import pytest

from badgesite.errors import Place
from badgesite.pages.cards.enclosed import problems_of

PLACE = Place("themes/ours/templates/card.svg")
PIXEL = "data:image/png;base64,iVBORw0KGgo="


def _told(inside: str, before: str = "") -> list[str]:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    problems = problems_of(f"{before}<svg {names}>{inside}</svg>", PLACE)
    assert {problem.place for problem in problems} <= {PLACE}
    return [problem.what for problem in problems]


@pytest.mark.parametrize(
    "inside",
    [
        f'<image href="{PIXEL}"/><image xlink:href="{PIXEL}"/>',
        '<image href="data:image/svg+xml;charset=utf-8,%3Csvg/%3E"/>',
        '<g id="a"/><use href="#a"/><rect fill="url(#a)" style="mask: url( \'#a\' )"/>',
        "<style>rect { fill: url(#a) } g { mask: url('data:image/png;base64,AA==') }</style>",
        "<text>href=../x.png url(../x.png) @import</text>",
    ],
)
def test_a_card_may_hold_its_pictures_and_refer_to_itself(inside: str) -> None:
    assert _told(inside) == []


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ('<image href="../x.png"/>', "../x.png"),
        ('<image xlink:href="/pictures/ada/photo.jpg"/>', "/pictures/ada/photo.jpg"),
        ('<image href="file:///etc/logo.svg"/>', "file:///etc/logo.svg"),
        ('<image href="data:/../../x.png"/>', "data:/../../x.png"),
        ('<image href="data:image/png#,/../x.png"/>', "data:image/png#,/../x.png"),
        ('<filter id="f"><feImage href="x.png"/></filter>', "x.png"),
        ('<use href="y.svg#a"/>', "y.svg#a"),
        ('<rect fill="url(y.svg#a)"/>', "y.svg#a"),
        ("<rect style=\"fill: URL( 'y.svg#a' )\"/>", "y.svg#a"),
        ("<style>@import 'y.css'; rect { fill: red }</style>", "@import 'y.css'"),
        ("<style><![CDATA[rect { fill: url(https://x.example/y) }]]></style>", "https://x.example/y"),
        (f'<image href="{"x" * 99}"/>', f"{'x' * 57}..."),
    ],
)
def test_what_lies_outside_a_card_is_refused(inside: str, named: str) -> None:
    assert _told(inside) == [f'the share card refers to "{named}"']


def test_every_name_is_told_once() -> None:
    inside = '<image href="a.png"/><image href="b.png"/><image href="a.png"/>'
    assert [what.partition('"')[2] for what in _told(inside)] == ['a.png"', 'b.png"']


@pytest.mark.parametrize("subset", ["", ' [<!ATTLIST image href CDATA "x.png">]', ' [<!ENTITY e "x.png">]'])
def test_a_doctype_is_refused_for_what_it_can_add(subset: str) -> None:
    assert _told("<image/>", f"<!DOCTYPE svg{subset}>") == ["the share card cannot be drawn: it has a DOCTYPE"]
