"""The site: `content/site.yaml`."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo

from badgesite.model.languages import short_tag
from badgesite.model.look import DEFAULT_THEME
from badgesite.model.noun import Noun
from badgesite.model.palette import Colours
from badgesite.model.scalars import Count, Day, Email, FileName, Slug, Url, Words, fault, shown
from badgesite.model.text import LANGUAGE, Text

Visibility = Literal["unnamed", "unlisted", "public"]
Standard = Literal["ob2", "ob3"]
REHEARSAL_BASE = "http://localhost:8000/"
_SOME = Field(json_schema_extra={"minItems": 1})
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"({_LABEL}\.)+(?![0-9]+$|0x[0-9a-f]*$){_LABEL}")  # a last label of digits makes an IP address
_SEGMENT = re.compile(r"[A-Za-z0-9._-]+")


_TAGS = {
    **dict.fromkeys(("english", "inglese"), "en"),
    **dict.fromkeys(("italian", "italiano"), "it"),
    **dict.fromkeys(("french", "francese", "français"), "fr"),
    **dict.fromkeys(("german", "tedesco", "deutsch"), "de"),
    **dict.fromkeys(("spanish", "spagnolo", "español"), "es"),
}


def _base_url(value: str) -> str:
    if not _can_be_base(value):
        host, slash, path = value.rpartition("://")[2].rstrip("/").partition("/")
        likely = f"https://{host.lower()}{slash}{path}/"
        example = "https://badges.example.edu/ (https, lower case, no port, a final slash)"
        mend = f"write it as {likely if _can_be_base(likely) else example}"
        raise fault("base-url", f"{shown(value)} cannot be the address of the site", mend)
    return value


def _can_be_base(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    segments = parts.path.strip("/").split("/") if parts.path.strip("/") else []
    return bool(
        parts.scheme == "https"
        and port is None
        and parts.netloc == host
        and _HOST.fullmatch(host)
        and len(host) <= 253
        and not parts.query
        and not parts.fragment
        and value.endswith("/")
        and "?" not in value
        and "#" not in value
        and parts.path == "/" + "".join(f"{segment}/" for segment in segments)
        and all(_SEGMENT.fullmatch(segment) and segment.strip(".") for segment in segments)
    )


def _language(value: object) -> object:
    if not isinstance(value, str) or not LANGUAGE.fullmatch(value):
        tag = _TAGS.get(str(value).casefold())
        mend = f"write its tag, {tag}" if tag else "write its tag in lower case, like it or en"
        raise fault("language", f"{shown(value)} is not a language", mend)
    if (short := short_tag(value)) != value:
        raise fault("language", f"{shown(value)} is not how the web writes this language", f"write {short}")
    return str(value)


def _some(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise fault("empty", "the list is empty", "write at least one item, or remove the line")
    return value


def _distinct(value: tuple[str, ...]) -> tuple[str, ...]:
    for index, item in enumerate(value):
        if item in value[:index]:
            raise fault("twice", f"{shown(item)} stands twice", "remove one")
    return value


def _standards(value: tuple[Standard, ...]) -> tuple[Standard, ...]:
    if "ob2" not in value:
        what = "ob2 is missing, in which every award is published"
        raise fault("publish", what, "write publish: [ob2, ob3] or [ob2]")
    return value


BaseUrl = Annotated[
    Words, AfterValidator(_base_url), WithJsonSchema({"type": "string", "pattern": "^https://[^\\s]+/$"})
]
Language = Annotated[
    str, BeforeValidator(_language), WithJsonSchema({"type": "string", "pattern": f"^{LANGUAGE.pattern}$"})
]
Domain = Annotated[Words, AfterValidator(lambda value: value.lower().lstrip("@"))]


class Basis(Noun):
    """Why names may be published (GDPR article 6)."""

    kind: Literal["request", "consent", "regulation"]
    reference: Words


class Group(Noun):
    """A kind of recipient; the domains of addresses that belong to it."""

    name: Text
    domains: tuple[Domain, ...] = ()


class Period(Noun):
    """A stretch of days, both included, with the number of awards aimed at."""

    name: Text
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    target: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.last < self.first:
            what = f"the period ends on {self.last}, before it begins on {self.first}"
            raise fault("order", what, "correct one of the two days")
        return self


class Indicator(Noun):
    """What the statistics count against a target."""

    name: Text
    counts: tuple[Slug, ...] = ()
    periods: tuple[Period, ...] = ()


class Contact(Noun):
    """Whom to write to."""

    email: Email


class Accessibility(Noun):
    """The accessibility declaration, and where to say that something does not work."""

    declaration: Url | None = None
    feedback: Email | None = None


def _fits(most: int, value: Text | None) -> Text | None:
    """A text that a sheet of paper holds: nothing that an institution wants on it may be cut off in silence."""
    for language, words in value or ():
        if len(words) > most:
            what = f'the text in "{language}" has {len(words):,} characters, and {most} are the most that fit in print'
            raise fault("long", what, "shorten it")
    return value


def _limit(most: int) -> FieldInfo:
    """The same for editors: of a plain text, and of each language's."""
    words: JsonDict = {"maxLength": most}
    return cast(FieldInfo, Field(json_schema_extra={**words, "additionalProperties": words}))


class Certificate(Noun):
    """What a printed award page says beside the award; what is not given, the theme says."""

    title: Annotated[Text | None, AfterValidator(partial(_fits, 80)), _limit(80)] = None
    notice: Annotated[Text | None, AfterValidator(partial(_fits, 400)), _limit(400)] = None


class Site(Noun):
    """The whole site; until it has a `base_url` it is a rehearsal."""

    title: Text
    base_url: BaseUrl | None = None
    formerly: Annotated[tuple[BaseUrl, ...], AfterValidator(_distinct)] = ()
    languages: Annotated[tuple[Language, ...], _SOME, AfterValidator(_some), AfterValidator(_distinct)] = ("en",)
    publish: Annotated[
        tuple[Standard, ...], _SOME, AfterValidator(_some), AfterValidator(_distinct), AfterValidator(_standards)
    ] = ("ob2", "ob3")
    theme: Slug = DEFAULT_THEME
    colours: Colours = Colours()
    logo: FileName | None = None
    footer: Text | None = None
    visibility: Visibility = "unnamed"
    basis: Basis | None = None
    approval: Literal["optional", "required"] = "optional"
    categories: Mapping[Slug, Text] = Field(default_factory=dict)
    groups: Mapping[Slug, Group] = Field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    fonts: Annotated[tuple[Words, ...], AfterValidator(_distinct)] = ()
    certificate: Certificate | None = None
    contact: Contact | None = None
    accessibility: Accessibility | None = None

    @model_validator(mode="after")
    def _moved(self) -> "Site":
        if self.base_url in self.formerly:
            raise fault("formerly", f"{self.base_url} is the site's present address too", "name former ones alone")
        if self.formerly and not self.base_url:
            raise fault("formerly", "a site that has moved has an address", "write base_url, the present one")
        return self

    @property
    def base(self) -> str:
        """The address of the site, ending in a slash; the rehearsal's until there is one."""
        return self.base_url or REHEARSAL_BASE

    @property
    def rehearsal(self) -> bool:
        """Whether the site has no address yet."""
        return self.base_url is None

    @property
    def signs(self) -> bool:
        """Whether awards are signed, and Open Badges 3.0 published: the site wants it, and is no rehearsal."""
        return "ob3" in self.publish and not self.rehearsal
