"""The verify page and `badgesite verify` say the same of a badge; what a browser cannot check, it leaves open."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.verify.badge import Badge, UnreadableError, read_badges
from badgesite.verify.case import Remembered
from badgesite.verify.picture import of_one_award
from badgesite.verify.report import Report
from badgesite.verify.verifying import unreadable, verify
from tests.pages import strangers
from tests.pages.strangers import KEYS, credential, hosted, jwk, token
from tests.pages.views.conftest import EXPIRED, REVOKED, file_of
from tests.pages.views.test_verifying_carriers_in_browser import BROKEN, TWICE
from tests.pages.views.test_verifying_hosted_in_browser import HOSTED
from tests.pages.views.test_verifying_lies_in_browser import LIES, MENDED, MOVED, THIRD
from tests.pages.views.test_verifying_pairs_in_browser import picture_of
from tests.pages.views.test_verifying_strangers_in_browser import FORGED, LIST, LISTS, listed
from tests.pages.web import NOW, Desk, Web
from tests.sites import AWARDS

Site = dict[str, bytes]
NOTHING_MOVED: Mapping[str, str] = {}
Case = tuple[bytes, Site]
STRONGER = {
    "unknown": {"valid", "revoked", "expired", "early", "invalid"}
}  # what a computer may say where a page does not


def _cases() -> Iterator[tuple[str, Case]]:
    keys = strangers.files()
    for alg in KEYS:
        yield f"valid by {alg}", (token(credential(), alg), keys)
    yield "early", (token(credential(validFrom="2031-01-01T00:00:00Z", nbf=1924992000)), keys)
    yield "out of reach", (token(credential()), {})
    yield "a key that came along", (token(credential(), kid=None, jwk=jwk(KEYS["ES256"])), keys)
    yield from ((name, (data, keys)) for name, data, _ in FORGED)
    yield from ((f"list: {name}", (token(listed(**entry)), {**keys, LIST: served})) for name, served, entry, _ in LISTS)
    yield "hosted", (json.dumps(hosted().assertion).encode(), hosted().files())
    yield from (
        (f"hosted: {name}", (json.dumps(badge.assertion).encode(), badge.files())) for name, badge, *_ in HOSTED
    )
    yield from ((f"lie: {name}", (data, files)) for name, (data, files, *_) in {**LIES, **MENDED}.items())
    alike = BROKEN + TWICE[1:]  # of the first, the command tells that it is a flood
    yield from ((f"broken: {name}", (data, {})) for name, data, *_ in alike)


CASES = dict(_cases())
OURS = [
    *((AWARDS[0], name) for name in ("credential.json", "credential.jwt", "assertion.json", "badge.png", "badge.svg")),
    *(
        (award, name)
        for award in (EXPIRED, REVOKED)
        for name in ("credential.json", "credential.jwt", "assertion.json")
    ),
    (REVOKED, "badge.png"),
]


def fetched(files: Site, moved: Mapping[str, str] = NOTHING_MOVED) -> Remembered:
    """How the command reads the web that these files are; the folder of a page is asked for as a browser does."""

    def fetch(address: str) -> Served:
        if not address.startswith("https://"):
            raise FetchError(address, "forbidden", "no https")
        place = moved.get(address, address)
        file = f"{place}index.html" if place.endswith("/") else place
        if file in files:
            return Served(place, files[file], "")
        hosts = {known.split("/")[2] for known in files}
        raise FetchError(address, "missing" if address.split("/")[2] in hosts else "unreachable", "no")

    return Remembered(fetch, lambda: NOW)


def told_of(badges: Sequence[Badge], fetch: Remembered, what: str = "the picture carries") -> list[dict[str, Any]]:
    """What the command says of these badges together."""
    found = [verify(badge, fetch=fetch, now=NOW) for badge in badges]
    return [_words_of(report) for report in of_one_award(badges, found, fetch, what)]


def _told(data: bytes, files: Site, moved: Mapping[str, str] = NOTHING_MOVED) -> list[dict[str, Any]]:
    """What the command says."""
    try:
        return told_of(read_badges(data), fetched(files, moved))
    except UnreadableError as error:
        return [_words_of(unreadable(error, ""))]


def _words_of(report: Report) -> dict[str, Any]:
    return {
        "answer": report.answer,
        "headline": report.headline,
        "steps": {check.step: (check.outcome, check.code) for check in report.checks},
    }


def compare(page: list[dict[str, Any]], command: list[dict[str, Any]]) -> None:
    """What the page says, the command says too, or more."""
    assert len(page) == len(command)
    for one, other in zip(page, command, strict=True):
        assert one["answer"] == other["answer"] or other["answer"] in STRONGER.get(one["answer"], ())
        for step, words in one["steps"].items():
            outcome, _, code = words.partition(" ")
            if outcome == "failed":
                assert (step, outcome, code) == (step, *other["steps"][step])


@pytest.mark.parametrize("name", CASES)
def test_a_strangers_badge_is_the_same_on_the_page_and_by_the_command(
    opened: Callable[..., Desk], site: Site, name: str
) -> None:
    data, files = CASES[name]
    compare(opened(Web({**site, **files})).put(data), _told(data, {**site, **files}))


@pytest.mark.parametrize("name", MOVED)
def test_a_host_that_sends_to_another_is_heard_alike(opened: Callable[..., Desk], site: Site, name: str) -> None:
    data, files, address, *_ = MOVED[name]
    moved = {address: THIRD + address.removeprefix(strangers.HOST)}
    world = {**site, **files, moved[address]: files[address]}
    compare(opened(Web(world, moved=moved)).put(data), _told(data, world, moved))


def test_a_badge_of_the_site_is_the_same_on_the_page_and_by_the_command(desk: Desk, site: Site) -> None:
    for award, name in OURS:
        data = file_of(site, award, name)
        compare(desk.put(data), _told(data, desk.web.files))


@pytest.mark.parametrize(
    ("picture", "worse"),
    [
        (picture_of("carla@example.org"), "valid"),
        (picture_of("carla@example.org", validUntil="2023-12-31T23:59:59Z"), "expired"),
        (picture_of("carla@example.org", validFrom="2031-01-01T00:00:00Z", nbf=1924992000), "early"),
        (picture_of("dario@example.org"), "invalid"),
    ],
    ids=["both valid", "one expired", "one early", "two people"],
)
def test_of_two_records_the_page_tells_first_the_worse_answer_of_the_command(
    opened: Callable[..., Desk], site: Site, picture: bytes, worse: str
) -> None:
    files = {**site, **strangers.files(), **hosted().files()}
    desk, command = opened(Web(files)), _told(picture, files)
    compare(desk.put(picture), command)
    assert desk.head()["answer"] == worse
    assert worse in [report["answer"] for report in command]


# The first words of the command, and what the page says in large letters.
WORDS = [
    (file, award, words)
    for file in ("credential.jwt", "assertion.json")
    for award, words in ((AWARDS[0], "valid"), (EXPIRED, "expired"), (REVOKED, "revoked"))
]


@pytest.mark.parametrize(("name", "award", "words"), WORDS)
def test_page_and_command_have_the_same_word_for_it(desk: Desk, site: Site, name: str, award: str, words: str) -> None:
    data = file_of(site, award, name)
    desk.put(data)
    assert desk.head()["headline"].lower() == words
    assert _told(data, desk.web.files)[0]["headline"].partition(":")[0] == words


def test_what_neither_can_know_is_called_so_by_both(opened: Callable[..., Desk], site: Site) -> None:
    data = token(credential())
    desk = opened(Web(site))
    desk.put(data)
    assert desk.head()["headline"] == "Not known"
    assert _told(data, site)[0]["headline"].startswith("not known: ")


def test_endorsements_that_a_page_cannot_check_leave_the_badge_itself_genuine(desk: Desk) -> None:
    proof = {"type": "DataIntegrityProof", "verificationMethod": f"{strangers.DID}#EdDSA", "proofValue": "z3"}
    endorsement = {
        "@context": credential()["@context"],
        "id": "urn:uuid:0f0d4a2e-58c2-4a51-8a8e-0a3f5b8f2d10",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": strangers.DID, "type": ["Profile"], "name": "Other College"},
        "name": "Well done",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": credential()["id"], "type": ["EndorsementSubject"]},
        "proof": proof,
    }
    data = token(credential(endorsement=[endorsement]))
    (report,) = desk.put(data)
    compare([report], _told(data, desk.web.files))
    assert (report["answer"], report["headline"]) == ("unknown", "Genuine, but not wholly checked")
    box = desk.head()["text"]
    assert "genuine, in force, and not revoked; it is published by other.example.org" in box
    assert "Not checked: Endorsements\n" in box
    assert box.endswith("badgesite verify FILE")
    assert desk.page.locator(".command").count() == 1
