"""The keys of each issuer for its page: when they signed, and what became of them."""

from collections.abc import Iterator, Mapping

from badgesite.crypto.public_keys import KINDS, PublicKey, Words
from badgesite.makers.context import Context
from badgesite.model.key_life import KeyLife
from badgesite.model.text import Text


def key_lives(context: Context) -> Mapping[str, tuple[KeyLife, ...]]:
    """By issuer, the newest first; none for a site that does not sign, and no test key of another site."""
    catalogue = context.catalogue
    if not catalogue.site.signs:
        return {}
    return {issuer: tuple(_lives(context, issuer)) for issuer in catalogue.issuers}


def _lives(context: Context, issuer: str) -> Iterator[KeyLife]:
    newest = sorted(context.keys.of(issuer), key=lambda key: (key.start, key.name), reverse=True)
    return (_life(context, key) for key in newest if key.base_url in (None, context.plan.base))


def _life(context: Context, key: PublicKey) -> KeyLife:
    return KeyLife(
        name=key.name,
        kind=KINDS[key.kind],
        fragment=key.fragment,
        start=key.start.date(),
        end=key.end.date() if key.end else None,
        revoked=key.revoked.date() if key.revoked else None,
        reason=_text(key.reason, context.catalogue.site.languages),
    )


def _text(words: Words, languages: tuple[str, ...]) -> Text | None:
    """Words in the languages of the site; if they are in none, those that come first, as if in its first."""
    said = {tag or languages[0]: text for tag, text in words}
    known = tuple((language, said[language]) for language in languages if language in said)
    return Text(known or ((languages[0], next(iter(said.values()))),)) if said else None
