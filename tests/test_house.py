"""The house as docs/architecture.md draws it: who may import whom, how long a file is, where its tests are."""

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from click import Context

from badgesite.cli import badgesite

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "badgesite"

ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "artifact": set(),
    "files": {"errors"},
    "served": set(),
    "network": {"errors", "served"},
    "model": {"errors"},
    "crypto": {"errors", "files"},
    "earlier": {"errors", "served", "plan"},
    "plan": {"model"},
    "content": {"errors", "files", "model"},
    "lists": {"errors", "model"},
    "standards": {"errors", "served", "model", "plan", "crypto"},
    "statistics": {"errors", "model"},
    "pages": {"errors", "artifact", "model", "plan", "statistics"},
    "makers": {"standards", "pages", "statistics", "crypto", "plan", "model", "artifact", "errors"},
    "outputs": {"makers", "plan", "artifact", "errors"},
    "writer": {"errors", "files", "artifact"},
    "leaks": {"plan", "model", "artifact", "errors"},
    "making": {"outputs", "makers", "issued", "leaks", "writer", "crypto", "model", "artifact", "errors"},
    "issued": {"content", "standards", "crypto", "plan", "model", "errors"},
    "crew": {"crypto", "errors"},
    "hashing": {"crew", "crypto", "errors"},
    "starter": {"errors", "files", "model"},
    "letters": {"pages", "plan", "model"},
    "preview": {"errors"},
    "verify": {"errors", "served", "standards", "crypto", "crew"},
}
RECORDING = {"content", "lists", "model", "plan", "errors"}
PUBLISHING = {"content", "issued", "plan", "outputs", "writer", "standards", "crypto", "artifact", "model", "errors"}
STORIES: dict[str, set[str]] = {
    "init": RECORDING | {"starter"},
    "new": RECORDING | {"starter", "files"},
    "award": RECORDING,
    "revoke": RECORDING,
    "change": RECORDING,
    "erase": RECORDING,
    "find": RECORDING,
    "notify": RECORDING | {"letters", "standards"},
    "move": RECORDING | {"files"},
    "sign": {"issued", "hashing", "content", "standards", "crypto", "plan", "model", "errors"},
    "keys": {"issued", "content", "crypto", "files", "model", "errors"},
    "rotation": {"issued", "content", "crypto", "files", "model", "errors"},
    "check": PUBLISHING | {"making", "leaks"},
    "diff": PUBLISHING | {"making", "leaks", "earlier"},
    "build": PUBLISHING | {"making", "leaks"},
    "serve": RECORDING | {"preview"},
}
COMMANDS = {"commands", "cli"}
MAY_IMPORT = {**ROOMS, **STORIES, "commands": {*ROOMS, *STORIES}, "cli": {*ROOMS, *STORIES, "commands"}}

LONG_FILES: dict[str, str] = {}
"""Files over 300 lines, with the reason why one of them is better than two."""
LONG_FUNCTIONS: dict[str, str] = {}
"""Functions over 40 lines, as file:name, with the reason."""
NO_SUCH_FILES = {"utils", "util", "helpers", "common", "misc", "manager", "managers", "base"}
TEST_FOLDERS_OF_THEIR_OWN = {"interop", "vectors", "keys", "gates"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {_name(path) for path in MODULES}


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in NAMES else node.module


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {name for node in ast.walk(tree) for name in _imported(node)}
    return {name for name in found if name.split(".")[0] == "badgesite"}


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_relative)
def test_a_room_imports_only_what_its_row_allows(path: Path) -> None:
    room = _room(_name(path))
    if not room:
        assert not _imports(path)
        return
    assert room in MAY_IMPORT, f"{room} has no row in the table: add one, here and in docs/architecture.md"
    allowed = MAY_IMPORT[room] | {room, ""}
    assert {name for name in _imports(path) if _room(name) not in allowed} == set()


def _standard(module: str) -> str:
    """The standard that a file of standards/ is about: `ob2` for ob2.py and for ob2_checks.py."""
    return "".join(module.split(".")[2:3]).partition("_")[0]


def test_files_of_one_standard_do_not_import_another() -> None:
    for path in (PACKAGE / "standards").rglob("*.py"):
        inside = {name for name in _imports(path) if _room(name) == "standards"}
        assert {name for name in inside if _standard(name) != _standard(_name(path))} == set(), _relative(path)


def test_nothing_imports_in_a_ring() -> None:
    graph = {_name(path): _imports(path) - {_name(path)} for path in MODULES}
    assert set(TopologicalSorter(graph).static_order()) >= NAMES


def test_nothing_is_imported_inside_a_function_but_by_commands() -> None:
    late = [
        f"{_relative(path)}:{inner.lineno}"
        for path in MODULES
        if _room(_name(path)) not in COMMANDS
        for function in _functions(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_no_file_is_longer_than_300_lines() -> None:
    long = {_relative(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 300}
    assert long == set(LONG_FILES)


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{_relative(path)}:{function.name}"
        for path in MODULES
        for function in _functions(path)
        if (function.end_lineno or 0) - function.lineno >= 40
    }
    assert long == set(LONG_FUNCTIONS)


def test_no_room_has_a_drawer_for_everything() -> None:
    assert [_relative(path) for path in MODULES if path.stem in NO_SUCH_FILES] == []


def test_init_files_re_export_nothing() -> None:
    full = [_relative(path) for path in PACKAGE.rglob("*/__init__.py") if _imports(path)]
    assert full == []


def test_every_verb_has_a_file() -> None:
    files = {path.stem for path in (PACKAGE / "commands").glob("*.py")}
    assert set(badgesite.list_commands(Context(badgesite))) <= files


def test_test_folders_mirror_the_package() -> None:
    rooms = {path.parent.relative_to(PACKAGE) for path in MODULES}
    assert {folder for folder in map(_folder_of, _test_files()) if folder not in rooms} == set()


def test_a_test_file_is_named_after_what_it_tests() -> None:
    astray = []
    for path in _test_files():
        modules = {module.stem for module in (PACKAGE / _folder_of(path)).glob("*.py")}
        subject = path.stem.removeprefix("test_")
        if not any(subject == module or subject.startswith(f"{module}_") for module in modules):
            astray.append(_relative(path))
    assert astray == []


def _test_files() -> Iterator[Path]:
    """The tests of the rooms: all but those of the package as a whole, and of folders of their own."""
    for path in (ROOT / "tests").glob("*/**/test_*.py"):
        if _folder_of(path).parts[0] not in TEST_FOLDERS_OF_THEIR_OWN:
            yield path


def _folder_of(path: Path) -> Path:
    return path.parent.relative_to(ROOT / "tests")


ROOM_SIZE = 12
ROOMS_WITH_MORE = {
    "model": "a file for each noun that authors write",
    "standards": "the files of five standards, which share the name of theirs and import no other's",
    "commands": "a file for each verb, and what several of them share",
    "": "a file for each story, and the few rooms of one file",
}


def test_a_room_stays_small_enough_to_know() -> None:
    sizes = Counter(path.parent.relative_to(PACKAGE).as_posix().strip(".") for path in MODULES)
    assert {room for room, size in sizes.items() if size > ROOM_SIZE + 1} - set(ROOMS_WITH_MORE) == set()
