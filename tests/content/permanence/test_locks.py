from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from badgesite.content.permanence.locks import Comparison, compare, expected, write_missing
from badgesite.content.reading import read, read_or_raise
from badgesite.errors import ContentError, PermanenceError, UsageError
from badgesite.model.award import Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.picture import Picture
from badgesite.pages.raster import png_of
from tests.sites import (
    AWARDS,
    BADGE,
    BADGE_PATH,
    BATCH,
    BATCH_PATH,
    ISSUER,
    ISSUER_PATH,
    PICTURE,
    PICTURE_PATH,
    write_site,
)

BASE = "https://badges.example.edu/"
BATCH_SLUG = "english-b2-2023-07-14"
LOCKS = "content/published"
BADGE_LOCK = f"{LOCKS}/badges/english-b2.lock"
BATCH_LOCK = f"{LOCKS}/batches/{BATCH_SLUG}.lock"
PAGE = "content/pages/about.md"
PNG = png_of(Picture("a.svg", "svg", PICTURE.encode(), 120), 64)


def catalogue_of(root: Path) -> Catalogue:
    found = read_or_raise(root).catalogue
    assert found
    return found


def compared(root: Path) -> Comparison:
    return compare(root, read(root))


def broken(root: Path) -> str:
    return "\n".join(str(problem) for problem in compared(root).broken)


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A site with a free page, all locked."""
    root = write_site(tmp_path, {PAGE: "# Informazioni\n\nChi siamo.\n"}, base_url=BASE)
    write_missing(root, catalogue_of(root))
    return root


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_the_lines_of_a_site_are_those_of_the_format(tmp_path: Path) -> None:
    root = write_site(tmp_path, {PAGE: "# Informazioni\n\nChi siamo.\n"}, base_url=BASE)
    lines = expected(catalogue_of(root))
    assert list(lines) == [
        "published/badges/english-b2.lock",
        f"published/batches/{BATCH_SLUG}.lock",
        "published/issuers/example.lock",
        "published/pages/about.lock",
        "published/site.lock",
    ]
    assert lines["published/site.lock"] == (f"base {BASE}", "language it", "translation en")
    assert lines["published/pages/about.lock"] == lines["published/issuers/example.lock"] == (f"base {BASE}",)
    assert lines[f"published/batches/{BATCH_SLUG}.lock"] == (*AWARDS, "badge english-b2", f"base {BASE}")


def test_a_badge_is_frozen_from_its_first_award(tmp_path: Path) -> None:
    root = write_site(tmp_path, {BATCH_PATH: None}, base_url=BASE)
    assert expected(catalogue_of(root))["published/badges/english-b2.lock"] == (f"base {BASE}", "picture svg")


def test_lock_files_are_written_sorted_and_once(locked: Path) -> None:
    lines = (locked / BADGE_LOCK).read_bytes().decode().splitlines()
    assert lines[0] == "lock 1"
    assert lines[1:] == sorted(set(lines[1:]))
    assert [line.split()[1] for line in lines[1:] if line.startswith("0 name")] == ["name.en", "name.it"]
    assert write_missing(locked, catalogue_of(locked)) == ()
    assert compared(locked) == Comparison()


def test_what_is_not_locked_yet_is_a_warning_with_its_mend(locked: Path) -> None:
    record = f"  - id: {AWARDS[0][:-1]}2\n    recipient: {{identity: sha256${'ab' * 32}, salt: {'cd' * 16}}}\n"
    write_site(locked, {PAGE: "# Informazioni\n\nChi siamo.\n", BATCH_PATH: BATCH + record}, base_url=BASE)
    (missing,) = compared(locked).missing
    assert str(missing) == f"{BATCH_LOCK}: 1 line is missing from the lock file; " + (
        "run `badgesite lock` and commit what it writes"
    )
    assert missing.severity == "warning"
    assert write_missing(locked, catalogue_of(locked)) == (BATCH_LOCK,)
    assert compared(locked) == Comparison()


def test_a_site_never_locked_has_one_warning(tmp_path: Path) -> None:
    root = write_site(tmp_path, base_url=BASE)
    assert [str(problem) for problem in compared(root).missing] == [
        "content/published: nothing is locked yet; run `badgesite lock` and commit what it writes"
    ]


def test_a_rehearsal_has_nothing_to_lock(tmp_path: Path) -> None:
    root = write_site(tmp_path)
    assert expected(catalogue_of(root)) == {}
    assert compared(root) == Comparison()
    with pytest.raises(UsageError, match="base_url"):
        write_missing(root, catalogue_of(root))


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "another base_url": (
        lambda root: edit(root, "content/site.yaml", BASE, "https://other.example.edu/"),
        f"the site was published at {BASE}, and base_url is now https://other.example.edu/; put back base_url: {BASE}",
    ),
    "no base_url any more": (
        lambda root: edit(root, "content/site.yaml", f"base_url: {BASE}\n", ""),
        f"the site was published at {BASE}, and base_url is gone; put back base_url: {BASE}",
    ),
    "another first language": (
        lambda root: edit(root, "content/site.yaml", "[it, en]", "[en, it]"),
        "the first language was it, and is now en; put it first in languages again",
    ),
    "a page gone": (
        lambda root: (root / PAGE).unlink(),
        'published/pages/about.lock: the page "about" was published and is gone; put about.md back into content/pages/',
    ),
    "a batch gone": (
        lambda root: (root / BATCH_PATH).unlink(),
        f'the batch "{BATCH_SLUG}" was published with 2 awards and is gone; put {BATCH_SLUG}.yaml back',
    ),
    "an award gone": (
        lambda root: edit(root, BATCH_PATH, BATCH[BATCH.index(f"  - id: {AWARDS[1]}") :], ""),
        f"{BATCH_PATH}:1:1: the award {AWARDS[1]} was published and is gone; put its record back",
    ),
    "an id changed": (
        lambda root: edit(root, BATCH_PATH, AWARDS[1], AWARDS[1][:-1] + "3"),
        f"{BATCH_PATH}:12:9: the award {AWARDS[1]} was published and is gone, and this one never was; if its id was "
        f"changed, write id: {AWARDS[1]} again",
    ),
    "a name changed": (
        lambda root: edit(root, BADGE_PATH, "Inglese B2", "Inglese C1"),
        '"name" in "it" of the badge "english-b2", which has been awarded, has changed; put it back, or',
    ),
    "a description changed in the other language": (
        lambda root: edit(root, BADGE_PATH, "Understands and", "Hardly understands and"),
        '"description" in "en" of the badge "english-b2"',
    ),
    "a picture changed": (
        lambda root: edit(root, PICTURE_PATH, "#123b5d", "#ff0000"),
        '"image" of the badge "english-b2", which has been awarded, has changed',
    ),
    "a longer validity": (lambda root: edit(root, BADGE_PATH, "3 years", "4 years"), '"valid_for" of the badge'),
    "no validity any more": (lambda root: edit(root, BADGE_PATH, "valid_for: 3 years", ""), '"valid_for" of the badge'),
    "another kind": (
        lambda root: edit(root, BADGE_PATH, "type: Certificate", "type: Course"),
        '"achievement_type" of the badge',
    ),
    "more credits": (
        lambda root: edit(root, BADGE_PATH, "ects: 3", "ects: 6"),
        '"microcredential" in "it" of the badge',
    ),
    "another skill": (lambda root: edit(root, BADGE_PATH, "code: S1.1", "code: S1.2"), '"skills" in "it" of the badge'),
    "another result": (lambda root: edit(root, BADGE_PATH, "name: B1}", "name: B1+}"), '"result" in "it" of the badge'),
    "a language gone": (
        lambda root: edit(root, BADGE_PATH, ", en: English B2", ""),
        'the badge "english-b2", which has been awarded, is no longer written in "en"',
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_published_neither_vanishes_nor_changes(locked: Path, change: str) -> None:
    act, words = CHANGES[change]
    before = {path: path.read_bytes() for path in (locked / LOCKS).rglob("*.lock")}
    act(locked)
    assert words in broken(locked)
    with pytest.raises(PermanenceError):
        write_missing(locked, catalogue_of(locked))
    assert {path: path.read_bytes() for path in (locked / LOCKS).rglob("*.lock")} == before


def test_a_further_language_stays(locked: Path) -> None:
    edit(locked, "content/site.yaml", "[it, en]", "[it, en, de]")
    assert write_missing(locked, catalogue_of(locked)) == (f"{LOCKS}/site.lock",)
    edit(locked, "content/site.yaml", "[it, en, de]", "[it, en]")
    assert broken(locked) == (
        'content/site.yaml:2:12: the site was published in "de", and all addresses below de/ would be gone; '
        "put de back into languages"
    )


def test_one_change_is_told_once(locked: Path) -> None:
    edit(locked, BADGE_PATH, "Inglese B2", "Inglese C1")
    (problem,) = compared(locked).broken
    assert str(problem).startswith(f'{BADGE_PATH}:3:12: "name" in "it"')
    edit(locked, BADGE_PATH, ", en: English B2", "")
    assert len(compared(locked).broken) == 2


def test_a_vanished_issuer_and_badge_are_told(locked: Path) -> None:
    other = {
        "content/issuers/other.yaml": ISSUER,
        "content/badges/other.yaml": BADGE,
        "content/badges/english-b2.svg": PICTURE,
    }
    write_site(locked, other, base_url=BASE)
    write_missing(locked, catalogue_of(locked))
    write_site(locked, dict.fromkeys(other), base_url=BASE)
    assert 'published/issuers/other.lock: the issuer "other" was published and is gone; put other.yaml' in broken(
        locked
    )
    assert 'published/badges/other.lock: the badge "other" was published and is gone; put other.yaml' in broken(locked)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("image_alt: {it: Due fumetti intrecciati, en: Two interwoven speech bubbles}", "image_alt: Fumetti"),
        ("unit: cla", "unit: ict"),
        ("valid_for: 3 years", "valid_for: 36 months"),
        ("ects: 3\n", "ects: 3.0\n"),
        ("framework: ESCO, code: S1.1}", 'code: "S1.1", framework: ESCO}'),
        (
            "  it: |\n    Superare la prova *scritta* e quella orale.\n",
            "  it: Superare la prova *scritta* e quella orale.\n",
        ),
        ("valid_for", "notice: Nessun CFU.\nvalid_for"),
    ],
    ids=["alt text", "unit", "the same time in months", "the same number", "order of keys", "way of writing", "notice"],
)
def test_what_is_free_stays_free(locked: Path, old: str, new: str) -> None:
    edit(locked, BADGE_PATH, old, new)
    assert compared(locked) == Comparison()


def test_a_new_language_adds_lines_and_changes_none(tmp_path: Path) -> None:
    only_italian = BADGE.replace(", en: English B2", "")
    root = write_site(tmp_path, {BADGE_PATH: only_italian}, base_url=BASE)
    write_missing(root, catalogue_of(root))
    assert b" name.en " not in (root / BADGE_LOCK).read_bytes()
    before = set((root / BADGE_LOCK).read_text(encoding="utf-8").splitlines())
    write_site(root, base_url=BASE)
    found = compared(root)
    assert (found.broken, len(found.missing)) == ((), 1)
    assert write_missing(root, catalogue_of(root)) == (BADGE_LOCK,)
    assert before < set((root / BADGE_LOCK).read_text(encoding="utf-8").splitlines())


def test_a_misprint_is_mended_by_an_entry_in_amended(locked: Path) -> None:
    edit(locked, BADGE_PATH, "Inglese B2", "Inglese  B2 ")
    edit(locked, BADGE_PATH, "valid_for", 'amended: [{date: 2024-02-01, note: "Uno spazio"}]\nvalid_for')
    found = compared(locked)
    assert found.broken == ()
    assert write_missing(locked, catalogue_of(locked)) == (BADGE_LOCK,)
    stages = {line.split()[0] for line in (locked / BADGE_LOCK).read_text(encoding="utf-8").splitlines()[1:]}
    assert stages == {"0", "1", "base", "picture"}
    edit(locked, BADGE_PATH, "Inglese  B2 ", "Inglese C1")
    assert '"name" in "it"' in broken(locked)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("valid_for: 3 years\n", "", "valid_for"),
        ("issuer: example\n", "issuer: other\n", "issuer"),
        ("type: Certificate", "type: Course", "achievement_type"),
    ],
)
def test_an_amendment_frees_words_and_no_facts(locked: Path, old: str, new: str, field: str) -> None:
    (locked / "content/issuers/other.yaml").write_text(ISSUER, encoding="utf-8")
    edit(locked, BADGE_PATH, old, new)
    edit(locked, BADGE_PATH, "image_alt", 'amended: [{date: 2024-02-01, note: "Refuso"}]\nimage_alt')
    (problem,) = compared(locked).broken
    assert problem.what == f'"{field}" of the badge "english-b2", which has been awarded, has changed'
    assert problem.mend == "put it back, or make a new badge: `badgesite new badge NEW --replaces english-b2`"


def with_pictures(root: Path, badge: str, logo: str | None) -> Path:
    """A site without awards whose badge and issuer have pictures of these kinds, from the same bytes."""
    files: dict[str, str | bytes | None] = {
        PAGE: "# Informazioni\n\nChi siamo.\n",
        BATCH_PATH: None,
        ISSUER_PATH: ISSUER + (f"image: logo.{logo}\n" if logo else ""),
        BADGE_PATH: BADGE.replace("english-b2.svg", f"english-b2.{badge}"),
    }
    for stem in ("content/issuers/logo", PICTURE_PATH.removesuffix(".svg")):
        files |= {f"{stem}.svg": PICTURE, f"{stem}.png": PNG}
    return write_site(root, files, base_url=BASE)


def test_a_picture_keeps_its_kind_before_the_first_award_too(tmp_path: Path) -> None:
    root = with_pictures(tmp_path, "svg", "svg")
    write_missing(root, catalogue_of(root))
    with_pictures(root, "png", "png")
    assert broken(root).splitlines() == [
        f'{BADGE_PATH}:10:8: the badge "english-b2" was published with a picture image.svg, which would be gone; '
        "name an SVG in image: again: its address is permanent",
        f'{ISSUER_PATH}:7:8: the issuer "example" was published with a picture image.svg, which would be gone; '
        "name an SVG in image: again: its address is permanent",
    ]
    with_pictures(root, "svg", None)
    assert f'{ISSUER_PATH}:1:1: the issuer "example" was published with a picture image.svg' in broken(root)


def test_an_svg_in_place_of_a_png_loses_a_badge_no_address(tmp_path: Path) -> None:
    root = with_pictures(tmp_path, "png", None)
    write_missing(root, catalogue_of(root))
    with_pictures(root, "svg", "png")
    found = compared(root)
    assert (found.broken, len(found.missing)) == ((), 2)
    with_pictures(root, "svg", "png")
    write_missing(root, catalogue_of(root))
    with_pictures(root, "svg", "svg")
    assert "a picture image.png, which would be gone; name a PNG in image: again" in broken(root)


def test_an_award_does_not_move_to_another_batch(locked: Path) -> None:
    head, _, records = BATCH.partition("awards:\n")
    first, _, second = records.partition("  - id: b7")
    files = {
        BATCH_PATH: f"{head}awards:\n{first}",
        "content/awards/2023/other.yaml": f"{head}awards:\n  - id: b7{second}",
        PAGE: "# Informazioni\n\nChi siamo.\n",
    }
    write_site(locked, files, base_url=BASE)
    assert f'the award {AWARDS[1]} was published in the batch "{BATCH_SLUG}", and is now in "other"' in broken(locked)


def test_a_batch_does_not_change_its_badge_or_its_address(locked: Path) -> None:
    edit(locked, BATCH_LOCK, "badge english-b2", "badge english-c1")
    edit(locked, BATCH_LOCK, f"base {BASE}", "base https://old.example.edu/")
    words = broken(locked)
    assert 'were of the badge "english-c1", and are now of "english-b2"; put back badge: english-c1' in words
    assert f'the batch "{BATCH_SLUG}" was published at https://old.example.edu/, and not at {BASE}' in words


def test_a_site_that_moved_knows_both_its_addresses(locked: Path) -> None:
    moved = "https://new.example.edu/"
    edit(locked, "content/site.yaml", f"base_url: {BASE}\n", f"base_url: {moved}\nformerly: [{BASE}]\n")
    edit(locked, f"{LOCKS}/site.lock", f"base {BASE}\n", f"base {BASE}\nbase {moved}\n")
    found = compared(locked)
    assert found.broken == ()
    assert {str(problem.place) for problem in found.missing} == {
        BADGE_LOCK,
        f"{LOCKS}/issuers/example.lock",
        f"{LOCKS}/pages/about.lock",
    }


def test_lines_of_an_award_that_was_signed_revoked_and_erased_are_understood(locked: Path) -> None:
    edit(locked, "content/site.yaml", "publish: [ob2]", "publish: [ob2, ob3]")
    (locked / BATCH_LOCK).write_bytes(
        (
            f"lock 1\n{AWARDS[0]}\n{AWARDS[1]}\nbade71d0-92aa-4f3e-8c61-5d1f0e7a9b22\n"
            f"bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 0a1b2c3d#1234 {'ab' * 32}\n"
            f"bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 erased 2024-02-01\n"
            f"bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 revoked\nbadge english-b2\nbase {BASE}\n"
        ).encode()
    )
    assert compared(locked) == Comparison()
    assert write_missing(locked, catalogue_of(locked)) == ()
    edit(locked, BATCH_LOCK, "bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 erased", f"{AWARDS[1]} erased")
    edit(
        locked, BATCH_LOCK, "bade71d0-92aa-4f3e-8c61-5d1f0e7a9b22 revoked", f"{AWARDS[0]} revoked\n{AWARDS[1]} revoked"
    )
    assert f"the award {AWARDS[1]} was revoked" not in broken(locked)
    assert f"the award {AWARDS[0]} was revoked" in broken(locked)
    assert f"the award {AWARDS[1]} was erased, and its record is there again; remove the record" in broken(locked)


def test_a_batch_of_erased_awards_may_go(locked: Path) -> None:
    edit(locked, BATCH_LOCK, "badge ", "".join(f"{award} erased 2024-02-01\n" for award in AWARDS) + "badge ")
    (locked / BATCH_PATH).unlink()
    assert compared(locked).broken == ()


def test_a_merge_conflict_is_told_and_resolved_to_both_sides(locked: Path) -> None:
    ours, theirs = AWARDS
    text = (locked / BATCH_LOCK).read_text(encoding="utf-8")
    sides = f"<<<<<<< ours\n{ours}\n||||||| base\n=======\n{theirs}\n>>>>>>> theirs\n"
    (locked / BATCH_LOCK).write_text(text.replace(f"{ours}\n{theirs}\n", sides), encoding="utf-8", newline="\n")
    with pytest.raises(ContentError) as caught:
        compared(locked)
    assert str(caught.value) == (
        f"{BATCH_LOCK}:2:1: the lock file holds the marks of a merge; run `badgesite lock`, which keeps both sides"
    )
    assert write_missing(locked, catalogue_of(locked)) == (BATCH_LOCK,)
    assert (locked / BATCH_LOCK).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ":1:1: the lock file does not begin with `lock 1`"),
        (b"lock 2\n", "use the version that wrote it"),
        (b"lock 1\n\xff\n", "the lock file is not text"),
        (b"lock 1\nbadge english-b2\nsomething else\n", ':3:1: "something else" is not a line of this lock file'),
        (b"lock 1\nlanguage it\n", "take the file back from Git"),
    ],
    ids=["empty", "of a later version", "not text", "a strange line", "a line of another kind"],
)
def test_a_damaged_lock_file_is_told_and_left_alone(locked: Path, data: bytes, words: str) -> None:
    (locked / BATCH_LOCK).write_bytes(data)
    with pytest.raises(ContentError) as caught:
        compared(locked)
    assert f"{BATCH_LOCK}" in str(caught.value)
    assert words in str(caught.value)
    with pytest.raises(ContentError):
        write_missing(locked, catalogue_of(locked))
    assert (locked / BATCH_LOCK).read_bytes() == data


def test_line_ends_and_order_are_forgiven_and_mended(locked: Path) -> None:
    whole = (locked / BATCH_LOCK).read_bytes()
    first, *lines = whole.splitlines()
    (locked / BATCH_LOCK).write_bytes(b"\r\n".join([first, *reversed(lines), lines[0], b""]))
    assert compared(locked) == Comparison()
    assert write_missing(locked, catalogue_of(locked)) == (BATCH_LOCK,)
    assert (locked / BATCH_LOCK).read_bytes() == whole


def test_only_some_batches_are_locked_with_what_they_stand_on(tmp_path: Path) -> None:
    files = {PAGE: "# Informazioni\n\nChi siamo.\n", "content/issuers/other.yaml": ISSUER}
    root = write_site(tmp_path, files, base_url=BASE)
    written = write_missing(root, catalogue_of(root), only_batches=[BATCH_SLUG])
    assert written == (BADGE_LOCK, BATCH_LOCK, f"{LOCKS}/issuers/example.lock", f"{LOCKS}/site.lock")


def test_as_many_awards_as_a_large_university_has_are_compared(locked: Path) -> None:
    reading = read_or_raise(locked)
    catalogue = catalogue_of(locked)
    batch = catalogue.batches[BATCH_SLUG]
    awards = tuple(replace(batch.awards[0], id=f"{number:08x}-6f2e-4c1b-9a57-0d5a2b8f6e11") for number in range(15_783))
    many = Batch(BATCH_SLUG, batch.path, batch.head, (*batch.awards, *awards))
    large = replace(catalogue, batches={BATCH_SLUG: many})
    write_missing(locked, large)
    assert compare(locked, replace(reading, catalogue=large)) == Comparison()


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (BADGE_PATH, "Superare la prova", "Superare prova", f"{BADGE_PATH}:6:7"),
        (BADGE_PATH, "en: English B2", "en: English B3", f"{BADGE_PATH}:3:28"),
        (BADGE_PATH, "valid_for: 3 years", "valid_for: 2 years", f"{BADGE_PATH}:25:12"),
        (BADGE_PATH, "achievement_type: Certificate\n", "", f"{BADGE_PATH}:1:1"),
        ("content/site.yaml", BASE, "https://other.example.edu/", "content/site.yaml:6:11"),
        ("content/site.yaml", "[it, en]", "[en, it]", "content/site.yaml:2:12"),
        (BATCH_PATH, "badge: english-b2\n", "badge: english-b3\n", f"{BATCH_PATH}:1:8"),
    ],
    ids=["text", "in braces", "scalar", "gone", "address", "language", "the batch's badge"],
)
def test_a_change_is_told_in_the_line_of_its_field(locked: Path, path: str, old: str, new: str, place: str) -> None:
    another = "content/badges/english-b3"
    for ending, text in ((".yaml", BADGE.replace("english-b2.svg", "english-b3.svg")), (".svg", PICTURE)):
        (locked / f"{another}{ending}").write_text(text, encoding="utf-8")
    edit(locked, path, old, new)
    assert place in [str(problem.place) for problem in compared(locked).broken]


def test_another_picture_is_told_in_the_line_that_names_it(locked: Path) -> None:
    edit(locked, PICTURE_PATH, "#123b5d", "#123b5e")
    (problem,) = compared(locked).broken
    assert str(problem.place) == f"{BADGE_PATH}:10:8"
