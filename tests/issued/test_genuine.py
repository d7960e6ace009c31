"""What is published as signed is looked at again: the key, its moment, and every byte that the signature covers."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badgesite.crypto.private_keys import make_pair
from badgesite.crypto.public_keys import KeyRing, read_keys
from badgesite.issued.genuine import Fault, credential_faults, list_faults, problems_of
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Signed
from tests.signing import PAIR, reading_of, sign, write_signed_site
from tests.sites import AWARDS, BATCH, BATCH_PATH


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = write_signed_site(tmp_path_factory.mktemp("signed"))
    sign(root)
    return reading_of(root)[1]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return read_keys(write_signed_site(tmp_path_factory.mktemp("keys")))[0]


def _with(catalogue: Catalogue, change: Callable[[Signed], Signed]) -> Catalogue:
    first = catalogue.credentials[AWARDS[0]]
    return replace(catalogue, credentials={**catalogue.credentials, AWARDS[0]: change(first)})


def _faults(catalogue: Catalogue, keys: KeyRing) -> list[Fault]:
    return [*list_faults(catalogue, keys), *credential_faults(catalogue, keys, catalogue.each_award())]


def test_what_sign_made_is_genuine(signed: Catalogue, keys: KeyRing) -> None:
    assert _faults(signed, keys) == []


def _byte(one: Signed) -> Signed:
    return replace(one, text=one.text.replace(b"Inglese B2", b"Inglese C2").replace(b"English B2", b"English C2"))


def _proof_byte(one: Signed) -> Signed:
    return replace(one, text=one.text[:-4] + b'!"}}')


def _no_proof(one: Signed) -> Signed:
    return replace(one, text=one.text.partition(b',"proof"')[0] + b"}")


def _other_signature(one: Signed) -> Signed:
    return replace(one, signature=("A" if one.signature[0] != "A" else "B") + one.signature[1:])


def _other_kid(one: Signed) -> Signed:
    return replace(one, kid=one.kid[:-1] + ("A" if one.kid[-1] != "A" else "B"))


def _other_site(one: Signed) -> Signed:
    return replace(one, kid=one.kid.replace("badges.example.edu", "badges.example.org"))


def _swapped_kinds(one: Signed) -> Signed:
    return replace(one, kid=one.kid.partition("#")[0] + "#" + PAIR.ed25519.public.fragment)


def _too_early(one: Signed) -> Signed:
    return replace(one, text=one.text.replace(b'"created":"2024', b'"created":"2021'))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_byte, "the signature does not fit the document"),
        (_proof_byte, "the document does not end in a proof"),
        (_no_proof, "the document does not end in a proof"),
        (_other_signature, "the signature does not fit the document"),
        (_other_kid, "is not among keys/example/"),
        (_other_site, "is not among keys/example/"),
        (_swapped_kinds, "is not among keys/example/"),
        (_too_early, "is valid only from 2022-09-01T00:00:00Z on, and the signature is of 2021-03-01T09:30:00Z"),
    ],
)
def test_what_was_changed_is_told(
    signed: Catalogue, keys: KeyRing, change: Callable[[Signed], Signed], words: str
) -> None:
    (fault,) = _faults(_with(signed, change), keys)
    assert fault.owner == f"credential:{AWARDS[0]}"
    assert words in fault.what
    assert fault.mend


def test_a_status_list_is_looked_at_in_the_same_way(signed: Catalogue, keys: KeyRing) -> None:
    ((place, one),) = signed.status_lists.items()
    changed = replace(one, text=one.text.replace(b'"encodedList":"u', b'"encodedList":"v'))
    (fault,) = _faults(replace(signed, status_lists={place: changed}), keys)
    assert fault.owner == f"status:example/{place[1]}"


def test_a_key_that_is_gone_or_revoked_makes_all_it_signed_suspect(signed: Catalogue, keys: KeyRing) -> None:
    assert len(_faults(signed, KeyRing())) == 3
    revoked = tuple(replace(key, revoked=datetime(2024, 6, 1, tzinfo=UTC)) for key in keys.of("example"))
    faults = _faults(signed, KeyRing({"example": revoked}))
    assert len(faults) == 3
    assert all("was revoked on 2024-06-01" in fault.what for fault in faults)


def test_another_pair_beside_ours_changes_nothing(signed: Catalogue, keys: KeyRing) -> None:
    other = make_pair("example", datetime(2023, 1, 1, tzinfo=UTC))
    ring = KeyRing({"example": (*keys.of("example"), other.ed25519.public, other.p256.public)})
    assert _faults(signed, ring) == []


def test_a_record_that_says_something_else_is_told(tmp_path: Path, keys: KeyRing) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    write_signed_site(root, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Rossi")})
    reading, catalogue, _ = reading_of(root)
    (problem,) = problems_of(_faults(catalogue, keys), reading.places)
    assert (problem.place.path, problem.place.line) == (BATCH_PATH, 5)
    assert 'name was "Ada Esempio", now "Ada Rossi"' in problem.what


def test_a_site_that_signs_no_more_has_nothing_to_look_at(signed: Catalogue, keys: KeyRing) -> None:
    site = signed.site.model_copy(update={"publish": ("ob2",)})
    assert _faults(replace(_with(signed, _byte), site=site), keys) == []


def test_the_text_of_a_credential_is_what_its_signature_covers(signed: Catalogue) -> None:
    for one in signed.credentials.values():
        assert json.dumps(json.loads(one.text), ensure_ascii=False, separators=(",", ":")).encode() == one.text
