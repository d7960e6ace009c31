"""What each class of Open Badges 2.0 must and may say, property by property: one table for each class.

The rules are those that 1EdTech's two validators and the specification agree on; where one is stricter, we take the
stricter, so that a document that passes here passes there.
"""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlsplit

Severity = Literal["error", "warning"]
Rule = Callable[[object], str]  # what is wrong with the value, as the end of a sentence; empty if nothing

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:\d\d)")
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, by shape
_TELEPHONE = re.compile(r"\+?[1-9]\d{1,14}(;ext=\d+)?")  # E.164
_PICTURE = re.compile(r"data:image/(png|svg\+xml)[;,]")
EMAIL = re.compile(
    r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+"
)  # no part can be read in two ways, so that a long text is read but once
HASH = re.compile(r"sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: a short name for the rule, the document, and what is wrong in words.

    A warning does not stop a badge from being verified. Of what is linked to and not served, `link` is the property and
    `address` where it was looked for.
    """

    rule: str
    where: str
    what: str
    severity: Severity = "error"
    link: str = field(default="", compare=False)
    address: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name, the rule for each value, whether it must be there, may be many, and what is inside."""

    name: str
    rule: Rule
    required: bool = False
    many: bool = False
    inside: "tuple[Property, ...]" = ()


def values_of(node: Mapping[str, object], name: str) -> list[object]:
    """The values of a property: JSON-LD says one value and a list of one alike."""
    value = node.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def property_findings(node: Mapping[str, object], table: tuple[Property, ...], where: str) -> Iterator[Finding]:
    """Everything in `node` that is not as the table says."""
    for each in table:
        values = values_of(node, each.name)
        if each.required and not values:
            yield Finding("missing", where, f'"{each.name}" is missing')
        if len(values) > 1 and not each.many:
            yield Finding("many", where, f'"{each.name}" has {len(values)} values where one is meant')
        for value in values:
            if fault := each.rule(value):
                yield Finding("property", where, f'"{each.name}" {fault}')
            elif isinstance(value, Mapping):
                yield from property_findings(value, each.inside, f"{where}, {each.name}")


def is_address(value: object) -> bool:
    """Whether the value is a whole http or https address."""
    if not isinstance(value, str) or re.search(r"\s", value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def moment(value: object) -> datetime | None:
    """The moment that a value says, with its zone; None if it says none, or one beyond the years that UTC has here."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) and found
    except (ValueError, OverflowError):
        return None


def an_id(value: object) -> str:
    """An http address, a blank node or a UUID of versions 1 to 5: the validators take no other id."""
    if is_address(value) or (isinstance(value, str) and value.startswith("_:")):
        return ""
    try:
        sound = isinstance(value, str) and value.startswith("urn:uuid:") and uuid.UUID(value[9:]).version in range(1, 6)
    except ValueError:
        sound = False
    return "" if sound else "is neither a web address nor a urn:uuid of versions 1 to 5"


def _a_text(value: object) -> str:
    return "" if isinstance(value, str) else "is not a text"


def _an_address(value: object) -> str:
    return "" if is_address(value) else "is not a web address"


def _a_flag(value: object) -> str:
    return "" if isinstance(value, bool) else "is neither true nor false"


def _a_moment(value: object) -> str:
    return "" if moment(value) else "is not a date and time with its zone, like 2023-07-14T00:00:00Z"


def _an_object(value: object) -> str:
    return "" if isinstance(value, Mapping) else "is not an object"


def _a_link(value: object) -> str:
    return an_id(value.get("id") if isinstance(value, Mapping) else value)


def _an_object_with_id(value: object) -> str:
    return _a_link(value) if isinstance(value, Mapping) else "is not an object with an id"


def _a_picture_elsewhere(value: object) -> str:
    return (
        ""
        if is_address(value.get("id") if isinstance(value, Mapping) else value)
        else "is not the address of a picture"
    )


def _a_picture(value: object) -> str:
    address = value.get("id") if isinstance(value, Mapping) else value
    inline = isinstance(address, str) and bool(_PICTURE.match(address))
    return "" if inline else _a_picture_elsewhere(value)


def _criteria(value: object) -> str:
    if isinstance(value, Mapping):
        return "" if "id" in value or "narrative" in value else "has neither an id nor a narrative"
    return _an_address(value)


def _an_address_or_object(value: object) -> str:
    return "" if isinstance(value, Mapping) else an_id(value)


def _a_version(value: object) -> str:
    return "" if isinstance(value, str | int | float) and not isinstance(value, bool) else "is neither text nor number"


def _matching(pattern: re.Pattern[str], what: str) -> Rule:
    return lambda value: "" if isinstance(value, str) and pattern.fullmatch(value) else f"is not {what}"


def _one_of(*words: str) -> Rule:
    return lambda value: "" if value in words else f"is none of {', '.join(words)}"


_COMMON = (
    Property("@language", _matching(_LANGUAGE, "a language tag")),
    Property("version", _a_version),
    Property("related", _an_object_with_id, many=True),
    Property("endorsement", _a_link, many=True),
)
_IMAGE = (Property("caption", _a_text), Property("author", _a_link))
_VERIFICATION = (
    Property("type", _one_of("HostedBadge", "hosted", "SignedBadge", "signed"), required=True),
    Property("creator", _a_link),
)
ASSERTION = (
    *_COMMON,
    Property(
        "recipient",
        _an_object,
        required=True,
        inside=(
            Property("type", _one_of("email", "url", "telephone", "id"), required=True),
            Property("identity", _a_text, required=True),
            Property("hashed", _a_flag, required=True),
            Property("salt", _a_text),
        ),
    ),
    Property("badge", _a_link, required=True),
    Property("verification", _an_object, required=True, inside=_VERIFICATION),
    Property("issuedOn", _a_moment, required=True),
    Property("expires", _a_moment),
    Property("image", _a_picture_elsewhere, inside=_IMAGE),
    Property("narrative", _a_text),
    Property(
        "evidence",
        _an_address_or_object,
        many=True,
        inside=(
            Property("id", an_id),
            *(Property(name, _a_text) for name in ("narrative", "name", "description", "genre", "audience")),
        ),
    ),
    Property("revoked", _a_flag),
    Property("revocationReason", _a_text),
)
BADGE_CLASS = (
    *_COMMON,
    Property("name", _a_text, required=True),
    Property("description", _a_text, required=True),
    Property("image", _a_picture, required=True, inside=_IMAGE),
    Property(
        "criteria", _criteria, required=True, inside=(Property("id", _an_address), Property("narrative", _a_text))
    ),
    Property("issuer", _a_link, required=True),
    Property(
        "alignment",
        _an_object,
        many=True,
        inside=(
            Property("targetName", _a_text, required=True),
            Property("targetUrl", _an_address, required=True),
            *(Property(name, _a_text) for name in ("targetDescription", "targetFramework", "targetCode")),
        ),
    ),
    Property("tags", _a_text, many=True),
)
ISSUER = (
    *_COMMON,
    Property("name", _a_text, required=True),
    Property("url", _an_address, required=True),
    Property("email", _matching(EMAIL, "an e-mail address"), required=True),
    Property("description", _a_text),
    Property("telephone", _matching(_TELEPHONE, "a telephone number like +390577123456")),
    Property("image", _a_picture, inside=_IMAGE),
    Property("publicKey", _a_link),
    Property("revocationList", _a_link),
    Property(
        "verification",
        _an_object,
        inside=(
            Property("type", _one_of("VerificationObject")),
            Property("verificationProperty", _one_of("id", "@id")),
            Property("startsWith", _an_address, many=True),
            Property("allowedOrigins", _matching(_HOST, "a host name with a dot, without a port"), many=True),
        ),
    ),
)
REVOCATION_LIST = (
    Property("issuer", _a_link),
    Property(
        "revokedAssertions",
        _an_address_or_object,
        many=True,
        inside=(Property("id", an_id), Property("uid", _a_text), Property("revocationReason", _a_text)),
    ),
)
ENDORSEMENT = (
    Property("claim", _an_object_with_id, required=True, inside=(Property("endorsementComment", _a_text),)),
    Property("issuer", _a_link, required=True),
    Property("issuedOn", _a_moment, required=True),
    Property("verification", _an_object, required=True, inside=_VERIFICATION),
)
CRYPTOGRAPHIC_KEY = (
    Property("owner", _a_link, required=True),
    Property("publicKeyPem", _a_text, required=True),
)
