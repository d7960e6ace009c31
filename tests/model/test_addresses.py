import json
from html import escape
from unicodedata import category
from urllib.parse import quote

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from badgesite.lists.addresses import read_address
from badgesite.model import addresses
from badgesite.model.addresses import addresses_in, masked, shortened


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("write to ada@example.org.", "ada@example.org"),
        ("Ada.Esempio+x@Mail.Example.EDU", "ada.esempio+x@mail.example.edu"),
        ("<ada@example.org>", "ada@example.org"),
        ("*ada@example.org* or _ada@example.org_", "ada@example.org"),
        ('"email": "ada@example.org"', "ada@example.org"),
        (r'"line one\nada@example.org\nthree"', "ada@example.org"),
        (r'"\u003eada@example.org"', "ada@example.org"),
        ("&lt;ada&#64;example.org&gt;", "ada@example.org"),
        ("&#97;&#100;&#97;&#x40;example.org", "ada@example.org"),
        ("mailto:ada%2Bx@example.org?subject=x", "ada+x@example.org"),
        ("https://example.org/?user=ada%40example.org", "ada@example.org"),
        ("«müller@köln.example»", "müller@köln.example"),
        ("ada@xn--kln-sna.xn--p1ai", "ada@xn--kln-sna.xn--p1ai"),
        ("ada@xn--11b4c3d.xn--90a3", "ada@xn--11b4c3d.xn--90a3"),
        ("ada@क्षक.भारत", "ada@क्षक.भारत"),
        ("ada@example。org", "ada@example.org"),
        ("write to ada!@example.org", "ada!@example.org"),
        ("*@example.org", "*@example.org"),
        ("_@example.org", "_@example.org"),
        ('write to "ada esempio"@example.org', '"ada esempio"@example.org'),
        (r'{"narrative": "write to \"ada esempio\"@example.org"}', '"ada esempio"@example.org'),
        ("&#34;ada esempio&#34;@example.org", '"ada esempio"@example.org'),
        ("ada&commat;example&period;org", "ada@example.org"),
        ("ada&#064;example.org", "ada@example.org"),
        ("ada&#00064example.org", "ada@example.org"),
        ("ada&#X40;example.org", "ada@example.org"),
        ("ada&#x0040;example.org", "ada@example.org"),
        (r'"ada\u0040example.org"', "ada@example.org"),
        (r'"\u0061\u0064\u0061@example.org"', "ada@example.org"),
        (r"ada\x40example.org", "ada@example.org"),
        (r"ada\_esempio\@example.org", "ada_esempio@example.org"),
        ("ada\u200b@exam\u00adple.org", "ada@example.org"),
        ("ada@example.org2", "ada@example.org"),
    ],
)
def test_addresses_are_seen_however_they_are_written(text: str, address: str) -> None:
    assert set(addresses_in(text.encode())) == {address}


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": "https://w3id.org/openbadges/v2", "@language": "it"}',
        "@media (min-width: 40em) { a { color: red } }",
        "@import url(x.css);",
        "https://mastodon.example/@ada",
        "https://mastodon.example/@ada.esempio",
        'src="logo@2x.png"',
        '<a href="/@ada.esempio">',
        'href="https:&#x2F;&#x2F;mastodon.example&#x2F;@ada.esempio"',
        r'"https:\/\/mastodon.example\/@ada.esempio"',
        '<meta name="account" content="@ada.esempio">',
        '{"narrative": "@ada.esempio"}',
        '["one","@ada.esempio"]',
        "@supports (display: grid) { a { color: red } }",
        "a{color:red}@media(min-width:40em){a{color:blue}}",
        "a{color:red}@font-face{font-family:x.y}",
        "&#640;example.org and &#x40a;example.org",
        "5 apples @ 3.50",
        "package@1.2.3",
        "someone@localhost",
        "a @ example.org",
        "@",
        "",
    ],
)
def test_what_only_looks_a_little_like_one_is_left_alone(text: str) -> None:
    assert not list(addresses_in(text.encode()))


