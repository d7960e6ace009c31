import pytest

from badgesite.pages.cards.fitting import ELLIPSIS, Box, Fitted, drawable, fit
from badgesite.pages.cards.fonts import BOLD, Lettering

BOX = Box(636, 300, 88, 30, 1.1, 9)
LETTERS = Lettering()
LONG = "Progettazione e gestione di percorsi formativi universitari inclusivi con strumenti digitali e ricerca " * 3


def _fit(words: str, box: Box = BOX) -> Fitted:
    return fit(words, box, LETTERS, BOLD)


def _width(line: str) -> float:
    return sum(LETTERS.advance(each, BOLD) or 0.0 for each in line)


@pytest.mark.parametrize(
    "words",
    [
        "A",
        "Laurea in Scienze della comunicazione",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        LONG[:300],
        "W" * 300,
        "Ελληνική γλώσσα και πολιτισμός: ἀρχαία κείμενα",
        "Основы программирования и анализа данных",
        "e\u0301" * 150,
        "👩‍🔬" * 40,
        "漢字" * 90,
        " \u00a0 ",
    ],
    ids=["short", "usual", "one word", "300", "300 wide", "greek", "cyrillic", "accents", "emoji", "cjk", "blank"],
)
def test_no_line_is_wider_and_all_lines_are_no_higher_than_the_box(words: str) -> None:
    fitted = _fit(words)
    assert BOX.smallest <= fitted.size <= BOX.largest
    assert fitted.height <= BOX.height
    assert all(_width(line) * fitted.size <= BOX.width + 0.5 for line in fitted.lines)


def test_a_short_title_is_as_large_as_can_be_and_a_long_one_smaller() -> None:
    assert _fit("Inglese B2").size == BOX.largest
    assert (
        BOX.smallest
        <= _fit(LONG[:300]).size
        < _fit("Corso di perfezionamento in diritto dell’Unione europea").size
        < BOX.largest
    )


def test_three_hundred_letters_of_usual_words_are_whole() -> None:
    fitted = _fit(LONG[:300])
    assert " ".join(fitted.lines) == LONG[:300].strip()
    assert fitted.whole


def test_a_word_longer_than_a_line_is_broken_and_loses_no_letter() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    fitted = _fit(word)
    assert "".join(fitted.lines) == word
    assert len(fitted.lines) > 1
    assert not fitted.whole


def test_only_what_fits_at_no_size_ends_in_three_dots() -> None:
    assert _fit("W" * 300).lines[-1].endswith(ELLIPSIS)
    assert not _fit("W" * 100).lines[-1].endswith(ELLIPSIS)


def test_lines_are_of_like_length() -> None:
    first, second = _fit("Gestione dei dati della ricerca scientifica", Box(636, 130, 44, 44, 1.1)).lines
    assert _width(second) > 0.6 * _width(first)


def test_a_letter_and_its_accents_stay_together() -> None:
    lines = _fit("x\u0323\u0302" * 120, Box(200, 300, 30, 30, 1.1)).lines
    assert len(lines) > 1
    assert all(line[0] == "x" for line in lines)


def test_lines_may_break_after_a_hyphen_but_not_at_a_hard_space() -> None:
    assert _fit("tecnico-amministrativo", Box(320, 200, 40, 40)).lines == ("tecnico-", "amministrativo")
    assert _fit("pagina 12\u00a0345", Box(200, 200, 40, 40)).lines == ("pagina", "12\u00a0345")


def test_what_no_font_has_and_what_turns_a_line_around_is_left_out() -> None:
    assert drawable("Python 🐍!", LETTERS) == "Python !"
    assert drawable("a\u202eb\u202c \u2066c", LETTERS) == "ab c"
    assert drawable("👩\u200d🔬", LETTERS) == ""
    assert drawable("Cafe\u0301", LETTERS) == "Café"
