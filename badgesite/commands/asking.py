"""The questions of `badgesite init`: asked on a terminal, answered by their defaults elsewhere."""

import locale
from collections.abc import Callable, Mapping
from typing import Any

import click
from pydantic import TypeAdapter, ValidationError

from badgesite.commands.console import confirmed
from badgesite.model.scalars import Email, Url, Words
from badgesite.model.site import BaseUrl, Language

TITLES = {"en": "Open Badges", "it": "Open Badge"}
ISSUERS = {"en": "Example University", "it": "Università di Esempio"}


class Asking:
    """Asks a person; `person` False means that nobody is there, or that nobody wants to be asked."""

    def __init__(self, person: bool) -> None:
        self._person = person

    def languages(self) -> tuple[str, ...]:
        """The languages of the site; this machine's alone by default, for every text is to be written in each."""
        italian = (locale.getlocale()[0] or "").startswith(("it", "Italian"))
        question = "Languages, the main one first (it en, say, for two)"
        return tuple(self._line(question, "it" if italian else "en", _tags).split())

    def title(self, languages: tuple[str, ...]) -> Mapping[str, str]:
        """What the site is called, by language."""
        return self._words("What is the site called", languages, TITLES)

    def issuer_name(self, languages: tuple[str, ...]) -> Mapping[str, str]:
        """Who awards, by language."""
        return self._words("Who awards the badges", languages, ISSUERS)

    def issuer_url(self) -> str:
        """The issuer's website."""
        return self._line("Their website", "https://www.example.edu", _sound(Url))

    def issuer_email(self) -> str:
        """The issuer's e-mail address."""
        return self._line("Their e-mail address, which is published", "badges@example.edu", _sound(Email))

    def base_url(self) -> str | None:
        """Where the site will be published; None for later."""
        question = "Where will the site be published (permanent; Enter decides later)"
        return self._line(question, "", lambda said: _sound(BaseUrl)(said) if said.strip() else "") or None

    def basis(self) -> str | None:
        """The document on whose ground names are shown; None if they are not."""
        if not self._person or not confirmed("Show holders' names to whoever has the link", default=False):
            return None
        return self._line("Which document says why they may be shown", "Privacy notice", str.strip)

    def signs(self) -> bool:
        """Whether awards are signed too."""
        question = (
            "Sign awards as well, so that they can be checked wherever they are carried (Open Badges 3.0)? "
            "It takes a key, which you make once."
        )
        return not self._person or confirmed(question, default=True)

    def _words(self, question: str, languages: tuple[str, ...], defaults: Mapping[str, str]) -> Mapping[str, str]:
        asked = [language for language in languages if self._person or language in defaults]
        if languages[0] not in asked:
            asked.insert(0, languages[0])
        return {
            language: self._line(f"{question} ({language})", defaults.get(language, defaults["en"]), _sound(Words))
            for language in asked
        }

    def _line(self, question: str, default: str, value_of: Callable[[str], str]) -> str:
        if not self._person:
            return default
        said = click.prompt(question, default=default, value_proc=value_of, show_default=bool(default), err=True)
        return str(said)


def _sound(kind: Any) -> Callable[[str], str]:
    """A check that asks again, saying why, if the model does not take what was said."""

    def value_of(said: str) -> str:
        try:
            return str(TypeAdapter(kind).validate_python(said.strip()))
        except ValidationError as error:
            told = error.errors()[0].get("ctx", {})
            raise click.UsageError("; ".join(str(told[part]) for part in ("what", "mend") if told.get(part))) from error

    return value_of


def _tags(said: str) -> str:
    tags = dict.fromkeys(said.replace(",", " ").lower().split())
    return " ".join(_sound(Language)(tag) for tag in tags)
