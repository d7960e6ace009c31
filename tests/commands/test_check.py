"""`badgesite check`, as a user types it."""

import json
import re
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.commands.check import _escaped
from badgesite.model.text import UNWRITTEN
from tests.sites import BADGE, BADGE_PATH, write_site

FAULTY = {BADGE_PATH: BADGE.replace("criteria:", "critera:")}


def test_a_good_site_prints_nothing_and_counts(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(write_site(tmp_path)), "check"]) == 0
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[0] == "1 badge, 2 awards: no problems, no warnings"
    assert "rehearsal" in told.err


def test_a_site_that_lost_its_address_is_not_called_a_rehearsal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(["-C", str(write_site(tmp_path, base_url="https://badges.example.edu/")), "lock"])
    write_site(tmp_path)
    capfd.readouterr()
    assert run(["-C", str(tmp_path), "check"]) == 5
    told = capfd.readouterr()
    assert "base_url is gone" in told.out
    assert "rehearsal" not in told.err


def test_a_text_still_to_be_written_names_its_language(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files = {BADGE_PATH: BADGE.replace("Inglese B2", f"{UNWRITTEN} Inglese B2")}
    run(["-C", str(write_site(tmp_path, files)), "check"])
    told = f'{BADGE_PATH}:3:8: warning: the text of "name" is still to be written in Italian (it); write it'
    assert told in capfd.readouterr().out


def test_each_blank_of_a_page_is_told_where_it_stands(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files = {
        "content/pages/privacy.md": "# Dati\n\nScrivere a [✎ nome del\nresponsabile], [✎ indirizzo] o [casa](https://x.example).\n",
        "content/pages/privacy.en.md": "# Data\n\n✎ all of it\n",
    }
    assert run(["-C", str(write_site(tmp_path, files)), "check"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        "content/pages/privacy.en.md:3:1: warning: ✎ is still to be filled in; write it",
        "content/pages/privacy.md:3:12: warning: [✎ nome del responsabile] is still to be filled in; write it",
        "content/pages/privacy.md:4:16: warning: [✎ indirizzo] is still to be filled in; write it",
    ]


def test_text_has_place_severity_fault_and_mend(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(write_site(tmp_path, FAULTY)), "check"]) == 1
    told = capfd.readouterr()
    assert f'{BADGE_PATH}:5:1: error: "critera" is not a field of a badge; did you mean "criteria"?' in told.out
    assert "\x1b" not in told.out
    assert " problem" in told.err


def test_quiet_leaves_out_the_count(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(write_site(tmp_path, FAULTY)), "check", "--quiet"]) == 1
    told = capfd.readouterr()
    assert told.out
    assert told.err == ""


def test_json_is_one_documented_object(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files = {BADGE_PATH: BADGE.replace(", en: English B2}", "}")}
    assert run(["-C", str(write_site(tmp_path, files)), "check", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out) == {
        "version": 1,
        "counts": {"badges": 1, "awards": 2, "errors": 0, "warnings": 1},
        "problems": [
            {
                "path": BADGE_PATH,
                "line": 3,
                "column": 1,
                "severity": "warning",
                "what": 'the text of "name" is missing in English (en)',
                "mend": "add en: ...",
            }
        ],
    }


def test_json_of_unreadable_content_counts_nothing_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(write_site(tmp_path, FAULTY)), "check", "--format", "json"]) == 1
    told = json.loads(capfd.readouterr().out)
    assert told["counts"]["badges"] is None
    assert told["counts"]["errors"] == len(told["problems"]) > 0


def test_github_annotates_the_line_of_the_repository(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path / "badges, ours", FAULTY)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert run(["-C", str(tmp_path / "badges, ours"), "check", "--format", "github"]) == 1
    line = f'::error file=badges%2C ours/{BADGE_PATH},line=5,col=1::"critera" is not a field of a badge; did you mean'
    assert any(told.startswith(line) for told in capfd.readouterr().out.splitlines())


def test_annotations_escape_what_github_would_read() -> None:
    assert _escaped("100%\r\na:b,c") == "100%25%0D%0Aa:b,c"
    assert _escaped("a:b,c%", ":,") == "a%3Ab%2Cc%25"


def test_an_unknown_theme_is_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(write_site(tmp_path, theme="nowhere")), "check"]) == 1
    assert "nowhere" in capfd.readouterr().out


def test_a_language_without_words_of_the_theme_is_a_warning(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(write_site(tmp_path, languages="[it, en, la]")), "check"]) == 0
    told = capfd.readouterr().out
    place = re.escape("content/site.yaml:") + r"\d+:21: warning: "
    assert re.search(
        place + r'(\d+) of \1 texts have no words in "la" and appear in "en"; `badgesite new language la`', told
    )


