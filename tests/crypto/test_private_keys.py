import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    SECP384R1,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from badgesite.crypto.key_files import pkcs8
from badgesite.crypto.private_keys import Halves, Pair, SigningKey, hidden, load, make_pair
from badgesite.crypto.public_keys import KeyRing, PublicKey, read_keys
from badgesite.errors import KeyFileError
from tests import example_keys
from tests.test_repository import ROOT

BASE = "https://badges.example.edu/"
NOON = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
WORDS = "correct horse battery"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
PAIR = make_pair("example", NOON)
PEMS = tuple(key.encrypted(WORDS, rounds=1000) for key in PAIR)
RING = KeyRing({"example": tuple(key.public for key in PAIR)})


def right() -> str:
    return WORDS


def said(words: str) -> Callable[[], str]:
    return lambda: words


def never() -> str:
    raise AssertionError("there was nothing to open")


def put(folder: Path, pems: tuple[bytes, ...] = PEMS, mode: int = 0o600) -> Halves:
    halves = Halves(folder)
    for public, pem in zip(RING.of("example"), pems, strict=True):
        path = halves.path(public)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pem)
        path.chmod(mode)
    return halves


def loaded(halves: Halves, passphrase: Callable[[], str] = right, ring: KeyRing = RING) -> Pair:
    return load(ring, "example", halves, passphrase, moment=NOON, base_url=BASE)


def refusal(halves: Halves, passphrase: Callable[[], str] = right, ring: KeyRing = RING) -> str:
    with pytest.raises(KeyFileError) as raised:
        loaded(halves, passphrase, ring)
    assert raised.value.exit_code == 4
    return str(raised.value)


def public(kind: str, **changes: object) -> PublicKey:
    key = PAIR.ed25519.public if kind == "ed25519" else PAIR.p256.public
    values = {name: getattr(key, name) for name in ("issuer", "name", "kind", "raw", "start")}
    return PublicKey(**{**values, **changes})


def test_ed25519_signs_as_rfc_8032_has_it() -> None:
    private = Ed25519PrivateKey.from_private_bytes(
        bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    )
    assert SigningKey(PAIR.ed25519.public, private).sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


@pytest.mark.parametrize(
    ("message", "signature"),
    [
        (
            b"sample",
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ),
        (
            b"test",
            "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
            "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
        ),
    ],
    ids=["sample", "test"],
)
def test_p256_signs_as_rfc_6979_has_it(message: bytes, signature: str) -> None:
    private = derive_private_key(0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721, SECP256R1())
    assert SigningKey(PAIR.p256.public, private).sign(message).hex() == signature


def test_a_signature_is_verified_with_the_public_half_alone() -> None:
    signature = PAIR.p256.sign(b"words")
    point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), PAIR.p256.public.raw)
    numbers = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
    point.verify(encode_dss_signature(*numbers), b"words", ECDSA(SHA256()))
    assert len(signature) == 64


def test_a_key_in_memory_shows_nothing_of_itself_and_is_not_copied() -> None:
    for key in PAIR:
        assert (repr(key), str(key)) == (f"SigningKey({key.public.path})",) * 2
        with pytest.raises(TypeError, match="a private key is not copied"):
            pickle.dumps(key)
    halves = Halves(Path("keys"), "PEM text")
    assert "PEM" not in repr(halves)


def test_a_pair_is_named_by_its_day_and_then_by_a_number_that_both_lack() -> None:
    assert [key.public.name for key in make_pair("example", NOON)] == ["2026-01-31-ed25519", "2026-01-31-p256"]
    one_taken = make_pair("example", NOON, ["2026-01-31-p256", "2026-01-31-ed25519-3"])
    assert [key.public.name for key in one_taken] == ["2026-01-31-ed25519-2", "2026-01-31-p256-2"]
    assert [key.public.kind for key in one_taken] == ["ed25519", "p256"]
    assert {key.public.start for key in one_taken} == {NOON}


def test_an_empty_passphrase_seals_nothing() -> None:
    with pytest.raises(KeyFileError, match="the passphrase is empty; choose one"):
        PAIR.p256.encrypted("")


def test_a_pair_is_found_in_a_folder_and_in_a_text(tmp_path: Path) -> None:
    others = make_pair("other", NOON)
    other = others.p256.encrypted("another passphrase", rounds=1000)
    text = b"a note\n" + PEMS[1] + other + PEMS[0].replace(b"\n", b"\r\n")
    for halves in (put(tmp_path), Halves(tmp_path / "nowhere", text.decode())):
        pair = loaded(halves)
        assert [key.public for key in pair] == list(RING.of("example"))
        assert pair.ed25519.sign(b"words") == PAIR.ed25519.sign(b"words")
        assert pair.p256.sign(b"words") == PAIR.p256.sign(b"words")


