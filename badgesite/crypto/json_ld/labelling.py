"""The names that blank nodes get in a canonical form (RDF Dataset Canonicalization 1.0, section 4), within bounds.

Blank nodes that look alike are told apart by trying every order of them, and so a few dozen of a forger's choice would
take longer than anyone lives (section 7.1). Nothing that people write comes near the bound.
"""

from math import factorial
from typing import Any

from pyld.canon import URDNA2015  # type: ignore[import-untyped]

from badgesite.errors import FormatError

_MOST = 20_000  # orders that are tried for one document; half a second
_MOST_ALIKE = 12  # beyond it the factorial itself is no number to reckon with


class Labelling(URDNA2015):  # type: ignore[misc]
    """pyld's algorithm, which counts the orders that it is about to try: FormatError if they are too many."""

    def __init__(self) -> None:
        super().__init__()
        self._orders = 0

    def create_hash_to_related(self, id_: str, issuer: object) -> dict[str, list[str]]:
        """The neighbours of a blank node by their looks; the next step tries each order of those that look alike."""
        alike: dict[str, list[Any]] = super().create_hash_to_related(id_, issuer)
        self._orders += sum(factorial(min(len(nodes), _MOST_ALIKE)) for nodes in alike.values())
        if self._orders > _MOST:
            raise FormatError("too many parts without an id are alike to find one order for them; give them ids")
        return alike
