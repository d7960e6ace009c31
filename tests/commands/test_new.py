"""`badgesite new`, as a user types it."""

import re
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.reading import read, read_or_raise
from badgesite.pages.theme import load_theme
from tests.sites import BADGE, BADGE_PATH, ISSUER, PICTURE, write_site


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write_site(tmp_path))
    return tmp_path


def test_a_new_badge_is_sound_at_once_and_has_a_picture(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "badge", "first-aid"]) == 0
    assert capfd.readouterr().out == "content/badges/first-aid.svg\ncontent/badges/first-aid.yaml\n"
    catalogue = read_or_raise(site).catalogue
    assert catalogue
    badge = catalogue.badges["first-aid"]
    assert badge.issuer == "example"
    assert str(badge.name) == "First aid"
    assert dict(badge.criteria) == {
        "it": "✎ Che cosa bisogna fare per ottenerlo, e come si verifica.",
        "en": "✎ What one has to do to earn it, and how it is checked.",
    }
    assert catalogue.badge_pictures["first-aid"].kind == "svg"


def test_check_says_which_texts_are_still_to_be_written(capfd: pytest.CaptureFixture[str]) -> None:
    run(["new", "badge", "first-aid"])
    capfd.readouterr()
    assert run(["check"]) == 0
    lines = [line for line in capfd.readouterr().out.splitlines() if "still to be written" in line]
    assert len(lines) == 6
    assert all(line.startswith("content/badges/first-aid.yaml:") for line in lines)


def test_two_slugs_have_two_drawings_and_one_slug_one(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    run(["new", "badge", "first-aid"])
    run(["new", "badge", "cpr"])
    one = (site / "content/badges/first-aid.svg").read_text()
    assert one.partition("-->")[2] != (site / "content/badges/cpr.svg").read_text().partition("-->")[2]
    other = write_site(tmp_path_factory.mktemp("other"))
    run(["-C", str(other), "new", "badge", "first-aid"])
    assert (other / "content/badges/first-aid.svg").read_text() == one


def test_a_folder_is_for_people_and_the_schema_is_still_found(site: Path) -> None:
    assert run(["new", "badge", "first-aid", "--folder", "health/basic"]) == 0
    text = (site / "content/badges/health/basic/first-aid.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../../../.schema/badge.json\n")


@pytest.mark.parametrize("folder", ["..", "a/../../b", ".hidden", "a\\..\\b", "/etc/../x"])
def test_a_folder_elsewhere_is_refused(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "badge", "first-aid", "--folder", folder]) == 2
    assert "cannot be a folder below content/badges" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("Inglese B2", "try inglese-b2"),
        ("Università", "try universita"),
        ("日本", "use small letters"),
        ("con", "Windows keeps it for itself"),
        ("../../x", "try x"),
        ("first_aid.yaml", "try first-aid\n"),
        ("C/C++", "try c-c\n"),
        ("health/first-aid", "try first-aid --folder health\n"),
        ("content/badges/health/first-aid.yaml", "try first-aid --folder health\n"),
        ("content\\badges\\first-aid.yaml", "try first-aid\n"),
        ("english-b2", 'a badge "english-b2" already'),
    ],
)
def test_a_slug_that_cannot_be_is_refused_with_a_better_one(
    slug: str, told: str, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(site.rglob("*"))
    assert run(["new", "badge", slug]) == 2
    assert told in capfd.readouterr().err
    assert sorted(site.rglob("*")) == before


@pytest.mark.parametrize(
    ("noun", "told"),
    [
        ("bagde", 'did you mean "badge"?'),
        ("page", "a page is a file that you write"),
        ("awards", "awards are made by `badgesite award`"),
        ("Keys", "`badgesite keys new`"),
        ("thing", "say badge, issuer or language"),
    ],
)
def test_what_is_not_made_here_is_told_with_where_it_is(
    noun: str, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", noun, "x"]) == 2
    assert told in capfd.readouterr().err


def test_what_is_there_is_never_overwritten(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / "content/badges/first-aid.svg").write_text(PICTURE)
    assert run(["new", "badge", "first-aid"]) == 2
    assert "content/badges/first-aid.svg is there already" in capfd.readouterr().err
    assert not (site / "content/badges/first-aid.yaml").exists()


def test_a_run_that_was_cut_off_is_finished_by_the_next(site: Path) -> None:
    run(["new", "badge", "first-aid"])
    (site / "content/badges/first-aid.yaml").unlink()
    assert run(["new", "badge", "first-aid"]) == 0
    assert (site / "content/badges/first-aid.yaml").exists()


def test_one_of_several_issuers_has_to_be_named(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "issuer", "medicine"]) == 0
    assert run(["new", "badge", "first-aid"]) == 2
    assert "--issuer: example, medicine" in capfd.readouterr().err
    assert run(["new", "badge", "first-aid", "--issuer", "surgery"]) == 2
    assert 'no issuer "surgery"' in capfd.readouterr().err
    assert run(["new", "badge", "first-aid", "--issuer", "medicine"]) == 0
    assert read(site).problems == ()


def test_a_new_issuer_is_sound_and_its_name_is_to_be_written(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "issuer", "medicine"]) == 0
    catalogue = read_or_raise(site).catalogue
    assert catalogue
    assert dict(catalogue.issuers["medicine"].name) == {"it": "✎ Nome dell'ente", "en": "✎ Name of the institution"}
    assert run(["new", "issuer", "medicine"]) == 2
    assert 'an issuer "medicine" already' in capfd.readouterr().err


