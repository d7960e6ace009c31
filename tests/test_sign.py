"""What is recorded gets a credential, once; what is signed stays, and what counts no more has its bit set."""

import dataclasses
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from badgesite.build import build
from badgesite.check import check
from badgesite.content.permanence import locks
from badgesite.content.signed.lines import signed_in
from badgesite.crypto.jwt import verify_jwt
from badgesite.crypto.private_keys import SigningKey, make_pair
from badgesite.crypto.proofs import verify_document
from badgesite.crypto.public_keys import key_text
from badgesite.errors import ContentError, FormatError, KeyFileError, OutputError, PermanenceError, SignatureError
from badgesite.issued.places import Chance
from badgesite.model.signed import Signed
from badgesite.standards import ob3, status
from tests.lists.test_progress import watcher
from tests.signing import BASE, NOW, PAIR, reading_of, sign, tree, write_keys, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, ISSUER, PICTURE, SALTS, identity

CREDENTIALS = BATCH_PATH.replace(".yaml", ".credentials.jsonl")
LOCK = "content/published/batches/english-b2-2023-07-14.lock"
LATER = NOW + timedelta(days=1)
SECOND_REVOKED = BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"
HEAD, FIRST, SECOND = BATCH.replace("  - id:", "\0  - id:").split("\0")
THIRD = (
    SECOND.replace(AWARDS[1], "00000000-0000-4000-8000-000000000003")
    .replace(SALTS[1], "3" * 32)
    .replace(identity(ADDRESSES[1], SALTS[1]), identity(ADDRESSES[1], "3" * 32))
)
RENAMED = BATCH.replace("Ada Esempio", "Ada Rossi")


def credentials(root: Path) -> list[dict[str, Any]]:
    return [json.loads(signed.text) for signed in lines(root)]


def lines(root: Path) -> list[Signed]:
    found = [signed_in(line) for line in (root / CREDENTIALS).read_bytes().splitlines()]
    assert all(found)
    return [signed for signed in found if signed]


def the_list(root: Path) -> Path:
    (path,) = (root / "content/status/example").iterdir()
    return path


def set_bits(root: Path) -> dict[str, bool]:
    """Of each award, whether the bit of its present credential is set."""
    document = json.loads(the_list(root).read_bytes())["credential"]
    bits = status.indices_in(status.bits_of(document))
    return {one["id"].split("/")[-2]: status.place_of(one)[1] in bits for one in credentials(root)}


def test_every_record_gets_a_credential_that_others_can_verify(tmp_path: Path) -> None:
    proposal, written = sign(write_signed_site(tmp_path))
    assert str(proposal) == "2 new credentials, 0 replaced, 1 status list"
    _, catalogue, plan = reading_of(tmp_path)
    assert [one["id"] for one in credentials(tmp_path)] == [f"{BASE}awards/{award}/credential.json" for award in AWARDS]
    for signed, document in zip(lines(tmp_path), credentials(tmp_path), strict=True):
        assert verify_document(document, PAIR.ed25519.public.raw)
        assert verify_jwt(signed.text, signed.kid, signed.signature, PAIR.p256.public.raw)
        assert signed.kid == PAIR.p256.public.method(plan.did("example"))
        assert (document["validFrom"], document["awardedDate"]) == ("2023-07-14T00:00:00Z",) * 2
        assert document["proof"]["created"] == "2024-03-01T09:30:00Z"
        name, index = status.place_of(document)
        assert document["credentialStatus"] == status.entry(plan, "example", name, index)
    for batch, award in catalogue.each_award():
        document = json.loads(catalogue.credentials[award.id].text)
        assert ob3.differences(catalogue, plan, batch, award, document) == ()
    assert set(written) == set(tree(tmp_path)) & set(written) >= {CREDENTIALS, LOCK}


