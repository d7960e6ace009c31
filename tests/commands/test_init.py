"""`badgesite init`, as a user types it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from badgesite.cli import run
from badgesite.errors import OutputError
from badgesite.files import write_whole
from badgesite.init import first_files
from badgesite.outputs import SHAPING
from badgesite.starter import placing
from badgesite.starter.placing import place
from badgesite.starter.words import slug_of, yaml_text
from tests.killing import KILLED, forked, run_killed

PRIVACY = ["content/pages/privacy.en.md", "content/pages/privacy.md"]
FLAGS = ["--language", "it", "--language", "en", "--issuer-name", "Università di Prova", "--yes"]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_site_has_one_issuer_two_badges_and_what_goes_around_them(tmp_path: Path) -> None:
    assert run(["init", "site", *FLAGS]) == 0
    files = tree(tmp_path / "site")
    assert {path for path in files if not path.startswith("content/.schema/")} == {
        ".gitattributes",
        ".github/workflows/badges.yml",
        ".gitignore",
        "README.md",
        "requirements.txt",
        "content/site.yaml",
        *PRIVACY,
        "content/issuers/universita-di-prova.yaml",
        "content/badges/language/english-b2.yaml",
        "content/badges/language/english-b2.svg",
        "content/badges/soft-skills/public-speaking.yaml",
        "content/badges/soft-skills/public-speaking.svg",
    }


def test_what_is_written_has_line_feeds_alone_and_is_yaml(tmp_path: Path) -> None:
    run(["init", "site", *FLAGS])
    for path, data in tree(tmp_path / "site").items():
        assert b"\r" not in data, path
        if path.endswith((".yaml", ".yml")):
            assert isinstance(yaml.safe_load(data), dict), path


def test_the_next_steps_are_told_and_quiet_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    run(["init", "one", *FLAGS])
    told = capfd.readouterr()
    assert not told.out
    assert "cd one" in told.err
    assert "git init" in told.err
    assert "rehearse an award" in told.err
    assert "sign" not in told.err
    run(["init", "two", "--quiet", *FLAGS])
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("flags", "steps"),
    [
        (
            [],
            [
                "git init",
                "badgesite keys new universita-di-prova",
                "badgesite check",
                "badgesite lock",
                "badgesite award",
                "badgesite sign",
            ],
        ),
        (["--no-sign"], ["git init", "badgesite check", "badgesite lock", "badgesite award"]),
    ],
)
def test_with_an_address_the_next_steps_are_those_of_a_site_that_is_final(
    flags: list[str], steps: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    run(["init", "site", *FLAGS, "--base-url", "https://badges.example.edu/", *flags])
    told = re.findall(r"^  (git init|badgesite (?!serve|new)\w+(?: new \S+)?)", capfd.readouterr().err, re.MULTILINE)
    assert told == steps


@pytest.mark.parametrize(
    ("flags", "publish"), [([], ["ob2", "ob3"]), (["--sign"], ["ob2", "ob3"]), (["--no-sign"], ["ob2"])]
)
def test_awards_are_signed_unless_one_says_no(flags: list[str], publish: list[str], tmp_path: Path) -> None:
    run(["init", "site", *FLAGS, *flags])
    assert yaml.safe_load((tmp_path / "site/content/site.yaml").read_text())["publish"] == publish
    readme = (tmp_path / "site/README.md").read_text()
    assert ("badgesite keys new universita-di-prova" in readme) == ("ob3" in publish)
    assert readme.endswith("\n\n`badgesite --help` dice il resto.\n")
    assert "\n\n\n" not in readme


def test_answers_stand_in_the_files(tmp_path: Path) -> None:
    title = ["--title", 'Badges: "all" #1', "--title", "fr=Les badges"]
    issuer = [
        "--issuer-name",
        "École d'été",
        "--issuer-url",
        "https://ecole.example",
        "--issuer-email",
        "b@ecole.example",
    ]
    final = ["--base-url", "https://badges.ecole.example/", "--visibility", "public", "--basis", "Note 3/2026: art. 6"]
    assert run(["init", "site", "--language", "en", "--language", "fr", *title, *issuer, *final, "--yes"]) == 0
    site = yaml.safe_load((tmp_path / "site/content/site.yaml").read_text())
    assert site["title"] == {"en": 'Badges: "all" #1', "fr": "Les badges"}
    assert site["languages"] == ["en", "fr"]
    assert site["base_url"] == "https://badges.ecole.example/"
    assert site["visibility"] == "public"
    assert site["basis"] == {"kind": "request", "reference": "Note 3/2026: art. 6"}
    issuer = yaml.safe_load((tmp_path / "site/content/issuers/ecole-d-ete.yaml").read_text())
    assert issuer == {
        "name": {"en": "École d'été", "fr": "École d'été"},
        "url": "https://ecole.example",
        "email": "b@ecole.example",
    }


def test_a_site_in_another_language_begins_with_the_english_words(tmp_path: Path) -> None:
    run(["init", "site", "--language", "fr", "--yes"])
    badge = yaml.safe_load((tmp_path / "site/content/badges/language/english-b2.yaml").read_text())
    assert badge["name"] == {"fr": "English B2"}
    assert yaml.safe_load((tmp_path / "site/content/site.yaml").read_text())["title"] == {"fr": "Open Badges"}


def test_everything_that_shapes_a_byte_is_pinned(tmp_path: Path) -> None:
    run(["init", "site", *FLAGS])
    comment, *lines = (tmp_path / "site/requirements.txt").read_text("utf-8").splitlines()
    assert comment.startswith("#")
    assert "update" in comment
    wanted = dict(line.split("==") for line in lines if "==" in line)
    assert wanted.keys() >= {*SHAPING, "markupsafe", "pydantic-core", "pillow"}
    assert not wanted.keys() & {"pytest", "hypothesis", "ruff"}
    assert wanted == {name: version(name) for name in wanted}
    assert list(wanted) == sorted(wanted)
    told = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--no-deps", "--requirement"]
    subprocess.run([*told, str(tmp_path / "site/requirements.txt")], check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize(
    ("machine", "languages"), [("it_IT", ["it"]), ("Italian_Italy", ["it"]), ("de_DE", ["en"]), (None, ["en"])]
)
def test_the_language_is_the_machine_s_if_we_speak_it_else_english(
    machine: str | None, languages: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (machine, "UTF-8"))
    assert run(["init", "site", "--yes"]) == 0
    assert yaml.safe_load((tmp_path / "site/content/site.yaml").read_text())["languages"] == languages


def test_languages_may_stand_together(tmp_path: Path) -> None:
    assert run(["init", "site", "--language", "fr, en", "--visibility", "Unnamed", "--yes"]) == 0
    site = yaml.safe_load((tmp_path / "site/content/site.yaml").read_text())
    assert (site["languages"], site["visibility"]) == (["fr", "en"], "unnamed")


def test_the_readme_is_in_the_first_language(tmp_path: Path) -> None:
    run(["init", "it", "--language", "it", "--yes"])
    run(["init", "en", "--language", "en", "--yes"])
    assert "Pubblicare" in (tmp_path / "it/README.md").read_text()
    assert "Publish" in (tmp_path / "en/README.md").read_text()


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--issuer-url", "nowhere"], '"nowhere" is not a web address'),
        (["--issuer-email", "nobody"], '"nobody" is not an e-mail address'),
        (["--base-url", "http://x.example/"], "cannot be the address of the site"),
        (["--language", "Italian"], '"Italian" is not a language; write it'),
        (["--language", "italiano"], '"italiano" is not a language; write its tag, it'),
        (["--issuer-url", "www.prova.example"], '"www.prova.example" is not a web address; write https://www.prova'),
        (["--language", "en", "--language", "en"], "stands twice"),
        (["--visibility", "public"], "--basis"),
        (["--language", "en", "--title", "a", "--title", "b"], '"b" is one text too many'),
        (["--language", "en", "--language", "it", "--title", "it=a"], 'missing in "en"'),
        (["--language", "en", "--title", "a", "--title", "it=b"], '"it=b" is in none of the site\'s languages; add'),
        (["--issuer-name", ""], "--issuer-name: the text is empty"),
        (["--language", "en,it", "--title", " "], "--title: the text is empty; write it, or leave the option out"),
        (["--language", "en", "--title", "en="], "--title: the text is empty"),
        (["--issuer-url", ""], '--issuer-url: "" is not a web address'),
    ],
)
def test_answers_that_cannot_be_are_refused_and_nothing_is_written(
    flags: list[str], told: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "site", "--yes", *flags]) == 2
    assert told in capfd.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_folder_that_holds_a_site_is_refused_untouched(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/README.md").write_text("mine")
    before = tree(tmp_path)
    assert run(["init", "site", "--yes"]) == 3
    assert "site/content is there already" in capfd.readouterr().err
    assert tree(tmp_path) == before


def test_what_a_repository_has_already_stays(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".gitignore").write_text("*.log\n/site/")
    assert run(["init", "--yes"]) == 0
    assert (tmp_path / "README.md").read_text() == "mine"
    assert "README.md was there already" in capfd.readouterr().err
    lines = (tmp_path / ".gitignore").read_text().splitlines()
    assert lines[:2] == ["*.log", "/site/"]
    assert "/private/" in lines
    assert lines.count("/site/") == 1


def test_a_failure_half_way_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".gitignore").write_text("*.log\n")
    before = tree(tmp_path)
    rename = os.rename

    def refuse(source: Path, target: Path) -> None:
        if Path(target).name == "content":
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(KeyboardInterrupt):
        place(tmp_path, {"content/site.yaml": b"a", ".gitignore": b"b\n", ".github/workflows/x.yml": b"c"})
    assert tree(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == [".gitignore"]


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(OutputError, match="site is a file"):
        place(tmp_path / "site", {"content/site.yaml": b"a"})


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Inglese B2", "inglese-b2"),
        ("Università dell'Aquila", "universita-dell-aquila"),
        ("  ", ""),
        ("日本", ""),
        ("con", ""),
        ("a" * 80, "a" * 64),
    ],
)
def test_the_nearest_slug(words: str, slug: str) -> None:
    assert slug_of(words) == slug


@pytest.mark.parametrize(
    "words",
    ["no", "True", "a: b", "#1", "- x", "a #b", "'", '"', "12", "2026-01-01", "è", "a\nb", "{x}", "null", "~", "@"],
)
def test_any_words_become_a_yaml_text(words: str) -> None:
    assert yaml.safe_load(f"a: {{en: {yaml_text(words)}}}") == {"a": {"en": words}}


def test_on_a_terminal_it_asks_and_asks_again_when_an_answer_cannot_be(tmp_path: Path) -> None:
    about_the_site = ["it, en", "Badge di prova", "", "Università di Prova", "", "nowhere", "https://www.prova.example"]
    told = on_a_terminal(["init", "site"], [*about_the_site, "", "", "y", "", "n"])
    assert '"nowhere" is not a web address' in told
    assert "Languages, the main one first" in told
    assert "It takes a key, which you make once. [Y/n]: " in told
    site = yaml.safe_load((tmp_path / "site/content/site.yaml").read_text())
    assert site["languages"] == ["it", "en"]
    assert site["title"] == {"it": "Badge di prova", "en": "Open Badges"}
    assert site["visibility"] == "unlisted"
    assert site["basis"] == {"kind": "request", "reference": "Privacy notice"}
    assert "base_url" not in site
    assert site["publish"] == ["ob2"]
    issuer = yaml.safe_load((tmp_path / "site/content/issuers/universita-di-prova.yaml").read_text())
    assert issuer["name"] == {"it": "Università di Prova", "en": "Example University"}
    assert issuer["url"] == "https://www.prova.example"


def test_leaving_in_the_middle_of_the_questions_leaves_nothing(tmp_path: Path) -> None:
    assert "stopped; nothing is left half-written" in on_a_terminal(["init", "site"], ["it", "\x03"])
    assert not (tmp_path / "site").exists()


def on_a_terminal(words: list[str], answers: list[str]) -> str:
    """What is told on a terminal where a person types the answers."""
    pty = pytest.importorskip("pty", reason="pseudo-terminals are not of Windows")
    child, terminal = pty.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # who runs the tests in the background has it ignored
        os.execv(sys.executable, [sys.executable, "-m", "badgesite.cli", *words])
    told = ""
    for answer in answers:
        told += until(terminal, ": ")
        time.sleep(0.3 if answer == "\x03" else 0)  # readline misses what comes while it is still preparing
        os.write(terminal, answer.encode() if answer == "\x03" else f"{answer}\n".encode())
    told += until(terminal, "")
    os.waitpid(child, 0)
    os.close(terminal)
    return told


def until(terminal: int, end: str) -> str:
    """What is told up to a question, or up to the end."""
    told = ""
    with suppress(OSError):  # so the end of a terminal is told
        while data := os.read(terminal, 1024):
            told += data.decode(errors="replace")
            if end and told.endswith(end):
                break
    return told


@pytest.mark.parametrize("sign", ["--sign", "--no-sign"])
@pytest.mark.parametrize(("language", "people"), [("en", "people.csv"), ("it", "persone.csv")])
def test_what_the_readme_says_works_in_its_order(
    language: str,
    people: str,
    sign: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    run(["init", "site", "--language", language, "--language", "fr", "--yes", sign])
    site = tmp_path / "site"
    monkeypatch.chdir(site)
    monkeypatch.setenv("BADGESITE_PASSPHRASE", "correct horse battery")
    monkeypatch.setattr("click.get_app_dir", lambda name: str(tmp_path / name))
    (tmp_path / people).write_text("email;name\nada@example.org;Ada\nbruno@example.org;Bruno\n")
    readme = (site / "README.md").read_text()
    commands = re.findall(r"^ *badgesite (.+)$", readme, re.MULTILINE)
    assert len(commands) == (14 if sign == "--sign" else 10)
    for command in commands:
        if command == "lock":
            shutil.rmtree(site / "content/awards")
            shutil.rmtree(site / "private")
            (line,) = re.findall(r"^ *(base_url: .*)$", readme, re.MULTILINE)
            path = site / "content/site.yaml"
            path.write_text(path.read_text().replace(f"# {line}", line))
        if command != "serve":
            assert run(command.split()) == 0, (command, capfd.readouterr())
    assert run(["build", "--locked"]) == 0
    assert len(list((site / "site/awards").iterdir())) == 2
    assert len(list((site / "content").rglob("*.credentials.jsonl"))) == (sign == "--sign")
    for path in re.findall(r"`((?:content/|\.github/|keys/)[\w/.-]+)`", readme):
        assert (site / path).exists(), path


def test_check_asks_for_nothing_of_a_new_site_but_the_blanks_of_its_privacy_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "site", *FLAGS, "--quiet"]) == 0
    assert run(["-C", "site", "check"]) == 0
    told = capfd.readouterr()
    assert sorted({line.partition(":")[0] for line in told.out.splitlines()}) == PRIVACY
    assert all("is still to be filled in" in line for line in told.out.splitlines())
    assert "2 badges, no awards: no problems, " in told.err
    for path in PRIVACY:
        page = tmp_path / "site" / path
        page.write_text(re.sub(r"\[✎[^\]]+\]", "filled in", page.read_text()))
    assert run(["-C", "site", "check"]) == 0
    told = capfd.readouterr()
    assert told.out == ""
    assert "2 badges, no awards: no problems, no warnings" in told.err


def test_the_privacy_page_says_who_answers_in_each_language_that_we_speak(tmp_path: Path) -> None:
    languages = [
        "--language",
        "it",
        "--language",
        "en",
        "--language",
        "fr",
        "--visibility",
        "unlisted",
        "--basis",
        "3/26",
    ]
    assert run(["init", "site", "--yes", "--issuer-name", "en=Sample", "--issuer-name", "it=Prova", *languages]) == 0
    pages = {path.name: path.read_text() for path in (tmp_path / "site/content/pages").iterdir()}
    assert sorted(pages) == ["privacy.en.md", "privacy.md"]
    assert "**Controller:** Sample," in pages["privacy.en.md"]
    assert "**Titolare del trattamento:** Prova," in pages["privacy.md"]
    assert "an award of this site is **unlisted**" in pages["privacy.en.md"]
    assert pages["privacy.md"].count("[✎") == pages["privacy.en.md"].count("[✎") == 7


def test_files_are_written_in_one_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = []

    def noted(path: Path, data: bytes) -> None:
        names.append(path.name)
        write_whole(path, data)

    monkeypatch.setattr(placing, "write_whole", noted)
    placing.place(tmp_path / "site", {f"content/{name}": b"" for name in "qwertyuiop"} | dict.fromkeys("zyx", b""))
    assert "".join(names) == "eiopqrtuwyxyz"


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files say is made out once, which is most of the time a run takes."""
    made: dict[str, bytes] = {}

    def files(*given: Any) -> dict[str, bytes]:
        made.update({} if made else first_files(*given))
        return made

    monkeypatch.setattr("badgesite.commands.init.first_files", files)
    monkeypatch.setattr("badgesite.commands.init.pins", lambda _: ())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
