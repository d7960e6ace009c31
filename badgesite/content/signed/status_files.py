"""Signed status lists: `content/status/<issuer>/<list>.json`, each with one line; a list's name is 8 hex digits."""

import re

from badgesite.content.signed.lines import line_of
from badgesite.model.signed import Signed

FOLDER = "content/status"
_PATH = re.compile(rf"{FOLDER}/(?P<issuer>[a-z0-9-]+)/(?P<name>[0-9a-f]{{8}})\.json")


def path_of(issuer: str, name: str) -> str:
    """The path of a status list."""
    return f"{FOLDER}/{issuer}/{name}.json"


def list_at(path: str) -> tuple[str, str] | None:
    """Issuer and name of the status list that a file is to hold, by its path; None for any other file."""
    found = _PATH.fullmatch(path)
    return (found["issuer"], found["name"]) if found else None


def file_text(signed: Signed) -> bytes:
    """The bytes of a status list's file."""
    return line_of(signed)
