from pathlib import Path

import pytest

from badgesite.content.languages import unknown_language
from badgesite.content.reading import read
from tests.sites import write_site

LOCK = "lock 1\nlanguage it\ntranslation jp\n"


KNOWN = (
    *("it", "en", "fur", "la", "eo", "lld", "cim", "se", "uk", "ca", "sh", "no", "qaa"),
    *("pt-br", "es-419", "zh-hant", "sr-latn-rs", "ca-valencia", "zh-yue", "de-1996"),
)


@pytest.mark.parametrize("tag", KNOWN)
def test_languages_countries_and_scripts_of_the_cldr_are_known(tag: str) -> None:
    assert unknown_language(tag) is None


@pytest.mark.parametrize(
    ("tag", "what", "mend"),
    [
        ("jp", '"jp" is no language', 'did you mean "ja", Japanese?'),
        ("cz", '"cz" is no language', 'did you mean "cs", Czech?'),
        ("dk", '"dk" is no language', 'did you mean "da", Danish?'),
        ("gr", '"gr" is no language', 'did you mean "el", Greek?'),
        ("us", '"us" is no language', 'did you mean "en", English?'),
        ("iw", '"iw" is no language', 'did you mean "he", Hebrew?'),
        ("xx", '"xx" is no language', "write its tag, as it, en or pt-br"),
        ("zz", '"zz" is no language', "write its tag, as it, en or pt-br"),
        ("mul", '"mul" is no language', "write its tag, as it, en or pt-br"),
        ("en-uk", '"uk" in "en-uk" is no country', 'did you mean "en-gb"?'),
        ("en-xx", '"xx" in "en-xx" is no country', "write the language alone, or with its country"),
        ("it-abcd", '"abcd" in "it-abcd" is no script', "write the language alone, or with its country"),
    ],
)
def test_what_is_none_is_told_with_what_may_be_meant(tag: str, what: str, mend: str) -> None:
    assert unknown_language(tag) == (what, mend)


@pytest.mark.parametrize("tag", ["kmr", "cmn", "ise", "gsg", "rmy", "src", "pes"])
def test_a_language_for_which_nobody_has_a_word_is_one(tag: str) -> None:
    assert unknown_language(tag) is None


def test_every_language_of_a_site_that_is_none_is_a_fault_at_its_place(tmp_path: Path) -> None:
    site = write_site(tmp_path, languages="[it, en, jp, xx]", visibility="nowhere")
    told = [str(problem) for problem in read(site).problems]
    assert any(line.endswith('"jp" is no language; did you mean "ja", Japanese?') for line in told)
    assert any(line.endswith('"xx" is no language; write its tag, as it, en or pt-br') for line in told)
    assert any("nowhere" in line for line in told)


def test_a_language_that_was_published_stays_with_a_warning(tmp_path: Path) -> None:
    reading = read(write_site(tmp_path, {"content/published/site.lock": LOCK}, languages="[it, en, jp]"))
    assert reading.problems == ()
    [warning] = reading.warnings
    assert '"jp" is no language, and as the site was published in it, it stays' in str(warning)