@pytest.mark.usefixtures("prepared")
def test_killed_at_any_moment_the_next_run_makes_the_site_whole(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "whole/site"), *FLAGS]) == 0
    whole = tree(tmp_path / "whole")
    for moment in range(1, 500):
        folder = tmp_path / str(moment)
        (folder / "site").mkdir(parents=True)
        command = ["init", str(folder / "site"), "--quiet", *FLAGS]
        code = forked(lambda folder=folder, moment=moment, command=command: run_killed(str(folder), moment, command))  # type: ignore[misc]
        if not (folder / "site/content").exists():
            assert code == KILLED
            assert run(command) == 0
        found = {path: data for path, data in tree(folder).items() if "/.badgesite-" not in path}
        assert found == whole, moment
        if code != KILLED:
            assert code == 0
            assert moment > 50
            break
    else:
        pytest.fail("the command never ended")


def test_a_country_is_no_language_of_a_new_site(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "site"), "--language", "jp", "--yes"]) == 2
    assert '--language: "jp" is no language; did you mean "ja", Japanese?' in capfd.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_long_name_is_cut_at_a_word_for_its_slug() -> None:
    words = "Dipartimento interuniversitario di scienze della formazione e della comunicazione"
    assert slug_of(words) == "dipartimento-interuniversitario-di-scienze-della-formazione-e"
    assert slug_of("a" * 80) == "a" * 64


def test_the_example_of_units_is_in_the_languages_of_the_site(tmp_path: Path) -> None:
    assert run(["init", "site", "--language", "en", "--yes"]) == 0
    assert "language-centre: {en: Language Centre}" in next((tmp_path / "site/content/issuers").iterdir()).read_text()
