"""pyld's processor, as we use it: it tells what it would lose, and works out each context once."""

from collections.abc import Mapping
from typing import Any

from pyld.jsonld import JsonLdError, JsonLdProcessor  # type: ignore[import-untyped]

from badgesite.crypto.json_ld.documents import Document
from badgesite.crypto.json_ld.labelling import Labelling
from badgesite.crypto.json_ld.losses import Losses, losses

Learnt = dict[object, tuple[object, object, object]]
"""What was made of contexts: the key, and what it was made from, and for."""

REFUSALS = (JsonLdError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What pyld raises for what is not JSON-LD; over some contexts it stumbles rather than refuses them."""

_MOST = 4096  # processed contexts that are kept; our documents make about 20
_SETTINGS = frozenset(("override_protected", "propagate"))  # all that a scoped context is worked out with


class LostError(Exception):
    """The document would be signed in part only: `found` is what would be lost."""

    def __init__(self, found: Losses) -> None:
        super().__init__()
        self.found = found


class Processor(JsonLdProcessor):  # type: ignore[misc]
    """pyld's processor, which tells what it drops, and remembers what it made of a context.

    It would make the scoped contexts of every typed object anew. They depend on nothing but the context they stand in,
    so each is made once for all documents.
    """

    def __init__(self, learnt: Learnt) -> None:
        self._dropped: list[object] = []
        self._learnt = learnt
        super().__init__(on_property_dropped=self._dropped.append)

    def expand(self, input_: Document, options: Mapping[str, object]) -> object:
        """The expanded document; LostError if something of it is not there."""
        expanded: object = super().expand(input_, options)
        found = losses(input_, expanded, self._dropped)
        if found:
            raise LostError(found)
        return expanded

    def normalize(self, input_: Document, options: Mapping[str, object]) -> str:
        """The canonical N-Quads of the document; LostError as `expand`, FormatError if they would take too long."""
        settings = {name: value for name, value in options.items() if name != "format"}
        dataset = self.to_rdf(input_, {**settings, "produceGeneralizedRdf": False})
        form: str = Labelling().main(dataset, dict(options))
        return form

    def _process_context(self, active_ctx: Any, local_ctx: Any, options: Any, **settings: Any) -> Any:
        if not settings.keys() <= _SETTINGS:
            return super()._process_context(active_ctx, local_ctx, options, **settings)
        key = (id(active_ctx), _name(local_ctx), *sorted(settings.items()))
        if key not in self._learnt:
            made = super()._process_context(active_ctx, local_ctx, options, **settings)
            if len(self._learnt) >= _MOST:
                self._learnt.clear()
            self._learnt[key] = active_ctx, local_ctx, made  # held, so that no other object gets their ids
        return self._learnt[key][2]


def _name(local_ctx: object) -> object:
    """What a context is remembered by: URLs as such, an object by being the same."""
    if isinstance(local_ctx, list) and all(isinstance(url, str) for url in local_ctx):
        return tuple(local_ctx)
    return local_ctx if isinstance(local_ctx, str) else id(local_ctx)
