"""Canonical forms by pyoxigraph: JSON-LD, RDF and RDFC-1.0 in Rust, which share nothing with pyld."""

import json
from collections.abc import Callable, Mapping

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from badgesite.crypto.contexts import context


def canonical_by_oxigraph(
    document: Mapping[str, object], contexts: Callable[[str], Mapping[str, object]] = context
) -> bytes:
    """The canonical form of a document, whose contexts are put in place of their URLs."""
    text = json.dumps(_with_contexts(document, contexts))
    dataset = Dataset(parse(text, format=RdfFormat.JSON_LD))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    found = serialize(dataset, format=RdfFormat.N_QUADS) or b""
    return b"".join(sorted(found.splitlines(keepends=True)))


def _with_contexts(value: object, contexts: Callable[[str], Mapping[str, object]]) -> object:
    if isinstance(value, list):
        return [_with_contexts(item, contexts) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {
        key: _inline(inner, contexts) if key == "@context" else _with_contexts(inner, contexts)
        for key, inner in value.items()
    }


def _inline(value: object, contexts: Callable[[str], Mapping[str, object]]) -> object:
    if isinstance(value, list):
        return [_inline(item, contexts) for item in value]
    if isinstance(value, str):
        return _inline(contexts(value)["@context"], contexts)
    return _with_contexts(value, contexts)
