"""What is signed is read to the letter, and every line that is not as `sign` wrote it is told with its place."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from badgesite.content.reading import Reading, read
from badgesite.content.signed import reading as signed_reading
from badgesite.content.signed.lines import entry_of, line_of
from badgesite.errors import Place
from badgesite.model.signed import Signed
from tests.content.signed.samples import (
    BASE,
    CREDENTIALS,
    LATER,
    LIST,
    LISTS,
    LOCK,
    credential,
    lines,
    lock_lines,
    status_list,
)
from tests.sites import AWARDS, BATCH, BATCH_PATH, write_site

Files = Mapping[str, str | bytes | None]

ADA, BRUNO = (credential(award, index) for index, award in enumerate(AWARDS))
ERASED = "00000000-0000-4000-8000-000000000001"
FROM_GIT = (
    "take the file back from Git; if it was never committed, remove the line, here and in the batch's lock file, "
    "and run `badgesite sign`"
)


def site(root: Path, files: Files | None = None, *locked: str) -> Path:
    """A site whose two awards are signed, with these lines in the lock file of their batch."""
    lock = "".join(f"{line}\n" for line in ("lock 1", *AWARDS, "badge english-b2", f"base {BASE}", *locked))
    ours: Files = {CREDENTIALS: lines(ADA, BRUNO), LISTS: lines(status_list()), LOCK: lock}
    return write_site(root, {**ours, **(files or {})}, base_url=BASE, publish="[ob2, ob3]")


def problems(root: Path) -> list[str]:
    return [str(problem) for problem in read(root).problems]


def credentials(reading: Reading) -> Mapping[str, Signed]:
    assert reading.catalogue, reading.problems
    return reading.catalogue.credentials


def merged(ours: bytes, theirs: bytes) -> bytes:
    return b"<<<<<<< HEAD\n" + ours + b"=======\n" + theirs + b">>>>>>> 2254230 (the other)\n"


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("locked", [True, False])
def test_what_is_signed_is_read_to_the_letter(tmp_path: Path, ends: bytes, locked: bool) -> None:
    written = {CREDENTIALS: lines(ADA, BRUNO), LISTS: lines(status_list([3]))}
    files = {path: data.replace(b"\n", ends) for path, data in written.items()}
    known = lock_lines(dict(zip(AWARDS, (ADA, BRUNO), strict=True)))
    reading = read(site(tmp_path, files, *(known if locked else ())))
    assert credentials(reading) == dict(zip(AWARDS, (ADA, BRUNO), strict=True))
    assert reading.catalogue
    assert reading.catalogue.status_lists == {("example", LIST): status_list([3])}
    assert reading.places[f"credential:{AWARDS[1]}"] == Place(CREDENTIALS, 2)
    assert reading.places[f"status:example/{LIST}"] == Place(LISTS, 1)
    assert reading.merged == frozenset()


def test_a_batch_may_have_several_files(tmp_path: Path) -> None:
    second = CREDENTIALS.replace(".jsonl", "-2.jsonl")
    reading = read(site(tmp_path, {CREDENTIALS: lines(ADA), second: lines(BRUNO)}))
    assert credentials(reading).keys() == set(AWARDS)
    assert reading.places[f"credential:{AWARDS[1]}"] == Place(second, 1)


def test_what_the_lock_file_knows_is_kept_by_award(tmp_path: Path) -> None:
    earlier = credential(AWARDS[0], 40)
    known = lock_lines({AWARDS[0]: ADA}) + lock_lines({AWARDS[0]: earlier}) + lock_lines({ERASED: BRUNO})
    reading = read(site(tmp_path, {}, *known, f"{AWARDS[1]} revoked", ERASED, f"{ERASED} erased 2024-02-01"))
    assert reading.catalogue
    assert reading.catalogue.locked == {
        ERASED: (entry_of(BRUNO.text),),
        AWARDS[0]: (entry_of(ADA.text), entry_of(earlier.text)),
    }
    assert reading.catalogue.revoked_bits == {AWARDS[1]}


def test_a_text_that_the_lock_file_knows_is_not_looked_into(tmp_path: Path) -> None:
    odd = Signed(ADA.text.replace(b'"name":', b'"name" : '), ADA.kid, ADA.signature)
    files = {CREDENTIALS: lines(odd, BRUNO)}
    assert len(problems(site(tmp_path, files))) == 1
    assert problems(site(tmp_path, files, *lock_lines({AWARDS[0]: odd}))) == []


OTHER = credential("bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22")
ELSEWHERE = "content/awards/2024/other.yaml"
ELSEWHERE_BATCH = f"""\
badge: english-b2
date: 2023-07-14
awards:
  - id: bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22
    recipient: {{identity: sha256${"9b" * 32}, salt: {"5e0d" * 8}}}
