import pytest

from badgesite.errors import ThemeError
from badgesite.pages.look.po_file import read_po_file
from badgesite.pages.look.translation import begun

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
ENGLISH = b"""
#: a.html
msgid "Year"
msgstr ""

#: a.html b.html
msgid "%(num)s year"
msgid_plural "%(num)s years"
msgstr[0] ""
msgstr[1] ""
"""
YEARS = 'msgid "%(num)s year"\nmsgid_plural "%(num)s years"\n'


def _begun(data: str | bytes, tag: str = "it") -> str:
    old = data if isinstance(data, bytes) else data.encode()
    return begun(tag, "italiano", [ENGLISH], ("it.po", old)).data.decode()


def _said(text: str) -> dict[str, list[str]]:
    return {
        entry.message.words: [form.words for form in entry.forms.values()]
        for entry in read_po_file("it.po", text.encode()).entries
    }


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_what_editors_make_of_a_file_loses_nothing(start: bytes, end: bytes) -> None:
    old = (
        HEAD
        + '\n# so\nmsgid "Year"\nmsgstr "l\\\\anno\u2028è"\n\n'
        + YEARS
        + 'msgstr[0] "%(num)s a"\nmsgstr[1] "%(num)s b"\n'
    )
    new = _begun(start + old.encode().replace(b"\n", end))
    assert _said(new) == {"Year": ["l\\anno\u2028è"], "%(num)s year": ["%(num)s a", "%(num)s b"]}
    assert '# so\n#: a.html\nmsgid "Year"' in new
    assert "#: a.html b.html\n" in new
    assert _begun(new) == new


def test_a_file_without_a_head_loses_nothing() -> None:
    assert _said(_begun('\ufeffmsgid "Year"\nmsgstr "Anno"\n'))["Year"] == ["Anno"]


@pytest.mark.parametrize(
    "line", ["PO-Revision-Date: 2026-11-22", "POT-Creation-Date:", "Language: Italian (it)", "Language-Team"]
)
def test_no_line_of_the_head_hinders(line: str) -> None:
    old = HEAD + f'"{line}\\n"\n\nmsgid "Year"\nmsgstr "Anno"\n'
    assert _said(_begun(old))["Year"] == ["Anno"]


def test_the_forms_that_the_head_has_are_kept_all() -> None:
    rule = '"Plural-Forms: nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;\\n"\n\n'
    new = _begun(HEAD + rule + YEARS + "".join(f'msgstr[{form}] "%(num)s {form}"\n' for form in range(3)))
    assert _said(new)["%(num)s year"] == ["%(num)s 0", "%(num)s 1", "%(num)s 2"]
    assert "nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;" in new


def test_what_no_page_says_goes_to_the_end_and_stays_there() -> None:
    old = (
        HEAD + '\n# note\nmsgid "Gone"\nmsgstr "Via"\n\nmsgctxt "c"\nmsgid "Year"\nmsgstr "An"\n\n'
        '#~ msgid "Long"\n#~ msgstr "Fa"\n'
    )
    new = _begun(old)
    for kept in (
        '#~ msgid "Long"\n#~ msgstr "Fa"',
        '# note\n#~ msgid "Gone"\n#~ msgstr "Via"',
        '#~ msgctxt "c"\n#~ msgid "Year"',
    ):
        assert kept in new
    assert 'msgid "Year"\nmsgstr ""' in new
    assert _begun(new) == new


def test_a_guess_is_to_be_translated_anew() -> None:
    assert _said(_begun('#, fuzzy\n#| msgid "Day"\nmsgid "Year"\nmsgstr "Giorno"\n'))["Year"] == [""]


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ('msgid"Year"\nmsgstr "Anno"\n', 'it.po:1:6: no blank stands between msgid and its text; write msgid "..."'),
        (
            YEARS + "".join(f'msgstr[{form}] "%(num)s"\n' for form in range(3)),
            "it.po:5:11: msgstr[2] is one form too many: the Plural-Forms of the head has 2, from 0; "
            "remove it, or mend the head",
        ),
        (
            'msgid "%(num)s year"\nmsgstr "%(num)s anni"\n',
            'it.po:1:7: this message counts something, and has forms for numbers; write msgid_plural "%(num)s years" '
            "below it, and msgstr[0], msgstr[1] and so on",
        ),
        (
            'msgid "Year"\nmsgid_plural "Years"\nmsgstr[0] "Anno"\nmsgstr[1] "Anni"\n',
            "it.po:2:14: this message counts nothing, and has no plural; "
            "remove the line msgid_plural, and write msgstr, without a number",
        ),
        (
            '#~ msgid "a"\n#~ msgstr "b\n',
            'it.po:2:13: the closing quotation mark is missing; write " at the end of the text',
        ),
        (
            'msgid "Year"\nmsgstr "%(an)s"\n',
            "it.po:2:8: %(an)s is no placeholder of the message; remove it: the message has none",
        ),
    ],
)
def test_what_could_be_lost_is_told_instead(old: str, told: str) -> None:
    with pytest.raises(ThemeError) as caught:
        _begun(old, "de")
    assert str(caught.value) == told
