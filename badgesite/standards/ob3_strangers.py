"""Open Badges 3.0 as others write it: held to what the standard demands, and not to how we write it ourselves.

Both shapes of credential are read, those of the Verifiable Credentials Data Model 2.0 and 1.1. What the published JSON
Schema lets pass passes here too: an issuer by its id alone, texts by language, lists that are empty, telephone numbers
of any form. An index in a status list may be a number, and there may be several such lists.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from badgesite.crypto.contexts import CREDENTIALS, CREDENTIALS_1
from badgesite.standards.ob3_checks import Document, is_open_badges, listed, node_faults
from badgesite.standards.ob3_properties import CLASSES, Class, Property, a_moment, a_text, a_uri, moment

AWARD_TYPES = frozenset(("OpenBadgeCredential", "AchievementCredential"))
ENDORSEMENT_TYPE = "EndorsementCredential"
_COLLECTION = "ClrCredential"
_PROFILES = ("issuer", "creator", "source", "parentOrg")
_FREE = ("phone", "email")
_TIMES = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}  # by their names in VCDM 1.1


def check_award(document: Document) -> tuple[str, ...]:
    """Everything wrong with somebody's AchievementCredential."""
    kinds = listed(document.get("type"))
    if _COLLECTION in kinds:
        return (f"this is a {_COLLECTION}, a collection of credentials, and no badge; its badges are inside",)
    fault = "type is not that of a VerifiableCredential and an OpenBadgeCredential"
    right = "VerifiableCredential" in kinds and any(kind in AWARD_TYPES for kind in kinds if isinstance(kind, str))
    return (*([] if right else [fault]), *_faults(document, "AchievementCredential"), *_status_faults(document))


def check_endorsement(document: Document) -> tuple[str, ...]:
    """Everything wrong with somebody's EndorsementCredential (section B.1.9)."""
    kinds = listed(document.get("type"))
    fault = f"type is not that of a VerifiableCredential and an {ENDORSEMENT_TYPE}"
    right = "VerifiableCredential" in kinds and ENDORSEMENT_TYPE in kinds
    return (*([] if right else [fault]), *_faults(document, ENDORSEMENT_TYPE), *_status_faults(document))


def is_endorsement(document: Document) -> bool:
    """Whether the document says that it is an endorsement, and not an award."""
    return ENDORSEMENT_TYPE in listed(document.get("type"))


def _faults(document: Document, kind: str) -> Iterator[str]:
    contexts = listed(document.get("@context"))
    older = bool(contexts) and contexts[0] == CREDENTIALS_1
    if len(contexts) < 2 or contexts[0] not in (CREDENTIALS, CREDENTIALS_1) or not is_open_badges(contexts[1]):
        yield f"@context does not begin with {CREDENTIALS} and that of Open Badges 3.0"
    yield from node_faults(_tolerated(document), (_OLDER if older else _CLASSES)[kind], "", _CLASSES)
    start, end = (moment(document.get(_TIMES[name] if older else name)) for name in _TIMES)
    if start and end and end < start:
        yield "it ends before it begins"


def _status_faults(document: Document) -> Iterator[str]:
    for entry in listed(document.get("credentialStatus")):
        if not isinstance(entry, Mapping) or not entry.get("type"):
            yield "credentialStatus is not an object with a type"
        elif "BitstringStatusListEntry" in listed(entry["type"]):
            yield from node_faults(
                _tolerated(entry), _CLASSES["BitstringStatusListEntry"], "credentialStatus", _CLASSES
            )


def _tolerated(node: Document) -> dict[str, object]:
    """The node without its empty lists, each profile an object, each index a text."""
    return {name: _each(name, value) for name, value in node.items() if value != []}


def _each(name: str, value: object) -> object:
    if name in _PROFILES and isinstance(value, str):
        return {"id": value, "type": "Profile"}
    if name == "statusListIndex" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return _tolerated(value)
    return (
        [_tolerated(each) if isinstance(each, Mapping) else each for each in value]
        if isinstance(value, list)
        else value
    )


def _a_text(value: object) -> str:
    """A text, or texts by language: they are lost in an embedded proof, which the look at the signature tells."""
    if isinstance(value, Mapping) and value and all(isinstance(each, str) for each in value.values()):
        return ""
    return a_text(value)


def _free(known: Property) -> Property:
    return replace(known, what=_a_text) if known.what is a_text or known.name in _FREE else known


def _renamed(known: Property) -> Property:
    return replace(known, name=_TIMES.get(known.name, known.name))


def _with(known: Class, *, older: bool) -> Class:
    properties = (each for each in known.properties if each.name != "credentialStatus")
    return replace(known, properties=tuple(map(_renamed, properties) if older else properties))


_ENDORSEMENTS = {
    "EndorsementCredential": Class(
        None,
        (
            Property("id", a_uri, required=True),
            Property("name", a_text, required=True),
            Property("issuer", "Profile", required=True),
            Property("validFrom", a_moment, required=True),
            Property("validUntil", a_moment),
            Property("credentialSubject", "EndorsementSubject", required=True),
        ),
    ),
    "EndorsementSubject": Class(
        "EndorsementSubject", (Property("id", a_uri, required=True), Property("endorsementComment", a_text))
    ),
}
_FREED = {
    name: replace(known, properties=tuple(map(_free, known.properties)))
    for name, known in {**CLASSES, **_ENDORSEMENTS}.items()
}
_WHOLE = ("AchievementCredential", "EndorsementCredential")
_CLASSES = {**_FREED, **{name: _with(_FREED[name], older=False) for name in _WHOLE}}
_OLDER = {name: _with(_FREED[name], older=True) for name in _WHOLE}
