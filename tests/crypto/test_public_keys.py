import json
import pickle
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from badgesite.crypto.key_files.published import PUBLISHED
from badgesite.crypto.private_keys import make_pair
from badgesite.crypto.public_keys import KeyRing, PublicKey, jwk, key_text, read_keys
from tests.test_repository import ROOT

NOON = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BASE = "https://badges.example.edu/"
# Ed25519: RFC 8032, section 7.1, test 1. P-256 and its thumbprint: RFC 9449, sections 4.1 and 6.1.
RFC_8032 = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
X, Y = "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"
RFC_9449 = b"\x04" + urlsafe_b64decode(f"{X}=") + urlsafe_b64decode(f"{Y}=")
THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
ED25519 = PublicKey("example", "2026-01-31-ed25519", "ed25519", RFC_8032, NOON)
P256 = PublicKey("example", "2026-01-31-p256", "p256", RFC_9449, NOON)
ED25519_TEXT = """\
{
  "type": "Multikey",
  "publicKeyMultibase": "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw",
  "from": "2026-01-31T12:00:00Z",
  "until": null,
  "revoked": null
}
"""
P256_TEXT = f"""\
{{
  "type": "JsonWebKey",
  "publicKeyJwk": {{
    "kty": "EC",
    "crv": "P-256",
    "x": "{X}",
    "y": "{Y}"
  }},
  "from": "2026-01-31T12:00:00Z",
  "until": "2027-01-31T12:00:00Z",
  "revoked": "2026-06-01T00:00:01Z",
  "base_url": "{BASE}"
}}
"""
ED25519_PATH = "keys/example/2026-01-31-ed25519.json"
P256_PATH = "keys/example/2026-01-31-p256.json"


def write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def faults(root: Path, files: dict[str, str]) -> list[str]:
    return [str(problem) for problem in read_keys(write(root, files))[1]]


def test_a_p256_key_is_named_by_its_thumbprint_and_an_ed25519_key_by_itself() -> None:
    assert P256.method("did:web:x") == f"did:web:x#{THUMBPRINT}"
    assert ED25519.method("did:web:x") == "did:web:x#z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw"
    assert jwk(RFC_9449) == {"kty": "EC", "crv": "P-256", "x": X, "y": Y}


def test_keys_are_read_from_the_text_they_are_written_as(tmp_path: Path) -> None:
    whole = PublicKey(
        *("example", "2026-01-31-p256", "p256", RFC_9449, NOON),
        end=datetime(2027, 1, 31, 12, tzinfo=UTC),
        revoked=datetime(2026, 6, 1, 0, 0, 1, tzinfo=UTC),
        base_url=BASE,
    )
    assert (key_text(ED25519), key_text(whole)) == (ED25519_TEXT, P256_TEXT)
    ring, problems = read_keys(write(tmp_path, {ED25519_PATH: ED25519_TEXT, P256_PATH: P256_TEXT}))
    assert problems == ()
    assert ring == KeyRing({"example": (ED25519, whole)})
    assert [key.path for key in ring.of("example")] == [ED25519_PATH, P256_PATH]


REVOKED_TEXT = ED25519_TEXT.replace('"revoked": null', '"revoked": "2026-06-01T00:00:01Z",\n  "reason": {}')


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ('"Perché"', (("", "Perché"),)),
        ('{\n    "it": "Perché",\n    "en": "Why"\n  }', (("it", "Perché"), ("en", "Why"))),
    ],
    ids=["one text", "by language"],
)
def test_why_a_key_was_revoked_is_read_from_the_text_it_is_written_as(
    tmp_path: Path, written: str, reason: tuple[tuple[str, str], ...]
) -> None:
    text = REVOKED_TEXT.replace("{}", written)
    key = replace(ED25519, revoked=datetime(2026, 6, 1, 0, 0, 1, tzinfo=UTC), reason=reason)
    assert key_text(key) == text
    assert read_keys(write(tmp_path, {ED25519_PATH: text})) == (KeyRing({"example": (key,)}), ())
    assert KeyRing({"example": (key, P256)}).as_signed() == KeyRing({"example": (ED25519, P256)})


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("{", "\ufeff{")], ids=["CRLF", "a mark at the start"])
def test_what_editors_on_windows_do_to_a_file_does_no_harm(tmp_path: Path, change: tuple[str, str]) -> None:
    path = tmp_path / ED25519_PATH
    path.parent.mkdir(parents=True)
    path.write_bytes(ED25519_TEXT.replace(*change, 1 if change[0] == "{" else -1).encode())
    assert read_keys(tmp_path) == (KeyRing({"example": (ED25519,)}), ())


def test_a_ring_can_be_sent_to_another_process() -> None:
    ring = KeyRing({"example": (ED25519, P256)})
    assert pickle.loads(pickle.dumps(ring)) == ring


def test_a_site_without_keys_has_an_empty_ring(tmp_path: Path) -> None:
    assert read_keys(tmp_path) == (KeyRing({}), ())


