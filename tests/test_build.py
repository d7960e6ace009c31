import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from badgesite import writer
from badgesite.build import Built, build
from badgesite.check import check
from badgesite.content.permanence import locks
from badgesite.content.reading import read_or_raise
from badgesite.errors import BadgesiteError, ContentError, OutputError, PermanenceError
from badgesite.makers import context
from badgesite.pages.theme import load_theme
from badgesite.writer import state_folder
from tests.killing import KILLED, Killer
from tests.sites import AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, PICTURE, PICTURE_PATH, write_site

DAY = date(2024, 1, 15)
BASE = "https://badges.example.edu/"
Tree = dict[str, bytes]


def _build(root: Path, day: date = DAY, *, locked: bool = False) -> Built:
    return build(root, root / "site", day, locked=locked)


def _tree(folder: Path) -> Tree:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _many(awards: int) -> dict[str, str | bytes | None]:
    """A batch of so many awards in a CSV file, instead of the small one."""
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("id", "identity", "salt", "name", "visibility", "language", "group", "unit", "result"))
    for number in range(awards):
        salt = f"{number:032x}"
        identity = f"sha256${sha256(salt.encode()).hexdigest()}"
        rows.writerow((f"00000000-0000-4000-8000-{number:012x}", identity, salt, "Ada", "", "en", "", "", "b2"))
    head = "badge: english-b2\ndate: 2023-07-14\nawards: many.csv\n"
    return {BATCH_PATH: None, "content/awards/many.yaml": head, "content/awards/many.csv": table.getvalue()}


def test_a_build_tells_what_it_did(tmp_path: Path) -> None:
    built = _build(write_site(tmp_path))
    assert (built.badges, built.awards, built.written, built.unchanged, built.removed) == (1, 2, built.files, 0, 0)
    assert built.files == len(_tree(tmp_path / "site"))
    assert built.base == "http://localhost:8000/"


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    first = _build(write_site(tmp_path))
    for path in (tmp_path / "site").rglob("*"):
        os.utime(path, (1, 1))
    second = _build(tmp_path)
    assert (second.written, second.unchanged, second.removed) == (0, first.files, 0)
    assert {path.stat().st_mtime for path in (tmp_path / "site").rglob("*")} == {1}


def test_on_another_day_only_what_has_expired_changes(tmp_path: Path) -> None:
    _build(write_site(tmp_path))
    before = _tree(tmp_path / "site")
    _build(tmp_path, date(2026, 7, 15))
    changed = {path for path, data in _tree(tmp_path / "site").items() if before[path] != data}
    assert f"awards/{AWARDS[0]}/index.html" in changed
    assert not any(path.endswith((".json", ".png", ".svg")) for path in changed - {"manifest.json"})


def test_an_award_that_is_gone_before_it_was_locked_leaves_nothing_behind(tmp_path: Path) -> None:
    _build(write_site(tmp_path))
    write_site(tmp_path, {BATCH_PATH: BATCH.split(f"  - id: {AWARDS[1]}")[0]})
    assert _build(tmp_path).removed > 0
    assert not any(AWARDS[1] in str(path) for path in (tmp_path / "site").rglob("*"))


def test_faulty_content_leaves_the_old_site(tmp_path: Path) -> None:
    _build(write_site(tmp_path))
    before = _tree(tmp_path / "site")
    write_site(tmp_path, {BADGE_PATH: BADGE.replace("criteria:", "critera:")})
    with pytest.raises(ContentError, match="critera"):
        _build(tmp_path)
    assert _tree(tmp_path / "site") == before


def test_what_is_dated_later_than_the_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"2023-07-14 lies after 2023-07-13"):
        _build(write_site(tmp_path), date(2023, 7, 13))
    assert not (tmp_path / "site").exists()


def test_what_was_published_cannot_vanish(tmp_path: Path) -> None:
    write_site(tmp_path, base_url=BASE)
    locks.write_missing(tmp_path, _catalogue(tmp_path))
    _build(tmp_path, locked=True)
    before = _tree(tmp_path / "site")
    write_site(tmp_path, {BATCH_PATH: BATCH.split(f"  - id: {AWARDS[1]}")[0]}, base_url=BASE)
    with pytest.raises(PermanenceError, match=AWARDS[1]):
        _build(tmp_path)
    assert _tree(tmp_path / "site") == before


