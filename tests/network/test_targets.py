import pytest

from badgesite.errors import FetchError
from badgesite.network.targets import is_public, target_of


@pytest.mark.parametrize(
    ("address", "host", "port", "path"),
    [
        ("https://badges.example.edu/", "badges.example.edu", 443, "/"),
        ("https://badges.example.edu", "badges.example.edu", 443, "/"),
        ("HTTPS://Badges.Example.EDU:8443/a/b.json?x=1&y=%20#key", "badges.example.edu", 8443, "/a/b.json?x=1&y=%20"),
        ("https://bücher.example/è?é", "xn--bcher-kva.example", 443, "/%C3%A8?%C3%A9"),
        ("https://[2606:4700::1111]/x", "2606:4700::1111", 443, "/x"),
    ],
)
def test_an_address_says_where_to_ask(address: str, host: str, port: int, path: str) -> None:
    target = target_of(address)
    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.address == address.partition("#")[0]


def test_a_request_names_the_host_as_the_address_does() -> None:
    assert target_of("https://x.example/").authority == "x.example"
    assert target_of("https://x.example:8443/").authority == "x.example:8443"
    assert target_of("https://[2606:4700::1111]:1/").authority == "[2606:4700::1111]:1"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://badges.example.edu/", "only https is asked, not http"),
        ("file:///etc/passwd", "only https is asked, not file"),
        ("ftp://x.example/", "only https"),
        ("gopher://x.example/", "only https"),
        ("data:application/json,{}", "only https is asked, not data"),
        ("urn:uuid:1", "only https is asked, not urn"),
        ("did:web:x.example", "only https is asked, not did"),
        ("", "no address"),
        ("badge.json", "no address"),
        ("//x.example/", "only https"),
        ("https:///path", "no address"),
        ("https://", "no address"),
        ("https:x.example", "no address"),
        ("https://x.example:99999/", "no address"),
        ("https://x.example:a/", "no address"),
        ("https://[::1/", "no address"),
        ("https://user@x.example/", "stands before the host"),
        ("https://user:secret@x.example/", "stands before the host"),
        ("https://x.example@10.0.0.1/", "stands before the host"),
        ("https://x.example/a b", "no address"),
        ("https://x.example/\r\nHost: y.example", "no address"),
        ("https://x.exa\tmple/", "no address"),
        ("https://x.example\\@y.example/", "no address"),
        ("https://x.example/\x1b[2J", "no address"),
        ("https://x.example/\ud800", "no address"),
        ("https://x.example/" + "a" * 5000, "no address"),
        (f"https://{'a.' * 200}example/", "no name of a host"),
        (f"https://{'ü' * 100}.example/", "no name of a host"),
        ("https://ü..example/", "no name of a host"),
    ],
    ids=lambda value: value[:30],
)
def test_an_address_that_is_never_asked_is_forbidden_in_one_line(address: str, why: str) -> None:
    with pytest.raises(FetchError, match=why) as caught:
        target_of(address)
    assert caught.value.reason == "forbidden"
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 350


@pytest.mark.parametrize(
    "number",
    ["93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
     "64:ff9b::808:808", "2002:808:808::1"],
)  # fmt: skip
def test_the_public_internet_may_be_asked(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "number",
    ["0.0.0.0", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.169.254",
     "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
     "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
     "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1",
     "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:10::1", "2001:db8::1", "2002:a00:1::1",
     "2002:7f00:1::1", "2002:a9fe:a9fe::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
     "2606:4700::1111%eth0", "fec0::1", "ff02::1", "", "localhost", "127.1", "0x7f.0.0.1", "2130706433"],
)  # fmt: skip
def test_nothing_else_may_be_asked(number: str) -> None:
    assert not is_public(number)
