from datetime import date
from math import inf, nan

import pytest

from badgesite.crypto.canonical import canonical
from badgesite.crypto.json_ld.values import has_one_form, require_one_order, require_plain, require_sound
from badgesite.errors import FormatError
from tests.crypto.credentials import credential


def test_a_credential_is_sound_and_plain() -> None:
    require_sound(credential())
    require_plain(credential())


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\b", "\x0b", "\x0c", "\x1f", "\x7f", "\ud800", "\ufffe", "\uffff"], ids=ascii
)
def test_a_character_that_others_escape_in_another_way_is_refused(character: str) -> None:
    with pytest.raises(FormatError, match=rf"achievement\.tag\[1\] holds the character U\+{ord(character):04X}"):
        require_sound(credential(credentialSubject__achievement__tag=["a", f"b{character}"]))


@pytest.mark.parametrize("text", ["è\n\r\tü", "\u2028", "\x85", "😀", '"\\', ""], ids=ascii)
def test_any_other_character_is_sound(text: str) -> None:
    require_sound(credential(name=text))


@pytest.mark.parametrize("number", [0, -0.0, 3, 3.0, 3.5, 0.1, 1e-6, -12.25, 1 / 3, 2**53 - 1, True], ids=repr)
def test_numbers_that_everyone_writes_alike_are_signed(number: float) -> None:
    assert has_one_form(number)
    require_plain(credential(credentialSubject__achievement__creditsAvailable=number))


@pytest.mark.parametrize("number", [8.3, 0.56, 0.1 + 0.2, 1.1 * 1.1, 1e-7, 5e-324, 2**53, 1e21, -1e300], ids=repr)
def test_numbers_that_others_write_with_other_digits_are_not_signed(number: float) -> None:
    assert not has_one_form(number)
    document = credential(credentialSubject__achievement__creditsAvailable=number)
    require_sound(document)
    with pytest.raises(FormatError, match=r"credentialSubject\.achievement\.creditsAvailable is a number that others"):
        require_plain(document)


@pytest.mark.parametrize("number", [inf, -inf, nan], ids=repr)
def test_what_is_no_finite_number_is_refused(number: float) -> None:
    assert not has_one_form(number)
    with pytest.raises(FormatError, match=r"creditsAvailable is not a finite number"):
        require_sound(credential(credentialSubject__achievement__creditsAvailable=number))


@pytest.mark.parametrize(
    ("tags", "fits"),
    [
        (["😀", "Ａ"], False),
        (["😀 Ａ", "Ａ 😀"], False),
        (['"\\\n😀', '"\\\nＡ'], False),
        (["a😀", "bＡ"], True),
        (["😀", "A"], True),
        (["ﬁ", "Ａ"], True),
    ],
)
def test_texts_that_javascript_sorts_in_another_way_are_told(tags: list[str], fits: bool) -> None:
    document = credential(credentialSubject__achievement__tag=tags)
    if fits:
        require_one_order(canonical(document), document)
        return
    with pytest.raises(FormatError) as caught:
        require_one_order(canonical(document), document)
    low, high = ("credentialSubject.achievement.tag[1]", "credentialSubject.achievement.tag[0]")
    assert str(caught.value) == (
        f"{low} has Ａ (U+FF21) where {high} has 😀 (U+1F600), and others would sort the two the other way round; "
        "use another character"
    )


def test_addresses_that_javascript_sorts_in_another_way_are_told_with_the_way_out() -> None:
    """Whatever other text holds such a character is not to blame."""
    shown = [{"id": f"https://x.example/{last}", "type": ["Evidence"]} for last in ("Ａ", "😀")]
    document = credential(name="Ａ", evidence=shown)
    with pytest.raises(
        FormatError, match=r"^evidence\[0\]\.id has Ａ \(U\+FF21\) where evidence\[1\]\.id .*; write %EF%BC%A1 in"
    ):
        require_one_order(canonical(document), document)


def test_every_quarter_of_a_credit_has_one_form() -> None:
    assert all(has_one_form(number / 4) for number in range(4000))


@pytest.mark.parametrize("value", [date(2023, 7, 14), b"x", {1: "x"}, ("a",)], ids=repr)
def test_what_json_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(FormatError, match="issuer"):
        require_sound(credential(issuer=value))


@pytest.mark.parametrize("keyword", ["@index", "@direction", "@reverse", "@included", "@nest", "@vocab", "@anything"])
def test_keywords_that_are_not_signed_are_refused(keyword: str) -> None:
    with pytest.raises(FormatError, match=f"credentialSubject.{keyword} is not signed"):
        require_sound(credential(**{f"credentialSubject__{keyword}": "x"}))


def test_nesting_has_an_end() -> None:
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(FormatError, match="nested more than 64 levels deep"):
        require_sound(credential(evidence=deep))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "issuer.image is null"),
        ([], "issuer.image is an empty list"),
        (["a", None], r"issuer.image\[1\] is null"),
        ([["a"]], r"issuer.image\[0\] is a list in a list"),
        ("a\tb", "issuer.image holds a tab"),
        ({"@value": "x"}, "issuer.image.@value is a keyword"),
        ({"id": "_:b0"}, "issuer.image.id names a blank node"),
    ],
    ids=["null", "empty list", "null in a list", "list in a list", "tab", "keyword", "blank node"],
)
def test_what_says_nothing_or_in_two_ways_is_not_plain(value: object, reason: str) -> None:
    require_sound(credential(issuer__image=value))
    with pytest.raises(FormatError, match=reason):
        require_plain(credential(issuer__image=value))


def test_a_context_is_not_looked_into() -> None:
    require_sound(credential(**{"@context": {"@vocab": "https://x.example/", "n": 2**60}}))
    require_plain(credential(**{"@context": {"@vocab": None}}))
