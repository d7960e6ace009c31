"""Words of a credential that hide from whoever reads JSON, and that an embedded proof covers all the same.

A proof by RDF canonicalization is over what JSON-LD makes of a document, not over its text. Whoever holds a badge that
ends, or can be revoked, might write `validUntil` as the whole address that it stands for, or put it into another node
with the credential's own id: the proof would still hold, and a reader of JSON would no longer see the end.
"""

from collections.abc import Iterator, Mapping

from badgesite.verify.words import plain

_KEYWORDS = ("@context", "@value", "@language")
_OF_THE_WHOLE = frozenset(
    (
        *("issuer", "credentialSubject", "credentialStatus", "credentialSchema", "proof", "evidence"),
        *("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate"),
    )
)


def disguise_in(document: Mapping[str, object]) -> str:
    """What is written so that a reader of JSON could miss it, in words; "" if nothing is."""
    return next(_disguises(document, document), "")


def _disguises(value: object, document: Mapping[str, object]) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _disguises(each, document)
    if not isinstance(value, Mapping):
        return
    if value is not document and "id" in value and value["id"] == document.get("id"):
        for name in sorted(_OF_THE_WHOLE & value.keys()):
            yield f"{name} stands in a node inside that has the credential's own id, where it is easily overlooked"
    for name, inner in value.items():
        if ":" in name or (name.startswith("@") and name not in _KEYWORDS):
            yield f"{plain(name)} is no plain word of a context; such names can hide one that matters"
        if name != "@context":
            yield from _disguises(inner, document)
