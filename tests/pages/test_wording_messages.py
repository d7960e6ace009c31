"""Every message is there in Italian and English, and no more than those."""

import re

import pytest

from tests.pages.messages import LANGUAGES, catalogue, extracted


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, list | tuple) else (str(string),)


def test_messages_are_found_in_templates_and_in_views() -> None:
    found = extracted()
    assert "Awarded by" in found
    assert "Micro-credential" in found
    assert ("%(num)s year", "%(num)s years") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    messages = {message.id: message for message in catalogue(language) if message.id}
    assert set(messages) == set(extracted())
    assert [message.id for message in messages.values() if message.fuzzy or not all(_forms(message.string))] == []
    assert not list(catalogue(language).obsolete)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_the_same_names(language: str) -> None:
    slot = re.compile(r"%\(\w+\)s")
    for message in catalogue(language):
        if message.id:
            slots = {tuple(sorted(slot.findall(form))) for form in (*_forms(message.id), *_forms(message.string))}
            assert len(slots) == 1, message.id


def test_the_english_catalogue_says_what_the_templates_say() -> None:
    assert [message.id for message in catalogue("en") if message.id and message.id != message.string] == []
