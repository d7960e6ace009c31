"""What each class of Open Badges 3.0 must and may say, property by property: one table for each class.

The rules are those of the specification, of its JSON Schema and of 1EdTech's validator together; where one is
stricter, we take the stricter, so that a document that passes here passes there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from badgesite.model.badge import ACHIEVEMENT_TYPES

Rule = Callable[[object], str]  # what is wrong with the value, as the end of a sentence; empty if nothing

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_PHONE = re.compile(r"\+?[1-9]\d{1,14}(;ext=\d+)?")  # E.164
_EMAIL = re.compile(
    r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+"
)  # no part can be read in two ways, so that a long text is read but once
_INDEX = re.compile(r"0|[1-9][0-9]*")
_OWN_WORD = re.compile(r"ext:[A-Za-z0-9._].*")
_EXACT = 2**53  # numbers from here on are read differently by software in different languages


@dataclass(frozen=True, slots=True)
class Property:
    """One property: the rule for each value, or the class of which each is; whether it must be there, may be many."""

    name: str
    what: Rule | str
    required: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """A class: its type (None if it needs none), its properties, and whether the schema lets it have no others.

    The type of such a closed class is one string; of another it may stand in a list.
    """

    type: str | None
    properties: tuple[Property, ...]
    closed: bool = False


def moment(value: object) -> datetime | None:
    """The moment that a value says, with its zone; None if it says none, or one beyond the years that UTC has here."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and _MOMENT.fullmatch(value) else None
        return found and found.astimezone(UTC) and found
    except (ValueError, OverflowError):
        return None


def a_text(value: object) -> str:
    """A string: a map of languages passes the schema, and its text is not signed."""
    return "" if isinstance(value, str) and value else "is not a text"


def a_moment(value: object) -> str:
    """A date and time with its zone (DateTimeZ)."""
    return "" if moment(value) else "is not a date and time with its zone, like 2023-07-14T00:00:00Z"


def _a_flag(value: object) -> str:
    return "" if isinstance(value, bool) else "is neither true nor false"


def _a_number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return "is not a number"
    return "" if abs(value) < _EXACT else "is too large a number for all software to read alike"


def _matching(pattern: re.Pattern[str], what: str) -> Rule:
    return lambda value: "" if isinstance(value, str) and pattern.fullmatch(value) else f"is not {what}"


def _one_of(*words: str, own: bool = False) -> Rule:
    def rule(value: object) -> str:
        known = value in words or (own and isinstance(value, str) and bool(_OWN_WORD.fullmatch(value)))
        return "" if known else f"is none of {', '.join(words)}" + (", nor ext: and a word" if own else "")

    return rule


a_uri = _matching(_URI, "an address")
_A_LANGUAGE = _matching(_LANGUAGE, "a language, like it or pt-BR")
_IDENTIFIER_TYPE = _one_of(
    *("name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress"),
    *("nationalIdentityNumber", "isbn", "issn", "lisSourcedId", "oneRosterSourcedId", "sisSourcedId"),
    *("ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId", "identifier"),
    own=True,
)
_TARGET_TYPE = _one_of(
    *("ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion"),
    *("CFRubricCriterionLevel", "CTDL"),
    own=True,
)
_RESULT_TYPE = _one_of(
    *("GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result"),
    *("RubricCriterion", "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status"),
    own=True,
)
_STATUS = _one_of("Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew")


def _texts(*names: str) -> tuple[Property, ...]:
    return tuple(Property(name, a_text) for name in names)


