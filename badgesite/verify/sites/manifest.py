"""Whether a built site is still what was built: every file that its manifest.json counts, by its SHA-256.

No document tells of an award whose whole folder is lost, nor of a credential that was taken away with its pictures; the
manifest's one digest over all awards does.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from badgesite.crypto.strict_json import read_object
from badgesite.errors import FormatError
from badgesite.verify.sites.folder import Folder

MANIFEST = "manifest.json"
AWARDS = "awards"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")  # no other folder of a site has so short a name
_BUILD = "build the site again"


def altered(folder: Folder) -> Iterator[str]:
    """Everything in which the site is not what its manifest says, as `path: what is wrong`."""
    try:
        document = read_object(folder.read(MANIFEST) or b"")
    except FormatError:
        yield f"{MANIFEST}: it is not there, or cannot be read; {_BUILD}"
        return
    files, awards = document.get("files"), document.get("awards")
    if not isinstance(files, Mapping) or not isinstance(awards, Mapping):
        yield f"{MANIFEST}: it does not say what was built; {_BUILD}"
        return
    for path, told in files.items():
        found = folder.digest(path)
        if found is None:
            yield f"{path}: {MANIFEST} names it, and it is not there; {_BUILD}"
        elif not isinstance(told, Mapping) or told.get("sha256") != found:
            yield f"{path}: it was changed since {MANIFEST} was made; {_BUILD}"
    if awards.get("sha256") != _digest_of_awards(folder):
        yield f"awards/: files were changed, lost or added since {MANIFEST} was made; {_BUILD}"


def _digest_of_awards(folder: Folder) -> str:
    """The one digest over every file below awards/, in all languages, made as the manifest's is."""
    places = (AWARDS, *(f"{name}/{AWARDS}" for name in folder.folders() if _LANGUAGE.fullmatch(name)))
    paths = sorted(path for place in places for path in folder.files(place))
    return sha256("".join(f"{folder.digest(path)}  {path}\n" for path in paths).encode()).hexdigest()
