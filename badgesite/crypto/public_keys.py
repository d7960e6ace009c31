"""Public keys and when each may sign, as keys/<issuer>/<name>.json has them (docs/keys.md, The files)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from badgesite.crypto.encoding import base64url, from_base64url, from_multikey, multikey
from badgesite.crypto.key_files.folder import FOLDER, NAME_MEND, KeyFile, Kind, key_files
from badgesite.crypto.key_files.members import WHOLE_MEND, Members, moment_text
from badgesite.crypto.key_files.published import PUBLISHED
from badgesite.errors import FormatError, Place, Problem

KINDS: Mapping[Kind, str] = {"ed25519": "Ed25519", "p256": "P-256"}
_TYPES: Mapping[str, Kind] = {"Multikey": "ed25519", "JsonWebKey": "p256"}
_MOMENTS = ("from", "until", "revoked")
Words = tuple[tuple[str, str], ...]
"""Words for people, each with its language tag; words in the site's first language alone have the tag ""."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key of an issuer, and when it may sign.

    `name` is the stem of its file. `raw` has the 32 bytes of an Ed25519 key, or the 65 of an uncompressed P-256 point.
    `start` and `end` are the first and last moment at which it may sign; a revoked one may no more, whatever the
    moment, and `reason` says why it was. A test key signs for its `base_url` alone. `fragment` is its name inside the
    DID document: the Multikey itself, or the thumbprint of the JWK.
    """

    issuer: str
    name: str
    kind: Kind
    raw: bytes
    start: datetime
    end: datetime | None = None
    revoked: datetime | None = None
    base_url: str | None = None
    reason: Words = ()
    fragment: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fragment", multikey(self.raw) if self.kind == "ed25519" else _thumbprint(self.raw))

    @property
    def path(self) -> str:
        """Its file, from the site's folder."""
        return f"{FOLDER}/{self.issuer}/{self.name}.json"

    def method(self, did: str) -> str:
        """Its DID URL: the verificationMethod of proofs, the kid of JWTs."""
        return f"{did}#{self.fragment}"

    def refusal(self, moment: datetime, base_url: str) -> str:
        """Why it may not sign at this moment for the site at `base_url`, as words after its name; "" if it may."""
        only = PUBLISHED.get(self.fragment, self.base_url)
        if only not in (None, base_url):
            return f"is a test key, which signs for {only} alone"
        if self.revoked:
            return f"was revoked on {moment_text(self.revoked)}"
        if moment < self.start:
            return f"is valid only from {moment_text(self.start)} on"
        if self.end and moment > self.end:
            return f"was valid until {moment_text(self.end)}"
        return ""

    def may_sign(self, moment: datetime, base_url: str) -> bool:
        """Whether a signature of this moment, for the site at `base_url`, is good."""
        return not self.refusal(moment, base_url)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All public keys of a site: by issuer, sorted by name."""

    keys: Mapping[str, tuple[PublicKey, ...]] = field(default_factory=dict)

    def of(self, issuer: str) -> tuple[PublicKey, ...]:
        """The keys of an issuer, also those that sign no more."""
        return self.keys.get(issuer, ())

    def find(self, issuer: str, fragment: str) -> PublicKey | None:
        """The key of an issuer with this name in its DID document."""
        return next((key for key in self.of(issuer) if key.fragment == fragment), None)

    def as_signed(self) -> "KeyRing":
        """The same keys as if none had been revoked: for what is good unless its key was."""
        keys = {
            issuer: tuple(replace(key, revoked=None, reason=()) if key.revoked else key for key in of)
            for issuer, of in self.keys.items()
        }
        return KeyRing(keys)

    def current(self, issuer: str, kind: Kind, moment: datetime, base_url: str) -> PublicKey | None:
        """The key that signs now: of those that may, the one that began last."""
        able = [key for key in self.of(issuer) if key.kind == kind and key.may_sign(moment, base_url)]
        return max(able, key=lambda key: (key.start, key.name), default=None)


def jwk(point: bytes) -> dict[str, str]:
    """The public JWK of an uncompressed P-256 point (RFC 7518, section 6.2.1)."""
    return {"kty": "EC", "crv": "P-256", "x": base64url(point[1:33]), "y": base64url(point[33:])}


def _thumbprint(point: bytes) -> str:
    """The JWK thumbprint (RFC 7638, section 3): needed members alone, sorted, without spaces."""
    text = json.dumps(jwk(point), sort_keys=True, separators=(",", ":"))
    return base64url(sha256(text.encode()).digest())


def key_text(key: PublicKey) -> str:
    """The text of a key's file."""
    if key.kind == "ed25519":
        document: dict[str, object] = {"type": "Multikey", "publicKeyMultibase": multikey(key.raw)}
    else:
        document = {"type": "JsonWebKey", "publicKeyJwk": jwk(key.raw)}
    moments = zip(_MOMENTS, (key.start, key.end, key.revoked), strict=True)
    document |= {member: moment_text(moment) if moment else None for member, moment in moments}
    if key.reason:
        alone = dict(key.reason).get("")
        document["reason"] = dict(key.reason) if alone is None else alone
    if key.base_url is not None:
        document["base_url"] = key.base_url
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def read_keys(root: Path) -> tuple[KeyRing, tuple[Problem, ...]]:
    """Every public key of the site in `root`, and what is wrong in keys/; a key with a fault is left out."""
    keys: dict[str, tuple[PublicKey, ...]] = {}
    problems: list[Problem] = []
    for file in key_files(root, problems):
        if key := _key(file, problems):
            keys[file.issuer] = tuple(sorted((*keys.get(file.issuer, ()), key), key=lambda each: each.name))
    problems += _alike(key for issuer in keys.values() for key in issuer)
    return KeyRing(keys), tuple(sorted(problems))


