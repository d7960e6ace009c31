import socket
import ssl
import tracemalloc
from itertools import count

import pytest

from badgesite.errors import FetchError, Reason
from badgesite.network.fetching import Limits, Network
from badgesite.served import Served
from tests.network.servers import HOST, Answer, network, redirects, says, serving, waits, without_encryption

SHORT = Limits(wait=0.05)


def refusal(address: str, asked: Network) -> tuple[Reason, str]:
    with pytest.raises(FetchError) as caught:
        asked.fetch(address)
    assert caught.value.address == address
    assert "\n" not in str(caught.value)
    return caught.value.reason, caught.value.why


def test_a_file_is_served_with_its_media_type() -> None:
    with serving(says(b"{}", "Content-Type: Application/LD+JSON; charset=utf-8", "Content-Length: 2")) as address:
        assert network().fetch(f"{address}#key") == Served(address, b"{}", "application/ld+json")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ((), b"[1, 2]"),
        (("Content-Length: 6",), b"[1, 2]"),
        (("Content-Length: 6",), b"[1, 2] and more"),
        (("Transfer-Encoding: chunked",), b"2\r\n[1\r\n4\r\n, 2]\r\n0\r\n\r\n"),
        (("Content-Encoding: identity",), b"[1, 2]"),
    ],
    ids=["until the end", "of a length", "followed by more", "in chunks", "not packed"],
)
def test_a_file_is_read_however_it_is_sent(headers: tuple[str, ...], body: bytes) -> None:
    with serving(says(body, *headers)) as address:
        assert network().fetch(address) == Served(address, b"[1, 2]", "")


def test_a_request_tells_nothing_about_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1/")
    requests = []

    def answer(connection: ssl.SSLSocket, request: bytes) -> None:
        requests.append(request)
        connection.sendall(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")

    with serving(answer) as address:
        asked = network()
        asked.fetch(address)
        asked.fetch(address)
    lines = requests[1].decode().split("\r\n")
    assert requests[0] == requests[1]
    assert lines[0] == "GET /file.json HTTP/1.1"
    assert [line.partition(":")[0] for line in lines[1:]] == [
        *("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection", "", ""),
    ]


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    with serving(redirects("/b?x#y"), redirects("c/è.json"), says(b"1")) as address:
        base = address.removesuffix("file.json")
        assert network().fetch(address).address == f"{base}c/%C3%A8.json"


def test_after_five_redirects_it_is_enough() -> None:
    with serving(*[redirects("/again")] * 5, says(b"1")) as address:
        assert network().fetch(address).data == b"1"
    with serving(redirects("/again")) as address:
        assert refusal(address, network()) == ("refused", "it redirects more than 5 times")


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (
            "https://169.254.169.254/latest/meta-data/",
            "its host is 169.254.169.254, which is not on the public Internet",
        ),
        ("https://[::ffff:169.254.169.254]/", "which is not on the public Internet"),
        ("https://[fd00:ec2::254]/", "which is not on the public Internet"),
        ("//10.0.0.1/", "its host is 10.0.0.1, which"),
        ("https://localhost/", "its host is localhost, which"),
        ("http://x.example/", "only https is asked, not http"),
        ("file:///etc/passwd", "only https is asked, not file"),
        ("https://user:secret@x.example/", "stands before the host"),
        ("https://[", "what it sends is not HTTP"),
    ],
    ids=lambda value: value[:24],
)
def test_a_redirect_is_checked_like_any_address(place: str, why: str) -> None:
    with serving(redirects(place)) as address:
        reason, words = refusal(address, network())
    assert why in words
    assert reason == ("unreachable" if place == "https://[" else "forbidden")