def test_what_the_locks_do_not_know_is_a_warning_or_refused(tmp_path: Path) -> None:
    built = _build(write_site(tmp_path, base_url=BASE))
    assert any("lock" in str(problem) for problem in built.warnings)
    with pytest.raises(PermanenceError):
        _build(tmp_path, locked=True)


def _catalogue(root: Path):  # type: ignore[no-untyped-def]
    return read_or_raise(root).catalogue


LEAKS = {
    "name": BATCH.replace("name: Ada Esempio", "name: Ada leak@example.org"),
    "narrative": BATCH.replace("    result: b2", '    result: b2\n    narrative: "Write to *leak@example.org*"'),
    "evidence": BATCH.replace("    result: b2", "    result: b2\n    evidence: https://x.example/?by=leak@example.org"),
    "activity": BATCH.replace("{it: Corso di inglese, en: English course}", "leak@example.org"),
    "reason": BATCH + "    revoked: {date: 2024-01-10, reason: it was leak@example.org}\n",
}


@pytest.mark.parametrize("batch", LEAKS.values(), ids=LEAKS)
def test_an_address_in_a_record_stops_the_build_and_is_placed(tmp_path: Path, batch: str) -> None:
    write_site(tmp_path, {BATCH_PATH: batch})
    with pytest.raises(ContentError) as caught:
        _build(tmp_path)
    problems = caught.value.problems
    assert problems
    assert all(problem.place.path == BATCH_PATH and problem.place.line for problem in problems)
    assert all('"l…@example.org" is an e-mail address' in problem.what for problem in problems)
    assert all("published in awards/" in problem.what for problem in problems)
    assert "leak@" not in str(caught.value)
    assert not (tmp_path / "site").exists()


DRAWN_BY = PICTURE.replace(">\n", "><metadata>drawn by leak@example.org</metadata>\n", 1)
FAULTY: dict[str, dict[str, str | bytes | None]] = {
    **{name: {BATCH_PATH: batch} for name, batch in LEAKS.items()},
    "picture": {PICTURE_PATH: DRAWN_BY},
    "picture of a revoked award": {PICTURE_PATH: DRAWN_BY, BATCH_PATH: LEAKS["reason"]},
    "template": {"themes/default/templates/badge.html": "{% if %}"},
    "page of a theme": {"themes/default/templates/parts/footer.html": "<p>leak@example.org</p>"},
}


@pytest.mark.parametrize("files", FAULTY.values(), ids=FAULTY)
def test_check_says_what_a_build_says(tmp_path: Path, files: dict[str, str | bytes | None]) -> None:
    checked = check(write_site(tmp_path, files), DAY)
    with pytest.raises(BadgesiteError) as caught:
        _build(tmp_path)
    assert caught.value.problems == tuple(sorted(checked.problems)) != ()
    assert caught.value.exit_code == checked.exit_code


def test_all_addresses_are_told_in_one_run(tmp_path: Path) -> None:
    batch = BATCH.replace("result: b2", "narrative: one@example.org").replace(
        "result: b1", "narrative: two@example.org"
    )
    with pytest.raises(ContentError) as caught:
        _build(write_site(tmp_path, {BATCH_PATH: batch}))
    assert [problem.what.split('"')[1] for problem in caught.value.problems] == ["o…@example.org", "t…@example.org"]


def test_an_address_that_the_site_itself_writes_may_be_published(tmp_path: Path) -> None:
    badge = BADGE.replace("Pass the", "Write to help@example.org. Pass the").replace(
        "Superare", "help@example.org\n    Super"
    )
    _build(write_site(tmp_path, {BADGE_PATH: badge, "content/pages/help.md": "# Aiuto\n\n<third@example.org>\n"}))
    assert "help@example.org" in (tmp_path / "site/badges/english-b2/badge.json").read_text("utf-8")


