"""An institution that awards badges: `content/issuers/<issuer>.yaml`."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from badgesite.model.noun import Noun
from badgesite.model.scalars import Email, FileName, Slug, Url, Words, fault, shown
from badgesite.model.text import Text


def _country(value: str) -> str:
    if len(value) != 2 or not value.isascii() or not value.isalpha() or not value.isupper():
        raise fault("country", f"{shown(value)} is not a country", "write its two letters in capitals, like IT")
    return value


Country = Annotated[Words, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})]


class Address(Noun):
    """Where the institution is (OB 3.0 Address)."""

    country: Country
    region: Words | None = None
    locality: Words | None = None
    postal_code: Words | None = None
    street: Words | None = None


class Issuer(Noun):
    """Who awards (OB 2.0 Issuer, OB 3.0 Profile); `slug` is the file's name."""

    slug: Slug
    name: Text
    url: Url
    email: Email
    description: Text | None = None
    image: FileName | None = None
    address: Address | None = None
    telephone: Words | None = None
    units: Mapping[Slug, Text] = Field(default_factory=dict)
