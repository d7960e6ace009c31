import pytest

from badgesite.pages.look.po_file import read_po_file
from badgesite.pages.look.po_rules import entry_problems, head_problems, rule_of

PLURAL = 'msgid "%(num)s of %(all)s"\nmsgid_plural "%(num)s of %(all)s"\n'


def _faults(text: str, language: str = "fr") -> list[str]:
    file = read_po_file("fr.po", text.encode())
    assert file.problems == ()
    rule, problems = rule_of(file, language)
    return [
        str(problem)
        for problem in (*problems, *(fault for each in file.entries for fault in entry_problems(each, rule)))
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Valable le %(day)s", ""),
        ("%(day)s, à 100%%", ""),
        ("Valable le %(jour)s", "%(jour)s is no placeholder of the message; write %(day)s, as the message has it"),
        ("Valable le %(dya)s", "%(dya)s is no placeholder of the message; write %(day)s, as the message has it"),
        (
            "Valable",
            "%(day)s of the message is missing, and with it what the page puts there; write %(day)s where it belongs",
        ),
        ("%(day)s à 100%", "a per cent sign stands alone; write %% for it"),
        ("%(day)s à 100% sûr", "a per cent sign stands alone; write %% for it"),
        ("le %(day)", '"%(day)" is no whole placeholder; write %(day)s'),
        ("le % (day) s", '"% (day)" is no whole placeholder; write %(day)s'),
        ("le %s", "a per cent sign stands alone; write %% for it"),
    ],
)
def test_placeholders_are_those_of_the_message(said: str, told: str) -> None:
    found = _faults(f'msgid "Valid on %(day)s"\nmsgstr "{said}"\n')
    assert found == ([f"fr.po:2:8: {told}"] if told else [])


def test_a_message_without_placeholders_takes_none() -> None:
    told = "fr.po:2:8: %(an)s is no placeholder of the message; remove it: the message has none"
    assert _faults('msgid "Year"\nmsgstr "An %(an)s"\n') == [told]


def test_guesses_and_empty_translations_have_no_faults() -> None:
    assert _faults('#, fuzzy\nmsgid "%(day)s"\nmsgstr "100%"\n\nmsgid "%(year)s"\nmsgstr ""\n') == []


def test_a_form_for_one_number_or_two_may_leave_the_number_out() -> None:
    german = 'msgstr[0] "einer von %(all)s"\nmsgstr[1] "%(num)s von %(all)s"\n'
    assert _faults(PLURAL + german, "de") == []
    assert _faults(PLURAL + german, "fr") == []  # which says 0 and 1 in the first
    assert len(_faults(PLURAL + 'msgstr[0] "einer"\nmsgstr[1] "viele"\n', "de")) == 3


def test_forms_may_leave_out_the_number_as_the_english_of_one_does() -> None:
    text = 'msgid "One badge"\nmsgid_plural "%(amount)s badges"\nmsgstr[0] "Un badge"\nmsgstr[1] "{} badges"\n'
    assert _faults(text.format("%(amount)s")) == []
    assert _faults(text.format("Des")) == []
    assert len(_faults(text.format("%(amounts)s"))) == 1


def test_the_only_placeholder_of_a_message_that_counts_is_its_number() -> None:
    text = 'msgid "%(all)s badge"\nmsgid_plural "%(all)s badges"\nmsgstr[0] "Un badge"\nmsgstr[1] "{} badges"\n'
    assert _faults(text.format("%(all)s")) == []
    assert len(_faults(text.format("Des"))) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("%(count)d: %(share).1f%%", ""),
        ("%(count)s: %(share)05.2f", ""),
        ("%(share).0f", "%(count)d of the message is missing, and with it what the page puts there; write %(count)d"),
        (
            "%(share).1f, %(cuont)d",
            "%(cuont)d is no placeholder of the message; write %(count)d, as the message has it",
        ),
        ("%(share) , %(count)d", '"%(share)" is no whole placeholder; write %(share).1f'),
    ],
)
def test_all_conversions_of_python_are_placeholders(said: str, told: str) -> None:
    found = _faults(f'msgid "%(count)d of %(share).1f"\nmsgstr "{said}"\n')
    assert len(found) == bool(told)
    assert all(fault.startswith(f"fr.po:2:8: {told}") for fault in found)


def test_what_the_page_fills_with_words_cannot_be_written_as_a_number() -> None:
    told = "fr.po:2:8: %(day)d is filled with what the message writes as %(day)s; write %(day)s"
    assert _faults('msgid "on %(day)s"\nmsgstr "le %(day)d"\n') == [told]


@pytest.mark.parametrize(("message", "faults"), [("half", 0), ("100%%", 1), ("%(num)s", 1)])
def test_a_bare_per_cent_sign_is_a_fault_only_where_the_message_is_filled_in(message: str, faults: int) -> None:
    gap = "%(num)s" if "num" in message else ""
    assert len(_faults(f'msgid "{message}"\nmsgstr "{gap} 50% et plus"\n')) == faults


def test_a_long_rule_is_cut_off_where_it_is_told() -> None:
    [told] = _faults(f'msgid ""\nmsgstr "Plural-Forms: {"n " * 450}\\n"\n')
    assert len(told) < 200


def test_a_form_too_many_is_told() -> None:
    text = PLURAL + "".join(f'msgstr[{form}] "%(num)s de %(all)s"\n' for form in range(3))
    told = "fr.po:5:11: msgstr[2] is one form too many: the Plural-Forms of the head has 2, from 0"
    assert _faults(text) == [f"{told}; remove it, or mend the head"]


@pytest.mark.parametrize(
    "rule",
    [
        "nplurals=2; plural=(n ?? 1);",
        "nplurals=INTEGER; plural=EXPRESSION;",
        "nplurals=2; plural=n%0;",
        "nplurals=1; plural=n;",
    ],
)
def test_a_rule_that_counts_nothing_is_told_with_the_usual_one(rule: str) -> None:
    told = f'fr.po:2:8: "{rule}" is no rule for Plural-Forms; write nplurals=2; plural=(n > 1);'
    assert _faults(f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n') == [told]


def test_a_file_without_a_head_is_read_with_a_warning() -> None:
    file = read_po_file("fr.po", b'msgid "Year"\nmsgstr "An"\n')
    [problem] = head_problems(file, "fr")
    assert problem.severity == "warning"
    assert str(problem) == (
        "fr.po:1:1: the file does not tell its encoding, and is read as UTF-8; "
        "`badgesite new language fr` writes its head anew"
    )
    assert rule_of(file, "fr")[0].count == 2
