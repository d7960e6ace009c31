"""What is made of an erased award: where it was awarded, by whatever name its badge has now."""

import json
from datetime import date
from pathlib import Path

from badgesite.makers.context import context_of
from badgesite.makers.erased import tombstones
from badgesite.model.catalogue import Catalogue
from badgesite.standards import ob2
from tests.signing import reading_of
from tests.sites import AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, write_site

OLD, NEW = "https://badges.old.example/", "https://badges.new.example/"
LOCK = f"content/published/batches/{Path(BATCH_PATH).stem}.lock"
LEFT = BATCH[: BATCH.index(f"  - id: {AWARDS[1]}")]


def _lock(base: str) -> str:
    lines = (f"{AWARDS[0]}", f"{AWARDS[1]}", f"{AWARDS[1]} erased 2024-02-01", f"{AWARDS[1]} revoked")
    return "\n".join(("lock 1", *lines, "badge english-b2", f"base {base}", ""))


def _made(root: Path, catalogue: Catalogue) -> dict[str, bytes]:
    made = list(tombstones(context_of(catalogue, root, date(2024, 6, 1))))
    assert not any(each.listed for each in made)
    return {each.path: each.data for each in made}


def _paths() -> set[str]:
    pages = (f"{folder}awards/{AWARDS[1]}/index.html" for folder in ("", "en/"))
    return {f"awards/{AWARDS[1]}/assertion.json", *pages}


def test_there_are_a_page_in_each_language_and_a_stub_that_the_list_of_revocations_names(tmp_path: Path) -> None:
    root = write_site(tmp_path, {BATCH_PATH: LEFT, LOCK: _lock(NEW)}, base_url=NEW)
    _, catalogue, plan = reading_of(root)
    made = _made(root, catalogue)
    assert made.keys() == _paths()
    address = f"{NEW}awards/{AWARDS[1]}/assertion.json"
    stub = {"@context": ob2.CONTEXT, "type": "Assertion", "id": address, "revoked": True}
    assert json.loads(made[f"awards/{AWARDS[1]}/assertion.json"]) == stub
    assert ob2.revocation_list(catalogue, plan, "example")["revokedAssertions"] == [{"id": address}]


def test_a_badge_that_was_moved_and_a_batch_that_is_gone_change_nothing(tmp_path: Path) -> None:
    badge = BADGE_PATH.replace("english-b2", "english")
    files = {BADGE_PATH: None, badge: f"formerly: [english-b2]\n{BADGE}", BATCH_PATH: None, LOCK: _lock(NEW)}
    root = write_site(tmp_path, files, base_url=NEW)
    made = _made(root, reading_of(root)[1])
    assert made.keys() == _paths()
    assert b"Example University" in made[f"en/awards/{AWARDS[1]}/index.html"]


def test_it_stays_in_the_house_in_which_it_was_awarded(tmp_path: Path) -> None:
    root = write_site(tmp_path, {BATCH_PATH: None, LOCK: _lock(OLD)}, base_url=NEW, formerly=f"[{OLD}]")
    _, catalogue, _ = reading_of(root)
    assert _made(root, catalogue) == {}
    there = _made(root, catalogue.at(OLD))
    assert there.keys() == _paths()
    page = there[f"awards/{AWARDS[1]}/index.html"].decode()
    assert f'<link rel="canonical" href="{OLD}awards/{AWARDS[1]}/">' in page
    assert f'<a href="{NEW}">badges.new.example</a>' in page
