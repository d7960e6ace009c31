import pytest

from badgesite.pages.look.po_file import read_po_file

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def _faults(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else (HEAD + text).encode()
    return [str(problem) for problem in read_po_file("fr.po", data).problems]


def test_entries_are_read_with_their_places() -> None:
    text = (
        '# a remark\n#, fuzzy\nmsgid ""\n"Valid "\n"until"\n'
        'msgstr "dit \\"oui\\"\\n"\n\n#~ msgid "old"\n#~ msgstr "x"\n'
    )
    file = read_po_file("fr.po", (HEAD + text).encode())
    [entry] = file.entries
    assert (entry.message.words, entry.forms[0].words, entry.fuzzy) == ("Valid until", 'dit "oui"\n', True)
    assert str(entry.message.place) == "fr.po:7:7"
    assert str(entry.forms[0].place) == "fr.po:10:8"
    assert file.head["content-type"].words == "text/plain; charset=utf-8"
    assert file.problems == ()


def test_a_guess_is_that_of_its_own_message_alone() -> None:
    file = read_po_file("fr.po", b'#, fuzzy\nmsgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n')
    assert [entry.fuzzy for entry in file.entries] == [True, False]


def test_a_guess_stays_one_beside_other_remarks() -> None:
    text = '#, fuzzy\n#| msgid "old"\n# look at it\n#: a.html:3 b.html\nmsgid "a"\nmsgstr "b %"\n'
    [entry] = read_po_file("fr.po", text.encode()).entries
    assert entry.fuzzy
    assert (entry.remarks, entry.sources) == (("look at it",), ("a.html", "b.html"))


def test_a_guess_of_what_no_page_says_any_more_is_not_that_of_the_next() -> None:
    text = '# of old\n#, fuzzy\n#~| msgid "z"\n#~ msgid "a"\n#~ msgstr ""\n#~ "b"\nmsgid "c"\nmsgstr "d"\n'
    file = read_po_file("fr.po", text.encode())
    assert [(entry.message.words, entry.fuzzy, entry.remarks) for entry in file.entries] == [("c", False, ())]
    [old] = file.retired
    assert (old.forms[0].words, old.fuzzy, old.remarks) == ("b", True, ("of old",))
    assert str(old.message.place) == "fr.po:4:10"


def test_damages_in_what_no_page_says_any_more_are_told_apart() -> None:
    file = read_po_file("fr.po", b'#~ msgid "a"\n#~ msgstr "b\n')
    assert file.problems == ()
    assert [str(problem.place) for problem in file.retired_problems] == ["fr.po:2:13"]


def test_an_apostrophe_behind_a_backslash_is_read_with_a_warning() -> None:
    file = read_po_file("fr.po", b'msgid "Year"\nmsgstr "l\\\'an"\n')
    assert file.entries[0].forms[0].words == "l'an"
    [problem] = file.problems
    assert (str(problem.place), problem.severity, problem.mend) == ("fr.po:2:10", "warning", "write ' alone")


def test_the_same_translation_twice_is_a_warning() -> None:
    file = read_po_file("fr.po", b'#, fuzzy\nmsgid "Year"\nmsgstr "An"\n\nmsgid "Year"\nmsgstr "An"\n')
    [problem] = file.problems
    assert problem.severity == "warning"
    assert str(problem) == "fr.po:5:7: this stands here a second time, as in line 2; remove one of them"
    assert [entry.fuzzy for entry in file.entries] == [False]


def test_forms_of_a_plural_are_read_by_number_and_either_line_ending() -> None:
    text = 'msgid "a"\r\nmsgid_plural "b"\r\nmsgstr[0] "c"\r\nmsgstr[1] "d"\r\n'
    [entry] = read_po_file("fr.po", text.encode()).entries
    assert {number: form.words for number, form in entry.forms.items()} == {0: "c", 1: "d"}
    assert entry.plural is not None
    assert entry.plural.words == "b"


def test_an_encoding_that_the_head_names_is_read() -> None:
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "a"\nmsgstr "é"\n'
    assert read_po_file("fr.po", text.encode("latin-1")).entries[0].forms[0].words == "é"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'msgid "Year"\nmsgstr "An\n\nmsgid "Day"\nmsgstr "Jour"\n',
            'fr.po:6:11: the closing quotation mark is missing; write " at the end of the text',
        ),
        (
            'msgid "Year"\nmsgstr "An\nou plus"\n',
            'fr.po:6:11: the closing quotation mark is missing; write " at the end of the text',
        ),
        (
            'msgid "Year"\nmsgstr "dit "oui" ici"\n',
            'fr.po:6:13: this quotation mark ends the text, and more follows; write \\" for one inside',
        ),
        (
            'msgid "Year"\nmsgstr An\n',
            'fr.po:6:8: no straight quotation mark begins the text; put it between two, as in msgstr "..."',
        ),
        (
            'msgid "Year"\nmsgstr “An”\n',
            'fr.po:6:8: no straight quotation mark begins the text; put it between two, as in msgstr "..."',
        ),
        ('msgid "Year"\nmsgstr"An"\n', 'fr.po:6:7: no blank stands between msgstr and its text; write msgstr "..."'),
        ('msgid "Year"\nmsgstr\n', 'fr.po:6:7: there is no text after msgstr; write msgstr "" for none'),
        ('msgid "Year"\nmsgstr "C:\\q"\n', "fr.po:6:11: \\q has no meaning; write \\\\ for a backslash"),
        (
            'msgid "Year"\nmsgstring "An"\n',
            'fr.po:6:1: "msgstring" begins no line of a translation; did you mean msgstr?',
        ),
        (
            'msgid "Year"\nmsgstr "An"\n\nBonjour\n',
            'fr.po:8:1: "Bonjour" begins no line of a translation; begin a remark with #, or remove the line',
        ),
        (
            'msgid "Year"\n\nmsgid "Day"\nmsgstr "Jour"\n',
            'fr.po:5:1: the message has no msgstr; write msgstr "" below it, with the translation',
        ),
        (
            'msgid "Year"\nmsgstr "An"\nmsgstr "Ans"\n',
            "fr.po:7:1: msgstr stands here a second time for one message; put back the msgid above it, or remove it",
        ),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n',
            "fr.po:7:8: a message with a plural has numbered forms; write msgstr[0], msgstr[1] and so on",
        ),
        (
            'msgid "a"\nmsgstr[0] "c"\n',
            "fr.po:6:11: a message without msgid_plural has one translation; write msgstr, without a number",
        ),
        (
            'msgid "Year"\nmsgstr "An"\n\nmsgid "Year"\nmsgstr "Année"\n',
            "fr.po:8:7: this message stands here a second time; the first is in line 5; keep the better one",
        ),
    ],
)
def test_each_damage_is_told_once_with_its_place_and_its_mend(text: str, told: str) -> None:
    assert _faults(text) == [told]


