"""A whole built site: a sound one has no faults, and each thing that is wrong is told at its place."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badgesite.crypto.strict_json import read_object
from badgesite.standards.baking import bake_png
from badgesite.verify.sites.folder import open_folder
from badgesite.verify.sites.site import State, counts, lost_awards, order_of, verdicts
from tests.verify.built import NOW, REVOKED, VALID, write_built_site

ISSUER = "issuers/example"
Change = Callable[[Path, Path], object]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built_site(tmp_path_factory.mktemp("built"))


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built / "site", tmp_path / "site")
    return tmp_path / "site"


def _found(site: Path, now: datetime = NOW, jobs: int = 1) -> tuple[dict[State, int], list[str]]:
    order = order_of(open_folder(site), now)
    found = list(verdicts(order, jobs))
    return counts(found), [*lost_awards(order), *(fault for verdict in found for fault in verdict.faults)]


def test_a_sound_site_says_how_many_awards_are_in_each_state(built: Path) -> None:
    assert _found(built / "site") == ({"valid": 1, "revoked": 1}, [])
    assert _found(built / "site", datetime(2027, 1, 1, tzinfo=UTC)) == ({"expired": 1, "revoked": 1}, [])
    assert _found(built / "before") == ({"valid": 2}, [])


def test_an_award_of_tomorrow_is_a_fault(built: Path) -> None:
    states, faults = _found(built / "before", datetime(2023, 7, 13, tzinfo=UTC))
    assert states == {"wrong": 2}
    assert "not valid yet" in faults[0]


def _remove(path: str) -> Change:
    return lambda site, before: (site / path).unlink()


def _restore(path: str) -> Change:
    return lambda site, before: shutil.copy(before / path, site / path)


def _copy(source: str, target: str) -> Change:
    return lambda site, before: shutil.copy(site / source, site / target)


def _edit(path: str, old: str, new: str) -> Change:
    def change(site: Path, before: Path) -> None:
        text = (site / path).read_text(encoding="utf-8")
        assert old in text
        (site / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def _name(path: str, *awards: str) -> Change:
    """Let a list of revocations name these awards, and no others."""

    def change(site: Path, before: Path) -> None:
        document = read_object((site / path).read_bytes())
        document["revokedAssertions"] = [f"https://badges.example.edu/awards/{each}/assertion.json" for each in awards]
        (site / path).write_text(json.dumps(document), encoding="utf-8")

    return change


def _bake(path: str) -> Change:
    return lambda site, before: (site / path).write_bytes(
        bake_png((site / path).read_bytes(), {"openbadges": "{}", "openbadgecredential": "{}"})
    )


OF, STUB, LOST = f"awards/{VALID}", f"awards/{REVOKED}", "00000000-0000-4000-8000-000000000000"


def _restore_list(site: Path, before: Path) -> None:
    for path in (before / "status/example").glob("*"):
        shutil.copy(path, site / "status/example" / path.name)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_remove(f"{OF}/credential.json"), f"{OF}/credential.json: it is not there"),
        (_remove(f"{OF}/credential.jwt"), f"{OF}/credential.jwt: it is not there"),
        (_remove(f"{OF}/assertion.json"), f"{OF}/assertion.json: it is not there"),
        (_remove(f"{OF}/index.html"), f"{OF}/index.html: the award has no page"),
        (_remove(f"{OF}/badge.png"), f"{OF}/badge.png: it is not there"),
        (_remove(f"{STUB}/badge.png"), f"{STUB}/badge.png: it is not there"),
        (_remove(f"{STUB}/credential.json"), f"{STUB}/credential.json: it is not there"),
        (_remove(f"{ISSUER}/issuer.json"), f"{OF}/assertion.json: not valid"),
        (_remove("badges/english-b2/badge.json"), f"{OF}/assertion.json: not valid"),
        (_remove(f"{ISSUER}/did.json"), f"{OF}/credential.json: not"),
        (_edit(f"{OF}/credential.json", "Ada Esempio", "Eva Esempio"), f"{OF}/credential.json: not genuine"),
        (_edit(f"{OF}/credential.json", "{", "{{"), f"{OF}/credential.json: the text is not JSON"),
        (_edit(f"{OF}/credential.jwt", ".ey", ".eY"), f"{OF}/credential.jwt: "),
        (_edit(f"{OF}/assertion.json", "email", "letter"), f"{OF}/assertion.json: not valid"),
        (_edit(f"{OF}/assertion.json", "2026", "2036"), f"{OF}/badge.png: the picture carries something else"),
        (_copy(f"{STUB}/credential.jwt", f"{OF}/credential.jwt"), f"{OF}/credential.jwt: it is not the credential"),
        (_copy(f"{STUB}/assertion.json", f"{OF}/assertion.json"), f"{OF}/assertion.json: its id is not its address"),
        (_copy(f"{STUB}/badge.png", f"{OF}/badge.png"), f"{OF}/badge.png: the picture does not carry the award"),
        (_copy(f"{OF}/badge.png", f"{STUB}/badge.png"), f"{STUB}/badge.png: the award is revoked, and its picture"),
        (_bake(f"{OF}/badge.png"), f"{OF}/badge.png: the picture carries something else than assertion.json"),
        (_restore(f"{STUB}/assertion.json"), f"{STUB}/assertion.json: a list of revocations names it"),
        (_restore_list, f"{STUB}/: the site contradicts itself: assertion.json is revoked, credential.json is valid"),
        (_name(f"{ISSUER}/revocations.json"), f"{STUB}/assertion.json: it is a stub, and no list"),
        (_name(f"{ISSUER}/revocations.json", VALID, REVOKED), f"{OF}/: the site contradicts itself"),
        (_name(f"{ISSUER}/revocations.json", REVOKED, LOST), f"awards/{LOST}/assertion.json: a list of revocations"),
        (_edit(f"{ISSUER}/revocations.json", "{", "["), f"{OF}/assertion.json: not valid"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(site: Path, built: Path, change: Change, fault: str) -> None:
    change(site, built / "before")
    _, faults = _found(site)
    assert any(each.startswith(fault) for each in faults), faults


def test_an_erased_award_leaves_a_stub_without_a_reason_and_a_page(site: Path) -> None:
    for name in ("credential.json", "credential.jwt", "badge.png", "badge.svg"):
        (site / STUB / name).unlink(missing_ok=True)
    stub = read_object((site / STUB / "assertion.json").read_bytes())
    del stub["revocationReason"]
    (site / STUB / "assertion.json").write_text(json.dumps(stub), encoding="utf-8")
    assert _found(site) == ({"valid": 1, "erased": 1}, [])


def test_several_processes_find_the_same(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("badgesite.verify.sites.site.WORTH_A_PROCESS", 1)
    assert _found(built / "site", jobs=2) == ({"valid": 1, "revoked": 1}, [])
