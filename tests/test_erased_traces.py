"""Of who was erased, no byte stays: not in content/, private/ or the site, however it is wrapped."""

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badgesite.build import build
from badgesite.cli import run
from badgesite.content.records import people, private
from badgesite.content.records.private import Person
from badgesite.content.records.tables import COLUMNS
from badgesite.content.signed.lines import entry_of
from badgesite.standards import status
from badgesite.standards.baking import KEYWORDS
from badgesite.verify.badge import read_badges
from badgesite.verify.sites.folder import open_folder
from badgesite.verify.sites.site import counts, order_of, verdicts
from badgesite.verify.verifying import verify
from tests.signing import BASE, NOW, reading_of, sign, write_signed_site
from tests.sites import BATCH_PATH, identity
from tests.traces import compressed, traces

ADDRESS, NAME = "zoe.quintela@example.org", "Zoë Quíntela"
TABLE, OLD = "content/awards/2024/many.csv", "content/awards/2021/old.yaml"
NARRATIVE, EVIDENCE, CREDITS = "Held the floor at the Valparaíso talk", "https://work.example.org/zq/1", "7.125"
REASON, ACTIVITY = "Annulled after a hearing", "Intensive course"
TODAY = datetime.now(UTC).date()
NEXT = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


def award_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def salt(number: int) -> str:
    return f"ab{number:030}"


# The holder's: in YAML and replaced, revoked in a table, expired and alone in its batch. The others' stay.
HERS, OTHERS = {1: BATCH_PATH, 3: TABLE, 5: OLD}, {2: BATCH_PATH, 4: TABLE}
WORDS = (
    ADDRESS,
    NAME,
    NARRATIVE,
    EVIDENCE,
    CREDITS,
    REASON,
    "a remark inside",
    *map(salt, HERS),
    *(identity(ADDRESS, salt(number)).partition("$")[2] for number in HERS),
)


def _record(number: int, *lines: str) -> str:
    address = ADDRESS if number in HERS else f"p{number}@example.org"
    holder = f"{{identity: {identity(address, salt(number))}, salt: {salt(number)}}}"
    return "\n    ".join((f"  - id: {award_id(number)}", f"recipient: {holder}", *lines)) + "\n"


def _row(number: int, **cells: str) -> str:
    address = ADDRESS if number in HERS else f"p{number}@example.org"
    cells |= {"id": award_id(number), "identity": identity(address, salt(number)), "salt": salt(number)}
    return ",".join(cells.get(column, "") for column in COLUMNS)


HEAD = "badge: english-b2\ndate: {}\nactivity: {{name: {}}}\nawards:\n"
TOLD = (f"narrative: {NARRATIVE}", "# a remark inside", f"evidence: {EVIDENCE}", f"credits: {CREDITS}  # by ear")
FILES: dict[str, str | bytes | None] = {
    BATCH_PATH: HEAD.format("2023-07-14", ACTIVITY)
    + _record(1, f"name: {NAME}", *TOLD)
    + "  # others\n"
    + _record(2, "name: Bruno"),
    OLD: HEAD.format("2021-01-10", ACTIVITY) + _record(5, f"name: {NAME}"),
    TABLE.replace("csv", "yaml"): "badge: english-b2\ndate: 2024-02-01\nawards: many.csv\n",
    TABLE: "".join(
        f"{line}\r\n"
        for line in (
            ",".join(COLUMNS),
            _row(3, name=NAME, credits=CREDITS, narrative=NARRATIVE, revoked="2024-02-20", reason=REASON),
            _row(4, name="Dora"),
        )
    ),
}


def _people(root: Path) -> None:
    """What the office knows: the holder stands in the file of each batch, and in one that it has moved rows to."""
    batches: dict[str, list[Person]] = {}
    for number, path in (HERS | OTHERS).items():
        email = ADDRESS if number in HERS else f"p{number}@example.org"
        person = Person(award_id(number), email, NAME if number in HERS else None, "B2", f"{BASE}{number}")
        batches.setdefault(Path(path).stem, []).append(person)
    private.write_people(root / "private", batches, {}, set(map(award_id, HERS | OTHERS)))
    private.settle(root / "private")
    (root / "private/many.csv").rename(root / "private/all of 2024.csv")


@dataclass(frozen=True)
class Site:
    """A site before and after; `kept` are credentials that somebody kept from before, the replaced one among them."""

    root: Path
    signs: bool
    before: dict[str, set[str]]
    kept: list[bytes]


