import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from badgesite.content.reading import later_than, read, read_or_raise
from badgesite.errors import ContentError, Place
from tests.sites import (
    AWARDS,
    BADGE,
    BADGE_PATH,
    BATCH,
    BATCH_PATH,
    ISSUER,
    ISSUER_PATH,
    PICTURE_PATH,
    SALTS,
    SITE_PATH,
    site_yaml,
    write_site,
)

Files = Mapping[str, str | bytes | None]
BADGE_FILE = BADGE_PATH.removeprefix("content/")
OTHER = "content/badges/other.yaml"
BATCH_FILE = BATCH_PATH.removeprefix("content/")
NONE_YET = "this site has no {0} yet: leave it out, or add {0} to content/site.yaml"


def problems(folder: Path, files: Files) -> list[str]:
    """What is wrong with the small site and these files in it, without content/ before each line."""
    reading = read(write_site(folder, files))
    assert (reading.catalogue is None) == bool(reading.problems)
    return [str(problem).removeprefix("content/") for problem in reading.problems]


def test_the_small_site_has_no_faults(tmp_path: Path) -> None:
    reading = read_or_raise(write_site(tmp_path))
    assert reading.catalogue
    assert not reading.warnings
    assert [award.id for _, award in reading.catalogue.each_award()] == list(AWARDS)
    assert reading.catalogue.badge_pictures["english-b2"].side == 120
    assert reading.catalogue.addresses == {"openbadge@example.edu"}


def test_everything_has_a_place(tmp_path: Path) -> None:
    places = read(write_site(tmp_path, {"content/pages/help.md": "# Help\n"})).places
    assert places["site"] == Place(SITE_PATH, 1, 1)
    assert places["issuer:example"] == Place(ISSUER_PATH, 1, 1)
    assert places["badge:english-b2"] == Place(BADGE_PATH, 1, 1)
    assert places["batch:english-b2-2023-07-14"] == Place(BATCH_PATH, 1, 1)
    assert places[f"award:{AWARDS[0]}"] == Place(BATCH_PATH, 5, 9)
    assert places["page:help"] == Place("content/pages/help.md", 1, 1)


def test_line_ends_and_byte_order_marks_do_not_matter(tmp_path: Path) -> None:
    plain = read_or_raise(write_site(tmp_path / "a")).catalogue
    files = {BADGE_PATH: "\ufeff" + BADGE.replace("\n", "\r\n"), BATCH_PATH: BATCH.replace("\n", "\r\n")}
    assert read_or_raise(write_site(tmp_path / "b", files)).catalogue == plain


def test_a_folder_without_a_site_says_how_to_begin(tmp_path: Path) -> None:
    assert [str(problem) for problem in read(tmp_path).problems] == [
        "content/site.yaml: there is no site here; run `badgesite init`, or name the site's folder with --site"
    ]
    with pytest.raises(ContentError, match="badgesite init"):
        read_or_raise(tmp_path)


def test_a_broken_site_file_does_not_hide_the_faults_of_others(tmp_path: Path) -> None:
    files = {SITE_PATH: "languages: [it, en\n", BADGE_PATH: BADGE.replace("eqf: 6", "eqf: 9")}
    assert problems(tmp_path, files) == [
        f"{BADGE_FILE}:18:8: the number is above 8; write 8 or less",
        "site.yaml:1:19: a comma or a closing bracket is missing; close what was opened, or use quotes",
    ]


def test_languages_are_known_from_a_site_with_other_faults(tmp_path: Path) -> None:
    files = {SITE_PATH: site_yaml(theme="Not A Name"), ISSUER_PATH: ISSUER.replace("cla: {it:", "cla: {de:")}
    assert [line.split(": ")[0] for line in problems(tmp_path, files)] == [
        "issuers/example.yaml:5:9",
        "site.yaml:6:8",
    ]


