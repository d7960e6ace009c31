"""Awards and their batches: `content/awards/<any folders>/<batch>.yaml`."""

from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from badgesite.model.noun import Noun
from badgesite.model.scalars import Amount, AwardId, Day, Email, Identity, Salt, Slug, Url, Words, fault
from badgesite.model.site import BaseUrl, Language, Visibility
from badgesite.model.text import Text

_STRICT = ConfigDict(extra="forbid")


class State(Enum):
    """What an award is on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


def _list_of_one(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Evidence = Annotated[
    tuple[Url, ...], BeforeValidator(_list_of_one, json_schema_input_type=Url | tuple[Url, ...])
]  # one address may stand without a list


def hashed(address: str, salt: str) -> str:
    """The identity of an address as awards record it (OB 2.0 IdentityHash): the salt comes after the address."""
    return f"sha256${sha256(f'{address}{salt}'.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True, config=_STRICT)
class Recipient:
    """The holder: their address, hashed with a salt of its own (OB 2.0 IdentityObject)."""

    identity: Identity
    salt: Salt

    def is_of(self, address: str) -> bool:
        """Whether an address, trimmed and in lower case, is the holder's."""
        return hashed(address, self.salt) == self.identity


@dataclass(frozen=True, slots=True, config=_STRICT)
class Revocation:
    """Withdrawn by the issuer, from the beginning of a day."""

    date: Day
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Told:
    """What a record and a draft may both say of an award."""

    name: Words | None = None
    visibility: Visibility | None = None
    language: Language | None = None
    group: Slug | None = None
    unit: Slug | None = None
    result: Words | None = None
    credits: Amount | None = None
    narrative: Words | None = None
    evidence: Evidence = ()
    expires: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Award(Told):
    """One badge given to one holder, as recorded; what it leaves out, the batch, badge or site decides."""

    id: AwardId
    recipient: Recipient
    changed: Day | None = None
    revoked: Revocation | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Draft(Told):
    """A record that a person wrote with a plain address and no id; `award FILE.yaml` completes it in place."""

    email: Email


class Activity(Noun):
    """What an award was given for."""

    name: Text
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    url: Url | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Activity":
        if self.first and self.last and self.last < self.first:
            what = f"the activity ends on {self.last}, before it begins on {self.first}"
            raise fault("order", what, "correct one of the two days")
        return self


class BatchHead(Noun):
    """A batch's own lines, without the awards."""

    badge: Slug
    date: Day
    base: BaseUrl | None = None
    activity: Activity | None = None


@dataclass(frozen=True, slots=True, config=ConfigDict(arbitrary_types_allowed=True))
class Batch:
    """Awards of one badge on one date; `path` is the YAML file's, from the site's folder, `table` the CSV's if any.

    `moved_to` is the badge's slug where it is no longer the one that was recorded.
    """

    slug: Slug
    path: str
    head: BatchHead
    awards: tuple[Award, ...]
    drafts: tuple[Draft, ...] = ()
    table: str | None = None
    moved_to: Slug | None = None

    @property
    def badge(self) -> str:
        """The slug that the badge has now."""
        return self.moved_to or self.head.badge

    @property
    def recorded_badge(self) -> str:
        """The slug that the badge had when the awards were recorded, by which their documents name it for ever."""
        return self.head.badge

    @property
    def date(self) -> date:
        """The day of award."""
        return self.head.date
