"""Rows are edited where they stand, and every other byte of the CSV stays."""

from dataclasses import replace
from datetime import date

import pytest

from badgesite.content.edits.in_tables import edited_table
from badgesite.content.records.tables import COLUMNS
from badgesite.model.award import Award, Recipient, Revocation

IDENTITY, SALT = f"sha256${'9b' * 32}", "5e0d" * 8
ADA = Award(
    id="3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11", recipient=Recipient(identity=IDENTITY, salt=SALT), narrative='A "B",\nC'
)
BO = replace(ADA, id="b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22", name="Bo", narrative=None)
BEFORE = {award.id: award for award in (ADA, BO)}
WHOLE = ",".join(COLUMNS)
FIRST = f'{ADA.id},{IDENTITY},{SALT},,,,,,,,"A ""B"",\nC",,,,'
SECOND = f'"{BO.id}",{IDENTITY},"{SALT}",Bo,,,,,,,,,,,'


def revoked(award: Award, reason: str = "By mistake, sorry") -> Award:
    return replace(award, revoked=Revocation(date=date(2024, 1, 10), reason=reason))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False], ids=["", "no last line end"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "marked"])
def test_a_revocation_fills_two_cells(end: str, last: bool, mark: str) -> None:
    text = f"{mark}{WHOLE}{end}{FIRST},{end}{end}{SECOND},{end if last else ''}"
    done = edited_table(text, BEFORE, {ADA.id: revoked(ADA), BO.id: revoked(BO, "Oops")})
    assert done == (
        f'{mark}{WHOLE}{end}{FIRST}2024-01-10,"By mistake, sorry"{end}{end}{SECOND}2024-01-10,Oops{end if last else ""}'
    )


def test_columns_that_are_not_there_join_at_the_end() -> None:
    text = f"salt,id,identity\n{SALT},{ADA.id},{IDENTITY}\n{SALT},{BO.id},{IDENTITY}\n"
    plain = {award.id: replace(award, name=None, narrative=None) for award in (ADA, BO)}
    done = edited_table(text, plain, {BO.id: replace(plain[BO.id], expires=date(2024, 1, 10))})
    assert done == (f"salt,id,identity,expires\n{SALT},{ADA.id},{IDENTITY},\n{SALT},{BO.id},{IDENTITY},2024-01-10\n")


def test_a_cell_is_replaced_or_emptied() -> None:
    text = f"{WHOLE}\n{FIRST},\n{SECOND},\n"
    after = {ADA.id: replace(ADA, narrative=None), BO.id: replace(BO, name='Bo "B" Rossi')}
    done = edited_table(text, BEFORE, after)
    assert done == text.replace('"A ""B"",\nC"', "").replace(",Bo,", ',"Bo ""B"" Rossi",')


def test_rows_are_taken_out() -> None:
    text = f"{WHOLE}\n{FIRST},\n{SECOND},\n"
    assert edited_table(text, BEFORE, {ADA.id: None}) == f"{WHOLE}\n{SECOND},\n"
    assert edited_table(text, BEFORE, {ADA.id: None, BO.id: None}) == f"{WHOLE}\n"


def test_nothing_wanted_changes_nothing() -> None:
    text = f"{WHOLE}\r\n{FIRST},\r\n{SECOND},"
    assert edited_table(text, BEFORE, {}) == text
