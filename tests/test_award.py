"""Awards are checked first, drawn once, and written whole, whatever happens in between."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.award import Circumstances, Proposal, plan_awards, plan_drafts, record
from badgesite.content.reading import read_or_raise
from badgesite.content.records.desk import Desk
from badgesite.errors import ContentError, ListError, Place, UsageError
from badgesite.lists.reading import read_list
from badgesite.lists.rows import Row
from badgesite.model.award import hashed
from badgesite.model.catalogue import Catalogue
from tests.lists.test_progress import watcher
from tests.sites import ADDRESSES, AWARDS, BADGE, BADGE_PATH, BATCH, BATCH_PATH, write_site

TODAY = date(2024, 3, 1)
GROUPS = "{student: {name: Students, domains: [student.example.org]}, staff: {name: Staff, domains: [example.org]}}"
HERE = Place("the command line")


def catalogue(root: Path, files: dict[str, str | bytes | None] | None = None, **overrides: str | None) -> Catalogue:
    found = read_or_raise(write_site(root, files, **overrides), drafts=True).catalogue
    assert found
    return found


def circumstances(**changes: object) -> Circumstances:
    numbers = count(1)
    plain = Circumstances(
        TODAY, lambda: f"00000000-0000-4000-8000-{next(numbers):012}", lambda: f"{next(numbers):032x}"
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def plan(site: Catalogue, text: str, batch: str | None = None, **changes: object) -> Proposal:
    rows = read_list(text.encode(), "list.csv")
    return plan_awards(site, rows, Row(HERE, badge="english-b2"), circumstances(**changes), batch)


def faults(site: Catalogue, text: str) -> list[str]:
    with pytest.raises(ListError) as caught:
        plan(site, text)
    return str(caught.value).splitlines()


def test_one_batch_for_each_badge_and_date(tmp_path: Path) -> None:
    other = BADGE.replace("valid_for: 3 years", "")
    picture = (write_site(tmp_path) / "content/badges/language/english-b2.svg").read_bytes()
    files: dict[str, str | bytes | None] = {
        "content/badges/other.yaml": other,
        "content/badges/english-b2.svg": picture,
    }
    proposal = plan(
        catalogue(tmp_path, files),
        "email,badge,date\na@x.org,,\nb@x.org,other,2024-02-01\nc@x.org,,2024-02-01\nd@x.org,,\na@x.org,other,\n",
    )
    assert [(batch.path, len(batch.awards)) for batch in proposal.batches] == [
        ("content/awards/2024/english-b2-2024-02-01.yaml", 1),
        ("content/awards/2024/english-b2-2024-03-01.yaml", 2),
        ("content/awards/2024/other-2024-02-01.yaml", 1),
        ("content/awards/2024/other-2024-03-01.yaml", 1),
    ]


def test_a_record_holds_a_hash_and_never_the_address(tmp_path: Path) -> None:
    award = plan(catalogue(tmp_path), "email\n Ada.New@Example.org \n").batches[0].awards[0]
    assert award.recipient.identity == hashed("ada.new@example.org", award.recipient.salt)


def test_names_are_recorded_only_where_they_are_shown(tmp_path: Path) -> None:
    proposal = plan(
        catalogue(tmp_path), "email,name,visibility\na@x.org,Ada,\nb@x.org,Bo,unnamed\nc@x.org,Cy,public\nd@x.org,,\n"
    )
    assert [award.name for award in proposal.batches[0].awards] == ["Ada", None, "Cy", None]
    assert [person.name for person in proposal.people["english-b2-2024-03-01"]] == ["Ada", "Bo", "Cy", None]
    assert str(proposal) == "4 new: 2 named, 2 unnamed; 0 hold it already; 2 names will be published"


def test_the_first_line_says_what_will_happen(tmp_path: Path) -> None:
    site = catalogue(tmp_path, visibility="unnamed", basis=None)
    text = "email,name\n" + "".join(f"p{n}@x.org,Person {n}\n" for n in range(48)) + "ada@example.org,\n"
    assert str(plan(site, text)) == "48 new: 0 named, 48 unnamed; 1 holds it already"


def test_minors_are_never_public(tmp_path: Path) -> None:
    site = catalogue(tmp_path, {BADGE_PATH: BADGE + "minors: true\n"})
    assert plan(site, "email,visibility\na@x.org,public\n").batches[0].awards[0].visibility == "unlisted"


def test_the_group_is_the_column_s_else_the_longest_domain_s(tmp_path: Path) -> None:
    proposal = plan(
        catalogue(tmp_path, groups=GROUPS),
        "email,group\na@student.example.org,\nb@lab.student.example.org,\nc@example.org,\nd@x.org,\ne@x.org,Staff\n"
        "f@notexample.org,\n",
    )
    groups = [award.group for award in proposal.batches[0].awards]
    assert groups == ["student", "student", "staff", None, "staff", None]


def test_words_are_taken_by_slug_or_by_name_in_any_case(tmp_path: Path) -> None:
    award = (
        plan(catalogue(tmp_path), "email,unit,result,language\na@x.org,centro LINGUISTICO di ateneo,B1,en-GB\n")
        .batches[0]
        .awards[0]
    )
    assert (award.unit, award.result, award.language) == ("cla", "b1", "en")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("email,badge\na@x.org,english-b3\n", '2:2: badge: "english-b3" is not a badge of this site; did you mean'),
        ("email,unit\na@x.org,clb\n", '2:2: unit: "clb" is not a unit of example; did you mean "cla"?'),
        ("email,result\na@x.org,c2\n", '2:2: result: "c2" is not a result of english-b2; write one of: b1, b2'),
        ("email,group\na@x.org,staff\n", "2:2: group: this site has no groups yet"),
        ("email,language\na@x.org,fr\n", '2:2: language: "fr" is not a language of this site'),
        ("email,date\na@x.org,2024-03-02\n", "2:2: date: 2024-03-02 lies in the future"),
        ("email,date\na@x.org,1024-03-02\n", "2:2: date: 1024-03-02 lies too far in the past"),
        ("email\na@x.org\nA@X.org\n", "3:1: email: the address stands at list.csv:2:1 already"),
        ("email,name\na@x.org,b@x.org\n", "2:2: name: an e-mail address stands among words that are published"),
        ("email,narrative\na@x.org,write to b@x.org\n", "2:2: narrative: an e-mail address"),
    ],
)
def test_rows_that_do_not_fit_the_site_are_faults(tmp_path: Path, text: str, fault: str) -> None:
    found = faults(catalogue(tmp_path), text)
    assert len(found) == 1
    assert found[0].startswith(f"list.csv:{fault}")


def test_names_need_a_basis(tmp_path: Path) -> None:
    site = catalogue(tmp_path, visibility="unnamed", basis=None)
    assert "names cannot be shown" in faults(site, "email,visibility\na@x.org,public\n")[0]


def test_form_and_fit_are_reported_together(tmp_path: Path) -> None:
    found = faults(catalogue(tmp_path), "email,unit,credits\nnobody,clb,3\na@x.org,clb,three\n")
    assert [fault.split(" ")[0] for fault in found] == [
        "list.csv:2:1:",
        "list.csv:2:2:",
        "list.csv:3:2:",
        "list.csv:3:3:",
    ]


def test_a_wrong_word_of_the_command_is_told_once_as_such(tmp_path: Path) -> None:
    rows = read_list(b"email\na@x.org\nb@x.org\n", "list.csv")
    with pytest.raises(UsageError) as caught:
        plan_awards(catalogue(tmp_path), rows, Row(HERE, badge="english"), circumstances())
    assert str(caught.value) == (
        'the command line: badge: "english" is not a badge of this site; did you mean "english-b2"?'
    )


def test_who_holds_it_is_skipped_with_or_without_the_index(tmp_path: Path) -> None:
    site = catalogue(tmp_path)
    for index in ({}, {ADDRESSES[0]: frozenset({AWARDS[0]})}, {"x@x.org": frozenset({AWARDS[0]})}):
        proposal = plan(site, "email\nada@example.org\nnew@x.org\n", index=index)
        assert [row.email for row in proposal.held] == ["ada@example.org"]
        assert proposal.new == 1
        assert proposal.index["ada@example.org"] == {AWARDS[0]}


def test_who_held_it_until_it_expired_or_was_revoked_is_awarded_anew(tmp_path: Path) -> None:
    revoked = BATCH + "    revoked: {date: 2023-09-01, reason: Error}\n"
    site = catalogue(tmp_path, {BATCH_PATH: revoked})
    text = "email\nada@example.org\nbruno@example.org\n"
    assert [row.email for row in plan(site, text).held] == ["ada@example.org"]
    assert plan(site, text, today=date(2026, 7, 14)).new == 1
    assert plan(site, text, today=date(2026, 7, 15)).new == 2
    assert plan(site, text, again=True).new == 2


def test_whoever_waits_for_many_hashes_sees_how_far_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int]] = []
    site = catalogue(tmp_path)
    text = "email\n" + "".join(f"p{n}@x.org\n" for n in range(150))
    plan(site, text, progress=watcher(told))
    assert told == []
    monkeypatch.setattr("badgesite.award._MANY_HASHES", 299)
    plan(site, text, progress=watcher(told))
    assert told == [("looking for holders", 100), ("looking for holders", 50)]


def test_batches_take_the_next_free_name(tmp_path: Path) -> None:
    site = catalogue(tmp_path)
    taken = {"english-b2-2024-03-01", "english-b2-2024-03-01-2"}
    assert plan(site, "email\na@x.org\n", taken=taken).batches[0].slug == "english-b2-2024-03-01-3"
    assert plan(site, "email\na@x.org\n", "march", taken=taken).batches[0].path == "content/awards/2024/march.yaml"


@pytest.mark.parametrize("name", ["english-b2-2024-03-01", "No Slug", "con", "x" * 65])
def test_a_name_that_is_taken_or_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        plan(catalogue(tmp_path), "email\na@x.org\n", name, taken={"english-b2-2024-03-01"})


def test_one_name_cannot_be_given_to_two_batches(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="2 batches"):
        plan(catalogue(tmp_path), "email,date\na@x.org,2024-01-01\nb@x.org,2024-01-02\n", "march")


def test_long_badge_names_are_shortened_in_the_batch_s(tmp_path: Path) -> None:
    slug = "b" * 64
    picture = (write_site(tmp_path) / "content/badges/language/english-b2.svg").read_bytes()
    site = catalogue(tmp_path, {f"content/badges/{slug}.yaml": BADGE, "content/badges/english-b2.svg": picture})
    text = f"email,badge\na@x.org,{slug}\n"
    first = plan(site, text).batches[0].slug
    assert first == f"{'b' * 53}-2024-03-01"
    assert plan(site, text, taken={first}).batches[0].slug == f"{'b' * 51}-2024-03-01-2"


def test_links_lead_to_the_page_in_the_recipient_s_language(tmp_path: Path) -> None:
    site = catalogue(tmp_path, base_url="https://badges.example.edu/")
    people = plan(site, "email,language\na@x.org,en\nb@x.org,\n").people["english-b2-2024-03-01"]
    assert people[0].link == f"https://badges.example.edu/en/awards/{people[0].award}/"
    assert people[0].badge == "English B2"
    assert people[1].link == f"https://badges.example.edu/awards/{people[1].award}/"
    rehearsal = plan(catalogue(tmp_path), "email\na@x.org\n").people["english-b2-2024-03-01"][0]
    assert rehearsal.link.startswith("http://localhost:8000/awards/")


ODD_WORDS = ["no", "012", "- a", "a: b #c", '"', "+1", "a,b;c", "'", "\u2028"]
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="=@")
WORDS = st.text(LETTERS, max_size=20) | st.sampled_from(ODD_WORDS)
BAD_WORDS = ["=1", " =1", "@SUM(A1)", "a\x07b", "\x9fa", "a\ufffeb", "to b@x.org", "b&#64;x.org"]


def list_of(words: Sequence[tuple[str, str]], more: int = 0) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([("email", "name", "narrative"), *((f"p{n}@x.org", *w) for n, w in enumerate(words))])
    text.write("".join(f"q{n}@x.org,,\n" for n in range(more)))
    return text.getvalue()


@given(st.lists(st.tuples(WORDS, WORDS | st.just("one\ntwo")), min_size=1, max_size=4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_a_list_says_reads_back_as_it_was_recorded(words: list[tuple[str, str]], long: bool) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        site = catalogue(root)
        proposal = plan(site, list_of(words, 51 if long else 0))
        record(Desk(root, root / "private", site), proposal)
        found = read_or_raise(root).catalogue
        assert found
        for batch in proposal.batches:
            assert found.batches[batch.slug] == batch


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(tmp_path_factory.mktemp("site"))


@given(st.lists(st.tuples(WORDS, WORDS), max_size=3), st.integers(0, 3), st.sampled_from(BAD_WORDS), st.booleans())
def test_one_cell_that_cannot_be_published_is_told_with_its_place(
    small_site: Catalogue, words: list[tuple[str, str]], index: int, bad: str, in_name: bool
) -> None:
    row = min(index, len(words))
    words.insert(row, (bad, "") if in_name else ("", bad))
    found = faults(small_site, list_of(words))
    assert len(found) == 1
    assert found[0].startswith(f"list.csv:{row + 2}:{'2: name' if in_name else '3: narrative'}: ")


DRAFTS = "badge: english-b2\ndate: 2024-02-01\nawards:\n  - email: new@x.org\n    name: New\n    result: b2\n"
DRAFT_PATH = "content/awards/drafts.yaml"


def drafts(root: Path, text: str, **overrides: str | None) -> Proposal:
    site = catalogue(root, {DRAFT_PATH: text}, **overrides)
    return plan_drafts(site, site.batches["drafts"], text, circumstances())


def test_drafts_become_awards(tmp_path: Path) -> None:
    proposal = drafts(tmp_path, DRAFTS)
    assert proposal.completed
    (tmp_path / DRAFT_PATH).write_bytes(proposal.completed)
    after = read_or_raise(tmp_path).catalogue
    assert after
    assert after.batches["drafts"].awards == proposal.batches[0].awards
    assert proposal.batches[0].awards[0].name == "New"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (DRAFTS.replace("new@x.org", "ada@example.org"), "4:5: the holder has english-b2 already"),
        (DRAFTS + "  - {email: New@X.org}\n", "7:5: email: the address stands at content/awards/drafts.yaml:4:5"),
        (DRAFTS.replace("2024-02-01", "2024-04-01"), "4:5: date: 2024-04-01 lies in the future"),
        (DRAFTS.replace("new@x.org", "new@x..org"), "4:5: email: "),
    ],
)
def test_faults_of_drafts_are_found_at_their_lines(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ContentError) as caught:
        drafts(tmp_path, text)
    assert str(caught.value).startswith(f"{DRAFT_PATH}:{fault}")


def test_drafts_may_say_a_result_by_its_name(tmp_path: Path) -> None:
    badge = BADGE.replace("{id: b2, name: B2}", "{id: b2, name: {it: Livello alto, en: High level}}")
    batch = "badge: english-b2\ndate: 2024-02-01\nawards:\n  - {email: x@example.org, result: HIGH level}\n"
    path = "content/awards/2024/new.yaml"
    site = catalogue(tmp_path, {BADGE_PATH: badge, path: batch})
    proposal = plan_drafts(site, site.batches["new"], batch, circumstances())
    assert proposal.batches[0].awards[0].result == "b2"
    assert b"result: b2" in (proposal.completed or b"")


def test_results_that_are_none_are_told_with_their_names(tmp_path: Path) -> None:
    badge = BADGE.replace("{id: b2, name: B2}", "{id: b2, name: {it: Livello alto, en: High level}}")
    site = catalogue(tmp_path, {BADGE_PATH: badge})
    assert 'write one of: b1, b2 ("Livello alto")' in faults(site, "email,result\nx@example.org,zzz\n")[0]
    batch = "badge: english-b2\ndate: 2024-02-01\nawards:\n  - {email: x@example.org, result: zzz}\n"
    with pytest.raises(ContentError, match=r'it is one of b1, b2 \("Livello alto"\)'):
        catalogue(tmp_path, {BADGE_PATH: badge, "content/awards/2024/new.yaml": batch})