def test_what_init_wrote_of_the_issuer_is_told_once_the_site_has_an_address(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(["-C", str(write_site(tmp_path, base_url="https://badges.ateneo.example/")), "check"])
    told = capfd.readouterr().out
    assert (
        "content/issuers/example.yaml:2:1: warning: https://www.example.edu is what `badgesite init` filled in" in told
    )
    assert "write the issuer's own url" in told
    assert "Università di Esempio is what `badgesite init` filled in; write the issuer's own, and if nothing" in told
    assert "own email" not in told
    run(["-C", str(write_site(tmp_path)), "check"])
    assert "filled in" not in capfd.readouterr().out


def test_all_faults_of_translations_are_told_at_their_places(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = "themes/default/translations/fr/LC_MESSAGES/messages.po"
    wrong = 'msgid "Revoked on %(day)s"\nmsgstr "Révoqué le %(jour)s"\n\nmsgid "Awarded by"\nmsgstr "Décerné par\n'
    site = write_site(tmp_path, {path: wrong}, languages="[it, en, fr]")
    assert run(["-C", str(site), "check"]) == 1
    told = capfd.readouterr().out
    assert f"{path}:2:8: error: %(jour)s is no placeholder of the message; write %(day)s, as" in told
    assert f"{path}:5:20: error: the closing quotation mark is missing" in told
    assert "templates" not in told


FRENCH = "themes/default/translations/fr/LC_MESSAGES/messages.po"


def test_check_counts_what_a_translation_lacks_until_nothing_is_missing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    site = str(write_site(tmp_path, languages="[it, en, fr]"))
    file = tmp_path / FRENCH
    run(["-C", site, "new", "language", "fr"])
    empty = file.read_text("utf-8")
    total = int(capfd.readouterr().err.split()[0])

    def warned() -> list[str]:
        capfd.readouterr()
        assert run(["-C", site, "check"]) == 0
        return [line for line in capfd.readouterr().out.splitlines() if '"fr"' in line]

    lacks = f'{FRENCH}:1:1: warning: {{}} of {total} texts have no words in "fr" and appear in "en"; '
    assert warned() == [lacks.format(total) + "fill in each msgstr that is empty"]
    file.write_text(empty.replace('msgid "Awarded by"\nmsgstr ""', 'msgid "Awarded by"\nmsgstr "Par"'), "utf-8")
    assert warned() == [lacks.format(total - 1) + "fill in each msgstr that is empty"]
    file.write_text(empty[: empty.index("\n\n#:", 2000)] + "\n", "utf-8")
    assert warned()[0].endswith("`badgesite new language fr` adds those that the file lacks, to be filled in")
    full = re.sub(r'msgid (".+")\nmsgstr ""', r"msgid \1\nmsgstr \1", empty)
    form = r'msgid (.+)\nmsgid_plural (.+)\nmsgstr\[0\] ""\nmsgstr\[1\] ""'
    file.write_text(re.sub(form, r"msgid \1\nmsgid_plural \2\nmsgstr[0] \2\nmsgstr[1] \2", full), "utf-8")
    assert warned() == []


def test_messages_that_no_page_says_are_told_with_the_one_that_is_meant(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = 'msgid "Awardet by"\nmsgstr "Par"\n\nmsgid "Of old"\nmsgstr "Ancien"\n\nmsgid "Ours"\nmsgstr "Notre"\n'
    files = {FRENCH: said, "themes/default/templates/parts/ours.html": '{{ _("Ours") }}'}
    assert run(["-C", str(write_site(tmp_path, files, languages="[it, en, fr]")), "check"]) == 0
    told = capfd.readouterr().out
    assert f'{FRENCH}:1:7: warning: no page says "Awardet by"; did you mean "Awarded by"?' in told
    assert f'{FRENCH}:4:7: warning: no page says "Of old"; `badgesite new language fr` puts it to the end' in told
    assert f"{FRENCH}:1:1: warning: the file does not tell its encoding, and is read as UTF-8; `badgesite new" in told
    assert '"Ours"' not in told


def test_an_english_wording_of_ones_own_is_told_only_where_it_is_misspelt(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = "themes/default/translations/en/LC_MESSAGES/messages.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    said = 'msgid "Awardet by"\nmsgstr "By"\n\nmsgid "Of our own script"\nmsgstr "Of our own script"\n'
    assert run(["-C", str(write_site(tmp_path, {path: head + said}, languages="[it, en]")), "check"]) == 0
    told = [line for line in capfd.readouterr().out.splitlines() if path in line]
    assert told == [f'{path}:4:7: warning: no page says "Awardet by"; did you mean "Awarded by"?']
