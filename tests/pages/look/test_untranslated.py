from badgesite.errors import Place
from badgesite.pages.look.untranslated import missing_words
from badgesite.pages.wording import wording

ENGLISH = wording("en", [("en.po", b'msgid "Year"\nmsgstr "Year"\n\nmsgid "Day"\nmsgstr "Day"\n')])


def test_one_text_that_is_missing_is_told_as_one() -> None:
    half = wording("fr", [("themes/a/fr.po", b'msgid "Year"\nmsgstr "An"\n\nmsgid "Day"\nmsgstr ""\n')])
    [problem] = missing_words(half, ENGLISH, "fr", Place("content/site.yaml"))
    assert str(problem) == (
        'themes/a/fr.po:1:1: 1 of 2 texts has no words in "fr" and appears in "en"; fill in each msgstr that is empty'
    )