FAULTS: list[tuple[str, Files, list[str]]] = [
    (
        "unknown key",
        {BADGE_PATH: BADGE.replace("criteria:", "critera:")},
        [f'{BADGE_FILE}:5:1: "critera" is not a field of a badge; did you mean "criteria"?'],
    ),
    (
        "missing key",
        {ISSUER_PATH: ISSUER.replace("email: openbadge@example.edu\n", "")},
        ['issuers/example.yaml:1:1: an issuer needs "email"; add a line email: badges@example.edu'],
    ),
    (
        "slug in file",
        {ISSUER_PATH: ISSUER + "slug: example\n"},
        ['issuers/example.yaml:7:1: "slug" is not a field of an issuer; remove it: the file\'s name says it'],
    ),
    (
        "id in badge",
        {BADGE_PATH: BADGE + "id: x\n"},
        [f'{BADGE_FILE}:26:1: "id" is not a field of a badge; remove it: the file\'s name says it'],
    ),
    (
        "not a map",
        {ISSUER_PATH: "just words\n"},
        ['issuers/example.yaml:1:1: "just words" stands where a map is meant; write key: value lines below it'],
    ),
    (
        "map for a list",
        {BADGE_PATH: BADGE + "part_of: {a: b}\n"},
        [f"{BADGE_FILE}:26:10: a map stands where a list is meant; begin each item with -, or write [...]"],
    ),
    (
        "words for a list",
        {BADGE_PATH: BADGE + "part_of: one, two\n"},
        [f'{BADGE_FILE}:26:10: "one, two" stands where a list is meant; write [one, two]'],
    ),
    (
        "a sentence for a list",
        {BADGE_PATH: BADGE + "part_of: this and that\n"},
        [f'{BADGE_FILE}:26:10: "this and that" stands where a list is meant; begin each item with -, or write [...]'],
    ),
    (
        "a picture elsewhere",
        {BADGE_PATH: BADGE.replace("image: english-b2.svg", "image: https://x.org/b2.png")},
        [
            f'{BADGE_FILE}:10:8: "https://x.org/b2.png" is not the name of a file beside this one; '
            "put it there, and write its name alone"
        ],
    ),
    (
        "addresses for awards",
        {BATCH_PATH: "badge: english-b2\ndate: 2023-07-14\nawards: [ada@x.org, Ada]\n"},
        [
            f'{BATCH_FILE}:3:10: "a…@x.org" stands where an award is meant; '
            "begin each award with - email: ada@example.org",
            f'{BATCH_FILE}:3:21: "Ada" stands where an award is meant; begin each award with - email: ada@example.org',
        ],
    ),
    (
        "list for a text",
        {BADGE_PATH: BADGE + "notice: [x]\n"},
        [f"{BADGE_FILE}:26:9: a list stands where a text is meant; write one text, or a map of language to text"],
    ),
    (
        "foreign language",
        {BADGE_PATH: BADGE + "notice: {it: a, de: b}\n"},
        [
            f'{BADGE_FILE}:26:17: the text is in "de", which the site does not have; '
            "the site's languages are it, en; add it to languages in content/site.yaml, or remove it"
        ],
    ),
    (
        "first language missing",
        {BADGE_PATH: BADGE + "notice: {en: b}\n"},
        [f'{BADGE_FILE}:26:9: the text is missing in "it", the first language of the site; add a line it: ...'],
    ),
    (
        "bad date",
        {BATCH_PATH: BATCH.replace("date: 2023-07-14", "date: 14/07/2023")},
        [f'{BATCH_FILE}:2:7: "14/07/2023" is not a date; write it as 2023-07-14'],
    ),
    (
        "no such day",
        {BATCH_PATH: BATCH.replace("date: 2023-07-14", "date: 2023-02-29")},
        [f'{BATCH_FILE}:2:7: there is no day "2023-02-29"; write it as YYYY-MM-DD, like 2023-07-14'],
    ),
    (
        "literal",
        {SITE_PATH: site_yaml(visibility="unlistd")},
        ['site.yaml:3:13: "unlistd" is not one of unnamed, unlisted, public; did you mean "unlisted"?'],
    ),
    (
        "quoted number",
        {BADGE_PATH: BADGE.replace("ects: 3", 'ects: "3"')},
        [f'{BADGE_FILE}:17:9: "3" is not a number; write digits, with a point for decimals'],
    ),
    (
        "duration",
        {BADGE_PATH: BADGE.replace("3 years", "3 weeks")},
        [
            f'{BADGE_FILE}:25:12: "3 weeks" is not a length of time; '
            "write it as 18 months or 3 years, or remove the line if it never ends"
        ],
    ),
    (
        "ob3 alone",
        {SITE_PATH: site_yaml(publish="[ob3]")},
        [
            "site.yaml:5:10: ob2 is missing, in which every award is published; write publish: [ob2, ob3] or [ob2]",
        ],
    ),
    (
        "Windows-1252",
        {ISSUER_PATH: ISSUER.encode("cp1252")},
        ["issuers/example.yaml:1:21: the byte e0 is not UTF-8 (Windows-1252 perhaps); save the file as UTF-8"],
    ),
    (
        "UTF-16",
        {ISSUER_PATH: ISSUER.encode("utf-16")},
        ["issuers/example.yaml:1:1: the file is in UTF-16; save it as UTF-8"],
    ),
    (
        "too large",
        {ISSUER_PATH: ISSUER + "#" * 1_000_000},
        ["issuers/example.yaml: the file is larger than 1,000 kB; split it"],
    ),
    (
        "merge conflict",
        {ISSUER_PATH: ISSUER + "<<<<<<< HEAD\n"},
        [
            "issuers/example.yaml:7:1: a merge stopped here: the file holds both sides; "
            "keep what is right of the two and remove the lines with <<<<<<<, ======= and >>>>>>>"
        ],
    ),
    (
        "merge conflict in a batch",
        {BATCH_PATH: BATCH + "<<<<<<< HEAD\n"},
        [
            f"{BATCH_FILE}:{BATCH.count(chr(10)) + 1}:1: a merge stopped here: the file holds both sides; usually both "
            "sides are right: delete only the three lines of marks, <<<<<<<, ======= and >>>>>>>"
        ],
    ),
    (
        "revoked without a map",
        {BATCH_PATH: BATCH + "    revoked: oggi\n"},
        [
            f'{BATCH_FILE}:{BATCH.count(chr(10)) + 1}:14: "oggi" stands where a map is meant; '
            "write revoked: {date: 2026-11-22, reason: ...}"
        ],
    ),
    (
        "control character",
        {ISSUER_PATH: ISSUER.replace("Example", "Exa\x07mple")},
        ["issuers/example.yaml:1:42: the file holds the invisible character U+0007; remove it"],
    ),
    (
        "ending",
        {"content/badges/language/x.yml": BADGE},
        ['badges/language/x.yml: the file ends in ".yml"; rename it to x.yaml'],
    ),
    (
        "bad slug",
        {"content/badges/English B2.yaml": BADGE.replace("english-b2.svg", "x.svg"), "content/badges/x.svg": "<"},
        [
            'badges/English B2.yaml: "English B2" cannot be a name; '
            "rename the file: use a-z, 0-9 and hyphens inside, at most 64 characters",
            "badges/x.svg:1:1: the picture cannot be used: it is not XML: unclosed token; export the picture again",
        ],
    ),
    (
        "Windows name",
        {"content/issuers/con.yaml": ISSUER},
        [
            'issuers/con.yaml: "con" cannot be a name; '
            "rename the file: use a-z, 0-9 and hyphens inside, at most 64 characters"
        ],
    ),
    (
        "two of one slug",
        {"content/awards/2024/english-b2-2023-07-14.yaml": "badge: english-b2\ndate: 2024-01-01\nawards: []\n"},
        [
            'awards/2024/english-b2-2023-07-14.yaml: there are two batches "english-b2-2023-07-14": '
            "the other is content/awards/2023/english-b2-2023-07-14.yaml; rename one of the two files"
        ],
    ),
    (
        "unknown issuer",
        {BADGE_PATH: BADGE.replace("issuer: example", "issuer: exmple")},
        [f'{BADGE_FILE}:1:9: there is no issuer "exmple"; did you mean "example"?'],
    ),
    (
        "unknown unit",
        {BADGE_PATH: BADGE.replace("unit: cla", "unit: math")},
        [f'{BADGE_FILE}:2:7: there is no unit "math"; known are cla, ict'],
    ),
    (
        "unknown category",
        {BADGE_PATH: BADGE + "category: language\n"},
        [f'{BADGE_FILE}:26:11: there is no category "language"; ' + NONE_YET.format("categories")],
    ),
    (
        "part of itself",
        {BADGE_PATH: BADGE + "part_of: [english-b2]\nreplaces: nothing\n"},
        [
            f"{BADGE_FILE}:26:11: the badge names itself; name another, or remove it",
            f'{BADGE_FILE}:27:11: there is no badge "nothing"; there is none yet',
        ],
    ),
    (
        "circle",
        {
            BADGE_PATH: BADGE + "replaces: other\n",
            OTHER: BADGE + "replaces: english-b2\n",
            "content/badges/english-b2.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
        },
        [
            f'{BADGE_FILE}:26:11: "english-b2" comes back to itself through other; take one out of the circle',
            'badges/other.yaml:26:11: "other" comes back to itself through english-b2; take one out of the circle',
        ],
    ),
    (
        "approvals out of order",
        {
            BADGE_PATH: BADGE
            + "approvals:\n  - {status: approved, body: A, date: 2023-01-01}\n"
            + "  - {status: approved, body: A, date: 2022-01-01}\n"
        },
        [f"{BADGE_FILE}:28:39: the approval of 2022-01-01 stands below that of 2023-01-01; put the newest last"],
    ),
    (
        "unknown group in indicator",
        {SITE_PATH: site_yaml(indicators="[{name: A, counts: [student]}]")},
        ['site.yaml:6:33: there is no group "student"; ' + NONE_YET.format("groups")],
    ),
    (
        "names without basis",
        {SITE_PATH: site_yaml(basis=None)},
        [
            "site.yaml:3:13: names would be published without a basis; "
            "add basis: {kind: ..., reference: ...} to content/site.yaml"
        ],
    ),
    (
        "no picture",
        {PICTURE_PATH: None},
        [f'{BADGE_FILE}:10:8: there is no picture "english-b2.svg" beside this file; put it there'],
    ),
    (
        "picture by another name",
        {PICTURE_PATH: None, "content/badges/language/English-B2.svg": "<svg/>"},
        [
            f'{BADGE_FILE}:10:8: there is no picture "english-b2.svg"; '
            'the file is called "English-B2.svg": capitals count'
        ],
    ),
    (
        "picture misspelt",
        {BADGE_PATH: BADGE.replace("english-b2.svg", "english-b3.svg")},
        [f'{BADGE_FILE}:10:8: there is no picture "english-b3.svg" beside this file; did you mean "english-b2.svg"?'],
    ),
    (
        "neither png nor svg",
        {BADGE_PATH: BADGE.replace("english-b2.svg", "a.jpg"), "content/badges/language/a.jpg": b"x"},
        [f'{BADGE_FILE}:10:8: "a.jpg" is neither .png nor .svg; save the picture as PNG or SVG'],
    ),
    (
        "broken picture",
        {BADGE_PATH: BADGE.replace("english-b2.svg", "a.png"), "content/badges/language/a.png": b"x"},
        [f'{BADGE_FILE}:10:8: the picture "a.png" is not a PNG; save it again as a PNG'],
    ),
    (
        "unknown badge",
        {BATCH_PATH: BATCH.replace("badge: english-b2", "badge: english-c2")},
        [f'{BATCH_FILE}:1:8: there is no badge "english-c2"; did you mean "english-b2"?'],
    ),
    (
        "unknown result",
        {BATCH_PATH: BATCH.replace("result: b1", "result: c1")},
        [f'{BATCH_FILE}:17:13: "c1" is not a result of the badge "english-b2"; it is one of b1, b2'],
    ),
    (
        "unknown references of an award",
        {BATCH_PATH: BATCH + "    group: nobody\n    unit: cal\n    language: fr\n"},
        [
            f'{BATCH_FILE}:18:12: there is no group "nobody"; {NONE_YET.format("groups")}',
            f'{BATCH_FILE}:19:11: there is no unit "cal"; did you mean "cla"?',
            f'{BATCH_FILE}:20:15: the site has no language "fr"; the site\'s languages are it, en',
        ],
    ),
    (
        "days before the award",
        {BATCH_PATH: BATCH + "    expires: 2023-07-13\n    revoked: {date: 2022-01-01, reason: x}\n"},
        [
            f'{BATCH_FILE}:18:14: "expires" is 2023-07-13, before the award of 2023-07-14; correct one of the two days',
            f'{BATCH_FILE}:19:21: "revoked" is 2022-01-01, before the award of 2023-07-14; correct one of the two days',
        ],
    ),
    (
        "two awards with one id",
        {BATCH_PATH: BATCH.replace(AWARDS[1], AWARDS[0])},
        [
            f"{BATCH_FILE}:12:9: another award has this id: content/{BATCH_FILE}:5:9; "
            "let `badgesite award` draw an id for the newer one"
        ],
    ),
    (
        "a copied recipient",
        {BATCH_PATH: BATCH + BATCH.partition("awards:\n")[2].partition("    name")[0].replace("3f0c7a52", "3f0c7a53")},
        [
            f"{BATCH_FILE}:21:13: another award has this salt and address: content/{BATCH_FILE}:8:13; "
            "each award has its own: `badgesite award` draws it"
        ],
    ),
    (
        "a draft",
        {BATCH_PATH: BATCH + "  - email: carla@example.org\n    name: Carla\n"},
        [
            f"{BATCH_FILE}:18:5: the award is a draft: it has an address and no id; "
            f"run `badgesite award {BATCH_PATH}`, which completes it"
        ],
    ),
    (
        "half a draft",
        {BATCH_PATH: BATCH + "    email: carla@example.org\n"},
        [f"{BATCH_FILE}:18:5: the record has both an address and an id; remove the line email: (the id is permanent)"],
    ),
    (
        "a batch without awards",
        {BATCH_PATH: "badge: english-b2\ndate: 2023-07-14\n"},
        [f'{BATCH_FILE}:1:1: a batch needs "awards"; add a list of them, or a CSV\'s name'],
    ),
    (
        "no such table",
        {BATCH_PATH: "badge: english-b2\ndate: 2023-07-14\nawards: rows.csv\n"},
        [f'{BATCH_FILE}:3:9: there is no "rows.csv" beside this file; is its name spelt so?'],
    ),
    (
        "not a table",
        {BATCH_PATH: "badge: english-b2\ndate: 2023-07-14\nawards: ../rows.csv\n"},
        [
            f'{BATCH_FILE}:3:9: "../rows.csv" is not the name of a CSV file beside this one; '
            "write english-b2-2023-07-14.csv, or a list of awards"
        ],
    ),
    (
        "page without title",
        {"content/pages/x.md": "words\n"},
        ["pages/x.md:1:1: the page has no title; begin it with a line # Title"],
    ),
    (
        "a page too long",
        {"content/pages/x.md": "# X\n" + "words " * 9000},
        ["pages/x.md:1:1: the page has 54,004 characters, and 50,000 are the most; make two of it"],
    ),
    (
        "a text too long",
        {BADGE_PATH: BADGE + f"notice: {{it: {'x' * 50_001}}}\n"},
        [
            f"{BADGE_FILE}:26:14: the text has 50,001 characters, and 50,000 are the most; "
            "shorten it, or put the rest on a page of its own"
        ],
    ),
    (
        "page only in translation",
        {"content/pages/x.en.md": "# X\n"},
        ['pages/x.en.md: the page "x" has no x.md; write it in the first language'],
    ),
    (
        "page in a foreign language",
        {"content/pages/x.md": "# X\n", "content/pages/x.fr.md": "# X\n"},
        ['pages/x.fr.md: the page is in "fr", which the site does not have; the site\'s languages are it, en'],
    ),
    (
        "no issuer",
        {ISSUER_PATH: None, BADGE_PATH: None, BATCH_PATH: None},
        ["issuers: there is no issuer; run `badgesite new issuer`"],
    ),
]


