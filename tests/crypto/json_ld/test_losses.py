from itertools import count

import pytest

from badgesite.crypto.json_ld.losses import is_absolute, to_blame


@pytest.mark.parametrize(
    "iri",
    [
        "https://badges.example.edu/awards/1/#holder",
        "https://x.example/?a=b&c=d#e",
        "http://frameworks.example/è",
        "https://x.example/a%20b",
        "https://[2001:db8::1]/x",
        "did:web:badges.example.edu:issuers:example#z6Mk",
        "urn:uuid:3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11",
        "data:image/png;base64,iVBORw0KGgo=",
        "mailto:",
        "data:image/png;base64," + "A" * 4_000_000,
        "https://x.example/" + "%20" * 1_000_000,
    ],
    ids=lambda iri: iri[:40],
)
def test_absolute_iris_are_known(iri: str) -> None:
    assert is_absolute(iri)


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "b2",
        "/badges/b2",
        "//x.example/",
        "#holder",
        ":x",
        "1a:x",
        "https://x.example/a b",
        "https://x.example/\n",
        "https://x.example/<b>",
        'https://x.example/"',
        "https://x.example/{id}",
        "https://x.example/a|b",
        "https://x.example/a\\b",
        "https://x.example/a^b",
        "https://x.example/`",
        "https://x.example/100%",
        "https://x.example/%zz",
        "https://x.example/[1]",
        "https://x.example/#a#b",
        "https://x.example/\ud800",
        "https://x.example/\x85",
        "https://x.example/\xa0",
        "_:b0",
        None,
        7,
    ],
    ids=repr,
)
def test_what_is_no_absolute_iri_is_not_taken_for_one(iri: object) -> None:
    assert not is_absolute(iri)


@pytest.mark.parametrize(("members", "trials"), [(10, 10), (1000, 49), (20_000, 8)])
def test_of_a_large_document_only_some_places_are_tried(members: int, trials: int) -> None:
    document = {f"m{number}": number for number in range(members)}
    tried = count()
    assert to_blame(document, [(name,) for name in document], lambda rest: next(tried) < 0) == ()
    assert next(tried) == trials