"""
FAULTS: dict[str, tuple[Files, tuple[str, ...], list[str]]] = {
    "a damaged line": (
        {CREDENTIALS: lines(ADA) + lines(BRUNO)[:-9] + b"\n"},
        (),
        [f"{CREDENTIALS}:2:1: this line is no credential as `sign` writes it; {FROM_GIT}"],
    ),
    "damage within": (
        {CREDENTIALS: lines(ADA, BRUNO).replace(b'"type":', b'"type":[],"type":', 1)},
        (),
        [f"{CREDENTIALS}:1:1: this line is no credential as `sign` writes it; {FROM_GIT}"],
    ),
    "no place in a list": (
        {CREDENTIALS: lines(ADA, BRUNO).replace(b"statusListIndex", b"index", 1)},
        (),
        [f"{CREDENTIALS}:1:1: this line is no credential as `sign` writes it; {FROM_GIT}"],
    ),
    "a status list among credentials": (
        {CREDENTIALS: lines(ADA, BRUNO, status_list())},
        (),
        [f"{CREDENTIALS}:3:1: this line is no credential as `sign` writes it; {FROM_GIT}"],
    ),
    "an award nobody knows": (
        {CREDENTIALS: lines(ADA, OTHER, BRUNO)},
        (),
        [
            f"{CREDENTIALS}:2:1: this is the credential of the award bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22, of which "
            "there is no record; put the record back, or remove the line"
        ],
    ),
    "an award of another batch": (
        {CREDENTIALS: lines(ADA, OTHER, BRUNO), ELSEWHERE: ELSEWHERE_BATCH},
        (),
        [
            f"{CREDENTIALS}:2:1: the award bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 is recorded in the batch "
            '"other", and its credential lies with "english-b2-2023-07-14"; '
            "move the line to content/awards/2024/other.credentials.jsonl"
        ],
    ),
    "an erased award": (
        {CREDENTIALS: lines(ADA, OTHER, BRUNO)},
        ("bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 erased 2024-02-01",),
        [
            f"{CREDENTIALS}:2:1: the award bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 was erased, and its credential is "
            "here still; run `badgesite sign`, which removes it"
        ],
    ),
    "two credentials of one award": (
        {CREDENTIALS: lines(ADA, BRUNO, credential(AWARDS[0], 50, LATER))},
        (),
        [
            f"{CREDENTIALS}:3:1: the award {AWARDS[0]} has another credential, at {CREDENTIALS}:1:1; "
            "run `badgesite sign`, which keeps the one signed later"
        ],
    ),
    "a merge": (
        {CREDENTIALS: merged(lines(ADA, BRUNO), lines(ADA))},
        (),
        [
            f"{CREDENTIALS}:1:1: the file holds the marks of a merge; run `badgesite sign`, which keeps both sides",
        ],
    ),
    "no batch": (
        {"content/awards/2024/lost.credentials.jsonl": lines(OTHER)},
        (),
        [
            "content/awards/2024/lost.credentials.jsonl: there is no batch lost.yaml beside these credentials; "
            "put it back, or remove the file"
        ],
    ),
    "a batch that was moved alone": (
        {BATCH_PATH: None, BATCH_PATH.replace("2023/", ""): BATCH},
        (),
        [
            f"{CREDENTIALS}: the batch of these credentials is {BATCH_PATH.replace('2023/', '')}; "
            "move the file beside it"
        ],
    ),
    "a damaged status list": (
        {LISTS: lines(status_list()).replace(b"\n", b" \n")},
        (),
        [
            f"{LISTS}:1:1: this line is no status list as `sign` writes it; "
            "take the file back from Git, or remove it and run `badgesite sign`"
        ],
    ),
    "another status list": (
        {LISTS: lines(status_list(name="ffffffff"))},
        (),
        [
            f"{LISTS}:1:1: this line is no status list as `sign` writes it; "
            "take the file back from Git, or remove it and run `badgesite sign`"
        ],
    ),
    "an empty status list": (
        {LISTS: b""},
        (),
        [f"{LISTS}: the file holds no status list; take the file back from Git, or remove it and run `badgesite sign`"],
    ),
    "a merge of status lists": (
        {LISTS: merged(lines(status_list([1])), lines(status_list([2], LATER)))},
        (),
        [f"{LISTS}:1:1: the file holds the marks of a merge; run `badgesite sign`, which keeps both sides"],
    ),
    "two status lists": (
        {LISTS: lines(status_list([1]), status_list([2], LATER))},
        (),
        [f"{LISTS}:2:1: the status list is here twice; run `badgesite sign`, which keeps the one signed later"],
    ),
    "a status list of no issuer": (
        {LISTS.replace("example", "exmaple"): lines(status_list())},
        (),
        [
            'content/status/exmaple/0a1b2c3d.json: there is no issuer "exmaple"; is the folder\'s name spelt so?',
            "content/status/exmaple/0a1b2c3d.json:1:1: this line is no status list as `sign` writes it; "
            "take the file back from Git, or remove it and run `badgesite sign`",
        ],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_have_their_place_and_mend(tmp_path: Path, fault: str) -> None:
    files, locked, told = FAULTS[fault]
    assert problems(site(tmp_path, files, *locked)) == told


def test_a_file_that_cannot_be_read_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_reading, "LIMIT", 9)
    told = [problem.partition("; ")[0] for problem in problems(site(tmp_path))]
    assert told == [f"{path}: the file is larger than 0 kB" for path in (CREDENTIALS, LISTS)]


def test_other_files_beside_awards_and_lists_are_told(tmp_path: Path) -> None:
    stray = {"content/awards/x.credentials-1.jsonl": "", "content/awards/x.jsonl": "", "content/status/x.json": ""}
    assert [problem.place.path for problem in read(site(tmp_path, stray)).warnings] == sorted(stray)


def test_awards_that_could_not_be_read_are_not_missed(tmp_path: Path) -> None:
    broken = BATCH.replace(f"id: {AWARDS[1]}", "id: nothing")
    (problem,) = problems(site(tmp_path, {BATCH_PATH: broken}))
    assert problem.startswith(BATCH_PATH)


def test_both_sides_of_a_merge_are_read_where_that_is_wanted(tmp_path: Path) -> None:
    later, other = credential(AWARDS[0], 50, LATER), credential(AWARDS[1], 60, LATER)
    lists = merged(lines(status_list([1])), lines(status_list([2], LATER)))
    root = site(tmp_path, {CREDENTIALS: merged(lines(later, BRUNO), lines(ADA, other)), LISTS: lists})
    reading = read(root, conflicts=True)
    assert credentials(reading) == {AWARDS[0]: later, AWARDS[1]: other}
    assert reading.catalogue
    assert reading.catalogue.status_lists == {("example", LIST): status_list([2], LATER)}
    assert reading.merged == {CREDENTIALS, LISTS}


def test_the_credential_that_loses_keeps_its_place_in_the_status_list(tmp_path: Path) -> None:
    later = credential(AWARDS[0], 50, LATER)
    for files in (lines(later, BRUNO) + lines(ADA), merged(lines(ADA, BRUNO), lines(later, BRUNO))):
        root = site(tmp_path, {CREDENTIALS: files}, *lock_lines({AWARDS[1]: BRUNO}))
        catalogue = read(root, conflicts=True).catalogue
        assert catalogue
        assert catalogue.locked == {AWARDS[0]: (entry_of(ADA.text),), AWARDS[1]: (entry_of(BRUNO.text),)}
        assert catalogue.credentials == {AWARDS[0]: later, AWARDS[1]: BRUNO}


def test_which_side_stands_first_makes_no_difference(tmp_path: Path) -> None:
    same_moment = credential(AWARDS[0], 50)
    sides = lines(ADA, BRUNO), lines(same_moment, BRUNO)
    found = [
        credentials(read(site(tmp_path, {CREDENTIALS: merged(*order)}), conflicts=True))
        for order in (sides, sides[::-1])
    ]
    assert found[0] == found[1]


def test_an_erased_award_that_a_merge_brought_back_is_passed_over(tmp_path: Path) -> None:
    root = site(tmp_path, {CREDENTIALS: lines(ADA, credential(ERASED), BRUNO)}, f"{ERASED} erased 2024-02-01")
    reading = read(root, conflicts=True)
    assert list(credentials(reading)) == list(AWARDS)
    assert reading.merged == {CREDENTIALS}


def test_a_merge_is_no_excuse_for_damage(tmp_path: Path) -> None:
    cut = line_of(BRUNO)[:80] + b"\n"
    (problem,) = read(site(tmp_path, {CREDENTIALS: merged(lines(ADA), cut)}), conflicts=True).problems
    assert problem.place == Place(CREDENTIALS, 4)


def test_the_name_of_a_file_is_not_read_from_its_content(tmp_path: Path) -> None:
    """A credential of another site's award with the same id counts by what it is; its address is for `build`."""
    moved = Signed(ADA.text.replace(b"badges.example.edu", b"other.example.edu"), ADA.kid, ADA.signature)
    assert credentials(read(site(tmp_path, {CREDENTIALS: lines(moved, BRUNO)})))[AWARDS[0]] == moved