def test_the_keys_of_the_example_are_sound_and_for_it_alone() -> None:
    ring, problems = read_keys(ROOT)
    assert problems == ()
    assert [key.name for key in ring.of("example")] == ["2022-09-01-ed25519", "2022-09-01-p256"]
    assert {key.base_url for key in ring.of("example")} == {BASE}
    assert {key.start for key in ring.of("example")} == {datetime(2022, 9, 1, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("changes", "moment", "base", "refusal"),
    [
        ({}, NOON, BASE, ""),
        ({}, NOON - SECOND, BASE, "is valid only from 2026-01-31T12:00:00Z on"),
        ({"end": NOON}, NOON, BASE, ""),
        ({"end": NOON}, NOON + SECOND, BASE, "was valid until 2026-01-31T12:00:00Z"),
        ({"revoked": NOON + SECOND}, NOON, BASE, "was revoked on 2026-01-31T12:00:01Z"),
        ({"base_url": BASE}, NOON, BASE, ""),
        ({"base_url": BASE}, NOON, f"{BASE}x/", f"is a test key, which signs for {BASE} alone"),
    ],
    ids=["from its start", "not before", "to its end", "not after", "revoked", "test key", "test key elsewhere"],
)
def test_a_key_may_sign_within_its_time_and_place(
    changes: dict[str, datetime], moment: datetime, base: str, refusal: str
) -> None:
    key = PublicKey("example", ED25519.name, "ed25519", RFC_8032, NOON, **changes)  # type: ignore[arg-type]
    assert key.refusal(moment, base) == refusal
    assert key.may_sign(moment, base) == (refusal == "")


def test_the_current_key_is_the_one_that_began_last_of_those_that_may_sign() -> None:
    old, new, coming = (make_pair("example", NOON + timedelta(days=day)).p256.public for day in (0, 1, 9))
    ring = KeyRing({"example": (old, new, coming, ED25519)})
    assert ring.current("example", "p256", NOON, BASE) == old
    assert ring.current("example", "p256", NOON + timedelta(days=2), BASE) == new
    assert ring.current("example", "p256", NOON - SECOND, BASE) is None
    assert ring.current("other", "p256", NOON, BASE) is None
    assert ring.find("example", coming.fragment) == coming
    assert ring.find("other", coming.fragment) is None


OTHER_HALF = json.loads(P256_TEXT)["publicKeyJwk"]
ED25519_FAULTS = [
    ("", "json:1:1: this is not JSON: expecting value; take the file from Git, as `badgesite keys new` wrote it"),
    ("[1]", "json:1:1: this is not a JSON object;"),
    ("\x00\n", "json:1:1: this is not JSON: expecting value;"),
    ("[" * 9000, "json: this is not JSON;"),
    (" " * 10_001, "json: the file has more than 10,000 bytes; a key has some 300"),
    (ED25519_TEXT.replace('"type"', '"typ"'), 'json: "type" is missing;'),
    (ED25519_TEXT.replace("Multikey", "Ed25519"), 'json:2:3: "type" is not one of a key; it is Multikey or JsonWebKey'),
    (ED25519_TEXT.replace('"Multikey"', "{}"), 'json:2:3: "type" is not a text;'),
    (ED25519_TEXT.replace('"until"', '"untill"'), 'json:5:3: "untill" is no member of a key; did you mean "until"?'),
    (ED25519_TEXT.replace('"until"', '"untill"'), 'json: "until" is missing; write null if there is none'),
    (ED25519_TEXT.replace('"until"', '"from"'), 'json:4:3: "from" stands here twice; remove one of the two'),
    (ED25519_TEXT.replace("z6Mk", "6Mk"), "json:3:3: a publicKeyMultibase begins with z"),
    (ED25519_TEXT.replace("Msw", "Ms"), "json:3:3: the publicKeyMultibase"),
    (ED25519_TEXT.replace('"2026-01-31T12:00:00Z"', "null"), 'json:4:3: "from" is missing; write it like 2026-01-31T'),
    (ED25519_TEXT.replace("2026-01-31T", "2026-02-31T"), 'json:4:3: "from" is not a moment; write it like'),
    (ED25519_TEXT.replace("00Z", "00+00:00"), 'json:4:3: "from" is not a moment;'),
    (ED25519_TEXT.replace("null", "17", 1), 'json:5:3: "until" is not a moment;'),
    (ED25519_TEXT.replace("null", '"2026-01-31T11:59:59Z"', 1), 'json:5:3: "until" lies before "from";'),
    (P256_TEXT, "json:2:3: the key is of the kind P-256, unlike the name of the file; name it by the day"),
    (ED25519_TEXT.replace("null\n}", 'null,\n  "reason": "x"\n}'), 'json:7:3: "reason" is why a key was revoked, and'),
    (REVOKED_TEXT.replace("{}", "17"), 'json:7:3: "reason" is not a text; write why in a sentence or two'),
    (REVOKED_TEXT, 'json:7:3: "reason" is empty;'),
    (REVOKED_TEXT.replace("{}", '" "'), 'json:7:3: "reason" is empty;'),
    (REVOKED_TEXT.replace("{}", '{"": "x"}'), 'json:7:3: "reason" names no language by ""; write it like en'),
    (REVOKED_TEXT.replace("{}", '{"English": "x"}'), 'json:7:3: "reason" names no language by "English";'),
    (REVOKED_TEXT.replace("{}", '{"en": null}'), 'json:7:3: "reason" is not a text;'),
    (REVOKED_TEXT.replace("{}", f'"{"x" * 1001}"'), 'json:7:3: "reason" has 1,001 characters, and 1,000 are the most;'),
    (REVOKED_TEXT.replace("{}", '"a\\u0007"'), 'json:7:3: "reason" holds a control character;'),
    (ED25519_TEXT.replace("null\n}", 'null,\n  "secretKeyMultibase": "z1"\n}'), "json:7:3: "),
]
P256_FAULTS = [
    (P256_TEXT.replace(X, Y), "json:3:3: this is no P-256 key: no point of the curve"),
    (P256_TEXT.replace(X, f"{X}="), "json:3:3: this is no P-256 key"),
    (P256_TEXT.replace(X, X[:-1]), "json:3:3: this is no P-256 key"),
    (P256_TEXT.replace('"P-256"', '"P-384"'), "json:3:3: the key is not of the kind EC, P-256;"),
    (P256_TEXT.replace('"crv"', '"curve"'), 'json:3:3: "crv" is missing;'),
    (P256_TEXT.replace(f'"{X}"', "1"), 'json:6:5: "x" is not a text;'),
    (P256_TEXT.replace('"kty"', '"d": "x",\n    "kty"'), 'json:4:5: "d" is no member of publicKeyJwk; it is a private'),
    (
        P256_TEXT.replace(json.dumps(OTHER_HALF, indent=2).replace("\n", "\n  "), '"x"'),
        'json:3:3: "publicKeyJwk" is not',
    ),
]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [(ED25519_PATH, *fault) for fault in ED25519_FAULTS] + [(P256_PATH, *fault) for fault in P256_FAULTS],
)
def test_a_file_that_is_no_key_is_told_with_its_line(tmp_path: Path, path: str, text: str, told: str) -> None:
    found = faults(tmp_path, {path: text})
    assert [line for line in found if line.startswith(path.removesuffix("json") + told)], found
    assert read_keys(tmp_path)[0] == KeyRing({})