CLASSES: Mapping[str, Class] = {
    "AchievementCredential": Class(
        None,  # two types at once, which `ob3_checks` looks at
        (
            Property("id", a_uri, required=True),
            *_texts("name", "description"),
            Property("image", "Image"),
            Property("issuer", "Profile", required=True),
            Property("validFrom", a_moment, required=True),
            Property("validUntil", a_moment),
            Property("awardedDate", a_moment),
            Property("credentialSubject", "AchievementSubject", required=True),
            Property("evidence", "Evidence", many=True),
            Property("credentialStatus", "BitstringStatusListEntry"),
        ),
    ),
    "AchievementSubject": Class(
        "AchievementSubject",
        (
            Property("id", a_uri),
            Property("identifier", "IdentityObject", many=True),
            Property("activityStartDate", a_moment),
            Property("activityEndDate", a_moment),
            Property("creditsEarned", _a_number),
            *_texts("licenseNumber", "narrative", "role", "term"),
            Property("image", "Image"),
            Property("source", "Profile"),
            Property("result", "Result", many=True),
            Property("achievement", "Achievement", required=True),
        ),
    ),
    "Achievement": Class(
        "Achievement",
        (
            Property("id", a_uri, required=True),
            Property("name", a_text, required=True),
            Property("description", a_text, required=True),
            Property("criteria", "Criteria", required=True),
            Property("achievementType", _one_of(*ACHIEVEMENT_TYPES, own=True)),
            Property("alignment", "Alignment", many=True),
            Property("creator", "Profile"),
            Property("creditsAvailable", _a_number),
            *_texts("fieldOfStudy", "humanCode", "specialization", "version"),
            Property("image", "Image"),
            Property("inLanguage", _A_LANGUAGE),
            Property("otherIdentifier", "IdentifierEntry", many=True),
            Property("related", "Related", many=True),
            Property("resultDescription", "ResultDescription", many=True),
            Property("tag", a_text, many=True),
        ),
    ),
    "Criteria": Class(None, (Property("id", a_uri), Property("narrative", a_text))),
    "Profile": Class(
        "Profile",
        (
            Property("id", a_uri, required=True),
            *_texts("name", "description", "official", "familyName", "givenName", "additionalName"),
            *_texts("patronymicName", "honorificPrefix", "honorificSuffix", "familyNamePrefix", "dateOfBirth"),
            Property("url", a_uri),
            Property("email", _matching(_EMAIL, "an e-mail address")),
            Property("phone", _matching(_PHONE, "a telephone number like +390577123456")),
            Property("image", "Image"),
            Property("address", "Address"),
            Property("otherIdentifier", "IdentifierEntry", many=True),
            Property("parentOrg", "Profile"),
        ),
    ),
    "Address": Class(
        "Address",
        (
            *_texts("addressCountry", "addressCountryCode", "addressRegion", "addressLocality"),
            *_texts("streetAddress", "postOfficeBoxNumber", "postalCode"),
        ),
    ),
    "IdentityObject": Class(
        "IdentityObject",
        (
            Property("hashed", _a_flag, required=True),
            Property("identityHash", a_text, required=True),
            Property("identityType", _IDENTIFIER_TYPE, required=True),
            Property("salt", a_text),
        ),
        closed=True,
    ),
    "IdentifierEntry": Class(
        "IdentifierEntry",
        (
            Property("identifier", a_text, required=True),
            Property("identifierType", _IDENTIFIER_TYPE, required=True),
        ),
        closed=True,
    ),
    "Image": Class("Image", (Property("id", a_uri, required=True), Property("caption", a_text)), closed=True),
    "Alignment": Class(
        "Alignment",
        (
            Property("targetName", a_text, required=True),
            Property("targetUrl", a_uri, required=True),
            *_texts("targetCode", "targetDescription", "targetFramework"),
            Property("targetType", _TARGET_TYPE),
        ),
    ),
    "Evidence": Class(
        "Evidence", (Property("id", a_uri), *_texts("narrative", "name", "description", "genre", "audience"))
    ),
    "ResultDescription": Class(
        "ResultDescription",
        (
            Property("id", a_uri, required=True),
            Property("name", a_text, required=True),
            Property("resultType", _RESULT_TYPE, required=True),
            Property("allowedValue", a_text, many=True),
            Property("alignment", "Alignment", many=True),
            Property("requiredLevel", a_uri),
            Property("rubricCriterionLevel", "RubricCriterionLevel", many=True),
            *_texts("requiredValue", "valueMin", "valueMax"),
        ),
    ),
    "RubricCriterionLevel": Class(
        "RubricCriterionLevel",
        (
            Property("id", a_uri, required=True),
            Property("name", a_text, required=True),
            *_texts("level", "points", "description"),
            Property("alignment", "Alignment", many=True),
        ),
    ),
    "Result": Class(
        "Result",
        (
            Property("resultDescription", a_uri),
            Property("value", a_text),
            Property("status", _STATUS),
            Property("achievedLevel", a_uri),
            Property("alignment", "Alignment", many=True),
        ),
    ),
    "Related": Class(
        "Related",
        (Property("id", a_uri, required=True), Property("inLanguage", _A_LANGUAGE), Property("version", a_text)),
    ),
    "BitstringStatusListEntry": Class(
        "BitstringStatusListEntry",
        (
            Property("id", a_uri),
            Property("statusPurpose", _one_of("revocation", "suspension", "refresh", "message"), required=True),
            Property("statusListIndex", _matching(_INDEX, "a whole number as text"), required=True),
            Property("statusListCredential", a_uri, required=True),
        ),
    ),
}
