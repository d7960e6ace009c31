"""The verify page finds of each badge in the public kit what its header says of a browser."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.pages.web import Desk, Web
from tests.signing import BASE
from tests.test_testkit import NAMES, header
from tests.testkit.make import FOLDER, WORLD

# All at once what a visitor does by hand: choose the file, write the address, press the button.
PUT = """([data, email]) => {
  const file = new File([Uint8Array.from(atob(data), each => each.charCodeAt(0))], "badge");
  const chosen = new DataTransfer();
  chosen.items.add(file);
  document.getElementById("file").files = chosen.files;
  document.getElementById("email").value = email;
  document.querySelector(".answers").replaceChildren();
  document.querySelector("#desk form").requestSubmit();
}"""
# And what the page then says: of each badge the answer, and the steps that failed with their codes.
READ = """() => [...document.querySelectorAll(".record, .report:not(:has(.record))")].map(report => ({
  answer: (report.querySelector(".state") ?? report).dataset.answer,
  failed: Object.fromEntries([report, ...report.querySelectorAll(".steps li")]
    .map(step => [step.dataset, step.matches(".report") ? step : step.querySelector(".outcome.failed")])
    .filter(([{step}, outcome]) => step && outcome)
    .map(([{step}, outcome]) => [step, outcome.dataset.code ?? ""])),
}))"""
HOST = re.compile(rb"[a-z0-9.-]+\.example\b")
MEANING = "which of its words a context defines, only canonical RDF can tell; the page misses a part in the same step"
# What the page cannot know: the steps that fail there, and why.
OTHERWISE: dict[str, tuple[dict[str, str], str]] = {
    "ob3-document/context-missing.jwt": ({"schema": "schema"}, MEANING),
    "ob3-document/subject-type-missing.jwt": ({"schema": "schema"}, MEANING),
    "ob3-document/clr.jwt": ({"schema": "schema"}, MEANING),
}
Answers = dict[str, list[dict[str, Any]]]


def _world() -> dict[str, bytes]:
    """What the kit serves, by address; every host that a badge names answers, if only that it has nothing."""
    root = FOLDER / WORLD
    paths = [path for path in root.rglob("*") if path.is_file()]
    served = {f"https://{path.relative_to(root).as_posix().replace('%3A', ':')}": path.read_bytes() for path in paths}
    named = {host.decode() for name in NAMES for host in HOST.findall((FOLDER / name).read_bytes())}
    return {**{f"https://{host}/index.html": b"" for host in named}, **served}


@pytest.fixture(scope="module")
def answers(browser: Browser, plain_site: dict[str, bytes]) -> Iterator[Answers]:
    """What one page says of all badges, one after another."""
    own = {address: data for address, data in plain_site.items() if "/assets/" in address}
    world = _world()
    web = Web(dict(plain_site))
    context = browser.new_context()
    web.attach(context)
    desk = Desk(context.new_page(), web).open(f"{BASE}en/verify/")
    found: Answers = {}
    for name in NAMES:
        said = header(name)
        silent, web.gone = said.get("silent", []), frozenset(said.get("gone", ()))
        served = {address: data for address, data in world.items() if urlsplit(address).hostname not in silent}
        web.files = own | served
        desk.page.clock.set_fixed_time(datetime.fromisoformat(said["moment"]))
        data = b64encode((FOLDER / name).read_bytes()).decode()
        desk.page.evaluate(PUT, [data, said.get("email", "")])
        desk.page.locator(".answers > *").first.wait_for()  # a page that stands still runs out of the time for this
        found[name] = desk.page.evaluate(READ)
    yield found
    context.close()
    assert desk.faults == []


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_of_a_badge_what_a_browser_can_know(name: str, answers: Answers) -> None:
    assert [each["answer"] for each in answers[name]] == [each["browser"] for each in header(name)["expected"]]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_finds_the_fault_that_the_header_names(name: str, answers: Answers) -> None:
    expected = header(name)["expected"]
    decided = [at for at, each in enumerate(expected) if each["browser"] != "unknown"]
    right = [OTHERWISE[name][0] if name in OTHERWISE else expected[at]["failed"] for at in decided]
    assert [answers[name][at]["failed"] for at in decided] == right


def test_nothing_is_let_off_that_the_page_knows() -> None:
    for name, (failed, why) in OTHERWISE.items():
        assert why
        assert [each["failed"] for each in header(name)["expected"]] != [failed], f"{name} needs no exception"


@pytest.mark.parametrize("name", NAMES)
def test_no_header_lets_a_browser_call_valid_what_is_not(name: str) -> None:
    for each in header(name)["expected"]:
        assert each["browser"] != "valid" or each["answer"] == "valid"
