"""`badgesite serve`, in a process of its own and with a browser in front of it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.find_browser import need
from tests.signing import sign, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, write_site

BROKEN = BADGE.replace("criteria:", "critera:")


@contextmanager
def serving(root: Path, *more: str, talk: list[str] | None = None) -> Iterator[str]:
    """The address of `badgesite serve` for the site in `root`; what it says on stderr is put into `talk` at its end."""
    command = [sys.executable, "-m", "badgesite.cli", "-C", str(root), "serve", "--port", "0", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            url = process.stdout.readline().strip()
            assert url, process.stderr and process.stderr.read()
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=20)[1]
    if talk is not None:
        talk += said.splitlines()
    assert process.returncode == 0


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of a browser."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=need(), args=arguments)
        yield browser.new_page()
        browser.close()


def fetch(url: str, path: str = "", **headers: str) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=10)
    connection.request("GET", path or parts.path, headers={"Host": parts.netloc} | headers)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(errors="replace")
    connection.close()
    return found


def soon(what: Callable[[], Any], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(what())


def test_the_site_is_shown_and_built_again_after_a_change(tmp_path: Path) -> None:
    with serving(write_site(tmp_path)) as url:
        assert fetch(url)[0] == 200
        assert "English B2" in fetch(url, "/en/badges/english-b2/")[1]
        assert json.loads(fetch(url, "/badges/english-b2/badge.json")[1])["type"] == "BadgeClass"
        (tmp_path / BADGE_PATH).write_text(BADGE.replace("English B2", "English B2 plus"))
        assert soon(lambda: "English B2 plus" in fetch(url, "/en/badges/english-b2/")[1])
    assert not (tmp_path / "site").exists()


def test_the_permanent_link_of_a_rehearsal_leads_to_where_it_is_shown(tmp_path: Path) -> None:
    with serving(write_site(tmp_path)) as url:
        path = f"/awards/{AWARDS[0]}/"
        page = fetch(url, path)[1]
        assert f'href="{url.removesuffix("/")}{path}"' in page
        assert "localhost:8000" not in page


def test_a_site_with_a_path_is_shown_at_its_path(tmp_path: Path) -> None:
    with serving(write_site(tmp_path, base_url="https://www.example.edu/open-badges/")) as url:
        assert url.endswith("/open-badges/")
        assert fetch(url)[0] == 200
        assert fetch(url, "/open-badges/badges/english-b2/image.png")[0] == 200
        assert fetch(url, "/")[0] == 302
        status, page = fetch(url, "/open-badges/nothing")
        assert status == 404
        assert "https://www.example.edu/open-badges/assets" not in page


def test_what_is_not_signed_is_told_when_its_number_changes(tmp_path: Path) -> None:
    talk: list[str] = []
    write_signed_site(tmp_path)
    with serving(tmp_path, talk=talk) as url:
        (tmp_path / BADGE_PATH).write_text(BADGE.replace("English B2", "English B2 plus"))
        assert soon(lambda: "English B2 plus" in fetch(url, "/en/badges/english-b2/")[1])
        (tmp_path / BATCH_PATH).write_text(BATCH[: BATCH.index(f"  - id: {AWARDS[1]}")])
        assert soon(lambda: fetch(url, f"/awards/{AWARDS[1]}/")[0] == 404)
        sign(tmp_path)
        assert soon(lambda: fetch(url, f"/awards/{AWARDS[0]}/credential.json")[0] == 200)
        _built_once_more(tmp_path, url)  # so what is said after a build was said
    assert [line for line in talk if "as recorded" in line] == [
        "2 awards are not signed as recorded: shown as not issued, or not as issued",
        "1 award is not signed as recorded: shown as not issued, or not as issued",
        "all awards are signed as recorded",
    ]


def _built_once_more(root: Path, url: str) -> None:
    page = root / "content/pages/news.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# News\n")
    assert soon(lambda: fetch(url, "/pages/news/")[0] == 200)


def test_faults_are_shown_from_the_start_and_forgotten_when_mended(tmp_path: Path) -> None:
    with serving(write_site(tmp_path, {BADGE_PATH: BROKEN})) as url:
        status, page = fetch(url)
        assert status == 503
        assert f"{BADGE_PATH}:5:1: &quot;critera&quot; is not a field of a badge" in page
        (tmp_path / BADGE_PATH).write_text(BADGE)
        assert soon(lambda: fetch(url)[0] == 200)


def test_a_taken_port_ends_it_with_the_mend(tmp_path: Path) -> None:
    with serving(write_site(tmp_path)) as url:
        port = str(urlsplit(url).port)
        command = [sys.executable, "-m", "badgesite.cli", "-C", str(tmp_path), "serve", "--port", port]
        told = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert told.returncode == 3
        assert f"port {port} cannot be had" in told.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are not of that system")
def test_an_end_from_outside_leaves_nothing_behind(tmp_path: Path) -> None:
    site, elsewhere = write_site(tmp_path / "site"), tmp_path / "temporary"
    elsewhere.mkdir()
    command = [sys.executable, "-m", "badgesite.cli", "-C", str(site), "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(elsewhere)}
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("http://localhost:")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0
    assert list(elsewhere.iterdir()) == []


def test_the_page_in_a_browser_reloads_shows_faults_and_recovers(tmp_path: Path, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    with serving(write_site(tmp_path)) as url:
        page.goto(f"{url}en/badges/english-b2/")
        assert "English B2" in page.inner_text("h1")
        (tmp_path / BADGE_PATH).write_text(BADGE.replace("English B2", "English B2 plus"))
        expect(page.locator("h1")).to_contain_text("plus", timeout=15000)
        (tmp_path / BADGE_PATH).write_text(BROKEN)
        panel = page.locator("badgesite-problems section")
        panel.wait_for(timeout=15000)
        assert f'{BADGE_PATH}:5:1: "critera" is not a field of a badge' in panel.inner_text()
        assert "plus" in page.inner_text("h1")
        (tmp_path / BADGE_PATH).write_text(BADGE)
        expect(page.locator("h1")).not_to_contain_text("plus", timeout=15000)
        assert page.locator("badgesite-problems").count() == 0
        assert complaints == []


def test_addresses_are_never_shown(tmp_path: Path) -> None:
    with serving(write_site(tmp_path)) as url:
        assert not any(address in fetch(url)[1] for address in ADDRESSES)