def test_bytes_that_are_no_text_are_no_trouble() -> None:
    assert not list(addresses_in(b"\xff\xfe@\xff\xfe.\x80\x80"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("write to ada@example.org, or bo.neri@x.example", "write to a…@example.org, or b…@x.example"),
        ("ada@@example", "a…@@example"),
        ("https://x.example/?mail=ada%40example.org", "https://x.example/?mail=a…%40example.org"),
        ("&#97;&#100;&#97;&#x40;example.org", "&…&#x40;example.org"),
        ('"ada esempio"@example.org', '"…@example.org'),
        ("https://social.example/@ada", "https://social.example/@ada"),
        ("no address", "no address"),
    ],
)
def test_messages_show_little_of_the_addresses_in_a_text(text: str, told: str) -> None:
    assert masked(text) == told


@pytest.mark.parametrize(("address", "shown"), [("ada@example.org", "a…@example.org"), ('"a@b"@x.org', '"…@x.org')])
def test_logs_show_little_of_an_address(address: str, shown: str) -> None:
    assert shortened(address) == shown


plain = st.text("abcdefghijklmnopqrstuvwxyz0123456789._+-", min_size=1, max_size=12)
unusual = st.text(
    st.one_of(
        st.sampled_from("abz019.!#$%&'*+-/=?^_`{|}~"), st.characters(min_codepoint=128, categories=("L", "M", "N", "S"))
    ),
    min_size=1,
    max_size=12,
)
labels = st.one_of(
    st.from_regex("[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True),
    st.text(st.characters(categories=("Ll", "Lo", "Mn", "Mc", "Nd")), min_size=1, max_size=6),
    st.text(st.characters(min_codepoint=0xE0, max_codepoint=0x17F, categories=["Ll"]), min_size=1, max_size=6).map(
        lambda label: f"xn--{label.encode('punycode').decode()}"
    ),
)
domains = st.lists(labels, min_size=2, max_size=4).map(".".join)


@settings(max_examples=400)
@given(local=st.one_of(plain, unusual), domain=domains)
@example("ada!", "example.org")
@example("anna", "xn--e1a.xn--p1ai")
@example("ada", "a.b-c")
@example("a", "b.c")
@example("\U0001f600", "x.org")
def test_what_a_list_may_hold_is_found_wherever_it_is_published(local: str, domain: str) -> None:
    """But for a local part that ends in a slash, as before the names on social networks, and scaled pictures."""
    assume(not local.endswith("/") and not domain.startswith("2x."))
    written = f"{local}@{domain}"
    try:
        address = read_address(written)
    except PydanticCustomError:
        assume(False)
    for spelled in {address, written.lower()}:
        for text in _published(spelled):
            found = list(addresses_in(text.encode()))
            assert found, text
            name, _, host = spelled.rpartition("@")
            if set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789._+-"):
                assert set(found) == {f"{name.lstrip('._+-') or name}@{host}"}, text
            else:
                assert all(one.endswith(f"@{host}") for one in found), text


def _published(address: str) -> tuple[str, ...]:
    """A text with the address as files say it: plain, JSON in both spellings, HTML, and its entities in any form."""
    text = f"Write to {address}, please."
    entities = "".join(f"&#{ord(one)};" for one in address)
    return (
        text,
        address,
        json.dumps({"narrative": text}, ensure_ascii=False),
        json.dumps({"narrative": text}),
        f"<p>{escape(text)}</p>",
        f'<p title="{escape(address)}">',
        f"<p>{entities}</p>",
        f'<a href="mailto:{quote(address)}?subject=x">',
    )


def test_letters_and_marks_alone_make_domains() -> None:
    assert {category(one)[0] for one in "क्ष"} == {"L", "M"}
    assert list(addresses_in("ada@example.org…» and ada@example.org²".encode())) == ["ada@example.org"] * 2


_PIECES = ('"', "\\", "@", "%40", r"\u0040", "&#64;", "&quot;", "&quot", "%22", r"\u0022", "\u200b", r"\u200b", "&zwj;")
_WORDS = ("ada", "b.", "+", "example.org", "à", "/", " ", "\n", "<", "&", "&amp", "%", r"\u00", r"\x4", "2x.png", ";")


@given(st.lists(st.sampled_from(_PIECES + _WORDS), max_size=14).map("".join))
@settings(max_examples=1000, deadline=None)
def test_what_stands_beyond_a_quotation_mark_makes_no_difference(text: str) -> None:
    data = text.encode()
    found = list(addresses_in(data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "_before", lambda data, sign: data[max(0, sign - 600) : sign])
        patch.setattr(addresses, "_after", lambda data, sign: data[sign : sign + 600])
        assert found == list(addresses_in(data))
