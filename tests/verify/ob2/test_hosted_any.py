"""Whatever hosts serve, a report comes of it, and nothing is called valid that has a fault in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.verify.badge import UnreadableError
from badgesite.verify.report import STEPS
from tests.verify.badges import ASSERTION, World
from tests.verify.ob2.test_endorsements import PRAISE, US
from tests.verify.ob2.worlds import (
    BADGE,
    ENDORSEMENT,
    ISSUER,
    KEY,
    LIST,
    PICTURE,
    PRAISER,
    assertion,
    files,
    reported,
    signed,
)

ADDRESSES = (ASSERTION, BADGE, ISSUER, LIST, KEY, ENDORSEMENT, PRAISER, PICTURE)
NAMES = (
    *("@context", "@language", "type", "id", "recipient", "badge", "issuedOn", "expires", "verification", "verify"),
    *("image", "evidence", "revoked", "issuer", "criteria", "name", "url", "email", "publicKey", "revocationList"),
    *("revokedAssertions", "owner", "publicKeyPem", "claim", "endorsement", "related", "alignment", "identity", "salt"),
)
TEXTS = st.sampled_from((*ADDRESSES, "", "https://[", "x", "\ud800", "did:web:a", "2025-01-01T00:00:00Z", "9" * 30))
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=6,
)
CHANGES = st.lists(st.tuples(st.sampled_from(ADDRESSES), st.sampled_from(NAMES), VALUES), max_size=4)


def _world(changes: list[tuple[str, str, object]]) -> World:
    world = World(files(badge={"endorsement": ENDORSEMENT}))
    world.files |= {ENDORSEMENT: PRAISE, PRAISER: US}
    for address, name, value in changes:
        before = world.files[address]
        world.files[address] = {**before, name: value} if isinstance(before, dict) else value
    return world


@given(changes=CHANGES, copy=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=2))
@settings(max_examples=150, deadline=None)
def test_whatever_is_served_a_report_comes_of_it(
    changes: list[tuple[str, str, object]], copy: dict[str, object]
) -> None:
    document = assertion(**{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"})
    document |= {name: value for name, value in copy.items() if name not in ("@context", "type")}
    for data in (document, signed(document)):
        try:
            report = reported(data, _world(changes), email="ada@example.org")
        except UnreadableError:
            continue  # half of a character, or a number without end
        assert tuple(check.step for check in report.checks) == STEPS
        assert all(check.words and "\n" not in check.words for check in report.checks)
        assert (report.answer == "valid") <= (not report.failed)