@pytest.mark.parametrize("numbers", [("127.0.0.2",), ("10.0.0.1",), ("::1",), ("127.0.0.1", "169.254.169.254")])
def test_a_host_with_any_number_that_is_not_public_is_not_asked(numbers: tuple[str, ...]) -> None:
    def never(connection: ssl.SSLSocket, request: bytes) -> None:
        raise AssertionError("it was asked")

    with serving(never) as address:
        reason, words = refusal(address, network(numbers=numbers))
    assert reason == "forbidden"
    assert f"its host is {numbers[-1]}, which is not on the public Internet" in words


def test_a_name_is_looked_up_once_so_that_a_second_answer_changes_nothing() -> None:
    answers = iter([("127.0.0.1",), ("169.254.169.254",)])
    asked = Network(
        resolver=lambda host, port, seconds: next(answers),
        permitted=lambda number: number == "127.0.0.1",
        context=network()._context,
    )
    with serving(says(b"1")) as address:
        assert asked.fetch(address).data == b"1"
        assert refusal(address, asked)[0] == "forbidden"


def test_the_next_number_of_a_host_is_tried() -> None:
    with serving(says(b"1")) as address:
        asked = Network(
            resolver=lambda host, port, seconds: ("127.0.0.3", "127.0.0.1"),
            permitted=lambda number: number.startswith("127."),
            context=network()._context,
        )
        assert asked.fetch(address).data == b"1"


@pytest.mark.parametrize(
    ("status", "reason", "why"),
    [
        ("404 Not Found", "missing", "has no such file (404)"),
        ("410 Gone", "gone", "says that it is gone (410)"),
        ("500 Oh", "unreachable", "answers 500, and no file"),
        ("403 Forbidden", "unreachable", "answers 403"),
        ("204 No Content", "unreachable", "answers 204"),
        ("206 Partial Content", "unreachable", "answers 206"),
        ("304 Not Modified", "unreachable", "answers 304"),
        ("302 Found", "unreachable", "does not say where to"),
    ],
)
def test_an_answer_without_the_file_says_why(status: str, reason: str, why: str) -> None:
    with serving(says(b"", "Content-Length: 0", status=status)) as address:
        found = refusal(address, network())
    assert found[0] == reason
    assert why in found[1]


