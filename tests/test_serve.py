"""The story of serve: a build, its news, and again; the command is tried in tests/commands."""

from pathlib import Path

from badgesite.errors import ContentError, Place, Problem
from badgesite.preview.news import Bulletin
from badgesite.preview.server import PreviewServer
from badgesite.serve import _build


def test_every_fault_becomes_news_and_the_next_build_mends_it(tmp_path: Path) -> None:
    said: list[str] = []
    problem = Problem(Place("content/site.yaml", 2, 1), "no title", "add one")

    def raising(error: Exception) -> str:
        raise error

    with PreviewServer(0, tmp_path, Bulletin()) as server:
        _build(server, lambda: raising(ContentError(problems=[problem])), said.append)
        assert server.bulletin.latest.problems == (str(problem),)
        _build(server, lambda: raising(ZeroDivisionError("oh")), said.append)
        assert "ZeroDivisionError" in server.bulletin.latest.problems[0]
        _build(server, lambda: "https://x.example/b/", said.append)
        assert not server.bulletin.latest.problems
        assert server.url.endswith("/b/")
        assert said[0] == "content/site.yaml:2:1: no title; add one"
        assert said[-1] == "built again; all is well"
