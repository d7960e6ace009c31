"""The public kit of badges: it is what its script makes, and `verify` finds of each badge what its header says."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest

from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.verify.badge import UnreadableError, read_badges
from badgesite.verify.report import Report
from badgesite.verify.verifying import unreadable, verify
from tests.testkit.make import FOLDER, WORLD, header_name, kit, place_of

NAMES: list[str] = json.loads((FOLDER / "index.json").read_bytes())["badges"]
Header = Mapping[str, Any]


def header(name: str) -> Header:
    """What the kit says of a badge."""
    found: Header = json.loads((FOLDER / header_name(name)).read_bytes())
    return found


def served(said: Header, address: str) -> Served:
    """What the world of a badge answers, from the files of the kit."""
    path = FOLDER / WORLD / place_of(address)
    if urlsplit(address).hostname in said.get("silent", ()):
        raise FetchError(address, "unreachable", "the host does not answer")
    if address in said.get("gone", ()):
        raise FetchError(address, "gone", "the server says 410")
    if not address.startswith("https://") or not path.is_file():
        raise FetchError(address, "missing", "the server says 404")
    assert address in said["world"], f"the header does not say that {address} is needed"
    return Served(address, path.read_bytes())


def reports(name: str) -> list[Report]:
    """What `verify` finds of each badge in a file of the kit."""
    said = header(name)
    now = datetime.fromisoformat(said["moment"])
    try:
        badges = read_badges((FOLDER / name).read_bytes())
    except UnreadableError as error:
        return [unreadable(error, name)]
    email = said.get("email")
    return [verify(each, fetch=partial(served, said), now=now, email=email) for each in badges]


def found(report: Report) -> tuple[str, dict[str, str]]:
    """The answer, and the steps that failed with their codes."""
    return report.answer, {check.step: check.code for check in report.failed}


@pytest.mark.parametrize("name", NAMES)
def test_verify_finds_what_the_header_says(name: str) -> None:
    expected = [(each["answer"], each["failed"]) for each in header(name)["expected"]]
    told = reports(name)
    assert [found(report) for report in told] == expected, [report.headline for report in told]


def test_the_script_makes_the_kit_as_it_lies_here_to_the_byte() -> None:
    made = kit()
    folders = {name.partition("/")[0] for name in made if "/" in name}
    there = {path for folder in folders for path in (FOLDER / folder).rglob("*") if path.is_file()}
    assert {path.relative_to(FOLDER).as_posix() for path in there} | {"index.json"} == made.keys()
    assert [name for name, data in made.items() if (FOLDER / name).read_bytes() != data] == []
