"""What README and docs tell a reader to type is typed here, in an empty folder, from top to bottom.

```console  commands after "$ " are run; lines below one are parts of what it must print ("..." stands for anything)
```sh       must be sound shell, but is not run (it needs a network, a server, or does not end)
```yaml     must be sound YAML; when its first line is "# content/...", it is written to that file for what follows
```<any> file=NAME   is written to NAME
"""

import ast
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from badgesite.lists.columns import known_columns
from tests.test_house import MAY_IMPORT, PACKAGE

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^( *)```(\w+)([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")
OWN_FILE = re.compile(r"# (content/\S+\.yaml)\n")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it is written to (if any), its text, and its line."""

    language: str
    file: str
    text: str
    line: int


def _blocks(document: Path) -> Iterator[Block]:
    text = document.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        indent, language, rest, body = found.groups()
        plain = "".join(line.removeprefix(indent) for line in body.splitlines(keepends=True))
        file = re.search(r"file=(\S+)", rest)
        own = OWN_FILE.match(plain) if language == "yaml" else None
        name = file[1] if file else own[1] if own else ""
        yield Block(language, name, plain, text.count("\n", 0, found.start()) + 1)


def _commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block, with the lines it is said to print."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *printed = part.rstrip("\n").split("\n")
        yield command, printed


class Reader:
    """Somebody who does what a document says, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = self.start = folder
        programs = Path(sys.executable).parent
        settings = str(folder / ".settings")  # a home of their own, and a passphrase, which nobody can type here
        own = {"HOME": settings, "XDG_CONFIG_HOME": settings, "BADGESITE_PASSPHRASE": "correct horse battery"}
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, **own, "PATH": path, "NO_COLOR": "1"}

    def write(self, block: Block) -> None:
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def type(self, command: str, printed: list[str]) -> None:
        where = self.start / ".where"
        script = f"{command}\nended=$?\npwd > '{where}'\nexit $ended"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        self.folder = Path(where.read_text(encoding="utf-8").strip())
        expected = ".*".join(re.escape(line).replace(r"\.\.\.", ".*") for line in printed)
        assert re.search(expected, done.stdout, re.DOTALL), f"$ {command}\n{done.stdout}"


def _name(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.mark.skipif(sys.platform == "win32", reason="the documents' commands are for a Unix shell")
@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_a_reader_who_types_what_a_document_says_succeeds(document: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for block in _blocks(document):
        if block.language == "console":
            for command, printed in _commands(block):
                reader.type(command, printed)
        elif block.file and any(other.language == "console" for other in _blocks(document)):
            reader.write(block)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_yaml_block_is_yaml(document: Path) -> None:
    for block in _blocks(document):
        if block.language == "yaml":
            assert yaml.safe_load(block.text) is not None, f"{_name(document)}:{block.line}"


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash to ask")
@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_shell_block_is_shell(document: Path) -> None:
    for block in _blocks(document):
        if block.language in ("sh", "bash"):
            done = subprocess.run(["bash", "-n"], input=block.text, capture_output=True, text=True)
            assert done.returncode == 0, f"{_name(document)}:{block.line}: {done.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=_name)
def test_every_python_block_is_python(document: Path) -> None:
    for block in _blocks(document):
        if block.language == "python":
            ast.parse(block.text)


@pytest.mark.parametrize("document", [*DOCUMENTS, *sorted((ROOT / "docs").glob("*/*.md"))], ids=_name)
def test_every_link_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = [first or second for first, second in LINK.findall(text)]
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (document.parent / target).exists()] == []


def _table(document: str, heading: str) -> list[list[str]]:
    """The cells of the table whose head begins with the cells `heading`, row by row."""
    lines = iter((ROOT / document).read_text(encoding="utf-8").splitlines())
    table = itertools.dropwhile(lambda line: not line.startswith(heading), lines)
    rows = itertools.takewhile(lambda line: line.startswith("|"), table)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in itertools.islice(rows, 2, None)]


def test_every_name_of_a_column_in_awarding_is_understood() -> None:
    for column, names in _table("docs/awarding.md", "| column | also called |"):
        for name in re.split(r", | · ", re.sub(r" \(.*?\)", "", names)):
            assert known_columns([name]), f"{column}: {name}"


def test_the_table_of_rooms_in_architecture_is_the_one_that_is_held() -> None:
    rows = [(re.findall(r"`(\w+)[./]", row[0]), row[2]) for row in _table("docs/architecture.md", "| room |")]
    drawn = {room for rooms, _ in rows for room in rooms}
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert drawn == there - {"__init__"}
    for rooms, knows in rows:
        if len(rooms) == 1:
            assert set(knows.split(", ")) - {"nothing"} == MAY_IMPORT[rooms[0]] & there, rooms[0]