def test_the_passphrase_is_asked_once_for_both(tmp_path: Path) -> None:
    asked: list[str] = []

    def passphrase() -> str:
        asked.append("once")
        return WORDS

    loaded(put(tmp_path), passphrase)
    assert asked == ["once"]


def test_a_text_is_opened_only_as_far_as_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[bytes] = []

    def opening(pem: bytes, secret: bytes) -> object:
        opened.append(pem)
        return load_pem_private_key(pem, secret)

    monkeypatch.setattr("badgesite.crypto.private_keys.load_pem_private_key", opening)
    more = PAIR.p256.encrypted(WORDS, rounds=1000)
    loaded(Halves(Path(), b"".join((*PEMS, more)).decode()))
    assert opened == list(PEMS)


def test_a_passphrase_is_the_same_however_a_keyboard_composes_it(tmp_path: Path) -> None:
    composed, decomposed = "perch\u00e9 no, perch\u00e9 s\u00ec", "perche\u0301 no, perche\u0301 si\u0300"
    pems = tuple(key.encrypted(composed, rounds=1000) for key in PAIR)
    assert loaded(put(tmp_path, pems), said(decomposed)).p256.sign(b"") == PAIR.p256.sign(b"")


def test_the_published_pair_of_the_example_opens(tmp_path: Path) -> None:
    ring, _ = read_keys(ROOT)
    for halves in (Halves(tmp_path, example_keys.pems()), Halves(example_keys.copied_to(tmp_path))):
        assert loaded(halves, said(example_keys.PASSPHRASE), ring).p256.public.base_url == BASE


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o660])
def test_a_file_that_others_may_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    halves = put(tmp_path / "my keys", mode=mode)
    path = halves.path(PAIR.ed25519.public)
    assert refusal(halves, never) == f"{path} may be read or changed by others; run `chmod 600 '{path}'`"
    path.chmod(0o600)
    assert f"chmod 600 '{halves.path(PAIR.p256.public)}'" in refusal(halves, never)


@POSIX
def test_a_pipe_and_a_device_in_place_of_a_private_half_are_told_at_once(tmp_path: Path) -> None:
    halves = put(tmp_path)
    path = halves.path(RING.of("example")[0])
    for device in ("", "/dev/zero"):
        path.unlink()
        path.symlink_to(device) if device else os.mkfifo(path, 0o600)
        with pytest.raises(KeyFileError, match="is no file but a pipe or a device; put the private half itself there"):
            loaded(halves, never)


def test_what_is_secret_is_hidden_from_processes_that_are_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BADGESITE_KEYS", "PEM")
    monkeypatch.setenv("BADGESITE_PASSPHRASE", WORDS)
    show = [sys.executable, "-c", "import os; print([name for name in os.environ if name.startswith('BADGESITE')])"]
    with hidden():
        assert subprocess.run(show, capture_output=True, text=True, check=True).stdout.strip() == "[]"
    assert (os.environ["BADGESITE_KEYS"], os.environ["BADGESITE_PASSPHRASE"]) == ("PEM", WORDS)


def test_on_windows_modes_say_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    halves = put(tmp_path, mode=0o644)
    monkeypatch.setattr("badgesite.crypto.private_keys.MODES_COUNT", False)
    assert loaded(halves)


def test_a_wrong_passphrase_is_told_without_it(tmp_path: Path) -> None:
    halves = put(tmp_path)
    told = refusal(halves, said("not the passphrase"))
    assert told.startswith(f"{halves.path(PAIR.ed25519.public)} does not open with this passphrase; type it again")
    assert "not the passphrase" not in told
    in_text = refusal(Halves(tmp_path, b"".join(PEMS).decode()), said("not the passphrase"))
    assert in_text.startswith(
        "no key in BADGESITE_KEYS opens as the private half of keys/example/2026-01-31-ed25519.json"
    )


def _plain(pem_format: PrivateFormat) -> bytes:
    private = generate_private_key(SECP256R1())
    return private.private_bytes(Encoding.PEM, pem_format, NoEncryption())


def _of_other_kind() -> bytes:
    private = generate_private_key(SECP384R1())
    return pkcs8.encrypted(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), WORDS.encode(), 9)