def test_the_list_of_a_batch_is_signed_and_all_its_bits_are_clear(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    found = signed_in(the_list(tmp_path).read_bytes().rstrip())
    assert found
    document = json.loads(found.text)
    assert verify_document(document, PAIR.ed25519.public.raw)
    assert verify_jwt(found.text, found.kid, found.signature, PAIR.p256.public.raw)
    assert document["validFrom"] == "2024-03-01T09:30:00Z"
    assert set_bits(tmp_path) == dict.fromkeys(AWARDS, False)


def test_the_same_record_key_draw_and_moment_give_the_same_bytes(tmp_path: Path) -> None:
    roots = [write_signed_site(tmp_path / name) for name in ("here", "there")]
    for root in roots:
        sign(root)
    assert tree(roots[0]) == tree(roots[1])


def test_a_second_run_does_nothing_and_needs_no_key(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    before = tree(tmp_path)
    proposal, written = sign(tmp_path, LATER, seed=1, pairs={})
    assert (bool(proposal), written) == (False, ())
    assert tree(tmp_path) == before


def test_what_says_something_else_is_shown_field_by_field_and_nothing_is_signed(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    before = tree(write_signed_site(tmp_path, {BATCH_PATH: RENAMED.replace("result: b1", "result: b2")}))
    with pytest.raises(SignatureError) as caught:
        sign(tmp_path, LATER)
    first, *rest = str(caught.value).splitlines()
    assert first.startswith("2 records say something else than the credential that was signed, and until ")
    assert rest == [
        f'{BATCH_PATH}:5:9: name was "Ada Esempio", now "Ada Rossi" (award {AWARDS[0]})',
        f'{BATCH_PATH}:12:9: result was "b1", now "b2" (award {AWARDS[1]})',
    ]
    assert tree(tmp_path) == before


def test_what_else_is_due_is_signed_while_a_record_says_something_else(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path, {BATCH_PATH: HEAD + FIRST + SECOND}))
    old = credentials(tmp_path)
    revoked = SECOND + "    revoked: {date: 2024-03-01, reason: By mistake}\n"
    batch = HEAD + FIRST.replace("Ada Esempio", "Ada Rossi") + revoked + THIRD
    write_signed_site(tmp_path, {BATCH_PATH: batch})
    with pytest.raises(SignatureError, match="1 record says something else"):
        sign(tmp_path, LATER, seed=1)
    assert credentials(tmp_path)[:2] == old
    assert len(credentials(tmp_path)) == 3
    assert list(set_bits(tmp_path).values()) == [False, True, False]
    after = tree(tmp_path)
    with pytest.raises(SignatureError, match="1 record says something else"):
        sign(tmp_path, LATER, seed=2, pairs={})
    assert tree(tmp_path) == after


def test_an_award_that_differs_and_is_revoked_is_revoked_and_keeps_its_credential(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    old = credentials(tmp_path)
    revoked = BATCH.replace("result: b2\n", "result: b1\n    revoked: {date: 2024-03-01, reason: By mistake}\n", 1)
    write_signed_site(tmp_path, {BATCH_PATH: revoked})
    with pytest.raises(SignatureError, match="1 record says something else"):
        sign(tmp_path, LATER)
    assert credentials(tmp_path) == old
    assert set_bits(tmp_path) == {AWARDS[0]: True, AWARDS[1]: False}


def test_a_replaced_credential_keeps_its_address_and_takes_a_new_place(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    ours, other = lines(tmp_path)
    write_signed_site(tmp_path, {BATCH_PATH: RENAMED})
    proposal, _ = sign(tmp_path, LATER, seed=1, replaces=True)
    assert str(proposal) == "0 new credentials, 1 replaced, 1 status list"
    new, same = lines(tmp_path)
    assert same == other
    was, now = json.loads(ours.text), json.loads(new.text)
    assert now["id"] == was["id"]
    assert (now["validFrom"], now["awardedDate"]) == ("2024-03-02T09:30:00Z", "2023-07-14T00:00:00Z")
    assert "Ada Rossi" in new.text.decode()
    assert status.place_of(now) != status.place_of(was)
    assert status.place_of(now)[0] == status.place_of(was)[0]
    document = json.loads(the_list(tmp_path).read_bytes())["credential"]
    assert status.indices_in(status.bits_of(document)) == {status.place_of(was)[1]}
    locked = (tmp_path / LOCK).read_text().splitlines()
    assert len([line for line in locked if line.startswith(f"{AWARDS[0]} ")]) == 2


def test_revoking_signs_the_list_again_and_leaves_the_credential_as_it_was(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    before = lines(tmp_path)
    write_signed_site(tmp_path, {BATCH_PATH: SECOND_REVOKED})
    proposal, written = sign(tmp_path, LATER)
    assert str(proposal) == "0 new credentials, 0 replaced, 1 revoked, 1 status list"
    assert set(written) == {the_list(tmp_path).relative_to(tmp_path).as_posix(), LOCK}
    assert lines(tmp_path) == before
    assert set_bits(tmp_path) == {AWARDS[0]: False, AWARDS[1]: True}
    assert f"{AWARDS[1]} revoked\n" in (tmp_path / LOCK).read_text()


def test_a_set_bit_is_never_cleared(tmp_path: Path) -> None:
    write_signed_site(tmp_path, {BATCH_PATH: SECOND_REVOKED})
    sign(tmp_path)
    before = tree(write_signed_site(tmp_path))
    with pytest.raises(PermanenceError, match=f"the award {AWARDS[1]} was revoked"):
        sign(tmp_path, LATER)
    assert tree(tmp_path) == before


def test_an_award_revoked_before_it_was_ever_signed_gets_a_credential_whose_bit_is_set(tmp_path: Path) -> None:
    write_signed_site(tmp_path, {BATCH_PATH: SECOND_REVOKED})
    sign(tmp_path)
    assert set_bits(tmp_path) == {AWARDS[0]: False, AWARDS[1]: True}


def test_a_list_is_signed_again_only_when_a_bit_changed(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path, {BATCH_PATH: HEAD + FIRST}))
    before = the_list(tmp_path).read_bytes()
    write_signed_site(tmp_path)
    proposal, _ = sign(tmp_path, LATER, seed=1)
    assert str(proposal) == "1 new credential, 0 replaced, 0 status lists"
    assert the_list(tmp_path).read_bytes() == before
    assert set_bits(tmp_path) == dict.fromkeys(AWARDS, False)


def test_a_revocation_that_only_the_status_list_knows_is_not_undone(tmp_path: Path) -> None:
    write_signed_site(tmp_path, {BATCH_PATH: SECOND_REVOKED})
    sign(tmp_path)
    lock = tmp_path / LOCK
    lock.write_text(lock.read_text().replace(f"{AWARDS[1]} revoked\n", ""))
    before = tree(write_signed_site(tmp_path))
    told = f"^{BATCH_PATH}:12:9: the award {AWARDS[1]} was revoked: its bit in the status list is set, and stays so; "
    with pytest.raises(PermanenceError, match=told):
        sign(tmp_path, LATER)
    with pytest.raises(PermanenceError, match=told):
        build(tmp_path, tmp_path / "site", LATER.date(), drafts=True)
    assert check(tmp_path, LATER.date(), drafts=True).exit_code == 5
    assert tree(tmp_path) == before


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "as it was"])
def test_a_credential_that_was_replaced_does_not_count_again_if_its_list_goes_back(tmp_path: Path, gone: bool) -> None:
    before = {path: data for path, data in _signed_once(tmp_path).items() if not path.startswith("content/published")}
    write_signed_site(tmp_path, {BATCH_PATH: RENAMED})
    sign(tmp_path, LATER, seed=1, replaces=True)
    places = {status.place_of(credentials(tmp_path)[0])}
    write_signed_site(tmp_path, before)
    places.add(status.place_of(credentials(tmp_path)[0]))
    if gone:
        the_list(tmp_path).unlink()
    with pytest.raises(SignatureError, match="counts as revoked, as a later one was signed for it"):
        build(tmp_path, tmp_path / "site", LATER.date())
    before_it = tree(write_signed_site(tmp_path, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Bianchi")}))
    with pytest.raises(SignatureError, match="1 record says something else"):
        sign(tmp_path, LATER, seed=2)
    assert tree(write_signed_site(tmp_path)) == {**before_it, BATCH_PATH: BATCH.encode()}
    assert str(sign(tmp_path, LATER, seed=2)[0]) == "0 new credentials, 1 replaced, 1 status list"
    document = json.loads(the_list(tmp_path).read_bytes())["credential"]
    assert status.indices_in(status.bits_of(document)) == {index for _, index in places}
    assert set_bits(tmp_path) == dict.fromkeys(AWARDS, False)
    assert not sign(tmp_path, LATER)[0]


def _signed_once(root: Path) -> dict[str, bytes]:
    sign(write_signed_site(root))
    return tree(root)


def test_the_list_of_a_batch_all_of_whose_awards_were_erased_is_made_anew(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    (tmp_path / CREDENTIALS).unlink()
    with (tmp_path / LOCK).open("a") as lock:
        lock.writelines(f"{award} erased 2024-03-01\n" for award in AWARDS)
    (tmp_path / BATCH_PATH).write_text(HEAD.replace("awards:", "awards: []"))
    path = the_list(tmp_path)
    sign(tmp_path, LATER)
    before = path.read_bytes()
    path.unlink()
    with pytest.raises(SignatureError, match=f"the status list {path.stem} of this batch is missing"):
        build(tmp_path, tmp_path / "site", LATER.date())
    assert str(sign(tmp_path, LATER)[0]) == "0 new credentials, 0 replaced, 1 status list"
    assert path.read_bytes() == before


def test_a_list_that_is_missing_is_made_anew_from_records_and_lock_files(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    write_signed_site(tmp_path, {BATCH_PATH: SECOND_REVOKED})
    sign(tmp_path, LATER)
    before = the_list(tmp_path).read_bytes()
    the_list(tmp_path).unlink()
    assert str(sign(tmp_path, LATER)[0]) == "0 new credentials, 0 replaced, 1 status list"
    assert the_list(tmp_path).read_bytes() == before


def test_a_list_that_a_stranger_put_there_is_made_anew_and_its_bits_do_not_count(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    before = the_list(tmp_path).read_bytes()
    stranger = make_pair("example", NOW - timedelta(days=9))
    other = write_signed_site(tmp_path / "other", {BATCH_PATH: SECOND_REVOKED})
    write_keys(other, stranger)
    for key in PAIR:
        (other / key.public.path).unlink()
    sign(other, pairs={"example": stranger})
    the_list(tmp_path).write_bytes(the_list(other).read_bytes())
    assert the_list(tmp_path).read_bytes() != before
    assert str(sign(tmp_path)[0]) == "0 new credentials, 0 replaced, 1 status list"
    assert the_list(tmp_path).read_bytes() == before


def test_a_credential_that_a_stranger_put_there_is_not_locked(tmp_path: Path) -> None:
    locks.write_missing(tmp_path, reading_of(write_signed_site(tmp_path))[1])
    stranger = make_pair("example", NOW - timedelta(days=9))
    other = write_signed_site(tmp_path / "other")
    write_keys(other, stranger)
    sign(other, pairs={"example": stranger})
    (tmp_path / CREDENTIALS).write_bytes((other / CREDENTIALS).read_bytes())
    before = tree(tmp_path)
    with pytest.raises(SignatureError) as caught:
        sign(tmp_path)
    assert str(caught.value).splitlines() == [
        f"{CREDENTIALS}:{line}:1: this credential of the award {award} is signed by no key that its issuer has for "
        "this site; take the file back from Git, or remove the line"
        for line, award in enumerate(AWARDS, 1)
    ]
    assert tree(tmp_path) == before


def test_what_a_revoked_key_signed_is_issued_anew_with_the_next_one(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    for key in PAIR:
        path = tmp_path / key.public.path
        path.write_text(key_text(dataclasses.replace(key.public, revoked=NOW)))
    fresh = make_pair("example", NOW - timedelta(hours=1))
    write_keys(tmp_path, fresh)
    with pytest.raises(SignatureError, match="was revoked on 2024-03-01, and 2 credentials and 1 status list that"):
        build(tmp_path, tmp_path / "site", LATER.date())
    proposal, _ = sign(tmp_path, LATER, pairs={"example": fresh})
    assert str(proposal) == "0 new credentials, 2 replaced, 1 status list"
    assert {signed.kid for signed in lines(tmp_path)} == {
        fresh.p256.public.method("did:web:badges.example.edu:issuers:example")
    }
    assert not sign(tmp_path, LATER)[0]


def union(*versions: bytes) -> bytes:
    """As a merge that keeps both sides."""
    return b"".join(dict.fromkeys(line for version in versions for line in version.splitlines(keepends=True)))


def test_an_index_that_two_awards_got_is_burnt_and_both_get_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.signing.chance", lambda seed: Chance(lambda free: 0, lambda: "aaaaaaaa"))
    roots = [write_signed_site(tmp_path / name, {BATCH_PATH: HEAD + FIRST}) for name in ("here", "there")]
    for root, record in zip(roots, (SECOND, THIRD), strict=True):
        sign(root)
        (root / BATCH_PATH).write_text(HEAD + FIRST + record)
        sign(root)
    here, there = map(tree, roots)
    merged: dict[str, str | bytes | None] = {path: union(here[path], there[path]) for path in (CREDENTIALS, LOCK)}
    write_signed_site(roots[0], {BATCH_PATH: BATCH + THIRD, **merged})
    proposal, _ = sign(roots[0], LATER)
    assert str(proposal) == "0 new credentials, 2 replaced, 1 status list"
    assert [status.place_of(one) for one in credentials(roots[0])] == [("aaaaaaaa", index) for index in (0, 2, 3)]
    document = json.loads(the_list(roots[0]).read_bytes())["credential"]
    assert status.indices_in(status.bits_of(document)) == {1}
    assert not sign(roots[0], LATER)[0]


def test_a_site_that_had_open_badges_2_alone_is_signed_in_one_run(tmp_path: Path) -> None:
    write_signed_site(tmp_path, publish="[ob2]")
    _, catalogue, _ = reading_of(tmp_path)
    locks.write_missing(tmp_path, catalogue)
    write_signed_site(tmp_path)
    assert str(sign(tmp_path)[0]) == "2 new credentials, 0 replaced, 1 status list"
    reading, catalogue, _ = reading_of(tmp_path)
    assert locks.compare(tmp_path, reading) == locks.Comparison()
    assert not sign(tmp_path)[0]


def two_issuers(root: Path) -> Path:
    return write_signed_site(
        root,
        {
            "content/issuers/second.yaml": ISSUER,
            "content/badges/second-badge.yaml": BADGE.replace("issuer: example", "issuer: second"),
            "content/badges/english-b2.svg": PICTURE,
            "content/awards/2024/second.yaml": HEAD.replace("english-b2", "second-badge") + THIRD,
        },
    )


def test_each_issuer_signs_with_its_own_keys(tmp_path: Path) -> None:
    second = make_pair("second", NOW - timedelta(days=9))
    write_keys(two_issuers(tmp_path), second)
    proposal, _ = sign(tmp_path, pairs={"example": PAIR, "second": second})
    assert str(proposal) == "3 new credentials, 0 replaced, 2 status lists"
    assert proposal.issuers == ("example", "second")
    _, catalogue, plan = reading_of(tmp_path)
    kids = [catalogue.credentials[award.id].kid for _, award in catalogue.each_award()]
    ours, theirs = PAIR.p256.public.method(plan.did("example")), second.p256.public.method(plan.did("second"))
    assert kids == [ours, ours, theirs]
    assert {issuer for issuer, _ in catalogue.status_lists} == {"example", "second"}


def test_only_the_keys_of_issuers_with_something_to_sign_are_needed(tmp_path: Path) -> None:
    second = make_pair("second", NOW - timedelta(days=9))
    write_keys(two_issuers(tmp_path), second)
    sign(tmp_path, pairs={"example": PAIR, "second": second})
    write_signed_site(tmp_path, {BATCH_PATH: SECOND_REVOKED})
    proposal, _ = sign(tmp_path, LATER, pairs={"example": PAIR})
    assert proposal.issuers == ("example",)


TABBED = {
    BADGE_PATH: BADGE.replace("*scritta*", "*scritta*:\n\n    -\tlunga").replace("name: B2", 'name: "B\\t2"'),
    "content/issuers/example.yaml": ISSUER + 'description: "a\\tb"\n',
    BATCH_PATH: BATCH.replace("Ada Esempio", '"Ada\\tEsempio"') + '    narrative: "-\\ta"\n',
}


def test_a_tab_in_somebodys_text_is_signed_as_spaces_and_is_no_difference(tmp_path: Path) -> None:
    assert str(sign(write_signed_site(tmp_path, TABBED))[0]) == "2 new credentials, 0 replaced, 1 status list"
    first, second = credentials(tmp_path)
    assert first["credentialSubject"]["identifier"][1]["identityHash"] == "Ada Esempio"
    assert second["credentialSubject"]["narrative"].startswith("-   a\n\n")
    assert b"\\t" not in (tmp_path / CREDENTIALS).read_bytes()
    assert not sign(tmp_path, LATER)[0]


def test_credits_of_which_others_sign_other_digits_are_signed_in_words(tmp_path: Path) -> None:
    ects = BADGE.replace("ects: 3", "ects: 8.3")
    write_signed_site(tmp_path, {BADGE_PATH: ects, BATCH_PATH: BATCH + "    credits: 8.3\n"})
    assert str(sign(tmp_path)[0]) == "2 new credentials, 0 replaced, 1 status list"
    subject = credentials(tmp_path)[1]["credentialSubject"]
    assert "creditsEarned" not in subject
    assert "Crediti: 8.3" in subject["narrative"].split("\n\n")
    assert "### Crediti ECTS\n\n8.3\n\n" in subject["achievement"]["criteria"]["narrative"]
    assert not sign(tmp_path, LATER)[0]
    write_signed_site(tmp_path, {BADGE_PATH: ects, BATCH_PATH: BATCH + "    credits: 8.4\n"})
    with pytest.raises(SignatureError, match=rf'credits was "8\.3", now "8\.4" \(award {AWARDS[1]}\)$'):
        sign(tmp_path, LATER)


def test_addresses_that_others_would_sort_in_another_way_are_told_with_both_and_the_mend(tmp_path: Path) -> None:
    shown = "https://work.example.org/"
    before = tree(
        write_signed_site(tmp_path, {BATCH_PATH: f"{BATCH}    evidence: [{shown}\U0001f600, {shown}\uff01]\n"})
    )
    with pytest.raises(ContentError) as caught:
        sign(tmp_path)
    assert str(caught.value) == (
        f"{BATCH_PATH}:12:9: the credential cannot be signed: evidence[1].id has \uff01 (U+FF01) where "
        "evidence[0].id has \U0001f600 (U+1F600), and others would sort the two the other way round; "
        "write %EF%BC%81 in its place"
    )
    assert tree(tmp_path) == before
    write_signed_site(tmp_path, {BATCH_PATH: f"{BATCH}    evidence: [{shown}\U0001f600, {shown}%EF%BC%81]\n"})
    assert str(sign(tmp_path)[0]) == "2 new credentials, 0 replaced, 1 status list"


def test_emoji_beside_full_width_and_arabic_forms_are_signed(tmp_path: Path) -> None:
    mixed = (
        BADGE.replace("name: B1", "name: \U0001f600")
        .replace("name: B2", "name: \uff22\uff12")
        .replace("75 ore", "\ufe8e \ue000")
    )
    sign(
        write_signed_site(
            tmp_path, {BADGE_PATH: mixed, BATCH_PATH: BATCH.replace("Ada Esempio", "\U0001f600 \uff21da")}
        )
    )
    assert credentials(tmp_path)[0]["credentialSubject"]["result"][0]["value"] == "\uff22\uff12"


@pytest.mark.parametrize(
    ("member", "place"),
    [
        ("credentialSubject.achievement.criteria.narrative", f"{BADGE_PATH}:6:3"),
        ("issuer.name", "content/issuers/example.yaml:1:7"),
        ("credentialSubject.narrative", f"{BATCH_PATH}:5:9"),
    ],
    ids=["badge", "issuer", "record"],
)
def test_what_would_be_signed_wrongly_is_refused_where_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, member: str, place: str
) -> None:
    """No content is known to get so far, but for addresses."""

    def refuse(document: object) -> bytes:
        raise FormatError(f"{member} is signed in part; write it otherwise")

    before = tree(write_signed_site(tmp_path, {BATCH_PATH: HEAD + FIRST}))
    monkeypatch.setattr("badgesite.hashing.hashed", refuse)
    with pytest.raises(ContentError) as caught:
        sign(tmp_path)
    fault = f"the credential cannot be signed: {member} is signed in part; write it otherwise"
    assert str(caught.value) == f"{place}: {fault}"
    assert tree(tmp_path) == before


def test_faulty_public_keys_stop_it(tmp_path: Path) -> None:
    write_signed_site(tmp_path, {PAIR.p256.public.path: "{}"})
    (tmp_path / PAIR.p256.public.path).write_text("{}")
    with pytest.raises(KeyFileError, match=PAIR.p256.public.path):
        sign(tmp_path)


def test_how_many_processes_hash_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("badgesite.hashing.WORTH_A_PROCESS", 1)
    monkeypatch.setattr("badgesite.hashing.PIECE", 1)
    roots = [write_signed_site(tmp_path / name) for name in ("one", "two")]
    for jobs, root in enumerate(roots, 1):
        sign(root, jobs=jobs)
    assert tree(roots[0]) == tree(roots[1])


@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_a_private_half_that_is_not_of_the_public_one_signs_nothing(tmp_path: Path, kind: str) -> None:
    """As a memory error would have it: what does not verify with the public half is not written."""
    before = tree(write_signed_site(tmp_path))
    stranger = make_pair("example", NOW)
    wrong = SigningKey(getattr(PAIR, kind).public, getattr(stranger, kind)._private)
    with pytest.raises(SignatureError):
        sign(tmp_path, pairs={"example": PAIR._replace(**{kind: wrong})})
    assert tree(tmp_path) == before


def test_what_takes_long_has_a_bar_and_what_is_soon_done_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int]] = []
    monkeypatch.setattr("tests.signing.silent", watcher(told))
    sign(write_signed_site(tmp_path / "few"))
    assert told == []
    monkeypatch.setattr("badgesite.sign.MANY", 2)
    sign(write_signed_site(tmp_path / "many"))
    assert told == [("signing", 1), ("signing", 1)]


def test_words_that_are_still_to_be_written_are_not_signed(tmp_path: Path) -> None:
    before = tree(write_signed_site(tmp_path, {BADGE_PATH: BADGE.replace("Inglese B2", "✎ Inglese B2")}))
    with pytest.raises(ContentError, match=f"{BADGE_PATH}:3:8: the text is not written yet"):
        sign(tmp_path)
    assert tree(tmp_path) == before


def test_a_credential_replaced_after_its_award_expired_is_valid_from_the_day_of_award(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    write_signed_site(tmp_path, {BATCH_PATH: RENAMED})
    sign(tmp_path, NOW.replace(year=2026, month=7, day=15), seed=1, replaces=True)
    expired, _ = credentials(tmp_path)
    assert (expired["validFrom"], expired["validUntil"]) == ("2023-07-14T00:00:00Z", "2026-07-14T23:59:59Z")
    assert expired["proof"]["created"] == "2026-07-15T09:30:00Z"
    write_signed_site(tmp_path / "last-day")
    sign(tmp_path / "last-day")
    write_signed_site(tmp_path / "last-day", {BATCH_PATH: RENAMED})
    sign(tmp_path / "last-day", NOW.replace(year=2026, month=7, day=14), seed=1, replaces=True)
    assert credentials(tmp_path / "last-day")[0]["validFrom"] == "2026-07-14T09:30:00Z"


@pytest.mark.parametrize("field", ["name: eve@example.net", "narrative: Write to eve@example.net"])
def test_an_address_in_a_record_is_refused_before_anything_is_signed(tmp_path: Path, field: str) -> None:
    told = f"{BATCH_PATH}:5:9: the credential cannot be signed: it holds the e-mail address e…@example.net, "
    before = tree(write_signed_site(tmp_path, {BATCH_PATH: BATCH.replace("name: Ada Esempio", field)}))
    with pytest.raises(ContentError) as caught:
        sign(tmp_path)
    assert str(caught.value).startswith(told)
    assert tree(tmp_path) == before


def test_what_verifiers_would_refuse_is_not_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No content is known to make such a credential."""
    before = tree(write_signed_site(tmp_path))
    monkeypatch.setattr("badgesite.issued.unsignable.check_credential", lambda document: ("validUntil is wrong",))
    with pytest.raises(ContentError, match=f"{BATCH_PATH}:5:9: the credential cannot be signed: validUntil is wrong"):
        sign(tmp_path)
    assert tree(tmp_path) == before


def test_a_clock_that_is_days_behind_what_was_signed_is_refused(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    assert not sign(tmp_path, NOW - timedelta(days=1))[0]
    with pytest.raises(OutputError) as caught:
        sign(tmp_path, NOW - timedelta(days=1, seconds=1))
    assert str(caught.value) == (
        "this machine's clock says 2024-02-29T09:29:59Z, and something was signed on 2024-03-01T09:30:00Z; "
        "set the clock"
    )
    assert caught.value.exit_code == 3


def test_only_a_revocation_that_is_new_is_counted(tmp_path: Path) -> None:
    write_signed_site(tmp_path, {BATCH_PATH: SECOND_REVOKED})
    assert str(sign(tmp_path)[0]) == "2 new credentials, 0 replaced, 1 revoked, 1 status list"
    the_list(tmp_path).unlink()
    proposal, _ = sign(tmp_path)
    assert (str(proposal), proposal.revoked) == ("0 new credentials, 0 replaced, 1 status list", ())


@pytest.mark.parametrize("replaces", [False, True])
@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_what_a_key_signed_that_is_missing_is_not_replaced(tmp_path: Path, kind: str, replaces: bool) -> None:
    sign(write_signed_site(tmp_path))
    before = tree(tmp_path)
    fresh = make_pair("example", NOW - timedelta(hours=1))
    write_keys(tmp_path, fresh)
    key = getattr(PAIR, kind).public
    (tmp_path / key.path).unlink()
    with pytest.raises(KeyFileError) as caught:
        sign(tmp_path, LATER, replaces=replaces, pairs={"example": fresh})
    assert str(caught.value) == (
        f"keys/example: the folder lacks the public key {key.fragment} that signed 2 credentials; get its file back "
        "from whoever made it and commit it; new keys or --replace would make every badge given out stop verifying"
    )
    assert tree(tmp_path) == before
