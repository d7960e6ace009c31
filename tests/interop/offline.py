"""The whole network that a verifier sees here: the folder of a built site. Nothing else can be reached.

Shared by the scripts that run others' Python software; node/offline.mjs is the same for Node. Nothing of badgesite is
imported: these scripts run in virtual environments that do not have it.
"""

import json
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Verdict = tuple[str, str]
"""A word, and why in the software's own: valid, expired, revoked, refused; empty (a picture that carries nothing)."""


class NetworkClosed(OSError):
    """Something asked for what is not of the site."""


class Offline:
    """A site in place of the network; files of the folder `altered`, if there is one, stand in front of the site's."""

    def __init__(self, site: Path, altered: Path | None) -> None:
        self.site, self.altered = site, altered
        self.base = _base(site)
        self.asked_outside: list[str] = []
        self._close()

    def _close(self) -> None:
        """Refuse every use of a socket for as long as Python runs, and see that it is so."""
        sys.addaudithook(self._refuse)
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except NetworkClosed:
            self.asked_outside.clear()
        else:
            raise SystemExit("the network is open")

    def _refuse(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith("socket."):
            self.asked_outside.append(f"{event} {arguments}")
            raise NetworkClosed(event)

    def read(self, path: str) -> bytes:
        """The file that is served at a path of the site; FileNotFoundError if there is none."""
        if self.altered and (self.altered / path).is_file():
            return (self.altered / path).read_bytes()
        return (self.site / path).read_bytes()

    def fetch(self, url: str) -> bytes:
        """What a request for this URL gets."""
        if not url.startswith(self.base):
            self.asked_outside.append(url)
            raise NetworkClosed(url)
        return self.read(url.removeprefix(self.base))

    def did_document(self, did: str) -> Any:
        """The document of a did:web with a path: each `:` after the host parts the path, did.json ends it."""
        host, *path = did.removeprefix("did:web:").split(":")
        return json.loads(self.fetch("/".join([f"https://{host}", *path, "did.json"])))

    def paths(self, pattern: str) -> list[str]:
        """The documents to judge: of the altered folder if there is one, else of the site."""
        folder = self.altered or self.site
        return sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))


@dataclass(frozen=True)
class Judge:
    """What is judged (a row of the table), where such documents lie, and what the software says of one."""

    row: str
    pattern: str
    says: Callable[[Offline, str], Verdict]


def main(*judges: Judge) -> None:
    """Run as SCRIPT SCHEMAS SITE [ALTERED]: print every verdict on its documents as JSON, for run.py."""
    folders = [Path(argument) for argument in sys.argv[2:]]
    offline = Offline(folders[0], folders[1] if len(folders) > 1 else None)
    verdicts = [
        (judge.row, path, *judge.says(offline, path)) for judge in judges for path in offline.paths(judge.pattern)
    ]
    print(json.dumps({"verdicts": verdicts, "asked_outside": sorted(set(offline.asked_outside))}))


def _base(site: Path) -> str:
    """The address the site is served from, told by a credential's own id and its place."""
    path = min(site.glob("awards/*/credential.json"))
    url: str = json.loads(path.read_bytes())["id"]
    return url.removesuffix(path.relative_to(site).as_posix())