@pytest.mark.parametrize(
    ("pem", "told"),
    [
        (b"", "is not a private key; take it from your backup"),
        (b"\xff\xfe\x00", "is not a private key"),
        (PEMS[0][:-40], "is not a private key"),
        (_plain(PrivateFormat.PKCS8), "is not encrypted as PKCS#8; encrypt it with `openssl pkcs8 -topk8 -in OLD -out"),
        (_plain(PrivateFormat.TraditionalOpenSSL), "is not encrypted as PKCS#8"),
    ],
    ids=["empty", "bytes", "cut off", "not encrypted", "not encrypted, of another form"],
)
def test_a_file_that_is_no_encrypted_key_is_told_before_a_passphrase_is_asked(
    tmp_path: Path, pem: bytes, told: str
) -> None:
    halves = put(tmp_path, (pem, PEMS[1]))
    assert refusal(halves, never).startswith(f"{halves.path(PAIR.ed25519.public)} {told}")


@pytest.mark.parametrize(
    ("pem", "told"),
    [
        (PEMS[1], "is the private half of another key; take the one of keys/example/2026-01-31-ed25519.json"),
        (_of_other_kind(), "is the private half of another key"),
        (
            PEMS[0].replace(PEMS[0][100:110], b"AAAAAAAAAA"),
            "does not open with this passphrase; type it again, and if it",
        ),
        (pkcs8.encrypted(b"no key", WORDS.encode(), 9), "does not open with this passphrase"),
    ],
    ids=["of the other kind", "of another curve", "damaged", "something else inside"],
)
def test_a_key_that_is_not_the_one_meant_is_told(tmp_path: Path, pem: bytes, told: str) -> None:
    halves = put(tmp_path, (pem, PEMS[1]))
    assert refusal(halves).startswith(f"{halves.path(PAIR.ed25519.public)} {told}")


def test_a_folder_that_holds_private_halves_itself_is_taken(tmp_path: Path) -> None:
    halves = put(tmp_path)
    for key in PAIR:
        halves.path(key.public).rename(halves.folder / f"{key.public.name}.pem")
    assert halves.found(PAIR.p256.public) == halves.folder / f"{PAIR.p256.public.name}.pem"
    assert "make new keys: badgesite keys new example; what was issued stays good" in refusal(halves, lambda: "wrong")


def test_a_private_half_that_is_not_there_is_told_with_its_place(tmp_path: Path) -> None:
    halves = put(tmp_path)
    path = halves.path(PAIR.p256.public)
    path.unlink()
    told = refusal(halves, never)
    assert told.startswith(
        "this machine does not have the private half of keys/example/2026-01-31-p256.json; whoever has it signs, or "
        f"copies it here, to {path} (--keys names another folder); if it is lost for good: badgesite keys new example"
    )
    path.mkdir()
    assert refusal(halves, never).startswith(f"{path} cannot be read: ")


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
def test_a_private_half_of_somebody_else_is_told(tmp_path: Path) -> None:
    halves = put(tmp_path, mode=0o000)
    assert "cannot be read: permission denied; look at its permissions" in refusal(halves, never)


@pytest.mark.parametrize("text", ["", "   ", "a passphrase by mistake"])
def test_a_text_without_a_key_is_told(tmp_path: Path, text: str) -> None:
    told = refusal(Halves(tmp_path, text), never)
    assert told.startswith(
        "BADGESITE_KEYS holds no encrypted private key; put the whole text of the .pem files into it"
    )
    assert "mistake" not in told


def test_a_text_that_lacks_one_of_the_pair_is_told(tmp_path: Path) -> None:
    told = refusal(Halves(tmp_path, PEMS[0].decode()))
    assert "no key in BADGESITE_KEYS opens as the private half of keys/example/2026-01-31-p256.json; see that" in told


LATER, EARLIER = NOON + timedelta(days=1), NOON - timedelta(days=1)
NEW = "make new ones with `badgesite keys new example`"


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ((), f"example has no Ed25519 key in keys/example/; {NEW}"),
        ((public("ed25519"),), f"example has no P-256 key in keys/example/; {NEW}"),
        ((public("ed25519", revoked=EARLIER),), f"2026-01-31-ed25519.json was revoked on 2026-01-30T12:00:00Z; {NEW}"),
        (
            (public("ed25519", start=EARLIER, end=NOON - timedelta(seconds=1)),),
            f"keys/example/2026-01-31-ed25519.json was valid until 2026-01-31T11:59:59Z; {NEW}",
        ),
        ((public("ed25519", start=LATER),), "is valid only from 2026-02-01T12:00:00Z on; wait until then, or set this"),
        (
            (public("ed25519", base_url="https://elsewhere/"),),
            f"test key, which signs for https://elsewhere/ alone; {NEW}",
        ),
    ],
    ids=["none", "half a pair", "revoked", "retired", "not yet valid", "of another site"],
)
def test_a_key_that_may_not_sign_is_told_before_anything_is_opened(
    tmp_path: Path, keys: tuple[PublicKey, ...], told: str
) -> None:
    assert told in refusal(put(tmp_path), never, KeyRing({"example": keys}))
