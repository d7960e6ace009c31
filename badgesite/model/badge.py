"""A badge class: `content/badges/<any folders>/<badge>.yaml`."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from badgesite.model.duration import Duration
from badgesite.model.noun import Noun
from badgesite.model.scalars import (
    Amount,
    Count,
    Day,
    FileName,
    Level,
    Number,
    Slug,
    Url,
    Words,
    YesNo,
    fault,
    shown,
    written_number,
)
from badgesite.model.site import Visibility
from badgesite.model.text import Text

ACHIEVEMENT_TYPES = (
    "Achievement",
    "ApprenticeshipCertificate",
    "Assessment",
    "Assignment",
    "AssociateDegree",
    "Award",
    "Badge",
    "BachelorDegree",
    "Certificate",
    "CertificateOfCompletion",
    "Certification",
    "CommunityService",
    "Competency",
    "Course",
    "CoCurricular",
    "Degree",
    "Diploma",
    "DoctoralDegree",
    "Fieldwork",
    "GeneralEducationDevelopment",
    "JourneymanCertificate",
    "LearningProgram",
    "License",
    "Membership",
    "ProfessionalDoctorate",
    "QualityAssuranceCredential",
    "MasterCertificate",
    "MasterDegree",
    "MicroCredential",
    "ResearchDoctorate",
    "SecondarySchoolDiploma",
)  # OB 3.0, AchievementType enumeration

_OWN_TYPE = re.compile(r"ext:[A-Za-z0-9._]+")


def _achievement_type(value: str) -> str:
    if value not in ACHIEVEMENT_TYPES and not _OWN_TYPE.fullmatch(value):
        raise fault(
            "achievement-type",
            f"{shown(value)} is not an achievement type",
            f"write one of {', '.join(ACHIEVEMENT_TYPES)}, or ext: and a word of your own in a-z, A-Z, 0-9, . and _",
        )
    return value


AchievementType = Annotated[
    Words,
    AfterValidator(_achievement_type),
    WithJsonSchema(
        {"anyOf": [{"enum": list(ACHIEVEMENT_TYPES)}, {"type": "string", "pattern": f"^{_OWN_TYPE.pattern}$"}]}
    ),
]


class Skill(Noun):
    """An entry of a framework that the badge aligns with: ESCO, EQF, any (OB Alignment)."""

    name: Text
    url: Url
    framework: Words | None = None
    code: Words | None = None
    description: Text | None = None


class Microcredential(Noun):
    """The elements of the EU Council recommendation 2022/C 243/02, annex I, that no other field holds."""

    workload: Text | None = None
    ects: Amount | None = None
    eqf: Level | None = None
    assessment: Text | None = None
    participation: Text | None = None
    quality_assurance: Text | None = None
    prerequisites: Text | None = None
    supervision: Text | None = None
    stackable: Text | None = None
    further_information: Text | None = None


class ResultValue(Noun):
    """One of the values a result can have, lowest first."""

    id: Slug
    name: Text

    def __str__(self) -> str:
        """The id, with the name beside it if that is another word."""
        name = str(self.name)
        return self.id if name.casefold() == self.id else f'{self.id} ("{name}")'


class Result(Noun):
    """What is measured: one of some named values, or a number between two bounds."""

    name: Text
    values: tuple[ResultValue, ...] = ()
    min: Number | None = None
    max: Number | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Result":
        bounded = self.min is not None or self.max is not None
        if bool(self.values) == bounded:
            raise fault("result", "a result has either values, or min and max", "give one of the two")
        if bounded and (self.min is None or self.max is None or self.min >= self.max):
            raise fault("result", "a result by number needs min, and a max above it", "give both")
        identifiers = [value.id for value in self.values]
        if len(set(identifiers)) != len(identifiers):
            raise fault("result", "two values of the result have one id", "give each its own")
        return self

    def labelled(self, words: str) -> str:
        """The id of the value that is called so, in any language and whatever the case; the words if none is."""
        names = {name.casefold(): value.id for value in self.values for _, name in value.name}
        ids = {value.id: value.id for value in self.values}
        return ids.get(words) or ids.get(words.casefold()) or names.get(words.casefold()) or words

    def fault_of(self, value: str) -> str | None:
        """What a result should be, if `value` cannot be one; else None."""
        if self.values:
            known = ", ".join(map(str, self.values))
            return None if value in [each.id for each in self.values] else f"it is one of {known}"
        number = written_number(value)
        if number is not None and self.min is not None and self.max is not None and self.min <= number <= self.max:
            return None
        return f"it is a number from {self.min} to {self.max}"


class Approval(Noun):
    """A decision of a board about the badge, for a period and a number of places."""

    status: Literal["proposed", "approved", "rejected", "withdrawn"]
    body: Words
    date: Day
    reference: Words | None = None
    first: Day | None = Field(default=None, alias="from")
    last: Day | None = Field(default=None, alias="to")
    places: Count | None = None
    cost: Amount | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Approval":
        if self.first and self.last and self.last < self.first:
            what = f"the approval ends on {self.last}, before it begins on {self.first}"
            raise fault("order", what, "correct one of the two days")
        return self


class Amendment(Noun):
    """A mended misprint in a frozen field, shown on the page."""

    date: Day
    note: Text


class BadgeClass(Noun):
    """What can be earned (OB 2.0 BadgeClass, OB 3.0 Achievement).

    `slug` is the file's name; `issuer` is always there: a reader fills it in when the site has only one. `formerly` are
    the slugs that it had before, the oldest first: their addresses go on answering.
    """

    slug: Slug
    issuer: Slug
    unit: Slug | None = None
    name: Text
    description: Text
    criteria: Text
    image: FileName
    image_alt: Text | None = None
    category: Slug | None = None
    achievement_type: AchievementType = "Badge"
    skills: tuple[Skill, ...] = ()
    microcredential: Microcredential | None = None
    result: Result | None = None
    valid_for: Duration | None = None
    part_of: tuple[Slug, ...] = ()
    replaces: Slug | None = None
    formerly: tuple[Slug, ...] = ()
    visibility: Visibility | None = None
    minors: YesNo = False
    approvals: tuple[Approval, ...] = ()
    amended: tuple[Amendment, ...] = ()
    notice: Text | None = None

    def has_language(self, language: str) -> bool:
        """Whether name, description and criteria are all written in `language` (docs/formats.md, Names and texts)."""
        return all(text.has(language) for text in (self.name, self.description, self.criteria))