@pytest.mark.parametrize("out", ["content", "content/site", "."])
def test_an_output_inside_the_content_is_refused(tmp_path: Path, out: str) -> None:
    write_site(tmp_path)
    with pytest.raises(OutputError):
        build(tmp_path, tmp_path / out, DAY)


def test_pictures_are_drawn_and_pages_made_the_same_by_any_number_of_processes(tmp_path: Path) -> None:
    """Other hash seeds, time zones, locales, folders and homes change no byte either."""
    trees = []
    for number, (zone, locale) in enumerate(
        (("UTC", "C"), ("Pacific/Auckland", "it_IT.UTF-8"), ("America/Lima", "en_US"))
    ):
        root = write_site(tmp_path / f"è {number}", _many(700), base_url=BASE)
        surroundings = {"PYTHONHASHSEED": str(number + 1), "TZ": zone, "LC_ALL": locale, "HOME": str(root)}
        _run(root, "--jobs", str(number + 1), environment=surroundings)
        trees.append(_tree(root / "site"))
    assert trees[0] == trees[1] == trees[2]
    assert len(trees[0]) > 700 * 4


def _run(root: Path, *options: str, environment: dict[str, str] | None = None) -> None:
    command = [sys.executable, "-m", "badgesite.cli", "-C", str(root), "build", "--as-of", str(DAY), *options]
    subprocess.run(command, check=True, env={**os.environ, **(environment or {})}, capture_output=True)


def test_a_helping_process_that_fails_ends_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_site(tmp_path, _many(700))
    monkeypatch.setattr("badgesite.making._help", os._exit)
    with pytest.raises(OutputError, match="try --jobs 1"):
        build(tmp_path, tmp_path / "site", DAY, jobs=2)
    assert not (tmp_path / "site").exists()


def _changed(root: Path) -> Path:
    """The small site with an award less, another more, and other words everywhere."""
    other = BATCH.replace(AWARDS[1], "b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b23").replace("Ada Esempio", "Ada Nuova")
    return write_site(root, {BATCH_PATH: other}, title="{it: Nuovo, en: New}")


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tree, Tree]:
    """A site that was built and then changed; the old output, and what the new one will be."""
    folder = tmp_path_factory.mktemp("killing")
    _build(write_site(folder / "root"))
    old = _tree(folder / "root/site")
    _build(_changed(folder / "other"))
    _changed(folder / "root")
    return folder / "root", old, _tree(folder / "other/site")


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks; killing by SIGKILL is tested below")