@pytest.fixture(scope="module", params=["[ob2, ob3]", "[ob2]"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    signs = request.param != "[ob2]"
    root = write_signed_site(tmp_path_factory.mktemp("erased"), FILES, visibility="public", publish=request.param)
    _people(root)
    kept: list[bytes] = []
    if signs:
        sign(root, NOW)
        kept += [signed.text for _, signed in sorted(reading_of(root)[1].credentials.items())]
    assert run(["-C", str(root), "lock"]) == 0
    text = (root / BATCH_PATH).read_text("utf-8").replace("# by ear", "# by heart\n    result: b1")
    (root / BATCH_PATH).write_text(text, "utf-8")
    if signs:
        sign(root, datetime(2024, 4, 1, tzinfo=UTC), seed=5, replaces=True)
        kept.append(reading_of(root)[1].credentials[award_id(1)].text)
    build(root, root / "site", TODAY)
    before = traces(root, (*WORDS, "Bruno", "Dora"))
    assert run(["-C", str(root), "erase", ADDRESS, "--yes"]) == 0
    assert run(["-C", str(root), "build"]) == (4 if signs else 0), "until it is signed, nothing is published"
    if signs:
        sign(root, NEXT, seed=9)
        assert not sign(root, NEXT, seed=10)[1]
        assert run(["-C", str(root), "build"]) == 0
    return Site(root, signs, before, kept)


def test_what_is_searched_for_was_there_and_the_search_finds_it_however_it_is_wrapped(site: Site) -> None:
    assert all(site.before.values()), [word for word, paths in site.before.items() if not paths]
    pictures = {path for path in site.before[salt(1)] if path.endswith("badge.png")}
    assert pictures == {f"site/awards/{award_id(1)}/badge.png"}
    tokens = {path for path in site.before[NARRATIVE] if path.endswith(".jwt")}
    assert tokens == ({f"site/awards/{award_id(number)}/credential.jwt" for number in (1, 3)} if site.signs else set())


def test_the_search_opens_what_is_wrapped(tmp_path: Path) -> None:
    wrapped = {
        "gzip": compressed(ADDRESS.encode()),
        "zlib": b"iTXt" + KEYWORDS["ob2"].encode() + b"\0\1\0\0\0" + zlib.compress(ADDRESS.encode()),
        "json": json.dumps({"name": NAME}).encode(),
        "entity": b"Zo&euml; Qu&#237;ntela",
        "percent": b"mailto:zoe.quintela%40example.org",
        "utf-16": ADDRESS.encode("utf-16"),
    }
    for name, data in wrapped.items():
        (tmp_path / name).write_bytes(data)
    found = traces(tmp_path, (ADDRESS, NAME))
    assert found == {ADDRESS: {"gzip", "zlib", "percent", "utf-16"}, NAME: {"json", "entity"}}


def test_no_byte_speaks_of_who_was_erased(site: Site) -> None:
    assert {word: paths for word, paths in traces(site.root, WORDS).items() if paths} == {}


def test_everybody_else_stays_where_they_were(site: Site) -> None:
    assert traces(site.root, ("Bruno", "Dora")) == {word: site.before[word] for word in ("Bruno", "Dora")}
    text = (site.root / BATCH_PATH).read_text("utf-8")
    assert text == HEAD.format("2023-07-14", ACTIVITY) + "  # others\n" + _record(2, "name: Bruno")
    assert (site.root / OLD).read_text("utf-8").endswith("\nawards: []\n")
    assert (site.root / TABLE).read_bytes().count(b"\r\n") == 2
    assert set(people.known(site.root / "private", set(map(award_id, HERS | OTHERS)))) == set(map(award_id, OTHERS))


def test_the_id_stands_where_software_and_people_come_to_ask_and_nowhere_else(site: Site) -> None:
    for number, paths in traces(site.root, tuple(map(award_id, HERS))).items():
        stem = Path(HERS[int(number[-12:])]).stem
        assert {path for path in paths if not path.startswith(".")} == {
            f"content/published/batches/{stem}.lock",
            "site/issuers/example/revocations.json",
            f"site/awards/{number}",
            f"site/awards/{number}/assertion.json",
            f"site/awards/{number}/index.html",
            f"site/en/awards/{number}",
            f"site/en/awards/{number}/index.html",
        }


def test_a_site_with_erased_awards_is_verified_as_it_is(site: Site) -> None:
    order = order_of(open_folder(site.root / "site"), NEXT.replace(hour=12))
    found = list(verdicts(order, jobs=1))
    assert [verdict.faults for verdict in found if verdict.faults] == []
    assert counts(found)["erased"] == len(HERS)


def test_a_credential_that_somebody_kept_is_told_to_be_revoked(site: Site) -> None:
    folder = open_folder(site.root / "site")
    for text in site.kept:
        (badge,) = read_badges(text, None)
        report = verify(badge, fetch=folder.fetch, now=NEXT.replace(hour=12))
        hers = any(award_id(number) in (badge.id or "") for number in HERS)
        assert (report.answer == "revoked") is hers, report.headline
    assert len(site.kept) == (6 if site.signs else 0)


def test_the_bits_of_all_that_was_ever_signed_are_set(site: Site) -> None:
    _, catalogue, _ = reading_of(site.root)
    for text in site.kept:
        entry = entry_of(text)
        bits = status.indices_in(status.bits_of(json.loads(catalogue.status_lists["example", entry.list].text)))
        hers = any(entry in catalogue.locked[award_id(number)] for number in HERS)
        assert (entry.index in bits) is hers
