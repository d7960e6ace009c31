"""What the repository as a whole keeps to: nothing of a machine, of a registry or of a secret is in it."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    ".ci", ".gitattributes", ".github", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "badgesite",
    "benchmarks", "content", "docs", "keys", "pyproject.toml", "requirements-dev.lock", "requirements.lock", "tests",
    "themes",
}  # fmt: skip
THIS = "tests/test_repository.py"
KEYS = "tests/keys/"
# What stands in for a number or a day in a message that is translated is called a placeholder, and is none of these.
UNFINISHED = re.compile("TODO|FIXME|XXX|raise NotImplemented|[Ll]orem ipsum|placeholder (for|text|value|until)")
MACHINE = re.compile(r"(?<![\w.])(/(root|home|Users)/\w|[A-Za-z]:\\Users\\)")
REGISTRY = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|debian\.org/debian|--(extra-)?index-url")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|(?<![\w-])ghp_[A-Za-z0-9]{20}")
USES = re.compile(r"^\s*(?:- )?uses:\s*(\S+)", re.MULTILINE)


def _files() -> list[str]:
    """Every file that is or would be committed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(name for name in done.stdout.split("\0") if name and (ROOT / name).is_file())


FILES = _files()


def _texts() -> list[tuple[str, str]]:
    found = []
    for name in FILES:
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:8000]:
            found.append((name, data.decode("utf-8", errors="replace")))
    return found


TEXTS = _texts()


def _where(pattern: re.Pattern[str], *, but: tuple[str, ...] = (), within: tuple[str, ...] = ("",)) -> list[str]:
    return [
        f"{name}: {found[0]}"
        for name, text in TEXTS
        if name != THIS and not name.startswith(but) and name.startswith(within) and (found := pattern.search(text))
    ]


def test_the_top_level_is_fixed() -> None:
    assert {name.split("/")[0] for name in FILES} <= TOP_LEVEL


def test_no_path_of_a_machine_is_written_down() -> None:
    assert _where(MACHINE) == []
    assert _where(re.compile(re.escape(f"{ROOT}/"))) == []


def test_no_package_registry_is_named() -> None:
    assert _where(REGISTRY) == []


def test_no_private_key_lies_about() -> None:
    assert _where(SECRET, but=(KEYS,)) == []


def test_nothing_is_left_unfinished() -> None:
    assert _where(UNFINISHED, within=("badgesite/", "themes/", "benchmarks/", "docs/", "README.md", "Makefile")) == []


def test_texts_have_plain_line_ends() -> None:
    assert [name for name, text in TEXTS if "\r" in text and not name.startswith("tests/")] == []


def test_actions_are_pinned_by_their_commit() -> None:
    workflows = [(name, text) for name, text in TEXTS if re.search(r"(^|/)workflows?/.*\.ya?ml$", name)]
    assert workflows
    loose = [use for _, text in workflows for use in USES.findall(text) if not re.fullmatch(r"\S+@[0-9a-f]{40}", use)]
    assert loose == []


def test_workflows_have_the_least_permission() -> None:
    for name, text in TEXTS:
        if re.fullmatch(r"\.github/workflows/.*\.yml", name):
            assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE), name


DECISIONS = sorted(name for name in FILES if name.startswith("docs/decisions/"))


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_note_is_numbered_and_short(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.fullmatch(r"docs/decisions/[0-9]{3}-[a-z0-9-]+\.md", name)
    assert text.startswith("# ")
    assert len(text.splitlines()) <= 45


def test_no_two_decision_notes_have_one_number() -> None:
    numbers = [Path(name).name[:3] for name in DECISIONS]
    assert len(set(numbers)) == len(numbers)


def test_the_lock_files_hold_a_digest_for_every_file() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9-]+==\S+(?: ;.*?)? \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^\S+==", text, re.MULTILINE)) > 0


def test_every_make_target_that_is_told_of_exists() -> None:
    told = {
        word
        for name, text in TEXTS
        if name.endswith(".md")
        for word in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)
    }
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"site", "test"} <= told <= targets
