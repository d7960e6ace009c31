"""Show the site on this machine, and build it again after each change (`badgesite serve`)."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

from badgesite.errors import BadgesiteError
from badgesite.preview.news import Bulletin
from badgesite.preview.server import PreviewServer
from badgesite.preview.watch import Watch

Rebuild = Callable[[], str]
Tell = Callable[[str], None]


def serve(root: Path, folder: Path, port: int, rebuild: Rebuild, ready: Tell, say: Tell) -> None:
    """Show `folder` on `port` of this machine until interrupted.

    `rebuild` makes the site of `root` in `folder` and gives its base URL; what it raises is shown, and the last good
    pages stay. `ready` is called once with the address, `say` with what happens afterwards.
    """
    bulletin = Bulletin()
    with Watch(root) as watch, PreviewServer(port, folder, bulletin) as server:
        _build(server, rebuild, say)
        Thread(target=server.serve_forever, name="preview", daemon=True).start()
        ready(server.url)
        try:
            while True:
                watch.wait()
                _build(server, rebuild, say)
        finally:
            server.shutdown()


def _build(server: PreviewServer, rebuild: Rebuild, say: Tell) -> None:
    try:
        server.base = rebuild()
    except BadgesiteError as error:
        _fail(server, tuple(str(error).splitlines()), say)
    except Exception as error:  # whatever it is, the person at the keyboard goes on working
        _fail(server, (f"badgesite stumbled over {type(error).__name__}: {error}; please report it",), say)
    else:
        mended = bool(server.bulletin.latest.problems)
        server.bulletin.built()
        say("built again; all is well" if mended else "built")


def _fail(server: PreviewServer, problems: tuple[str, ...], say: Tell) -> None:
    server.bulletin.failed(problems)
    for problem in problems:
        say(problem)