def test_a_translation_without_a_message_is_told() -> None:
    told = "fr.po:1:1: msgstr stands without a msgid; put back the msgid above it"
    assert _faults(b'msgstr "An"\n') == [told]


def test_all_damages_are_told_in_one_run() -> None:
    assert len(_faults('msgid "a"\nmsgstr "b\n\nmsgid "c"\nmsgstr d\n\nmsgid "e"\nmsgstr "f"g"\n')) == 3


def test_a_text_without_a_line_above_it_is_told() -> None:
    told = "fr.po:1:1: this text belongs to no msgid and no msgstr; put back the line above it, or remove it"
    assert _faults(b'"Language: fr\\n"\n"Content-Type: text/plain\\n"\n')[0] == told


def test_what_is_not_in_the_encoding_is_told_where_it_stands() -> None:
    told = (
        "fr.po:2:10: what stands here is not in UTF-8, the encoding of the file; save the file as UTF-8, with charset"
    )
    assert _faults('msgid "a"\nmsgstr "é"\n'.encode("latin-1").replace(b'"\xe9', b'"e\xe9'))[0].startswith(told)


@pytest.mark.parametrize("name", ["none-such", "undefined", "idna", "punycode", "rot13"])
def test_an_encoding_that_nobody_knows_or_writes_in_is_told(name: str) -> None:
    [told] = _faults(f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={name}\\n"\n# é {"a." * 40}\n'.encode())
    assert told.startswith("fr.po:")
    assert "encoding" in told
    assert "; save the file as UTF-8, " in told


def test_an_encoding_that_nobody_knows_is_told() -> None:
    told = 'fr.po:3:1: "none-such" is no encoding that is known; save the file as UTF-8, and write charset=utf-8 there'
    assert _faults(b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=none-such\\n"\n') == [told]
