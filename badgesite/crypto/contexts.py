"""The published JSON-LD contexts, byte for byte as they were when the standards fixed their digests; never fetched.

They lie in the package data of openbadgeslib, which is found by its path and not imported.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from badgesite.errors import FormatError, OutputError

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
PACKAGE, FOLDER = "openbadgeslib", "ob3/contexts"
FILES: Mapping[str, tuple[str, str]] = {
    CREDENTIALS: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        "ob-v3p0-context-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        "ob-v3p0-context-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    "https://w3id.org/security/data-integrity/v2": (
        "security-data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    "https://w3id.org/security/multikey/v1": (
        "security-multikey-v1.json",
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    ),
}
"""Each context by its URL: the name of its file, and the SHA-256 of its bytes."""

URLS = tuple(FILES)
_MEND = f"install badgesite again, with the {PACKAGE} that its lock file names"


@cache
def context(url: str) -> Mapping[str, object]:
    """The document published at `url`, read once: FormatError if it is not one of URLS.

    OutputError if its file is not there, or is not the one that was published.
    """
    if url not in FILES:
        raise FormatError(f"the context {url} is unknown; badgesite fetches none")
    name, digest = FILES[url]
    path = _folder() / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OutputError(f"the context {url} cannot be read: {error.strerror}; {_MEND}") from error
    if sha256(data).hexdigest() != digest:
        raise OutputError(f"{path} is not the context as published at {url}; {_MEND}")
    document: Mapping[str, object] = json.loads(data)
    return document


def _folder() -> Path:
    spec = find_spec(PACKAGE)  # of a package that is in no other, this looks for the folder and runs nothing
    if spec is None or not spec.submodule_search_locations:
        raise OutputError(f"the published contexts are not there, {PACKAGE} is not installed; {_MEND}")
    return Path(next(iter(spec.submodule_search_locations))) / FOLDER
