"""The site's own fields."""

import pytest
from pydantic import ValidationError

from badgesite.model.site import REHEARSAL_BASE, Certificate, Site


def read(**fields: object) -> Site:
    return Site.model_validate({"title": "Badges", **fields}, context={"languages": ("en",)})


@pytest.mark.parametrize("address", ["https://badges.example.edu/", "https://a-b.example.edu/open/badges_1.0/"])
def test_an_https_address_with_a_final_slash_can_be_the_base(address: str) -> None:
    site = read(base_url=address)
    assert (site.base, site.rehearsal) == (address, False)


@pytest.mark.parametrize(
    "address",
    [
        "http://badges.example.edu/",
        "https://Badges.example.edu/",
        "https://badges.example.edu",
        "https://badges.example.edu:8443/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]/",
        "https://localhost/",
        "https://badges.example.edu/a//b/",
        "https://badges.example.edu/a b/",
        "https://badges.example.edu/../",
        "https://badges.example.edu/?a/",
        "https://badges.example.edu/#a/",
        "https://università.example.edu/",
        "https://user@badges.example.edu/",
        "https://a..b/",
        "https://a.-b.c/",
        "https://a.b-.c/",
        "https://127.1/",
        "https://badges.0x7f/",
        "https://0x7f.1/",
        f"https://{'a' * 64}.example.edu/",
        f"https://{'a.' * 127}edu/",
    ],
)
def test_other_addresses_cannot(address: str) -> None:
    with pytest.raises(ValidationError):
        read(base_url=address)


def test_a_site_without_an_address_is_a_rehearsal() -> None:
    assert read().base == REHEARSAL_BASE
    assert read().rehearsal


@pytest.mark.parametrize(("field", "most"), [("title", 80), ("notice", 400)])
def test_what_a_certificate_says_fits_on_it_in_each_language(field: str, most: int) -> None:
    context = {"languages": ("it", "en")}

    def certificate(words: str) -> Certificate:
        return Certificate.model_validate({field: {"it": "Fa fede la pagina", "en": words}}, context=context)

    assert str(getattr(certificate("x" * most), field)) == "Fa fede la pagina"
    with pytest.raises(ValidationError, match=rf'in "en" has {most + 1} characters, and {most} are the most') as caught:
        certificate("x" * (most + 1))
    assert caught.value.errors()[0]["loc"] == (field,)


def test_both_standards_are_published_unless_the_site_says_otherwise() -> None:
    assert read().publish == ("ob2", "ob3")
    assert read(publish=["ob2"]).publish == ("ob2",)
    assert read(publish=["ob3", "ob2"]).publish == ("ob3", "ob2")


@pytest.mark.parametrize(
    "fields",
    [
        {"publish": ["ob3"]},
        {"publish": ["ob2", "ob2"]},
        {"publish": ["ob2", "ob4"]},
        {"publish": []},
        {"languages": ["en", "en"]},
        {"languages": []},
        {"languages": ["EN"]},
        {"languages": ["ita"]},
        {"visibility": "secret"},
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read(**fields)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"languages": ["italiano"]}, '"italiano" is not a language; write its tag, it'),
        ({"languages": ["tlh-"]}, '"tlh-" is not a language; write its tag in lower case, like it or en'),
        ({"languages": ["ita"]}, '"ita" is not how the web writes this language; write it'),
        ({"languages": ["deu-at"]}, '"deu-at" is not how the web writes this language; write de-at'),
        ({"languages": []}, "the list is empty; write at least one item, or remove the line"),
        ({"publish": ["ob3"]}, "ob2 is missing, in which every award is published; write publish: [ob2, ob3] or [ob2]"),
        ({"base_url": "badge.prova.it"}, '"badge.prova.it" cannot be the address of the site; write it as https://bad'),
        ({"base_url": "http://Badge.Prova.it/A"}, "of the site; write it as https://badge.prova.it/A/"),
        ({"base_url": "https://10.0.0.1/"}, "write it as https://badges.example.edu/ (https, lower case, no port"),
    ],
)
def test_one_fault_is_told_in_one_sentence(fields: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(**fields)
    (error,) = caught.value.errors()
    assert told in f"{error['ctx']['what']}; {error['ctx']['mend']}"


def test_a_language_without_two_letters_keeps_three() -> None:
    assert read(languages=["fur", "en"]).languages == ("fur", "en")