def test_a_badge_that_replaces_another_begins_as_its_copy(site: Path) -> None:
    assert run(["new", "badge", "english-b2-2027", "--replaces", "english-b2"]) == 0
    catalogue = read_or_raise(site).catalogue
    assert catalogue
    old, new = catalogue.badges["english-b2"], catalogue.badges["english-b2-2027"]
    assert new.replaces == "english-b2"
    assert (new.criteria, new.result, new.valid_for) == (old.criteria, old.result, old.valid_for)
    assert new.image == "english-b2-2027.svg"
    assert (site / "content/badges/language/english-b2-2027.yaml").exists()


def test_a_copy_leaves_out_what_was_decided_about_the_other(site: Path) -> None:
    decisions = "\n# Decisions.\napprovals:\n- status: approved\n  body: Board\n\n  date: 2022-09-14\n\n"
    rest = "# The rest.\nminors: true\n"
    write_site(site, {BADGE_PATH: BADGE + decisions + rest, "content/issuers/second.yaml": ISSUER})
    assert run(["new", "badge", "other", "--from", "english-b2", "--issuer", "second", "--folder", ""]) == 0
    text = (site / "content/badges/other.yaml").read_text()
    assert "Decisions" not in text
    assert rest in text
    catalogue = read_or_raise(site).catalogue
    assert catalogue
    assert catalogue.badges["other"].approvals == ()
    assert catalogue.badges["other"].issuer == "second"


def test_an_unknown_model_is_told_with_what_there_is(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "badge", "a", "--from", "nothing"]) == 2
    assert 'there is no badge "nothing"; there are: english-b2' in capfd.readouterr().err


def test_a_site_with_faults_says_them_first(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (site / BADGE_PATH).write_text("name: [")
    assert run(["new", "badge", "first-aid"]) == 1
    assert f"{BADGE_PATH}:" in capfd.readouterr().err


@pytest.mark.parametrize("kind", ["badge", "issuer"])
def test_without_a_name_an_example_is_told(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", kind]) == 2
    assert f"the {kind} needs a name, like `badgesite new {kind} " in capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["badge", "Primo", "Soccorso"], "badgesite new badge primo-soccorso"),
        (["issuer", "Facoltà", "di", "Medicina"], "badgesite new issuer facolta-di-medicina"),
        (["badge", "医", "学"], "badgesite new badge first-aid"),
    ],
)
def test_a_name_of_several_words_is_answered_with_one(
    words: list[str], mend: str, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", *words]) == 2
    told = capfd.readouterr().err
    assert f"`{mend}`" in told
    assert f'"{" ".join(words[1:])}", is name: in its file' in told


GERMAN = "themes/default/translations/de/LC_MESSAGES/messages.po"


def test_a_new_language_is_a_catalogue_of_everything_that_pages_say(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "language", "de"]) == 0
    told = capfd.readouterr()
    assert told.out == f"{GERMAN}\n"
    assert "messages are to be translated; what is empty is said in English\nadd de to languages" in told.err
    text = (site / GERMAN).read_text("utf-8")
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in text
    assert 'msgid "Awarded by"\nmsgstr ""' in text
    assert 'msgid_plural "%(num)s years"\nmsgstr[0] ""\nmsgstr[1] ""' in text


def test_what_was_translated_is_kept_when_messages_are_added(site: Path) -> None:
    run(["new", "language", "de"])
    path = site / GERMAN
    whole = path.read_text("utf-8")
    said = whole.replace('msgid "Awarded by"\nmsgstr ""', 'msgid "Awarded by"\nmsgstr "Verliehen von"')
    path.write_text(said.replace('msgid "Awarded on"\nmsgstr ""', 'msgid "Of old"\nmsgstr "Früher"'), "utf-8")
    assert run(["new", "language", "de"]) == 0
    again = path.read_text("utf-8")
    assert 'msgstr "Verliehen von"' in again
    assert 'msgid "Awarded on"\nmsgstr ""' in again
    assert '#~ msgid "Of old"\n#~ msgstr "Früher"' in again
    run(["new", "language", "de"])
    assert path.read_text("utf-8") == again


def test_a_page_is_in_a_language_once_half_of_its_words_are(site: Path) -> None:
    run(["new", "language", "de"])
    assert not load_theme("default", site).speaks("de")
    text = (site / GERMAN).read_text("utf-8")
    (site / GERMAN).write_text(re.sub(r'msgid (".+")\nmsgstr ""\n', r"msgid \1\nmsgstr \1\n", text), "utf-8")
    assert load_theme("default", site).speaks("de")


@pytest.mark.parametrize("tag", ["DE", "german", "../x", "de_AT"])
def test_what_is_no_tag_is_no_language(tag: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "language", tag]) == 2
    assert "is no language tag; write one in small letters" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("tag", "told"),
    [("jp", '"jp" is no language; did you mean "ja", Japanese?'), ("xx", '"xx" is no language; write its tag, as it,')],
)
def test_what_is_no_language_is_not_begun(tag: str, told: str, site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "language", tag]) == 2
    assert told in capfd.readouterr().err
    assert not (site / "themes").exists()


def test_a_translation_that_cannot_be_read_is_told_with_its_line(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["new", "language", "de"])
    with (site / GERMAN).open("a", encoding="utf-8") as file:
        file.write("nonsense\n")
    assert run(["new", "language", "de"]) == 1
    assert f"{GERMAN}:" in capfd.readouterr().err


def test_a_translation_in_which_something_is_wrong_is_left_as_it_is(
    site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(["new", "language", "de"])
    text = '\ufeffmsgid"Awarded by"\nmsgstr "Verliehen von"\n'
    (site / GERMAN).write_text(text, "utf-8")
    capfd.readouterr()
    assert run(["new", "language", "de"]) == 1
    told = capfd.readouterr()
    assert (told.out, (site / GERMAN).read_text("utf-8")) == ("", text)
    assert f"{GERMAN}:1:6: no blank stands between msgid and its text" in told.err
