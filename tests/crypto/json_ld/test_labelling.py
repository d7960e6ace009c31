import pytest

from badgesite.crypto.canonical import canonical
from badgesite.errors import FormatError
from tests.crypto.credentials import credential


def alike(count: int) -> dict[str, object]:
    """A credential with two results that cannot be told apart, each with so many alignments that cannot either."""
    alignments = [{"type": ["Alignment"], "targetName": "x"} for _ in range(count)]
    results = [{"type": ["Result"], "alignment": alignments} for _ in range(2)]
    return credential(credentialSubject__result=results)


def test_parts_that_look_alike_are_signed_each() -> None:
    assert canonical(alike(4)).count(b'"x"') == 8
    assert canonical(alike(4)) != canonical(alike(3))


@pytest.mark.parametrize("count", [8, 12, 100])
def test_so_many_that_their_orders_cannot_be_tried_are_refused(count: int) -> None:
    with pytest.raises(FormatError, match="too many parts without an id are alike"):
        canonical(alike(count))


def test_names_that_a_document_gives_to_blank_nodes_do_not_help_a_forger() -> None:
    names = [f"_:b{number}" for number in range(12)]
    related = [
        {"id": name, "type": ["Related"], "endorsement": [{"id": other} for other in names if other != name]}
        for name in names
    ]
    with pytest.raises(FormatError, match="too many parts without an id are alike"):
        canonical(credential(credentialSubject__achievement__related=related))
