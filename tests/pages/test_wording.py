import pytest

from badgesite.errors import ThemeError
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


@pytest.mark.parametrize(
    "data",
    [b'msgid "a"\nmsgstr[x] "b"\n', b"nonsense\n", b'msgid "a"\nmsgstr "\xff"\n'],
    ids=["broken index", "not a catalogue", "not UTF-8"],
)
def test_a_broken_catalogue_is_a_theme_error_with_its_path(data: bytes) -> None:
    with pytest.raises(ThemeError, match=r"themes/ours/messages\.po.*: the translations cannot be read"):
        wording("it", [("themes/ours/messages.po", data)])


def test_a_broken_plural_rule_is_a_theme_error() -> None:
    header = b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n ?? 1);\\n"\n'
    with pytest.raises(ThemeError, match="cannot be read"):
        wording("it", [("messages.po", header)])


@pytest.mark.parametrize(
    ("tag", "speaker"), [("it", "it"), ("it-ch", "it"), ("de", "en"), ("pt-br", "en"), ("en-gb", "en")]
)
def test_a_language_is_spoken_by_itself_its_wider_language_or_english(tag: str, speaker: str) -> None:
    wordings: dict[str, Wording] = {language: wording(language, []) for language in ("it", "en")}
    found = speaker_of(tag, wordings)
    assert found.language == speaker
    assert found.covers(tag) is (tag[:2] == speaker)
