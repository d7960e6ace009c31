from typing import Any

import pytest
from pyld.jsonld import JsonLdProcessor  # type: ignore[import-untyped]

from badgesite.crypto.canonical import canonical, canonical_with
from badgesite.crypto.contexts import context
from tests.crypto.credentials import credential


def test_contexts_are_worked_out_once_for_all_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    canonical(credential())
    worked: list[object] = []

    def define(self: object, active: object, local: object, term: object, *more: object, **settings: object) -> None:
        worked.append(term)

    monkeypatch.setattr(JsonLdProcessor, "_create_term_definition", define)
    canonical(credential(name="B1", credentialSubject__achievement__name="B1"))
    assert worked == []


def test_what_was_learnt_of_contexts_does_not_change_the_canonical_form() -> None:
    fresh = canonical_with({})
    for document in (
        credential(),
        credential(name="B1"),
        credential(type=["VerifiableCredential", "AchievementCredential"]),
    ):
        assert canonical(document) == fresh(document) == canonical_with({})(document) == _as_pyld_has_it(document)


def _as_pyld_has_it(document: dict[str, Any]) -> bytes:
    """By pyld's own processor, which learns nothing."""
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": lambda url, options: {"contextUrl": None, "documentUrl": url, "document": context(url)},
    }
    text: str = JsonLdProcessor().normalize(document, options)
    return text.encode()
