"""Open Badges 3.0, read as a verifier reads it: one document by itself, without its signature and its status.

Nothing here reaches out. Each fault is a sentence that begins with the path of what is wrong, such as
`credentialSubject.achievement.criteria`. What we make is held to all of it; for what others made, see `ob3_strangers`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from badgesite.standards.ob3 import VC_CONTEXT
from badgesite.standards.ob3_properties import CLASSES, Class, Property, moment

Document = Mapping[str, object]
Classes = Mapping[str, Class]

_OB_CONTEXT = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json")
_HASH = re.compile(r"sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32}")
_DEPTH = 32  # nodes inside each other


def check_credential(document: Document, *, now: datetime | None = None) -> tuple[str, ...]:
    """Everything wrong with an AchievementCredential; of the times that it names only their order, without `now`."""
    contexts, kinds = listed(document.get("@context")), listed(document.get("type"))
    faults: list[str] = []
    if not contexts or contexts[0] != VC_CONTEXT or len(contexts) < 2 or not is_open_badges(contexts[1]):
        faults.append(f"@context does not begin with {VC_CONTEXT} and that of Open Badges 3.0")
    if "VerifiableCredential" not in kinds or not {"OpenBadgeCredential", "AchievementCredential"} & set(_words(kinds)):
        faults.append("type is not that of a VerifiableCredential and an OpenBadgeCredential")
    faults += node_faults(document, CLASSES["AchievementCredential"])
    subject = document.get("credentialSubject")
    if isinstance(subject, Mapping):
        faults += _results(subject)
    return (*faults, *_times(document, now))


def check_achievement(document: Document) -> tuple[str, ...]:
    """Everything wrong with an Achievement that is published by itself."""
    return (*_own_context(document), *node_faults(document, CLASSES["Achievement"]))


def check_profile(document: Document) -> tuple[str, ...]:
    """Everything wrong with a Profile that is published by itself."""
    return (*_own_context(document), *node_faults(document, CLASSES["Profile"]))


def _own_context(document: Document) -> Iterator[str]:
    if not any(map(is_open_badges, listed(document.get("@context")))):
        yield "@context is not that of Open Badges 3.0"


def is_open_badges(context: object) -> bool:
    """Whether this is a context of Open Badges 3.0, of any of its versions."""
    return isinstance(context, str) and bool(_OB_CONTEXT.fullmatch(context))


def listed(value: object) -> list[object]:
    """The values of a property: JSON-LD says one value and a list of one alike."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(values: list[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def node_faults(node: Document, known: Class, path: str = "", classes: Classes = CLASSES) -> Iterator[str]:
    """Everything in a node that is not as its class has it; `classes` are those of the nodes inside."""
    if path.count(".") > _DEPTH:
        yield f"{path} is nested too deep"
        return
    if fault := _type_fault(node.get("type"), known):
        yield f"{_at(path, 'type')} {fault}"
    for each in known.properties:
        yield from _property(node, each, path, classes)
    if known.closed:
        for name in node.keys() - {"type", *(each.name for each in known.properties)}:
            yield f"{_at(path, name)} has no place in a node of the type {known.type}"
    yield from (f"{path} {fault}" for fault in _of_class(node, known, classes))


def _type_fault(value: object, known: Class) -> str:
    if known.type is None or value == known.type or (not known.closed and known.type in listed(value)):
        return ""
    return f"is not {known.type}" + (", as one string" if known.closed else "")


def _property(node: Document, known: Property, path: str, classes: Classes) -> Iterator[str]:
    here = _at(path, known.name)
    if known.name not in node:
        if known.required:
            yield f"{here} is missing"
        return
    value = node[known.name]
    values = value if isinstance(value, list) and known.many else [value]
    if not values:
        yield f"{here} is an empty list"
    for index, each in enumerate(values):
        place = f"{here}[{index}]" if isinstance(value, list) and known.many else here
        if not isinstance(known.what, str):
            if fault := known.what(each):
                yield f"{place} {fault}"
        elif isinstance(each, Mapping):
            yield from node_faults(each, classes[known.what], place, classes)
        else:
            yield f"{place} is not one object" + (f" of the type {known.what}" if classes[known.what].type else "")


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _of_class(node: Document, known: Class, classes: Classes) -> Iterator[str]:
    """The rules that join two properties of a node."""
    if known is classes["AchievementSubject"] and not {"id", "identifier"} & node.keys():
        yield "has neither an id nor an identifier"
    if known is classes["Criteria"] and not {"id", "narrative"} & node.keys():
        yield "has neither an id nor a narrative"
    looks_hashed = bool(_HASH.fullmatch(str(node.get("identityHash", ""))))
    if known is classes["IdentityObject"] and node.get("hashed") is (not looks_hashed):
        yield f"is {'hashed, and said not to be' if looks_hashed else 'not hashed, and said to be'}"
    if known is classes["BitstringStatusListEntry"] and node.get("id", "") == node.get("statusListCredential"):
        yield "has the id of its list, where one of its own is meant"


def _results(subject: Document) -> Iterator[str]:
    """Whether each result is one of those that the achievement describes (Result, ResultDescription)."""
    achievement = subject.get("achievement")
    if not isinstance(achievement, Mapping):
        return
    described = _by_id(achievement, "resultDescription")
    for index, result in enumerate(listed(subject.get("result"))):
        name = result.get("resultDescription") if isinstance(result, Mapping) else None
        if not isinstance(result, Mapping) or not isinstance(name, str):
            continue
        path, description = f"credentialSubject.result[{index}]", described.get(name)
        if description is None:
            yield f"{path}.resultDescription is none of the achievement's"
            continue
        level, value = result.get("achievedLevel"), result.get("value")
        if level is not None and str(level) not in _by_id(description, "rubricCriterionLevel"):
            yield f"{path}.achievedLevel is no level of its description"
        if value is not None and "allowedValue" in description and value not in listed(description["allowedValue"]):
            yield f"{path}.value is none that its description allows"
        if description.get("resultType") == "Status" and "status" not in result:
            yield f"{path}.status is missing"


def _by_id(node: Document, name: str) -> dict[str, Document]:
    found = [value for value in listed(node.get(name)) if isinstance(value, Mapping)]
    return {value["id"]: value for value in found if isinstance(value.get("id"), str)}


def _times(document: Document, now: datetime | None) -> Iterator[str]:
    start, end = moment(document.get("validFrom")), moment(document.get("validUntil"))
    if start and end and end < start:
        yield "validUntil is before validFrom"
    if start and now and now < start:
        yield f"validFrom is still to come: {document['validFrom']}"
    if end and now and end < now:
        yield f"validUntil is over: {document['validUntil']}"
