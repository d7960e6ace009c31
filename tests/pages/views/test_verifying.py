"""The scripts of the check as files: they are sound, small, and say only what is translated."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from badgesite.pages.views import answer_words, step_words
from badgesite.pages.views.verifying import MESSAGES, ON_AWARDS
from badgesite.verify.report import STEPS

FOLDER = Path(__file__).resolve().parents[3] / "themes" / "default" / "assets" / "verify"
MODULES = sorted(FOLDER.glob("*.js"))
# Keys that are put together: a step, an outcome, an answer, a form, a reason, a row of what a badge says.
_BUILT = re.compile(r"say\(`([a-z]+-)\$|(?:Fault|passed)\([^`)]*`([a-z]+-)\$")
_WORD = re.compile(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"')


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_is_short_and_begins_with_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("// ")
    assert len(text.splitlines()) < 300
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.skipif(not shutil.which("node"), reason="without node, the browser's tests find the same")
def test_every_module_is_sound_javascript() -> None:
    for path in MODULES:
        run = subprocess.run(
            ["node", "--check", "--input-type=module", "-"], input=path.read_bytes(), capture_output=True
        )
        assert run.returncode == 0, run.stderr.decode()


def test_modules_import_only_each_other_and_only_what_is_there() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        for names, source in re.findall(r'import \{([^}]*)\} from "([^"]+)"', text):
            other = (FOLDER / source).read_text("utf-8")
            assert source.startswith("./")
            for name in filter(None, (each.strip().partition(" as ")[0] for each in names.split(","))):
                assert re.search(rf"export (async )?(function\*?|const|class) {name}\b", other), f"{path.name}: {name}"
                assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{path.name} does not use {name}"


def test_nothing_a_badge_says_can_become_markup_or_code() -> None:
    for path in MODULES:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function", path.read_text("utf-8")
        )


def test_the_scripts_say_all_that_is_translated_and_nothing_else() -> None:
    text = "\n".join(path.read_text("utf-8") for path in MODULES if not path.name.startswith("portfolio"))
    prefixes = {name for pair in _BUILT.findall(text) for name in pair if name}
    assert prefixes == {
        *(
            "head-",
            "about-",
            "pair-",
            "outcome-",
            "subject-",
            "step-",
            "files-",
            "field-",
            "read-",
            "unread-",
            "linkedin-",
        ),
    }
    plain = {key for key in {**MESSAGES, **ON_AWARDS} if not key.startswith(tuple(prefixes))}
    assert plain - set(_WORD.findall(text)) == set()
    said = set(re.findall(r'(?:\bFault|\bfault|unreadable|\.passed|\bsay)\((?:"(?:[a-z]+)", )?"([a-z0-9-]+)"', text))
    said |= set(re.findall(r'\.add\("[a-z]+", "[a-z]+", "([a-z0-9-]+)"', text))
    assert said - set(MESSAGES) - set(ON_AWARDS) - set(STEPS) == {"words"}


def test_no_two_messages_have_one_key() -> None:
    groups = [value for module in (answer_words, step_words) for name, value in vars(module).items() if name.isupper()]
    assert sum(map(len, groups)) == len(MESSAGES)
