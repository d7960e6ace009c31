"""The web server of a preview."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from badgesite.errors import OutputError
from badgesite.preview.news import Bulletin
from badgesite.preview.server import PreviewServer


@dataclass
class Shown:
    """A server over a folder, without a watch."""

    server: PreviewServer
    folder: Path

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        port = self.server.server_address[1]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, headers={"Host": f"localhost:{port}"} | headers)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return found


@contextmanager
def shown(folder: Path) -> Iterator[Shown]:
    (folder / "index.html").write_text("<body>Hello</body>")
    server = PreviewServer(0, folder, Bulletin())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    with server:
        yield Shown(server, folder)
        server.shutdown()


def test_it_listens_on_loopback_alone(tmp_path: Path) -> None:
    with shown(tmp_path) as site:
        assert site.server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_refused_with_the_mend(tmp_path: Path) -> None:
    with shown(tmp_path) as site:
        port = site.server.server_address[1]
        with pytest.raises(OutputError, match=rf"port {port} cannot be had: .*--port {port + 1}"):
            PreviewServer(port, tmp_path, Bulletin())


def test_pages_are_shown_with_the_script_and_never_kept_by_the_browser(tmp_path: Path) -> None:
    with shown(tmp_path) as site:
        site.server.bulletin.built()
        status, headers, data = site.get("/")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert headers["Cache-Control"] == "no-store"
        assert b"Hello<script" in data


def test_other_files_are_sent_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "badge.json").write_bytes(b'{"a": "</body>"}')
    with shown(tmp_path) as site:
        site.server.bulletin.built()
        assert site.get("/badge.json")[2] == b'{"a": "</body>"}'
        status, headers, data = site.get("/badge.json", method="HEAD")
        assert (status, headers["Content-Length"], data) == (200, "16", b"")


def test_what_is_not_there_gets_the_sites_own_404_with_links_that_work_here(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text('<body><a href="https://x.example/b/">home</a></body>')
    with shown(tmp_path) as site:
        site.server.bulletin.built()
        site.server.base = "https://x.example/b/"
        status, _, data = site.get("/b/nothing")
        assert status == 404
        assert b'<a href="/b/">home</a>' in data


PERMANENT = '<body><a href="{0}awards/1/">{0}awards/1/</a></body>'


def test_pages_of_a_rehearsal_show_the_port_at_which_they_are_shown(tmp_path: Path) -> None:
    with shown(tmp_path) as site:
        for name in ("page.html", "badge.json"):
            (tmp_path / name).write_text(PERMANENT.format("http://localhost:8000/"))
        site.server.bulletin.built()
        site.server.base = "http://localhost:8000/"
        page = site.get("/page.html")[2].decode()
        assert page.startswith(PERMANENT.format(site.server.url).removesuffix("</body>"))
        assert site.get("/badge.json")[2] == (tmp_path / "badge.json").read_bytes()


def test_pages_of_a_site_with_an_address_show_that(tmp_path: Path) -> None:
    with shown(tmp_path) as site:
        (tmp_path / "page.html").write_text(PERMANENT.format("https://badges.example.edu/"))
        site.server.bulletin.built()
        site.server.base = "https://badges.example.edu/"
        assert PERMANENT.format("https://badges.example.edu/")[:-7] in site.get("/page.html")[2].decode()


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example:{port}", "localhost:1", ""])
def test_a_request_for_another_host_is_refused(tmp_path: Path, host: str) -> None:
    with shown(tmp_path) as site:
        site.server.bulletin.built()
        port = site.server.server_address[1]
        status, _, data = site.get("/", Host=host.format(port=port))
        assert status == 421
        assert b"Hello" not in data


def test_before_the_first_good_build_problems_are_the_page(tmp_path: Path) -> None:
    with shown(tmp_path) as site:
        site.server.bulletin.failed(("content/site.yaml:1:1: <what>",))
        status, _, data = site.get("/any/where")
        assert status == 503
        assert b"content/site.yaml:1:1: &lt;what&gt;" in data


def test_news_come_as_a_stream(tmp_path: Path) -> None:
    with shown(tmp_path) as site:
        site.server.bulletin.built()
        port = site.server.server_address[1]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/.badgesite/news", headers={"Host": f"localhost:{port}"})
        stream = connection.getresponse()
        assert next_news(stream) == {"serial": 1, "version": 1, "problems": []}
        site.server.bulletin.failed(("oh",))
        assert next_news(stream) == {"serial": 2, "version": 1, "problems": ["oh"]}
        site.server.bulletin.built()
        assert next_news(stream) == {"serial": 3, "version": 2, "problems": []}
        connection.close()


def next_news(stream: http.client.HTTPResponse) -> Any:
    while True:
        line = stream.readline()
        if line.startswith(b"data: "):
            return json.loads(line[6:])
