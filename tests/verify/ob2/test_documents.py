"""The documents behind a badge are read once, however often it links to them."""

import pytest

from badgesite.crypto import strict_json
from badgesite.errors import FetchError, FormatError
from badgesite.verify.ob2 import documents
from badgesite.verify.ob2.documents import Documents
from tests.verify.badges import HOST, World
from tests.verify.ob2.worlds import ENDORSEMENT, assertion, files, outcome, reported


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was read as JSON since."""
    read = list[bytes]()

    def counting(data: bytes) -> object:
        read.append(data)
        return strict_json.read_json(data)

    monkeypatch.setattr(documents, "read_json", counting)
    return read


def test_an_address_is_read_once_whatever_fragment_leads_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read = _counted(monkeypatch)
    found = Documents(World({HOST: {"id": HOST}}).fetch)
    assert [found(address) for address in (HOST, f"{HOST}#a", f"{HOST}#b")] == [{"id": HOST}] * 3
    assert found.at(HOST) == {"id": HOST}
    assert len(read) == 1


def test_what_is_not_to_be_had_is_so_each_time_with_its_cause() -> None:
    world = World({f"{HOST}/bytes": b"\x89PNG", f"{HOST}/broken": b"{"})
    found = Documents(world.fetch)
    assert found(f"{HOST}/bytes") == b"\x89PNG"
    assert [found(f"{HOST}/{name}") for name in ("none", "none#a", "broken")] == [None] * 3
    assert isinstance(found.why[f"{HOST}/none#a"], FetchError)
    for name, error in (("none", FetchError), ("broken", FormatError), ("bytes", FormatError)):
        with pytest.raises(error):
            found.at(f"{HOST}/{name}")


def test_links_without_end_are_not_all_followed() -> None:
    crowd = [f"{ENDORSEMENT}?{number}" for number in range(500)]
    pictures = [f"{HOST}/{number}.png" for number in range(500)]
    world = World(files(assertion={"endorsement": crowd, "image": pictures}))
    report = reported(assertion(), world)
    assert outcome(report, "schema")[0] == "failed"
    assert len(world.asked) < 120


def test_one_document_that_all_links_lead_to_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = _counted(monkeypatch)
    world = World(files(assertion={"endorsement": [f"{ENDORSEMENT}#{number}" for number in range(500)]}))
    world.files[ENDORSEMENT] = {"id": "_:b0", "type": "Endorsement", "related": [7] * 100_000}
    assert reported(assertion(), world).answer == "invalid"
    assert len(read) <= 2 * len(world.asked)
