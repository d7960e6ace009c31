import pytest

from badgesite.model.addresses import addresses_in


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
