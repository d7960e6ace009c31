"""Where an assertion that was put before us says something else than the one that is hosted at its id.

The hosted one counts. A copy that claims what the host does not say, or leaves out when the award ends, is not genuine;
one that is merely older or shorter is.
"""

from collections.abc import Iterator, Mapping

from badgesite.standards.ob2_properties import moment
from badgesite.verify.ob2.documents import Document

_OF_NO_WEIGHT = frozenset(
    (
        *("@context", "@language", "id", "type", "image", "related", "version", "endorsement", "uid"),
        *("verification", "verify", "revoked", "revocationReason"),
    )
)
"""What does not change who has earned what; `revoked` is never believed of a copy."""
_OF_NO_WEIGHT_WITHIN = frozenset(
    ("@context", "@language", "id", "type", "related", "version", "endorsement", "publicKey", "revocationList")
) | {"verification"}
"""The same of a badge class and an issuer within a copy, of which the picture does count."""
_AUTHORS = frozenset(("badge", "issuer"))
"""What may stand in full or by its address; what it says is compared with what is served there."""


def differences(copy: Document, hosted: Document) -> tuple[str, ...]:
    """The names of the members in which the copy claims something that the hosted assertion does not."""
    return tuple(sorted(_claims(copy, hosted)))


def badge_differences(copy: Document, badge: Document | None, issuer: Document | None = None) -> tuple[str, ...]:
    """The same of a badge class, and of an issuer in it, that a copy has within it, beside those that are served."""
    inside = _one(copy.get("badge"))
    if not badge or not isinstance(inside, Mapping):
        return ()
    found = [f"badge.{name}" for name in _claimed(inside, badge)]
    within = _one(inside.get("issuer"))
    if "badge.issuer" not in found and issuer and isinstance(within, Mapping):
        found += [f"badge.issuer.{name}" for name in _claimed(within, issuer)]
    return tuple(found)


def _claimed(inside: Document, served: Document) -> Iterator[str]:
    for name in sorted(inside.keys() - _OF_NO_WEIGHT_WITHIN):
        if _told(name, inside[name]) != _told(name, served.get(name)):
            yield name


def _one(value: object) -> object:
    """JSON-LD says one value and a list of one alike."""
    return _one(value[0]) if isinstance(value, list) and len(value) == 1 else value


def _told(name: str, value: object) -> object:
    """What a member says; badge and issuer are their id, whether they stand there whole or by their address."""
    one = _one(value) if name in _AUTHORS else value
    return one.get("id") if name in _AUTHORS and isinstance(one, Mapping) else _value(value)


def older(copy: Document, hosted: Document) -> bool:
    """Whether the copy, though it claims nothing that is not so, is not what is hosted now."""
    names = (copy.keys() | hosted.keys()) - _OF_NO_WEIGHT
    return any(_told(name, copy.get(name)) != _told(name, hosted.get(name)) for name in names)


def _claims(copy: Document, hosted: Document) -> Iterator[str]:
    for name in copy.keys() - _OF_NO_WEIGHT - {"expires"}:
        if _told(name, copy[name]) != _told(name, hosted.get(name)):
            yield name
    ends, truly = moment(copy.get("expires")), moment(hosted.get("expires"))
    if truly and (not ends or ends > truly):
        yield "expires"


def _value(value: object) -> object:
    """What a value says, however it is written: a link with its id, one value in a list, a moment in another zone."""
    if isinstance(value, list):
        return _value(value[0]) if len(value) == 1 else [_value(each) for each in value]
    if isinstance(value, Mapping):
        if "id" in value and set(value) <= {"id", "type"}:
            return value.get("id")
        return {name: _value(each) for name, each in value.items() if name != "type" or "identity" in value}
    found = moment(value)
    return found.timestamp() if found else value.lower() if _is_hash(value) and isinstance(value, str) else value


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("sha256$", "md5$"))
