"""Keys over time: a new pair signs what is new; what a revoked key signed is signed again, once, and as one."""

import dataclasses
import json
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from badgesite.build import build
from badgesite.content.reading import read
from badgesite.content.signed.writing import STATE, unfinished
from badgesite.crypto.jwt import verify_jwt
from badgesite.crypto.private_keys import Halves, Pair, load, make_pair
from badgesite.crypto.proofs import verify_document
from badgesite.crypto.public_keys import PublicKey, key_text, read_keys
from badgesite.errors import KeyFileError, OutputError, SignatureError
from badgesite.standards import status
from tests.killing import KILLED, Killer, forked
from tests.signing import BASE, NOW, PAIR, reading_of, sign, tree, write_keys, write_signed_site
from tests.sites import AWARDS, BATCH, BATCH_PATH

LATER = NOW + timedelta(days=1)
DID = "did:web:badges.example.edu:issuers:example"
HEAD, FIRST, SECOND = BATCH.replace("  - id:", "\0  - id:").split("\0")
RENAMED = BATCH.replace("Ada Esempio", "Ada Rossi")
FRESH = make_pair("example", NOW)
CREDENTIALS = BATCH_PATH.replace(".yaml", ".credentials.jsonl")
LOCK = "content/published/batches/english-b2-2023-07-14.lock"


def change(root: Path, pair: Pair, *kinds: str, **changes: object) -> tuple[PublicKey, ...]:
    """Change the public halves of a pair: all, or those of these kinds."""
    chosen = [key.public for key in pair if not kinds or key.public.kind in kinds]
    changed = tuple(dataclasses.replace(key, **changes) for key in chosen)  # type: ignore[arg-type]
    for key in changed:
        (root / key.path).write_text(key_text(key), encoding="utf-8")
    return changed


def kids(root: Path) -> dict[str, str]:
    """By award, the name of the key of its JWT."""
    return {award: signed.kid.rpartition("#")[2] for award, signed in reading_of(root)[1].credentials.items()}


def test_after_a_rotation_the_new_pair_signs_what_is_new_and_all_verifies(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path, {BATCH_PATH: HEAD + FIRST}))
    before = reading_of(tmp_path)[1].credentials[AWARDS[0]]
    write_keys(tmp_path, FRESH)
    change(tmp_path, PAIR, end=NOW)
    write_signed_site_again(tmp_path, BATCH)
    proposal, _ = sign(tmp_path, LATER, seed=1, pairs={"example": FRESH})
    assert str(proposal) == "1 new credential, 0 replaced, 0 status lists"
    assert reading_of(tmp_path)[1].credentials[AWARDS[0]] == before
    assert kids(tmp_path) == {AWARDS[0]: PAIR.p256.public.fragment, AWARDS[1]: FRESH.p256.public.fragment}
    build(tmp_path, tmp_path / "site", LATER.date())
    document = json.loads((tmp_path / "site/issuers/example/did.json").read_bytes())
    announced = {key.public.method(DID) for key in (*PAIR, *FRESH)}
    assert {method["id"] for method in document["verificationMethod"]} == announced == set(document["assertionMethod"])
    assert not sign(tmp_path, LATER, pairs={})[0]


def write_signed_site_again(root: Path, batch: str) -> None:
    """Change the records alone: write_signed_site would write the first pair's files anew."""
    (root / BATCH_PATH).write_text(batch, encoding="utf-8")


@pytest.mark.parametrize("changes", [{"end": NOW - timedelta(days=1)}, {"revoked": NOW}], ids=["retired", "revoked"])
def test_a_key_that_has_ended_signs_no_more(tmp_path: Path, changes: dict[str, object]) -> None:
    write_signed_site(tmp_path)
    change(tmp_path, PAIR, **changes)
    ring, _ = read_keys(tmp_path)
    told = "make new ones with `badgesite keys new"
    with pytest.raises(KeyFileError, match=rf"(was valid until|was revoked on) .*; {told}"):
        load(ring, "example", Halves(tmp_path), lambda: "", moment=NOW, base_url=BASE)


@pytest.mark.parametrize("kinds", [(), ("ed25519",), ("p256",)], ids=["the pair", "the Ed25519 half", "the P-256 half"])
def test_what_a_revoked_key_signed_is_signed_again_without_being_asked(tmp_path: Path, kinds: tuple[str, ...]) -> None:
    sign(write_signed_site(tmp_path))
    places = {status.place_of(json.loads(one.text)) for one in reading_of(tmp_path)[1].credentials.values()}
    change(tmp_path, PAIR, *kinds, revoked=NOW)
    write_keys(tmp_path, FRESH)
    proposal, _ = sign(tmp_path, LATER, seed=1, pairs={"example": FRESH})
    assert str(proposal) == "0 new credentials, 2 replaced, 1 status list"
    _, catalogue, _ = reading_of(tmp_path)
    for signed in (*catalogue.credentials.values(), *catalogue.status_lists.values()):
        assert verify_document(json.loads(signed.text), FRESH.ed25519.public.raw)
        assert verify_jwt(signed.text, signed.kid, signed.signature, FRESH.p256.public.raw)
    ((_, listed),) = catalogue.status_lists.items()
    assert status.indices_in(status.bits_of(json.loads(listed.text))) == {index for _, index in places}
    for award in AWARDS:
        document = json.loads(catalogue.credentials[award].text)
        assert status.place_of(document) not in places
        assert (document["validFrom"], document["awardedDate"]) == ("2024-03-02T09:30:00Z", "2023-07-14T00:00:00Z")
    after = tree(tmp_path)
    assert not sign(tmp_path, LATER, pairs={})[0]
    assert tree(tmp_path) == after
    build(tmp_path, tmp_path / "site", LATER.date())
    document = json.loads((tmp_path / "site/issuers/example/did.json").read_bytes())
    gone = {key.public.method(DID) for key in PAIR if not kinds or key.public.kind in kinds}
    assert not gone & {*document["assertionMethod"], *(method["id"] for method in document["verificationMethod"])}


