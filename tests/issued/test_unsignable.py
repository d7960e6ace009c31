"""What `sign` will refuse is told by `check` before anything is awarded."""

from pathlib import Path

import pytest

from badgesite.check import check
from badgesite.errors import ContentError
from badgesite.issued.unsignable import problems_to_come
from tests.signing import NOW, reading_of, sign, write_signed_site
from tests.sites import AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH

SHOWN = "https://work.example.org/"
UNSORTED = f"{BATCH}    evidence: [{SHOWN}\U0001f600, {SHOWN}\uff01]\n"


def test_what_sign_takes_is_no_problem(tmp_path: Path) -> None:
    reading, _, _ = reading_of(write_signed_site(tmp_path))
    assert list(problems_to_come(reading, AWARDS)) == []
    assert sign(tmp_path)[0]


def test_what_sign_will_refuse_in_an_award_is_told_in_the_pull_request_with_the_same_words(tmp_path: Path) -> None:
    write_signed_site(tmp_path, {BATCH_PATH: UNSORTED})
    checked = check(tmp_path, NOW.date(), drafts=True)
    assert checked.exit_code == 1
    with pytest.raises(ContentError) as caught:
        sign(tmp_path)
    assert caught.value.problems == checked.problems


def test_what_is_signed_is_not_looked_at_again(tmp_path: Path) -> None:
    reading, _, _ = reading_of(write_signed_site(tmp_path, {BATCH_PATH: UNSORTED}))
    assert list(problems_to_come(reading, AWARDS[:1])) == []


def test_a_badge_that_was_never_awarded_is_looked_at_in_all_its_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The texts of a badge are not known to hold anything that is refused."""
    seen: list[object] = []

    def refuse(document: dict[str, object]) -> tuple[str, ...]:
        seen.append(document["name"])
        return ("credentialSubject.achievement.name is wrong; write another",)

    monkeypatch.setattr("badgesite.issued.unsignable.check_credential", refuse)
    reading, _, _ = reading_of(write_signed_site(tmp_path, {BATCH_PATH: None}))
    problems = {str(problem) for problem in problems_to_come(reading, ())}
    assert problems == {
        f"{BADGE_PATH}:3:7: the credential cannot be signed: credentialSubject.achievement.name is wrong; write another"
    }
    assert seen == ["Inglese B2", "English B2"]


def test_a_character_that_others_sign_in_another_form_is_refused_in_a_badge(tmp_path: Path) -> None:
    odd = BADGE.replace("75 ore", '"75\\u007fore"')
    checked = check(write_signed_site(tmp_path, {BADGE_PATH: odd, BATCH_PATH: None}), NOW.date(), drafts=True)
    assert checked.exit_code == 1
    assert all(problem.place.path == BADGE_PATH for problem in checked.problems)


def test_a_site_that_does_not_sign_is_not_looked_at(tmp_path: Path) -> None:
    write_signed_site(tmp_path, {BATCH_PATH: UNSORTED}, publish="[ob2]")
    assert list(problems_to_come(reading_of(tmp_path)[0], AWARDS)) == []
