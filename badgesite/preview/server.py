"""The web server of `badgesite serve`: this machine only, plain files, the script added to pages."""

import os
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from badgesite.errors import OutputError
from badgesite.preview.injection import NEWS_PATH, SCRIPT_PATH, script, trouble_page, with_script
from badgesite.preview.lookup import NOT_FOUND, Answer, answer, content_type, mount_of
from badgesite.preview.news import Bulletin

LOOPBACK = "127.0.0.1"
HOSTS = frozenset(["localhost", LOOPBACK])
HEARTBEAT = 10.0


class PreviewServer(ThreadingHTTPServer):
    """Shows `folder` as the site whose base URL is `base`; both are read anew for each request."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"  # there it would let two programs share a port

    def __init__(self, port: int, folder: Path, bulletin: Bulletin) -> None:
        """Take the port (0: any free one); OutputError if another program has it."""
        self.folder = folder
        self.bulletin = bulletin
        self.base = "/"
        self.stopping = False
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except (OSError, OverflowError) as error:
            what = getattr(error, "strerror", None) or str(error)
            raise OutputError(f"port {port} cannot be had: {what.lower()}; give another: --port {port + 1}") from error

    @property
    def url(self) -> str:
        """Where a browser finds the site."""
        return f"http://localhost:{self.server_address[1]}{mount_of(self.base)}"

    def server_close(self) -> None:
        """Let the port go, and the pages that wait for news."""
        self.stopping = True
        super().server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = "badgesite"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """Answer a browser."""
        if not self._is_addressed_to_us():
            self._send(421, "text/plain; charset=utf-8", b"this is a preview for this machine alone\n")
        elif urlsplit(self.path).path == SCRIPT_PATH:
            self._send(200, "text/javascript; charset=utf-8", script())
        elif urlsplit(self.path).path == NEWS_PATH:
            self._send_news()
        else:
            self._send_file()

    do_HEAD = do_GET  # noqa: N815 - the name is the base class's

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing: the terminal belongs to the news of the site."""

    def _is_addressed_to_us(self) -> bool:
        """Whether the Host header names this machine: a stranger's name for it is how other sites would get in."""
        host, _, port = self.headers.get("Host", "").partition(":")
        return host.lower() in HOSTS and (port or "80") == str(self.server.server_address[1])

    def _send_file(self) -> None:
        news = self.server.bulletin.latest
        if not news.version:
            self._send(503, "text/html; charset=utf-8", trouble_page(news))
            return
        found = answer(self.server.folder, mount_of(self.server.base), self.path)
        if found.location:
            self._send(found.status, "text/plain; charset=utf-8", b"", {"Location": found.location})
            return
        self._send(found.status, *self._read(found))

    def _read(self, found: Answer) -> tuple[str, bytes]:
        data = b"there is nothing here\n"
        kind = "text/plain; charset=utf-8"
        if found.file:
            with suppress(OSError):
                data, kind = found.file.read_bytes(), content_type(found.file)
            if found.file.name == NOT_FOUND:
                data = data.replace(self.server.base.encode(), mount_of(self.server.base).encode())
        if kind.startswith("text/html"):
            data = with_script(self._of_this_port(data), self.server.bulletin.latest)
        return kind, data

    def _of_this_port(self, page: bytes) -> bytes:
        """The page of a site whose address is on this machine, with the port at which it is really shown."""
        own = urlsplit(self.server.base)
        shown = f"localhost:{self.server.server_address[1]}"
        return page.replace(own.netloc.encode(), shown.encode()) if own.hostname in HOSTS else page

    def _send(self, status: int, kind: str, data: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(data)), "Cache-Control": "no-store"}
        for name, value in (headers | {"X-Content-Type-Options": "nosniff"} | (more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_news(self) -> None:
        """A stream of server-sent events: how things stand, then every change, and a sign of life between."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        serial = -1
        while self.command != "HEAD" and not self.server.stopping:
            news = self.server.bulletin.after(serial, HEARTBEAT)
            serial = news.serial if news else serial
            self.wfile.write(f"data: {news.as_json()}\n\n".encode() if news else b": still here\n\n")