@pytest.mark.parametrize(("files", "expected"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_faults_have_their_place_and_mend(tmp_path: Path, files: Files, expected: list[str]) -> None:
    assert problems(tmp_path, files) == expected


def test_all_faults_of_all_files_come_in_one_run_sorted_by_place(tmp_path: Path) -> None:
    files = {
        SITE_PATH: site_yaml(visibility="x"),
        BADGE_PATH: BADGE.replace("eqf: 6", "eqf: x").replace("image:", "imag:"),
        BATCH_PATH: BATCH.replace("result: b1", "reslt: b1"),
    }
    found = problems(tmp_path, files)
    assert [line.split(":")[0] for line in found] == [BATCH_FILE, BADGE_FILE, BADGE_FILE, "site.yaml"]


def test_drafts_are_read_when_asked_for(tmp_path: Path) -> None:
    root = write_site(tmp_path, {BATCH_PATH: BATCH + "  - {email: carla@example.org, result: zz}\n"})
    assert len(read(root, drafts=True).problems) == 1  # the result is none of the badge's
    root = write_site(tmp_path, {BATCH_PATH: BATCH + "  - {email: carla@example.org, result: b2}\n"})
    catalogue = read_or_raise(root, drafts=True).catalogue
    assert catalogue
    assert [draft.email for draft in catalogue.batches["english-b2-2023-07-14"].drafts] == ["carla@example.org"]


def test_a_badge_needs_no_issuer_where_there_is_one(tmp_path: Path) -> None:
    files = {BADGE_PATH: BADGE.replace("issuer: example\n", "")}
    catalogue = read_or_raise(write_site(tmp_path / "one", files)).catalogue
    assert catalogue
    assert catalogue.badges["english-b2"].issuer == "example"
    two = write_site(tmp_path / "two", {**files, "content/issuers/second.yaml": ISSUER})
    assert 'a badge needs "issuer"' in str(read(two).problems[0])


def test_a_number_result_must_lie_within_its_bounds(tmp_path: Path) -> None:
    start = BADGE.index("  values:")
    badge = BADGE[:start] + "  min: 0\n  max: 30\nvalid_for: 3 years\n"
    batch = BATCH.replace("result: b2", "result: 30.5").replace("result: b1", "result: 18")
    assert problems(tmp_path, {BADGE_PATH: badge, BATCH_PATH: batch}) == [
        f'{BATCH_FILE}:11:13: "30.5" is not a result of the badge "english-b2"; it is a number from 0 to 30'
    ]


def test_days_to_come_are_faults_of_a_build(tmp_path: Path) -> None:
    revoked = "    revoked: {date: 2024-01-10, reason: x}\n"
    reading = read(write_site(tmp_path, {BATCH_PATH: BATCH + revoked}))
    assert later_than(reading, date(2024, 1, 10)) == ()
    assert [str(problem) for problem in later_than(reading, date(2023, 7, 13))] == [
        f"{BATCH_PATH}:2:7: the award date 2023-07-14 lies after 2023-07-13; correct it, or build on that day",
    ]
    assert [str(problem) for problem in later_than(reading, date(2024, 1, 9))] == [
        f"{BATCH_PATH}:18:21: the revocation of 2024-01-10 lies after 2024-01-09; correct it, or build on that day",
    ]


def test_a_change_to_come_is_a_fault_of_a_build(tmp_path: Path) -> None:
    reading = read(write_site(tmp_path, {BATCH_PATH: BATCH + "    changed: 2099-01-01\n"}))
    assert later_than(reading, date(2099, 1, 1)) == ()
    assert [str(problem) for problem in later_than(reading, date(2026, 1, 1))] == [
        f"{BATCH_PATH}:18:14: the change of 2099-01-01 lies after 2026-01-01; correct it, or build on that day",
    ]


@pytest.mark.parametrize("link", ["content/pages/leak.md", "content/badges/more", "content/awards/2023/x.csv"])
def test_a_link_in_the_content_is_refused(tmp_path: Path, link: str) -> None:
    outside = write_site(tmp_path / "outside", {"page.md": "# Outside\n"})
    root = write_site(tmp_path / "site", {"content/pages/a.md": "# A\n"})
    (root / link).symlink_to(outside / ("page.md" if "." in link else "content"))
    assert [str(problem) for problem in read(root).problems] == [
        f"{link}: this is a link, and may lead out of the site; put the file or folder itself here, or remove the link"
    ]


@pytest.mark.parametrize(
    "more",
    [
        "".join(f"key{number}: x\n" for number in range(30_000)),
        f"part_of: [{'A, ' * 30_000}]\n",
        f"skills: [{'{}, ' * 30_000}]\n",
        f"{'k' * 400_000}: x\n",
        f"minors: {'k' * 400_000}\nvisibility: {'k' * 400_000}\n",
    ],
    ids=["unknown keys", "wrong items", "empty items", "a long key", "a long word"],
)
def test_many_faults_are_soon_told_and_not_all_of_them(tmp_path: Path, more: str) -> None:
    started = time.process_time()
    found = problems(tmp_path, {BADGE_PATH: BADGE + more})
    assert time.process_time() - started < 10
    assert len(found) <= 101
    assert len(found) < 100 or any("more faults; mend these first" in line for line in found)


def test_files_that_nothing_reads_are_warnings(tmp_path: Path) -> None:
    strays = ["content/badge/x.yaml", "content/notes.txt", "content/awards/x.csv"]
    reading = read(write_site(tmp_path, {**dict.fromkeys(strays, b"x"), "content/.schema/x.json": "x"}))
    assert not reading.problems
    assert [str(warning) for warning in reading.warnings] == [
        "content/awards/x.csv: no batch names this file; if it holds the rows of a batch, name it in the awards: "
        "of a .yaml in content/awards/, else remove it",
        'content/badge/x.yaml: nothing reads this file; did you mean "badges/"?',
        "content/notes.txt: nothing reads this file",
    ]


def test_without_its_site_file_the_rest_of_content_is_not_given_up(tmp_path: Path) -> None:
    assert problems(tmp_path, {SITE_PATH: None}) == [
        "site.yaml: content/ is here, but content/site.yaml is gone; "
        "take it back from Git, or run `badgesite init` in an empty folder"
    ]


def test_a_misspelt_key_for_the_languages_is_told_without_what_follows_from_it(tmp_path: Path) -> None:
    site = site_yaml(languages=None) + "lingue: it\n"
    [told] = problems(tmp_path, {SITE_PATH: site})
    assert told == 'site.yaml:5:1: "lingue" is not a field of the site; did you mean "languages"?'


def test_pages_have_a_title_and_a_body_per_language(tmp_path: Path) -> None:
    pages = {"content/pages/help.md": "# Aiuto #\n\nParole.\n", "content/pages/help.en.md": "```\n# no\n```\n# Help\nX"}
    catalogue = read_or_raise(write_site(tmp_path, pages)).catalogue
    assert catalogue
    page = catalogue.pages["help"]
    assert dict(page.title) == {"it": "Aiuto", "en": "Help"}
    assert dict(page.body) == {"it": "Parole.", "en": "```\n# no\n```\nX"}


def test_a_salt_may_look_like_a_number(tmp_path: Path) -> None:
    digits = "0" * 31 + "1"
    catalogue = read_or_raise(write_site(tmp_path, {BATCH_PATH: BATCH.replace(SALTS[1], digits)})).catalogue
    assert catalogue
    assert [award.recipient.salt for _, award in catalogue.each_award()][1] == digits
