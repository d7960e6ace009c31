"""Private halves: made, encrypted, found again and used; nothing of them is ever shown (docs/keys.md)."""

import os
import shlex
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple, NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from badgesite.crypto.key_files import pkcs8
from badgesite.crypto.key_files.folder import VARIABLE, Kind
from badgesite.crypto.public_keys import KINDS, KeyRing, PublicKey
from badgesite.errors import KeyFileError, OutputError

FILE_MODE, FOLDER_MODE = 0o600, 0o700
MODES_COUNT = os.name != "nt"  # Windows shows every file as readable by all
_LARGEST = 100_000  # bytes; a private half has 400
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

_NEW = "if it is lost for good: badgesite keys new {}"

PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey


class SigningKey:
    """A private key in memory. It signs; it cannot be copied, and its repr tells no more than its public half."""

    __slots__ = ("_private", "public")

    def __init__(self, public: PublicKey, private: PrivateKey) -> None:
        self.public = public
        self._private = private

    def __repr__(self) -> str:
        return f"SigningKey({self.public.path})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not copied")

    def sign(self, data: bytes) -> bytes:
        """The signature of `data`, 64 bytes, always the same.

        Ed25519 (RFC 8032), or r and s of ECDSA with SHA-256 (RFC 7518, section 3.4), deterministic (RFC 6979).
        """
        if isinstance(self._private, Ed25519PrivateKey):
            return self._private.sign(data)
        try:
            r, s = decode_dss_signature(self._private.sign(data, ECDSA(SHA256(), deterministic_signing=True)))
        except UnsupportedAlgorithm as error:
            mend = "install the cryptography package from the package index, which brings one"
            raise OutputError(f"this machine's OpenSSL is too old for deterministic ECDSA; {mend}") from error
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def encrypted(self, passphrase: str, rounds: int = pkcs8.ROUNDS) -> bytes:
        """The key as an encrypted PEM."""
        if not passphrase:
            raise KeyFileError("the passphrase is empty; choose one of twelve characters or more")
        plain = self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return pkcs8.encrypted(plain, _secret(passphrase), rounds)


@contextmanager
def hidden() -> Iterator[None]:
    """Keep private halves and the passphrase out of the environment of processes that are begun meanwhile."""
    secret = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("BADGESITE_")}
    try:
        yield
    finally:
        os.environ.update(secret)


class Pair(NamedTuple):
    """The two keys with which an issuer signs: one for proofs, one for JWTs."""

    ed25519: SigningKey
    p256: SigningKey


@dataclass(frozen=True, slots=True)
class Halves:
    """Where private halves are: in `text`, encrypted PEMs one after another, or else at <folder>/<issuer>/<name>.pem.

    `text` is what the variable BADGESITE_KEYS holds. A folder that holds them itself is taken too.
    """

    folder: Path
    text: str | None = field(default=None, repr=False)

    def path(self, key: PublicKey) -> Path:
        """The file of a private half."""
        return self.folder / key.issuer / f"{key.name}.pem"

    def found(self, key: PublicKey) -> Path:
        """The file of a private half as somebody may have put it; where it is to be if it is nowhere."""
        inside = self.folder / f"{key.name}.pem"
        return inside if inside.is_file() and not self.path(key).exists() else self.path(key)


def make_pair(issuer: str, start: datetime, taken: Collection[str] = (), base_url: str | None = None) -> Pair:
    """A new pair that may sign from `start` on, named by that day, and beyond the first of the day by a number.

    `taken` are the names of the issuer's other keys. With a `base_url` it is a test pair for that site.
    """
    endings = ("" if number == 1 else f"-{number}" for number in count(1))
    names = ({kind: f"{start.date()}-{kind}{ending}" for kind in KINDS} for ending in endings)
    name = next(pair for pair in names if not set(pair.values()) & set(taken))
    fresh: dict[Kind, PrivateKey] = {
        "ed25519": Ed25519PrivateKey.generate(),
        "p256": generate_private_key(SECP256R1()),
    }
    publics = {
        kind: PublicKey(issuer, name[kind], kind, _raw(private), start, base_url=base_url)
        for kind, private in fresh.items()
    }
    return Pair(*(SigningKey(publics[kind], fresh[kind]) for kind in KINDS))


def load(
    ring: KeyRing, issuer: str, halves: Halves, passphrase: Callable[[], str], *, moment: datetime, base_url: str
) -> Pair:
    """The pair with which an issuer signs at `moment` for the site at `base_url`.

    `passphrase` is asked once, and only when there is something to open. KeyFileError, with the mend, for whatever
    stands in the way.
    """
    publics = [_current(ring, issuer, kind, moment, base_url) for kind in KINDS]
    if halves.text is not None:
        return Pair(*_in_text(publics, halves.text, passphrase))
    paths = [halves.found(public) for public in publics]
    closed = [_read(path, public) for path, public in zip(paths, publics, strict=True)]
    secret = _secret(passphrase())
    return Pair(
        *(_in_file(public, pem, secret, path) for public, pem, path in zip(publics, closed, paths, strict=True))
    )


