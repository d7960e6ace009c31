"""What we say that others' software looks at, and the pins we say it by; `make interop` runs the software itself."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.interop import environments
from tests.interop.expected import ALTERATIONS, ROWS, Row
from tests.interop.judging import OB2, OB3
from tests.interop.published import Published

HERE = Path(__file__).resolve().parent
DOCUMENT = (HERE.parents[1] / "docs/verifying.md").read_text(encoding="utf-8")
LOCK = json.loads((HERE / "node/package-lock.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LOOKS_AT_ALL = Row("a verifier", "credential.json", frozenset())
LOOKS_AT_TEXT = Row("a verifier", "credential.jwt", frozenset({"bit"}))
PICTURE = Row("a verifier", "badge.png", frozenset())


def _award(folder: Path, document: dict[str, object], ends: str) -> Published:
    (folder / "credential.json").write_text(json.dumps({"validUntil": ends}), encoding="utf-8")
    return Published(folder, "", document)


def test_the_documents_say_of_each_software_what_is_expected_of_it() -> None:
    rows = re.findall(r"^\| (\S+) \| ([a-z].*?) \| (.*?) ?\| (.*?) ?\|$", DOCUMENT, re.MULTILINE)
    told = [(software, document, notices.split(), ignores.split()) for software, document, notices, ignores in rows]
    for row in (row for row in ROWS if row.alterations):
        names = [*(["end"] if row.is_of_award else []), *row.alterations]
        notices = [name for name in names if name not in row.overlooks]
        assert (row.software, row.document, notices, [name for name in names if name in row.overlooks]) in told


def test_the_documents_say_what_each_alteration_is() -> None:
    assert re.findall(r"^- `([a-z.]+)`: ", DOCUMENT, re.MULTILINE) == list(ALTERATIONS)


@pytest.mark.parametrize(
    ("row", "document", "ends", "words"),
    [
        (LOOKS_AT_ALL, {}, "2026-01-01T00:00:00Z", ["valid"]),
        (LOOKS_AT_ALL, {"expires": "2026-01-01T00:00:00Z"}, "", ["expired"]),
        (LOOKS_AT_ALL, {"expires": "2027-01-01T00:00:00Z"}, "", ["valid"]),
        (LOOKS_AT_ALL, {"revoked": True}, "2027-01-01T00:00:00Z", ["revoked"]),
        (LOOKS_AT_ALL, {"revoked": True}, "2026-01-01T00:00:00Z", ["revoked", "expired"]),
        (LOOKS_AT_TEXT, {"revoked": True}, "2027-01-01T00:00:00Z", ["valid"]),
        (LOOKS_AT_TEXT, {"revoked": True}, "2026-01-01T00:00:00Z", ["expired"]),
        (PICTURE, {"revoked": True}, "2027-01-01T00:00:00Z", ["empty"]),
    ],
)
def test_what_is_right_for_an_award_follows_from_what_it_is(
    row: Row, document: dict[str, object], ends: str, words: list[str], tmp_path: Path
) -> None:
    assert row.of_award(_award(tmp_path, document, ends), NOW) == words


def test_every_row_is_of_software_that_is_asked_and_has_a_pinned_version() -> None:
    assert {row.software for row in ROWS} == {software.package for software in OB3}
    assert all(re.fullmatch(r"\S+ \d[\w.-]*", software.label) for software in (*OB2, *OB3))


def test_the_lock_of_the_node_packages_names_no_host_they_come_from_but_a_digest_of_each() -> None:
    packages = [package for path, package in LOCK["packages"].items() if path]
    assert packages
    assert [package for package in packages if "resolved" in package or "integrity" not in package] == []


def test_the_node_packages_we_use_are_pinned_and_locked_as_they_are_pinned() -> None:
    pinned = json.loads((HERE / "node/package.json").read_text(encoding="utf-8"))["dependencies"]
    assert pinned == {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in pinned}


def test_a_version_that_is_not_pinned_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        environments.version("nothing", "pyjwt")


def test_whoever_asks_for_another_host_gets_nothing_and_is_told_of(tmp_path: Path) -> None:
    award = tmp_path / "awards/1/credential.json"
    award.parent.mkdir(parents=True)
    award.write_text('{"id": "https://badges.example.edu/awards/1/credential.json"}', encoding="utf-8")
    script = """
import socket, sys
from pathlib import Path
from offline import NetworkClosed, Offline
offline = Offline(Path(sys.argv[1]), None)
assert offline.fetch("https://badges.example.edu/awards/1/credential.json")
for ask in (lambda: offline.fetch("https://example.org/"), lambda: socket.create_connection(("localhost", 9))):
    try:
        ask()
    except NetworkClosed:
        continue
    sys.exit("the network is open")
print(len(offline.asked_outside))
"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=HERE, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("2\n", 0), done.stderr