def test_a_typing_error_in_a_key_is_noticed_when_it_is_no_point_any_more(tmp_path: Path) -> None:
    not_a_point = (2).to_bytes(32, "little")
    key = PublicKey("example", ED25519.name, "ed25519", not_a_point, NOON)
    assert "no Ed25519 key: no point of the curve" in faults(tmp_path, {ED25519_PATH: key_text(key)})[0]


def test_two_files_with_one_key_are_told(tmp_path: Path) -> None:
    again = "keys/other/2026-02-01-ed25519.json"
    told = f"{again}: this is the key of {ED25519_PATH} again; remove one of the two"
    assert faults(tmp_path, {ED25519_PATH: ED25519_TEXT, again: ED25519_TEXT}) == [told]


def test_a_name_that_is_not_one_of_a_key_is_told(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, {"keys/example/mine.json": ED25519_TEXT})
    assert told.startswith('keys/example/mine.json: "mine" is not the name of a key; name it by the day')


def test_a_private_half_among_public_ones_is_told(tmp_path: Path) -> None:
    (told,) = faults(tmp_path, {"keys/example/2026-01-31-p256.pem": "x"})
    assert "a private half lies among the public ones, which Git keeps for ever; move it out of the site" in told


def test_readme_files_belong_there_and_others_are_warned_of(tmp_path: Path) -> None:
    files = {"keys/README.md": "", "keys/example/README.md": "", "keys/.gitkeep": "", "keys/a.json": "{}"}
    (problem,) = read_keys(write(tmp_path, files))[1]
    assert (problem.severity, str(problem.place)) == ("warning", "keys/a.json")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {ED25519_PATH: ED25519_TEXT})
    (tmp_path / "site/keys").mkdir(parents=True)
    (tmp_path / "site/keys/example").symlink_to(outside / "keys/example")
    ring, (problem,) = read_keys(tmp_path / "site")
    assert ring == KeyRing({})
    assert str(problem).startswith("keys/example: this is a link")


def test_a_key_whose_private_half_is_published_signs_for_the_example_alone_whatever_its_file_says() -> None:
    published = read_keys(Path(__file__).resolve().parents[2])[0].of("example")
    assert {key.fragment for key in published} == PUBLISHED.keys()
    for key in published:
        for claimed in (key.base_url, None, "https://badges.example.org/"):
            renamed = replace(key, issuer="other", name=f"2026-01-01-{key.kind}", base_url=claimed)
            assert renamed.may_sign(NOON, "https://badges.example.edu/")
            told = "is a test key, which signs for https://badges.example.edu/ alone"
            assert renamed.refusal(NOON, "https://badges.example.org/") == told