def _current(ring: KeyRing, issuer: str, kind: Kind, moment: datetime, base_url: str) -> PublicKey:
    if key := ring.current(issuer, kind, moment, base_url):
        return key
    keys = [key for key in ring.of(issuer) if key.kind == kind]
    mend = f"make new ones with `badgesite keys new {issuer}`"
    if not keys:
        raise KeyFileError(f"{issuer} has no {KINDS[kind]} key in keys/{issuer}/; {mend}")
    last = max(keys, key=lambda key: (key.start, key.name))
    if not last.revoked and moment < last.start and last.base_url in (None, base_url):
        mend = "wait until then, or set this machine's clock"
    raise KeyFileError(f"{last.path} {last.refusal(moment, base_url)}; {mend}")


def _read(path: Path, public: PublicKey) -> bytes:
    """The one encrypted block of a private half's file, which nobody but its owner may read."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(_LARGEST) if stat.S_ISREG(mode) else b""
    except FileNotFoundError as error:
        what = f"this machine does not have the private half of {public.path}"
        mend = f"whoever has it signs, or copies it here, to {path} (--keys names another folder)"
        raise KeyFileError(f"{what}; {mend}; {_NEW.format(public.issuer)}") from error
    except OSError as error:
        reason = (error.strerror or "it is out of reach").lower()
        raise KeyFileError(f"{path} cannot be read: {reason}; look at its permissions") from error
    if not stat.S_ISREG(mode):
        raise KeyFileError(f"{path} is no file but a pipe or a device; put the private half itself there")
    if MODES_COUNT and mode & _OTHERS:
        raise KeyFileError(f"{path} may be read or changed by others; run `chmod 600 {shlex.quote(str(path))}`")
    found = pkcs8.blocks(data)
    if any(label == pkcs8.LABEL for label, _ in found):
        return next(block for label, block in found if label == pkcs8.LABEL)
    if any(label.endswith("PRIVATE KEY") for label, _ in found):
        mend = "encrypt it with `openssl pkcs8 -topk8 -in OLD -out NEW`, and put the new file in its place"
        raise KeyFileError(f"{path} is not encrypted as PKCS#8; {mend}")
    raise KeyFileError(f"{path} is not a private key; take it from your backup")


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; and a pipe as well, where one would wait for somebody to write."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _in_file(public: PublicKey, pem: bytes, secret: bytes, path: Path) -> SigningKey:
    private = _opened(pem, secret)
    if private is None:
        mend = "type it again, and if it is right, the file is damaged: take it from your backup"
        forgotten = f"if nobody knows it any more, make new keys: badgesite keys new {public.issuer}"
        raise KeyFileError(
            f"{path} does not open with this passphrase; {mend}; {forgotten}; what was issued stays good"
        )
    if _raw(private) != public.raw:
        mend = f"take the one of {public.path} from your backup, or name its folder with --keys"
        raise KeyFileError(f"{path} is the private half of another key; {mend}")
    return SigningKey(public, private)


def _in_text(publics: list[PublicKey], text: str, passphrase: Callable[[], str]) -> Iterator[SigningKey]:
    """The private halves of `publics`, in their order, out of a text that may hold others' too."""
    closed = [block for label, block in pkcs8.blocks(text.encode("utf-8", "replace")) if label == pkcs8.LABEL]
    if not closed:
        mend = "put the whole text of the .pem files into it, one after another"
        raise KeyFileError(f"{VARIABLE} holds no encrypted private key; {mend}")
    secret = _secret(passphrase())
    wanted = {public.raw: public for public in publics}
    found: dict[bytes, SigningKey] = {}
    for block in closed:
        if len(found) == len(publics):
            break
        private = _opened(block, secret)
        if private and (raw := _raw(private)) in wanted:
            found[raw] = SigningKey(wanted[raw], private)
    for public in publics:
        if public.raw not in found:
            mend = "see that its .pem file is in it, and that the passphrase is the one of that file"
            raise KeyFileError(f"no key in {VARIABLE} opens as the private half of {public.path}; {mend}")
        yield found[public.raw]


def _opened(pem: bytes, secret: bytes) -> PrivateKey | None:
    """The key in an encrypted PEM; None if the passphrase does not open it. With a wrong one, anything may come out."""
    try:
        private = load_pem_private_key(pem, secret)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return private if isinstance(private, Ed25519PrivateKey | EllipticCurvePrivateKey) else None


def _raw(private: PrivateKey) -> bytes:
    """The public half, as a PublicKey has it."""
    public = private.public_key()
    if isinstance(private, Ed25519PrivateKey):
        return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _secret(passphrase: str) -> bytes:
    """A passphrase as bytes, the same from every keyboard and system."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
