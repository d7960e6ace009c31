import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from badgesite.content.reading import read_or_raise
from badgesite.content.signed.lines import (
    age_of,
    award_of,
    digest_of,
    entry_of,
    is_sound,
    line_of,
    lines_in,
    list_of,
    signed_in,
)
from badgesite.errors import FormatError
from badgesite.model.signed import Entry
from badgesite.plan import plan_of
from badgesite.standards import ob3, status
from tests.content.signed.samples import BASE, FIRST, LATER, LIST, credential, status_list
from tests.sites import AWARDS, write_site

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(WORDS)
@example('","kid":"did:x","signature":"x"}')
@example('"id":"https://x/awards/b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22/credential.json"')
@example('"proof":{"created":"2030-01-01T00:00:00Z"}')
@example('"credentialStatus":{"statusListIndex":"9","statusListCredential":"https://x/status/x/0a1b2c3e.json"}')
@example("\u2028\x85\x00\n\r")
def test_whatever_a_credential_says_its_line_is_cut_where_it_was_joined(words: str) -> None:
    signed = credential(AWARDS[0], 9, words=words)
    ((number, line, mark),) = lines_in(line_of(signed))
    assert (number, mark) == (1, False)
    assert signed_in(line) == signed
    assert json.loads(line) == {
        "credential": json.loads(signed.text),
        "kid": signed.kid,
        "signature": signed.signature,
    }
    assert is_sound(signed.text)
    assert award_of(signed.text) == AWARDS[0]
    assert entry_of(signed.text) == Entry(LIST, 9, digest_of(signed.text))
    assert age_of(signed.text) == (FIRST.encode(), signed.text)


def test_what_is_looked_for_is_found_in_real_documents(tmp_path: Path) -> None:
    catalogue = read_or_raise(write_site(tmp_path, base_url=BASE)).catalogue
    assert catalogue
    plan = plan_of(catalogue.site)
    for number, (batch, award) in enumerate(catalogue.each_award()):
        entry = status.entry(plan, "example", LIST, number)
        document = ob3.credential(catalogue, plan, batch, award, status=entry, valid_from=FIRST)
        text = ob3.compact({**document, "proof": {"type": "DataIntegrityProof", "created": LATER}})
        assert award_of(text) == award.id
        assert entry_of(text) == Entry(LIST, number, digest_of(text))
        assert age_of(text)[0] == LATER.encode()
        assert is_sound(text)
    assert list_of(status_list().text) == ("example", LIST)
    assert award_of(status_list().text) is None
    assert list_of(credential(AWARDS[0]).text) is None


LINE = line_of(credential(AWARDS[0])).rstrip()
DAMAGED = {
    "empty": b"{}",
    "cut off": LINE[:-1],
    "cut off within": LINE[:300],
    "its beginning lost": LINE[1:],
    "a space after": LINE + b" ",
    "a space in the wrapper": LINE.replace(b',"kid"', b', "kid"'),
    "another key": LINE.replace(b',"kid"', b',"key"'),
    "a further key": LINE.replace(b',"signature"', b',"x":"y","signature"'),
    "no signature": LINE.replace(b"c2ln", b""),
    "a signature in another alphabet": LINE.replace(b"c2ln", b"c2/n"),
    "a key that is no DID": LINE.replace(b'"kid":"did:', b'"kid":"'),
    "two on one line": LINE + LINE,
}


@pytest.mark.parametrize("line", [line for name, line in DAMAGED.items() if name != "two on one line"])
def test_another_line_is_none_of_ours(line: bytes) -> None:
    assert signed_in(line) is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff" + credential(AWARDS[0]).text,
        credential(AWARDS[0]).text[:-1],
        credential(AWARDS[0]).text.replace(b'","', b'", "', 1),
        credential(AWARDS[0]).text.replace(b"{", b"{\t", 1),
        credential(AWARDS[0]).text.replace(b'"name":', b'"name":"","name":'),
        credential(AWARDS[0]).text.replace(b"Inglese", b"Ingl\xe9se"),
        credential(AWARDS[0]).text.replace(b"Inglese", b"Ingl\x00se"),
        credential(AWARDS[0]).text.replace(b'"Inglese B2"', b"NaN"),
        credential(AWARDS[0]).text[:-1] + b',"last":1}',
        credential(AWARDS[0]).text.replace(b'"created"', b'"made"'),
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b',"proof":{"created":"2023-07-20T10:00:00Z"}}',
        (signed_in(DAMAGED["two on one line"]) or credential(AWARDS[0])).text,
    ],
    ids=[
        "empty", "no proof", "a list", "no JSON", "cut off", "a space", "a tab", "a key twice", "no UTF-8",
        "a control character", "no number", "the proof not last", "no date", "too deep", "two on one line",
    ],
)  # fmt: skip
def test_a_text_that_sign_cannot_have_written_is_not_sound(text: bytes) -> None:
    assert not is_sound(text)


def test_a_credential_without_its_place_in_a_list_is_told() -> None:
    with pytest.raises(FormatError, match="does not tell its place in a status list"):
        entry_of(status_list().text)


def test_marks_of_a_merge_are_told_apart_and_what_stood_before_both_sides_is_left_out() -> None:
    first, ours, theirs, before = (line_of(credential(AWARDS[0], number)).rstrip() for number in range(4))
    both = b"\n".join(
        [first, b"<<<<<<< HEAD", ours, b"||||||| 2254230", before, b"=======", theirs, b">>>>>>> other", b""]
    )
    for data in (both, both.replace(b"\n", b"\r\n"), both.rstrip()):
        found = list(lines_in(data))
        assert [line for _, line, mark in found if not mark] == [first, ours, theirs]
        assert [number for number, _, mark in found if mark] == [2, 4, 6, 8]