def _drips(connection: ssl.SSLSocket, request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x")


def _drips_headers(connection: ssl.SSLSocket, request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in count():
        connection.sendall(b"X-%d: y\r\n" % number)


@pytest.mark.parametrize("answer", [_drips, _drips_headers], ids=["body", "headers"])
def test_a_server_that_drips_is_cut_at_the_deadline(answer: Answer) -> None:
    ticks = count(0.0, 3.0)
    with serving(answer) as address:
        found = refusal(address, network(clock=lambda: next(ticks)))
    assert found == ("refused", "it took more than 20 seconds to read")


def _half_a_line(connection: ssl.SSLSocket, request: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200")
    waits(connection)


@pytest.mark.parametrize(
    "answer",
    [waits, _half_a_line],
    ids=["nothing", "half a line"],
)
def test_a_server_that_says_no_more_is_not_waited_for(answer: Answer) -> None:
    with serving(answer) as address:
        found = refusal(address, network(limits=SHORT))
    assert found == ("unreachable", "its host does not answer within 0.05 seconds")


def test_a_server_that_never_begins_to_encrypt_is_not_waited_for() -> None:
    with without_encryption(waits) as address:
        assert refusal(address, network(limits=SHORT))[0] == "unreachable"


def test_a_server_without_encryption_is_not_read() -> None:
    with without_encryption(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n{}" * 99)) as address:
        assert refusal(address, network()) == (
            "unreachable",
            "its host cannot be read: no encrypted connection can be made",
        )


def test_a_certificate_that_nobody_trusts_is_not_taken() -> None:
    with serving(says(b"1")) as address:
        reason, why = refusal(address, network(context=ssl.create_default_context()))
    assert reason == "unreachable"
    assert why.startswith(f"its host cannot prove that it is {HOST}: self")


def test_a_certificate_of_another_host_is_not_taken() -> None:
    with serving(says(b"1")) as address:
        other = address.replace(HOST, "127.0.0.1")
        assert "cannot prove that it is 127.0.0.1" in refusal(other, network())[1]


def test_a_host_where_nothing_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    reason, why = refusal(f"https://{HOST}:{port}/", network())
    assert (reason, why) == ("unreachable", "its host cannot be read: connection refused")


def test_a_host_that_is_unknown_is_unreachable() -> None:
    def unknown(host: str, port: int, seconds: float) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert refusal("https://x.example/", Network(resolver=unknown))[1] == (
        "its host cannot be read: name or service not known"
    )
    assert refusal("https://x.example/", Network(resolver=lambda *_: ()))[1] == "its host is unknown"


def test_a_file_that_says_it_is_too_large_is_not_begun() -> None:
    with serving(says(b"", "Content-Length: 52428800")) as address:
        assert refusal(address, network()) == ("refused", "it is larger than 10 MB")


@pytest.mark.parametrize("headers", [(), ("Transfer-Encoding: chunked",)], ids=["plain", "one chunk"])
def test_a_file_of_50_mb_is_left_at_the_limit_and_never_held(headers: tuple[str, ...]) -> None:
    sent = []

    def answer(connection: ssl.SSLSocket, request: bytes) -> None:
        says(b"3200000\r\n" if headers else b"", *headers)(connection, request)
        for _ in range(800):
            connection.sendall(bytes(64 * 1024))
            sent.append(64 * 1024)

    with serving(answer) as address:
        tracemalloc.start()
        found = refusal(address, network(limits=Limits(size=2 * 1024 * 1024)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found == ("refused", "it is larger than 2 MB")
    assert most < 8 * 1024 * 1024
    assert sum(sent) < 50 * 1024 * 1024


def test_a_file_of_exactly_the_limit_is_read() -> None:
    with serving(says(b"x" * 1000)) as address:
        assert len(network(limits=Limits(size=1000)).fetch(address).data) == 1000
        assert refusal(address, network(limits=Limits(size=999))) == ("refused", "it is larger than 999 bytes")


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "identity, gzip", "zstd"])
def test_what_is_packed_is_not_unpacked(coding: str) -> None:
    with serving(says(b"\x1f\x8b", f"Content-Encoding: {coding}", "Content-Length: 2")) as address:
        assert refusal(address, network()) == ("refused", "it is sent packed, which was not asked for")


@pytest.mark.parametrize(
    "answer",
    [
        says(b"[1", "Content-Length: 6"),
        says(b"6\r\n[1", "Transfer-Encoding: chunked"),
        says(b"zz\r\n", "Transfer-Encoding: chunked"),
        says(b"", status="hello"),
        says(b"", "X: " + "y" * 70_000),
        says(b"", *["X: y"] * 101),
        lambda connection, request: None,
        lambda connection, request: connection.sendall(b"SSH-2.0-OpenSSH\r\n"),
    ],
    ids=["cut short", "cut chunk", "no chunk", "no status", "long header", "many headers", "nothing", "no HTTP"],
)
def test_an_answer_that_breaks_off_or_is_no_answer_is_no_file(answer: Answer) -> None:
    with serving(answer) as address:
        assert refusal(address, network())[0] == "unreachable"


def test_one_report_reads_so_many_files_and_no_more() -> None:
    with serving(says(b"1")) as address:
        asked = network(limits=Limits(files=2))
        assert [asked.fetch(address).data for _ in range(2)] == [b"1", b"1"]
        assert refusal(address, asked) == ("refused", "2 files were read for one report, and that is the most")


def test_one_report_takes_so_long_and_no_longer() -> None:
    ticks = count(0.0, 2.0)
    with serving(says(b"1")) as address:
        asked = network(limits=Limits(seconds=1000, all_seconds=30), clock=lambda: next(ticks))
        asked.fetch(address)
        found = refusal(address, asked)
        assert found[0] == "refused"
        assert refusal(address, asked) == ("refused", "reading for one report took more than 30 seconds")