def _key(file: KeyFile, problems: list[Problem]) -> PublicKey | None:
    """The key that a file holds; None, and problems, if anything is wrong with it."""
    members = Members(f"{FOLDER}/{file.issuer}/{file.name}.json", file.data)
    kind = None if members.problems else _kind(members, file)
    if kind is None:
        problems += members.problems
        return None
    half = "publicKeyMultibase" if kind == "ed25519" else "publicKeyJwk"
    members.refuse_unknown(("type", half, *_MOMENTS, "reason", "base_url"))
    raw = _ed25519(members, half) if kind == "ed25519" else _p256(members, half)
    start = members.moment("from", needed=True)
    end, revoked = members.moment("until"), members.moment("revoked")
    if start and end and end < start:
        members.fault("until", '"until" lies before "from"', "correct one of the two")
    base_url = members.text("base_url") if members.has("base_url") else None
    reason = members.words("reason") if members.has("reason") else ()
    if reason and not revoked:
        members.fault("reason", '"reason" is why a key was revoked, and this one was not', "remove it")
    problems += members.problems
    if members.problems or start is None:
        return None
    return PublicKey(file.issuer, file.name, kind, raw, start, end, revoked, base_url, reason)


def _kind(members: Members, file: KeyFile) -> Kind | None:
    kind = _TYPES.get(members.text("type") or "")
    if kind is None:
        if not members.problems:
            members.fault("type", '"type" is not one of a key', f"it is {' or '.join(_TYPES)}")
        return None
    if kind != file.kind:
        members.fault("type", f"the key is of the kind {KINDS[kind]}, unlike the name of the file", NAME_MEND)
        return None
    return kind


def _ed25519(members: Members, half: str) -> bytes:
    text = members.text(half)
    if text is None:
        return b""
    try:
        raw = from_multikey(text)
    except FormatError as error:
        members.fault(half, str(error), WHOLE_MEND)
        return b""
    if not is_on_curve(raw):
        members.fault(half, "this is no Ed25519 key: no point of the curve", WHOLE_MEND)
    return raw


def is_on_curve(raw: bytes) -> bool:
    """Whether 32 bytes are a point (RFC 8032, section 5.1.3): (y*y - 1) / (d*y*y + 1) must be a square."""
    prime = 2**255 - 19
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    d = -121665 * pow(121666, -1, prime)
    square = (y * y - 1) * pow(d * y * y + 1, -1, prime) % prime
    return y < prime and pow(square, (prime - 1) // 2, prime) in (0, 1)


def _p256(members: Members, half: str) -> bytes:
    parts = members.texts(half, ("kty", "crv", "x", "y"))
    if len(parts) < 4:
        return b""
    if (parts["kty"], parts["crv"]) != ("EC", "P-256"):
        members.fault(half, "the key is not of the kind EC, P-256", WHOLE_MEND)
        return b""
    try:
        x, y = from_base64url(parts["x"]), from_base64url(parts["y"])
        if (len(x), len(y)) != (32, 32):
            raise FormatError("a coordinate has 32 bytes")
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), b"\x04" + x + y)
    except (FormatError, ValueError):
        members.fault(half, "this is no P-256 key: no point of the curve", WHOLE_MEND)
        return b""
    return b"\x04" + x + y


def _alike(keys: Iterable[PublicKey]) -> list[Problem]:
    seen: dict[bytes, PublicKey] = {}
    problems = []
    for key in keys:
        if (first := seen.setdefault(key.raw, key)) is not key:
            problems.append(Problem(Place(key.path), f"this is the key of {first.path} again", "remove one of the two"))
    return problems
