"""Whatever stands in the files, reading them ends in a catalogue or in problems."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.content.reading import read
from badgesite.content.records.tables import COLUMNS
from tests.content.signed.samples import CREDENTIALS, LISTS, LOCK, credential, lines, lock_lines, status_list
from tests.sites import (
    ADDRESSES,
    AWARDS,
    BADGE,
    BADGE_PATH,
    BATCH,
    BATCH_PATH,
    ISSUER,
    ISSUER_PATH,
    SALTS,
    SITE_PATH,
    identity,
    site_yaml,
    write_site,
)

TABLE_PATH = BATCH_PATH.replace(".yaml", ".csv")
TABLE = f"{','.join(COLUMNS)}\n{AWARDS[0]},{identity(ADDRESSES[0], SALTS[0])},{SALTS[0]},Ada,,,,,b2,,,,,,,\n"
FILES = {
    SITE_PATH: site_yaml(groups="{student: {name: S}}", categories="{a: A}", base_url="https://b.example.edu/"),
    ISSUER_PATH: ISSUER,
    BADGE_PATH: BADGE,
    BATCH_PATH: BATCH,
    TABLE_PATH: TABLE,
    "content/pages/help.md": "# Help\n\nWords.\n",
    CREDENTIALS: lines(credential(AWARDS[0]), credential(AWARDS[1], 8)).decode(),
    LISTS: lines(status_list()).decode(),
    LOCK: "".join(f"{line}\n" for line in ("lock 1", *AWARDS, *lock_lines({AWARDS[0]: credential(AWARDS[0])}))),
}
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["- ", ": ", "\n", "\n  ", "[", "{", "]", "}", '"', "'", "|\n", "# ", "1e999", "0x", ",", "null", "~"]
    ),
    st.sampled_from(
        ["\n<<<<<<< HEAD\n", "\n=======\n", "\n>>>>>>> 1\n", "\n||||||| 2\n", '"id":"', ',"proof":{', "erased", "\r"]
    ),
)


def says_how_it_went(root: Path) -> None:
    for reading in (read(root), read(root, conflicts=True)):
        assert (reading.catalogue is None) == bool(reading.problems)
        for problem in reading.problems:
            assert str(problem).startswith("content/")
            assert "\n" not in str(problem)


@pytest.mark.parametrize("path", FILES)
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_file_ends_in_a_catalogue_or_in_problems(path: str, data: st.DataObject) -> None:
    text = FILES[path]
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 20))
    changed = text[:at] + data.draw(PIECES) + text[at + cut :]
    batch = "badge: english-b2\ndate: 2023-07-14\nawards: english-b2-2023-07-14.csv\n"
    files = {TABLE_PATH: TABLE, BATCH_PATH: batch} if path == TABLE_PATH else {}
    with TemporaryDirectory() as folder:
        says_how_it_went(write_site(Path(folder), {**files, path: changed.encode("utf-8", "surrogatepass")}))


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_end_in_a_catalogue_or_in_problems(path: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        says_how_it_went(write_site(Path(folder), {path: content}))


NODES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["it", "en", "2020-01-01"])
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["it", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.sampled_from(["title", "languages", "publish", "basis", "categories", "groups", "indicators", "contact"]), NODES
)
@settings(max_examples=150, deadline=None)
def test_any_value_of_a_site_field_ends_in_a_catalogue_or_in_problems(key: str, value: object) -> None:
    with TemporaryDirectory() as folder:
        says_how_it_went(write_site(Path(folder), {}, **{key: json.dumps(value, ensure_ascii=True)}))
