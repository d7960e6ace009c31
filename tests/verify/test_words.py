"""How strangers' texts are shown, and how a domain and a web site stand to each other."""

import pytest

from badgesite.verify.words import host_of, is_beside, plain, quoted, whose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("English B2", "English B2"),
        ("a\nb\tc", "a b c"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("abc\u202etxt.exe", "abctxt.exe"),
        ("Università", "Università"),
        (7, ""),
        (None, ""),
        ("\ud800x", "x"),
        ("x" * 200, "x" * 119 + "…"),
        ("at https://g\u043e\u043ed.example/\u043e", "at https://xn--gd-fmca.example/\u043e"),
    ],
)
def test_a_strangers_text_is_one_harmless_line(text: object, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("site", "words"),
    [
        ("https://badges.example.edu/about", "at that same host"),
        ("https://www.badges.example.edu", "the same name"),
        ("https://www.example.edu", "badges.example.edu is a name below example.edu"),
        ("https://example.edu", "badges.example.edu is a name below example.edu"),
        ("https://shop.badges.example.edu", "a name below badges.example.edu"),
        ("https://example.com", "another host"),
        ("https://badexample.edu", "another host"),
        ("https://www.edu", "another host"),
        ("https://[", "names no web site"),
        (None, "names no web site"),
    ],
)
def test_the_domain_comes_first_and_the_web_site_is_set_beside_it(site: object, words: str) -> None:
    sentence = whose("badges.example.edu", "publishes it", "Example\nUniversity", site)
    assert sentence.startswith("badges.example.edu publishes it; the issuer calls itself “Example University”")
    assert words in sentence


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://A.example:8443/x", "a.example:8443"),
        ("https://a.example:443/x", "a.example"),
        ("http://a.example:80/", "a.example"),
        ("did:web:a.example%3A8443:x#key", "a.example:8443"),
        ("did:web:a", "a"),
        ("did:key:z6Mk", ""),
        ("ftp://a.example/", ""),
        ("https://g\u043e\u043ed.example/x", "xn--gd-fmca.example"),
        ("https://\u00fcni.example:8443", "xn--ni-wka.example:8443"),
        (f"https://\u00fc{'x' * 80}.example", f"\\xfc{'x' * 80}.example"),
        ("https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"),
        ("https://a.example:99999/", ""),
        ("https://[::1", ""),
        (3, ""),
        ("", ""),
    ],
)
def test_a_host_is_read_from_an_address(address: object, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Example University", "“Example University”"),
        ("Eve”; good.example vouches for “Eve", "“Eve'; good.example vouches for 'Eve”"),
        ('"«»„‟″`‹', "“" + 8 * "'" + "”"),
        ("Università dell’Aquila", "“Università dell'Aquila”"),
        ("x" * 200, f"“{'x' * 79}…”"),
        ("\u202e", ""),
        (None, ""),
    ],
)
def test_a_name_stays_between_its_quotation_marks(name: object, shown: str) -> None:
    assert quoted(name) == shown


def test_no_issuer_writes_the_sentence_about_itself() -> None:
    sentence = whose("evil.example", "publishes it", "Eve” and names a web site at that same host; “", None)
    assert sentence.count("“") == sentence.count("”") == 1
    assert sentence.endswith("” and names no web site")


@pytest.mark.parametrize(
    ("one", "other", "beside"),
    [
        ("a.example.org", "a.example.org", True),
        ("a.example.org", "www.a.example.org", True),
        ("a.example.org", "example.org", True),
        ("a.example.org", "b.example.org", False),
        ("xexample.org", "example.org", False),
    ],
)
def test_hosts_are_beside_each_other_if_one_is_below_the_other(one: str, other: str, beside: bool) -> None:
    assert is_beside(one, other) == is_beside(other, one) == beside
