"""The published JSON-LD contexts, as they were when the standards fixed them; held to their digests, never fetched.

They lie in the package data of openbadgeslib, byte for byte as published, and of pyld, which writes some with other
spaces. Both are found by their path and not imported.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from badgesite.errors import FormatError, OutputError

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_1 = "https://www.w3.org/2018/credentials/v1"
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

OTHER_PACKAGE, OTHER_FOLDER = "pyld", "documentloader/frozen/bundled"
OTHER_FILES: Mapping[str, tuple[str, str]] = {
    CREDENTIALS_1: (
        "credentials-v1.jsonld",
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
    ),
    "https://www.w3.org/ns/did/v1": (
        "did-v1.jsonld",
        "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f",
    ),
    "https://w3id.org/security/suites/ed25519-2020/v1": (
        "security-ed25519-2020-v1.jsonld",
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
    ),
    "https://w3id.org/security/suites/jws-2020/v1": (
        "security-jws-2020-v1.jsonld",
        "00ee65bb7307f9a01c3170b823083b0d4de68223520834b2c5eb7a09bae5dea6",
    ),
    "https://w3id.org/security/v1": (
        "security-v1.jsonld",
        "e2d146cd556f6fa5f14996c6f1749667d5a14073fa30f0643990068e2c0b1bac",
    ),
    "https://w3id.org/security/v2": (
        "security-v2.jsonld",
        "4cb186bc29c08af6e40c58178c22dd84d542f2871a063afed6e648b47abc3cf6",
    ),
}
"""Contexts that only others' badges have, likewise."""

URLS = (*FILES, *OTHER_FILES)
_MEND = "install badgesite again, with the {package} that its lock file names"


class UnknownContextError(FormatError):
    """A context that we do not have, so that nobody can say what a document means by its words."""


@cache
def context(url: str) -> Mapping[str, object]:
    """The document published at `url`, read once: UnknownContextError if it is not one of URLS.

    OutputError if its file is not there, or is not the one that was published.
    """
    if url not in URLS:
        raise UnknownContextError(f"the context {url} is unknown; badgesite fetches none")
    ours = url in FILES
    package, folder = (PACKAGE, FOLDER) if ours else (OTHER_PACKAGE, OTHER_FOLDER)
    name, digest = FILES[url] if ours else OTHER_FILES[url]
    path, mend = _root(package) / folder / name, _MEND.format(package=package)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OutputError(f"the context {url} cannot be read: {error.strerror}; {mend}") from error
    if sha256(data).hexdigest() != digest:
        raise OutputError(f"{path} is not the context as published at {url}; {mend}")
    document: Mapping[str, object] = json.loads(data)
    return document


def _root(package: str) -> Path:
    spec = find_spec(package)  # of a package that is in no other, this looks for the folder and runs nothing
    if spec is None or not spec.submodule_search_locations:
        mend = _MEND.format(package=package)
        raise OutputError(f"the published contexts are not there, {package} is not installed; {mend}")
    return Path(next(iter(spec.submodule_search_locations)))
