"""The verify page and `badgesite verify` say the same of a badge; what a browser cannot check, it leaves open."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.verify.badge import UnreadableError, read_badges
from badgesite.verify.verifying import unreadable, verify
from tests.pages import strangers
from tests.pages.strangers import KEYS, credential, hosted, jwk, token
from tests.pages.views.conftest import EXPIRED, REVOKED, file_of
from tests.pages.views.test_verifying_carriers_in_browser import BROKEN, TWICE
from tests.pages.views.test_verifying_hosted_in_browser import HOSTED
from tests.pages.views.test_verifying_lies_in_browser import LIES, MENDED, MOVED, THIRD
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


def _told(data: bytes, files: Site, moved: Mapping[str, str] = NOTHING_MOVED) -> list[dict[str, Any]]:
    """What the command says."""

    def fetch(address: str) -> Served:
        if not address.startswith("https://"):
            raise FetchError(address, "forbidden", "no https")
        place = moved.get(address, address)
        if place in files:
            return Served(place, files[place], "")
        hosts = {known.split("/")[2] for known in files}
        raise FetchError(address, "missing" if address.split("/")[2] in hosts else "unreachable", "no")

    try:
        reports = [verify(badge, fetch=fetch, now=NOW) for badge in read_badges(data)]
    except UnreadableError as error:
        reports = [unreadable(error, "")]
    return [
        {"answer": report.answer, "steps": {check.step: (check.outcome, check.code) for check in report.checks}}
        for report in reports
    ]


def _compare(page: list[dict[str, Any]], command: list[dict[str, Any]]) -> None:
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
    _compare(opened(Web({**site, **files})).put(data), _told(data, {**site, **files}))


@pytest.mark.parametrize("name", MOVED)
def test_a_host_that_sends_to_another_is_heard_alike(opened: Callable[..., Desk], site: Site, name: str) -> None:
    data, files, address, *_ = MOVED[name]
    moved = {address: THIRD + address.removeprefix(strangers.HOST)}
    world = {**site, **files, moved[address]: files[address]}
    _compare(opened(Web(world, moved=moved)).put(data), _told(data, world, moved))


def test_a_badge_of_the_site_is_the_same_on_the_page_and_by_the_command(desk: Desk, site: Site) -> None:
    for award, name in OURS:
        data = file_of(site, award, name)
        _compare(desk.put(data), _told(data, desk.web.files))
