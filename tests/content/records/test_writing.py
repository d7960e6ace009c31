"""What is written reads back as what was meant, in any reader of YAML and CSV."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.content.records.tables import COLUMNS
from badgesite.content.records.writing import (
    batch_text,
    record,
    remove_strays,
    scalar,
    strays,
    table_text,
    with_table,
    write_batch,
)
from badgesite.errors import OutputError
from badgesite.model.award import Award, Batch, BatchHead, Recipient, Revocation

ID = "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11"
AWARD = Award(id=ID, recipient=Recipient(identity=f"sha256${'9b' * 32}", salt="5e0d" * 8))
PATH = "content/awards/2023/b2-2023-07-14.yaml"
BATCH = Batch("b2-2023-07-14", PATH, BatchHead(badge="b2", date=date(2023, 7, 14)), (AWARD,))
FULL = replace(
    AWARD,
    name="Ada: Esempio",
    visibility="public",
    language="it",
    group="student",
    unit="cla",
    result="012",
    credits=2.5,
    narrative='She said "yes",\nand # left',
    evidence=("https://example.org/a,b", "https://example.org/c"),
    expires=date(2026, 7, 14),
    revoked=Revocation(date(2024, 1, 10), "Error: wrong person"),
)


def plain(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from(list("\n\t\x85\ufeff"))))
@settings(max_examples=300)
def test_any_text_survives_as_a_scalar(text: str) -> None:
    written = scalar(text)
    assert "\n" not in written
    for loader in (yaml.BaseLoader, yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        assert yaml.load(f"key: {written}\n", Loader=loader) == {"key": text}


@pytest.mark.parametrize(
    "text", ["no", "Null", "012", "2019", "2023-07-14", "1e5", "~", "- a", "a: b", "a #b", "", " a", "'a", "=1", "y"]
)
def test_what_a_reader_could_take_for_something_else_is_in_quotes(text: str) -> None:
    assert scalar(text).startswith('"')


@pytest.mark.parametrize(
    "text", ["Ada Esempio", "Niccolò D'Angelo", "b2", "Anna-Maria O. (x)", "https://example.org/a"]
)
def test_plain_words_stay_plain(text: str) -> None:
    assert scalar(text) == text


def test_a_record_has_the_fields_of_the_award() -> None:
    assert plain(record(FULL))[0] == {
        "id": ID,
        "recipient": {"identity": AWARD.recipient.identity, "salt": AWARD.recipient.salt},
        "name": "Ada: Esempio",
        "visibility": "public",
        "language": "it",
        "group": "student",
        "unit": "cla",
        "result": "012",
        "credits": "2.5",
        "narrative": 'She said "yes",\nand # left',
        "evidence": ["https://example.org/a,b", "https://example.org/c"],
        "expires": "2026-07-14",
        "revoked": {"date": "2024-01-10", "reason": "Error: wrong person"},
    }


@pytest.mark.parametrize("salt", ["0" * 32, "1e" + "5" * 30, "12345678901234567890123456789012"])
def test_a_salt_is_never_a_number(salt: str) -> None:
    award = replace(AWARD, recipient=Recipient(identity=AWARD.recipient.identity, salt=salt))
    assert yaml.safe_load(record(award))[0]["recipient"]["salt"] == salt


def test_a_batch_names_its_schema_badge_and_date() -> None:
    text = batch_text(BATCH)
    assert text.startswith("# yaml-language-server: $schema=../../.schema/")
    assert plain(text)["badge"] == "b2"
    assert plain(text)["date"] == "2023-07-14"
    assert len(plain(text)["awards"]) == 1


def test_over_fifty_awards_or_very_long_ones_go_to_a_table() -> None:
    assert with_table(replace(BATCH, awards=(AWARD,) * 50)).table is None
    long = with_table(replace(BATCH, awards=(AWARD,) * 51))
    assert long.table == "content/awards/2023/b2-2023-07-14.csv"
    assert plain(batch_text(long))["awards"] == "b2-2023-07-14.csv"
    assert with_table(replace(BATCH, awards=(replace(AWARD, narrative="x" * 40_000),) * 20)).table


def test_a_table_has_always_all_columns_and_quotes_only_where_needed() -> None:
    text = table_text([AWARD, FULL])
    assert text.splitlines()[:2] == [
        "id,identity,salt,name,visibility,language,group,unit,result,credits,narrative,evidence,expires,changed,"
        "revoked,reason",
        f"{ID},{AWARD.recipient.identity},{AWARD.recipient.salt},,,,,,,,,,,,,",
    ]
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["name"])
    assert row["evidence"] == "https://example.org/a,b https://example.org/c"
    assert (row["credits"], row["revoked"], row["reason"]) == ("2.5", "2024-01-10", "Error: wrong person")
    assert tuple(row) == COLUMNS


def test_a_batch_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    write_batch(tmp_path, BATCH)
    before = (tmp_path / PATH).read_bytes()
    with pytest.raises(OutputError, match="is there already"):
        write_batch(tmp_path, BATCH)
    assert (tmp_path / PATH).read_bytes() == before


def test_only_what_an_interrupted_run_left_is_removed(tmp_path: Path) -> None:
    long = with_table(replace(BATCH, awards=(AWARD,) * 51))
    write_batch(tmp_path, long)
    folder = (tmp_path / PATH).parent
    lost = replace(AWARD, id="b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22", narrative="one,\ntwo")
    (folder / "stray.csv").write_text(table_text([lost]))
    (folder / "mixed.csv").write_text(table_text([lost, AWARD]))
    (folder / "moved-away.csv").write_text(table_text([AWARD]))
    (folder / "empty.csv").write_text(table_text([]))
    (folder / "damaged.csv").write_bytes(table_text([lost]).encode() + b"\xff")
    (folder / "by-hand.csv").write_text("something,else\n1,2\n")
    (folder / ".badgesite-abc").write_text("half")
    expected = ("content/awards/2023/.badgesite-abc", "content/awards/2023/stray.csv")
    assert strays(tmp_path, ()) == expected[:1]
    assert strays(tmp_path, {lost.id}) == expected
    assert remove_strays(tmp_path, {lost.id}) == expected
    assert sorted(path.name for path in folder.iterdir()) == [
        "b2-2023-07-14.csv",
        "b2-2023-07-14.yaml",
        "by-hand.csv",
        "damaged.csv",
        "empty.csv",
        "mixed.csv",
        "moved-away.csv",
    ]