def test_a_revoked_award_is_signed_again_as_well_and_stays_revoked(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path, {BATCH_PATH: BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"}))
    change(tmp_path, PAIR, revoked=NOW)
    write_keys(tmp_path, FRESH)
    proposal, _ = sign(tmp_path, LATER, seed=1, pairs={"example": FRESH})
    assert (str(proposal), proposal.revoked) == ("0 new credentials, 2 replaced, 1 status list", ())
    _, catalogue, _ = reading_of(tmp_path)
    ((_, listed),) = catalogue.status_lists.items()
    bits = status.indices_in(status.bits_of(json.loads(listed.text)))
    standing = {award: status.place_of(json.loads(catalogue.credentials[award].text))[1] in bits for award in AWARDS}
    assert standing == {AWARDS[0]: False, AWARDS[1]: True}


def test_a_list_that_a_revoked_key_signed_is_signed_again_and_good_credentials_in_it_stay(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    write_keys(tmp_path, FRESH)
    write_signed_site_again(tmp_path, RENAMED)
    sign(tmp_path, LATER, seed=1, replaces=True)
    write_signed_site_again(tmp_path, f"{RENAMED}    revoked: {{date: 2024-03-01, reason: x}}\n")
    sign(tmp_path, LATER, seed=1, pairs={"example": FRESH})
    assert set(kids(tmp_path).values()) == {PAIR.p256.public.fragment}
    before = reading_of(tmp_path)[1].credentials
    change(tmp_path, FRESH, revoked=LATER)
    proposal, _ = sign(tmp_path, LATER, seed=2)
    assert str(proposal) == "0 new credentials, 0 replaced, 1 status list"
    assert reading_of(tmp_path)[1].credentials == before


def test_what_a_colleague_signed_with_the_key_before_they_heard_of_it_is_signed_again(tmp_path: Path) -> None:
    here, there = (write_signed_site(tmp_path / name, {BATCH_PATH: HEAD + FIRST}) for name in ("here", "there"))
    for root in (here, there):
        sign(root)
    change(here, PAIR, revoked=NOW)
    write_keys(here, FRESH)
    sign(here, LATER, seed=1, pairs={"example": FRESH})
    write_signed_site_again(there, BATCH)
    sign(there, LATER, seed=2)
    (here / BATCH_PATH).write_text(BATCH, encoding="utf-8")
    for path in (CREDENTIALS, LOCK):
        lines = [*(here / path).read_bytes().splitlines(True), *(there / path).read_bytes().splitlines(True)]
        (here / path).write_bytes(b"".join(dict.fromkeys(lines)))
    proposal, _ = sign(here, LATER + timedelta(hours=1), seed=3, pairs={"example": FRESH})
    assert str(proposal) == "0 new credentials, 1 replaced, 1 status list"
    assert set(kids(here).values()) == {FRESH.p256.public.fragment}
    assert not sign(here, LATER + timedelta(hours=2), pairs={})[0]


def test_a_record_that_says_something_else_still_waits_for_a_person_and_holds_up_no_other(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    before = reading_of(tmp_path)[1].credentials
    change(tmp_path, PAIR, revoked=NOW)
    write_keys(tmp_path, FRESH)
    write_signed_site_again(tmp_path, RENAMED)
    with pytest.raises(SignatureError, match='name was "Ada Esempio", now "Ada Rossi"'):
        sign(tmp_path, LATER, pairs={"example": FRESH})
    after = reading_of(tmp_path)[1].credentials
    assert after[AWARDS[0]] == before[AWARDS[0]]
    assert after[AWARDS[1]].kid == FRESH.p256.public.method(DID)
    proposal, _ = sign(tmp_path, LATER, replaces=True, pairs={"example": FRESH})
    assert str(proposal) == "0 new credentials, 1 replaced, 1 status list"


def test_drafts_show_what_a_revoked_key_signed_as_not_issued(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    change(tmp_path, PAIR, revoked=NOW)
    build(tmp_path, tmp_path / "site", LATER.date(), drafts=True)
    assert not list(tmp_path.glob("site/awards/*/credential.json"))
    assert "not-issued" in (tmp_path / f"site/awards/{AWARDS[0]}/index.html").read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_signing_again_is_cut_off_at_any_moment_and_ends_as_if_there_had_been_one_run(tmp_path: Path) -> None:
    start = tmp_path / "start"
    sign(write_signed_site(start))
    change(start, PAIR, revoked=NOW)
    write_keys(start, FRESH)
    before = tree(start)

    def again(root: Path) -> int:
        sign(root, LATER, seed=1, pairs={"example": FRESH})
        return 0

    def killed(root: Path, last: int) -> int:
        sys.addaudithook(Killer(str(root), last))
        return again(root)

    whole = Path(shutil.copytree(start, tmp_path / "whole"))
    again(whole)
    after, halfway, last, code = tree(whole), 0, 0, KILLED
    while code == KILLED:
        last += 1
        root = Path(shutil.copytree(start, tmp_path / str(last)))
        code = forked(lambda root=root, last=last: killed(root, last))  # type: ignore[misc]
        if unfinished(root):
            halfway += 1
            with pytest.raises(OutputError, match="`badgesite sign` was cut off"):
                read(root)
        else:
            assert tree(root) in (before, after)
        again(root)
        assert tree(root) == after
        assert not (root / STATE).exists()
    assert code == 0
    assert halfway > 2