def _forked(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own; gives its id."""
    process = os.fork()
    if process:
        return process
    try:
        work()
    except BaseException:
        os._exit(1)
    os._exit(0)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates are compiled once for all builds of a test, which is most of the time a small one takes."""
    theme = load_theme("default", Path())
    monkeypatch.setattr(context, "load_theme", lambda name, root: theme)


@needs_fork
@pytest.mark.usefixtures("quick")
def test_a_build_killed_at_any_change_leaves_old_or_new(old_and_new: tuple[Path, Tree, Tree], tmp_path: Path) -> None:
    original, old, new = old_and_new
    seen = set()
    chance = random.Random(50)
    changes = _count_changes(original, tmp_path / "count")
    for last in (*chance.sample(range(1, changes + 1), 50), *range(changes - 9, changes + 1)):
        root = tmp_path / f"{last}"
        if root.exists():
            continue
        shutil.copytree(original, root)
        _, status = os.waitpid(_forked(lambda root=root, last=last: _killed(root, last)), 0)  # type: ignore[misc]
        assert os.waitstatus_to_exitcode(status) == KILLED
        committed = (state_folder(root / "site") / "journal").exists()
        assert committed or _tree(root / "site") in (old, new)
        writer.recover(root / "site")
        assert _tree(root / "site") == (new if committed else _tree(root / "site"))
        assert _tree(root / "site") in (old, new)
        seen.add(committed)
        _build(root)
        assert _tree(root / "site") == new
    assert seen == {True, False}


@needs_fork
def test_what_a_power_cut_kept_from_the_disk_is_mended_by_the_next_build(
    old_and_new: tuple[Path, Tree, Tree], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, _, new = old_and_new
    root = shutil.copytree(original, tmp_path / "root")
    with monkeypatch.context() as patch:
        patch.setattr("badgesite.files._merge", lambda source, target: os._exit(KILLED))
        _, status = os.waitpid(_forked(lambda: _build(root)), 0)
    assert os.waitstatus_to_exitcode(status) == KILLED
    (staged,) = state_folder(root / "site").glob("*/target")
    lost = [path for path in staged.rglob("*") if path.is_file()]
    for path in lost:
        path.write_bytes(b"")
    writer.recover(root / "site")
    assert _tree(root / "site") != new
    built = _build(root)
    assert _tree(root / "site") == new
    assert built.written == len(lost)


def _killed(root: Path, last: int) -> None:
    sys.addaudithook(Killer(str(root), last))
    _build(root)


def _count_changes(original: Path, root: Path) -> int:
    shutil.copytree(original, root)
    reader, teller = os.pipe()

    def work() -> None:
        killer = Killer(str(root), 0)
        sys.addaudithook(killer)
        _build(root)
        os.write(teller, str(killer.count).encode())

    os.waitpid(_forked(work), 0)
    return int(os.read(reader, 20))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.usefixtures("quick")
def test_a_build_in_several_processes_killed_at_any_moment_leaves_old_or_new(tmp_path: Path) -> None:
    _build(write_site(tmp_path / "root", _many(500)))
    old = _tree(tmp_path / "root/site")
    write_site(tmp_path / "root", {**_many(500), BADGE_PATH: BADGE.replace("English B2", "English")})
    new_root = shutil.copytree(tmp_path / "root", tmp_path / "new")
    start = time.monotonic()
    _run(new_root, "--jobs", "2")
    taken, new = time.monotonic() - start, _tree(new_root / "site")
    chance = random.Random(6)
    for number in range(5):
        root = shutil.copytree(tmp_path / "root", tmp_path / f"{number}")
        command = [sys.executable, "-m", "badgesite.cli", "-C", str(root), "build", "--as-of", str(DAY), "--jobs", "2"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1) * taken)
        process.send_signal(signal.SIGKILL)
        process.wait()
        _recover_soon(root / "site")
        assert _tree(root / "site") in (old, new)
        _build(root)
        assert _tree(root / "site") == new


def _recover_soon(out: Path) -> None:
    """As a person does: once more, if the last process of the killed build has not ended yet."""
    for _ in range(50):
        try:
            return writer.recover(out)
        except BadgesiteError:
            time.sleep(0.1)
    return writer.recover(out)


def test_the_manifest_lists_what_anyone_may_find(tmp_path: Path) -> None:
    _build(write_site(tmp_path))
    manifest = json.loads((tmp_path / "site/manifest.json").read_text("utf-8"))
    tree = _tree(tmp_path / "site")
    assert manifest["as_of"] == "2024-01-15"
    assert not any("awards/" in path for path in manifest["files"])
    assert set(manifest["files"]) == {path for path in tree if "awards/" not in path} - {"manifest.json"}
    for path, said in manifest["files"].items():
        assert said == {"sha256": sha256(tree[path]).hexdigest(), "size": len(tree[path])}
    lines = [f"{sha256(data).hexdigest()}  {path}\n" for path, data in sorted(tree.items()) if "awards/" in path]
    assert manifest["awards"] == {"sha256": sha256("".join(lines).encode()).hexdigest()}
    shaping = {"badgesite", "jinja2", "markdown", "nh3", "babel", "resvg-py", "font-roboto", "fonttools", "pillow"}
    assert shaping == set(manifest["versions"])


def test_the_manifest_lists_awards_that_are_public(tmp_path: Path) -> None:
    _build(write_site(tmp_path, visibility="public"))
    manifest = json.loads((tmp_path / "site/manifest.json").read_text("utf-8"))
    assert f"awards/{AWARDS[0]}/assertion.json" in manifest["files"]
    assert f"en/awards/{AWARDS[0]}/index.html" in manifest["files"]
    assert not any(AWARDS[1] in path for path in manifest["files"])
