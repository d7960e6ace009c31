"""Web servers on loopback that answer as a test says, and a network that knows no other host than them."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from badgesite.network.connecting import Clock
from badgesite.network.fetching import Limits, Network
from badgesite.network.targets import is_public

HOST = "badges.example.edu"
Answer = Callable[[ssl.SSLSocket, bytes], None]
"""What a server does with a connection, and the request that came by it."""


@cache
def _certificate() -> bytes:
    """A key and its certificate for HOST, in PEM, good for this century."""
    key = ec.derive_private_key(7**60, ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + made.public_bytes(Encoding.PEM)


@cache
def trusted() -> ssl.SSLContext:
    """What trusts the servers of the tests alone."""
    text = _certificate().decode()
    return ssl.create_default_context(cadata=text[text.index("-----BEGIN CERTIFICATE") :])


@cache
def _serving() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        path = Path(folder, "server.pem")
        path.write_bytes(_certificate())
        context.load_cert_chain(path)
    return context


@contextmanager
def serving(*answers: Answer) -> Iterator[str]:
    """The address of a server that gives one answer to each connection, the last one to all that follow."""
    with _listening(lambda plain: _serving().wrap_socket(plain, server_side=True), answers) as port:
        yield f"https://{HOST}:{port}/file.json"


@contextmanager
def without_encryption(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a server that speaks no TLS."""
    with _listening(lambda plain: plain, (lambda connection, request: answer(connection),)) as port:
        yield f"https://{HOST}:{port}/file.json"


@contextmanager
def _listening(
    opened: Callable[[socket.socket], socket.socket], answers: tuple[Callable[..., None], ...]
) -> Iterator[int]:
    ended = Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serve = Thread(target=_serve, args=(listener, opened, answers, ended), daemon=True)
        serve.start()
        number: tuple[str, int] = listener.getsockname()
        yield number[1]
        ended.set()
        socket.create_connection(number).close()
        serve.join()


def _serve(
    listener: socket.socket,
    opened: Callable[[socket.socket], socket.socket],
    answers: tuple[Callable[..., None], ...],
    ended: Event,
) -> None:
    remaining = list(answers)
    while True:
        plain, _ = listener.accept()
        if ended.is_set():
            plain.close()
            return
        answer = remaining.pop(0) if len(remaining) > 1 else remaining[0]
        with suppress(OSError), plain, opened(plain) as connection:
            request = _request(connection) if isinstance(connection, ssl.SSLSocket) else b""
            answer(connection, request)


def _request(connection: ssl.SSLSocket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request and (more := connection.recv(4096)):
        request += more
    return request


def says(text: bytes, *headers: str, status: str = "200 OK") -> Answer:
    """A server that gives this text; without a header of its length, the end of the connection ends it."""
    head = "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode()
    return lambda connection, request: connection.sendall(head + text)


def redirects(place: str) -> Answer:
    return says(b"", f"Location: {place}", "Content-Length: 0", status="302 Found")


def waits(connection: socket.socket, request: bytes = b"") -> None:
    """A server that says no more, until the other side ends the connection."""
    while connection.recv(4096):
        pass


def network(
    *,
    limits: Limits | None = None,
    clock: Clock | None = None,
    numbers: tuple[str, ...] = ("127.0.0.1",),
    context: ssl.SSLContext | None = None,
) -> Network:
    """A network that finds HOST on loopback, and takes every other host for a number."""

    def resolver(host: str, port: int, seconds: float) -> tuple[str, ...]:
        return numbers if host == HOST else (host,)

    return Network(
        limits=limits,
        resolver=resolver,
        permitted=lambda number: number == "127.0.0.1" or is_public(number),
        context=context or trusted(),
        **({"clock": clock} if clock else {}),
    )
