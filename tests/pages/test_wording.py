import pickle
from datetime import date

import pytest
from markupsafe import Markup

from badgesite.pages.dates import Local, day_in, number_in
from badgesite.pages.wording import Wording, speaker_of, wording

PO = b"""
msgid "Year"
msgstr "Anno"

#, fuzzy
msgid "Guess"
msgstr "Forse"

msgid "%(num)s year"
msgid_plural "%(num)s years"
msgstr[0] "%(num)s anno"
msgstr[1] "%(num)s anni"
"""


def test_messages_are_said_in_the_language() -> None:
    italian = wording("it", [("messages.po", PO)])
    assert italian.gettext("Year") == "Anno"
    assert [italian.ngettext("%(num)s year", "%(num)s years", n) for n in (1, 2)] == ["%(num)s anno", "%(num)s anni"]


def test_what_is_not_translated_or_only_guessed_is_said_as_written() -> None:
    italian = wording("it", [("messages.po", PO)])
    assert italian.gettext("Guess") == "Guess"
    assert italian.gettext("Other") == "Other"
    assert [italian.ngettext("one", "many", n) for n in (0, 1, 2)] == ["many", "one", "many"]


def test_later_files_speak_over_earlier_ones() -> None:
    assert wording("it", [("a", PO), ("b", b'msgid "Year"\nmsgstr "Annata"\n')]).gettext("Year") == "Annata"


def test_what_is_wrong_is_told_of_all_files_and_the_rest_is_said() -> None:
    broken = b'msgid "Year"\nmsgstr An\n\nmsgid "%(day)s"\nmsgstr "%(jour)s"\n\nmsgid "Month"\nmsgstr "Mese"\n'
    found = wording("it", [("a", broken), ("b", b'msgid "Day"\nmsgstr "Giorno\n')])
    places = [str(problem.place) for problem in found.problems if problem.severity == "error"]
    assert places == ["a:2:8", "a:5:8", "b:2:15"]
    assert found.gettext("Month") == "Mese"


def test_a_message_that_counts_is_said_once_it_has_all_forms() -> None:
    english, italian = wording("en", [("messages.po", PO)]), wording("it", [("messages.po", PO)])
    half = wording("it", [("messages.po", PO.replace(b'msgstr[1] "%(num)s anni"', b'msgstr[1] ""'))])
    assert (italian.lacks(english), half.lacks(english), wording("it", []).lacks(english)) == (0, 1, 2)


@pytest.mark.parametrize(
    ("tag", "speaker"), [("it", "it"), ("it-ch", "it"), ("de", "en"), ("pt-br", "en"), ("en-gb", "en")]
)
def test_a_language_is_spoken_by_itself_its_wider_language_or_english(tag: str, speaker: str) -> None:
    wordings: dict[str, Wording] = {language: wording(language, []) for language in ("it", "en")}
    found = speaker_of(tag, wordings)
    assert found.language == speaker
    assert found.covers(tag) is (tag[:2] == speaker)


DAY = date(2026, 7, 14)
TIME = '<time datetime="2026-07-14"{}>{}</time>'


def test_days_and_numbers_are_in_the_language_in_which_a_message_is_said() -> None:
    italian = wording("it", [("a", b'msgid "on %(day)s"\nmsgstr "il %(day)s"\n')])
    day = Local(day_in, "it", DAY)
    assert day == "14 luglio 2026"
    assert italian.filled("on %(day)s", day=day) == "il 14 luglio 2026"
    assert italian.filled("until %(day)s", day=day) == "until 14 July 2026"
    assert italian.filled("%(num)s of them", num=Local(number_in, "it", 15783)) == "15,783 of them"
    assert pickle.loads(pickle.dumps(day)).in_language("en") == "14 July 2026"


def test_a_day_in_the_markup_of_a_page_is_marked_where_its_language_is_another() -> None:
    italian = wording("it", [])
    said = italian.fitting("en", {"day": Markup(TIME.format("", "14 luglio 2026")), "other": "14 luglio 2026"})
    assert said == {"day": TIME.format(' lang="en"', "14 July 2026"), "other": "14 luglio 2026"}
    for words in ("14 July 2026", "2026-07-14", "14.7."):
        kept = Markup(TIME.format("", words))
        assert italian.fitting("en", {"day": kept}) == {"day": kept}


def test_a_form_that_is_missing_is_of_the_language_of_templates() -> None:
    half = wording("it", [("a", PO.replace(b'msgstr[1] "%(num)s anni"', b'msgstr[1] ""'))])
    assert [half.language_of("%(num)s year", number) for number in (1, 2)] == ["it", "en"]


def test_texts_with_an_element_of_a_day_that_has_no_end_are_left_as_they_are() -> None:
    open_ones = Markup('<time datetime="2020-01-01" ' * 20_000)
    assert wording("it", []).fitting("en", {"day": open_ones}) == {"day": open_ones}


def test_a_bare_per_cent_sign_of_a_message_without_gaps_stays_one() -> None:
    words = wording("it", [("a", 'msgid "half"\nmsgstr "50% è"\n\nmsgid "all"\nmsgstr "100%% è"\n'.encode())])
    assert words.problems[1:] == ()
    assert (words.gettext("half"), words.filled("half"), words.filled("all")) == ("50% è", "50% è", "100% è")
