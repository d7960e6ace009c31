"""Each state of an award in every document, picture, list and page, after `change`, `revoke` and `sign --replace`."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from badgesite import change, revoke
from badgesite.build import build
from badgesite.cli import run
from badgesite.content.records.desk import opened
from badgesite.content.records.tables import COLUMNS
from badgesite.content.signed.lines import entry_of
from badgesite.errors import Place
from badgesite.lists.named import Picked, pick, read_word
from badgesite.standards import status
from badgesite.standards.baking import unbake
from badgesite.verify.sites.folder import open_folder
from badgesite.verify.sites.site import order_of, verdicts
from tests.signing import BASE, NOW, reading_of, sign, write_signed_site
from tests.sites import BATCH_PATH, identity

HERE = Place("here")
TODAY, AS_OF = date(2026, 1, 10), date(2026, 1, 15)
LATER = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
REASON = "The exam was annulled"
OLD_PATH, TABLE_PATH = "content/awards/2022/old.yaml", "content/awards/2024/many.csv"


@dataclass(frozen=True)
class Life:
    """An award: in which batch it stands, what became of it, and what is to be seen of that."""

    number: int
    batch: str
    changed: dict[str, str] | None = None
    revoked: bool = False
    state: str = "valid"
    until: str = "2026-07-14"
    result: str = "b2"

    @property
    def id(self) -> str:
        return f"00000000-0000-4000-8000-{self.number:012}"

    @property
    def salt(self) -> str:
        return f"ab{self.number:030}"


LIVES = {
    "valid": Life(1, BATCH_PATH),
    "expired": Life(2, OLD_PATH, state="expired", until="2025-01-10"),
    "revoked": Life(3, BATCH_PATH, revoked=True, state="revoked"),
    "corrected": Life(4, BATCH_PATH, {"result": "b1"}, result="b1"),
    "renewed": Life(5, OLD_PATH, {"expires": "2027-01-10"}, until="2027-01-10"),
    "ended early": Life(6, BATCH_PATH, {"expires": "2026-01-12"}, state="expired", until="2026-01-12"),
    "corrected, then revoked": Life(7, BATCH_PATH, {"result": "b1"}, revoked=True, state="revoked", result="b1"),
    "revoked when it had expired": Life(8, OLD_PATH, revoked=True, state="revoked", until="2025-01-10"),
    "revoked in a table": Life(9, TABLE_PATH, revoked=True, state="revoked", until="2027-02-01"),
    "corrected in a table": Life(10, TABLE_PATH, {"result": "b1"}, until="2027-02-01", result="b1"),
    "valid in a table": Life(11, TABLE_PATH, until="2027-02-01"),
}
each_life = pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)


def _record(life: Life) -> str:
    holder = f"{{identity: {identity('ada@example.org', life.salt)}, salt: {life.salt}}}"
    told = f"    name: Ada {life.number}\n    result: b2\n"
    return f"  # {life.number}\n  - id: {life.id}\n    recipient: {holder}  # hashed\n{told}"


def _row(life: Life) -> str:
    cells = {"id": life.id, "identity": identity("ada@example.org", life.salt), "salt": life.salt, "result": "b2"}
    cells |= {"name": f"Ada {life.number}"}
    return ",".join(cells.get(column, "") for column in COLUMNS)


def _files() -> dict[str, str | bytes | None]:
    of: dict[str, list[Life]] = {}
    for life in LIVES.values():
        of.setdefault(life.batch, []).append(life)
    head = "\ufeffbadge: english-b2\r\ndate: {}\r\nawards:\r\n"
    files: dict[str, str | bytes | None] = {
        path: head.format(day) + "".join(_record(life).replace("\n", "\r\n") for life in of[path])
        for path, day in ((BATCH_PATH, "2023-07-14"), (OLD_PATH, "2022-01-10"))
    }
    files[TABLE_PATH] = "\ufeff" + "".join(f"{line}\r\n" for line in (",".join(COLUMNS), *map(_row, of[TABLE_PATH])))
    files[TABLE_PATH.replace("csv", "yaml")] = "badge: english-b2\ndate: 2024-02-01\nawards: many.csv\n"
    return files


@dataclass(frozen=True)
class Site:
    """A site after it all: its output, the credentials that were signed at first, and whether it signs."""

    root: Path
    first: dict[str, bytes]
    signs: bool

    def read(self, path: str) -> str:
        return (self.root / "site" / path).read_text("utf-8")

    def json(self, path: str) -> dict[str, object]:
        document = json.loads(self.read(path))
        assert isinstance(document, dict)
        return document


def _picked(root: Path, lives: list[Life]) -> Picked:
    _, catalogue, _ = reading_of(root)
    named = [read_word(life.id, HERE) for life in lives]
    return pick(catalogue, named, None, {})  # type: ignore[arg-type]


def _withdraw(root: Path) -> None:
    lives = [life for life in LIVES.values() if life.revoked]
    with opened(root, root / "private", writes=True) as desk:
        planned = revoke.plan_revocation(desk, _picked(root, lives), REASON, TODAY, TODAY)
        assert set(revoke.record(desk, planned)) == {BATCH_PATH, OLD_PATH, TABLE_PATH}


@pytest.fixture(scope="module", params=["ob2 and ob3", "ob2"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    signs = request.param != "ob2"
    publish = "[ob2, ob3]" if signs else "[ob2]"
    root = write_signed_site(tmp_path_factory.mktemp("life"), _files(), visibility="public", publish=publish)
    if signs:
        sign(root, NOW)
    first = {award: signed.text for award, signed in reading_of(root)[1].credentials.items()}
    for step in (_each_change_alone, _withdraw):
        step(root)
        if signs:
            sign(root, LATER, seed=7, replaces=True)
    build(root, root / "site", AS_OF)
    return Site(root, first, signs)


def _each_change_alone(root: Path) -> None:
    for life in LIVES.values():
        if life.changed:
            with opened(root, root / "private", writes=True) as desk:
                wishes = change.Wishes(life.changed, TODAY, lambda: "0" * 32)
                planned = change.plan_changes(desk, _picked(root, [life]), wishes)
                assert change.record(desk, planned) == (life.batch,)


def test_a_stranger_who_verifies_the_whole_site_finds_each_award_in_its_state(site: Site) -> None:
    order = order_of(open_folder(site.root / "site"), datetime(2026, 1, 15, 12, tzinfo=UTC))
    found = list(verdicts(order, jobs=1))
    assert [fault for verdict in found for fault in verdict.faults] == []
    states = {verdict.award: verdict.state for verdict in found}
    assert {life.id: states[life.id] for life in LIVES.values()} == {life.id: life.state for life in LIVES.values()}


@each_life
def test_the_page_says_the_state_with_its_days(site: Site, life: Life) -> None:
    html = re.sub(r"<p[^>]* hidden.*?</p>", "", site.read(f"en/awards/{life.id}/index.html"), flags=re.DOTALL)
    page = " ".join(re.sub(r"<[^>]*>", "", re.sub(r"</dt>|<br>", " ", html)).split())
    assert f'class="state {life.state}"' in html
    said = {
        "valid": f"Valid on 15 January 2026, until {_words(life.until)}",
        "expired": f"Expired: it was valid until {_words(life.until)}",
        "revoked": "Revoked by Example University on 10 January 2026",
    }
    assert {state for state, words in said.items() if words in page} == {life.state}
    assert (f"Reason: {REASON}" in page) is life.revoked
    assert ("Replaced on 10 January 2026" in page) is (life.changed is not None)
    assert ('badge.png" download>' in html) is not life.revoked


def _words(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B} {found.year}"


@each_life
def test_the_assertion_is_current_or_a_stub(site: Site, life: Life) -> None:
    assertion = site.json(f"awards/{life.id}/assertion.json")
    address = f"{BASE}awards/{life.id}/assertion.json"
    revoked = [{"id": address, "revocationReason": REASON}]
    listed = site.json("issuers/example/revocations.json")["revokedAssertions"]
    assert isinstance(listed, list)
    assert [each for each in listed if each["id"] == address] == (revoked if life.revoked else [])
    if life.revoked:
        assert assertion.keys() == {"@context", "type", "id", "revoked", "revocationReason"}
    else:
        assert assertion["expires"] == f"{life.until}T23:59:59Z"
        assert f": {life.result.upper()}" in str(assertion["narrative"])


@each_life
def test_the_credential_is_the_newest_and_every_other_counts_no_more(site: Site, life: Life) -> None:
    path = site.root / f"site/awards/{life.id}/credential.json"
    if not site.signs:
        assert not path.exists()
        return
    text = path.read_bytes().rstrip(b"\n")
    assert (text == site.first[life.id]) is (life.changed is None)
    credential = json.loads(text)
    assert credential["validUntil"] == f"{life.until}T23:59:59Z"
    assert credential["credentialSubject"]["result"][0]["achievedLevel"].endswith(life.result)
    assert credential["awardedDate"] == f"{_day_of(life)}T00:00:00Z"
    assert _is_set(site, text) is life.revoked
    assert _is_set(site, site.first[life.id]) is (life.revoked or life.changed is not None)


def _day_of(life: Life) -> str:
    return {BATCH_PATH: "2023-07-14", OLD_PATH: "2022-01-10", TABLE_PATH: "2024-02-01"}[life.batch]


def _is_set(site: Site, credential: bytes) -> bool:
    """Whether the published status list revokes a credential."""
    entry = entry_of(credential)
    bits = status.bits_of(site.json(f"status/example/{entry.list}.json"))
    return entry.index in status.indices_in(bits)


@each_life
def test_the_pictures_carry_the_newest_or_nothing(site: Site, life: Life) -> None:
    folder = site.root / "site/awards" / life.id
    pictures = [unbake((folder / f"badge.{kind}").read_bytes()) for kind in ("png", "svg")]
    if life.revoked:
        assert pictures == [(), ()]
        return
    assertion = (folder / "assertion.json").read_text("utf-8").rstrip("\n")
    credential = [("ob3", (folder / "credential.json").read_text("utf-8").rstrip("\n"))] if site.signs else []
    png, svg = ([(each.standard, each.text) for each in picture] for picture in pictures)
    assert png == [("ob2", assertion), *credential]
    assert svg == (credential or [("ob2", assertion)])


@each_life
def test_lists_of_the_site_name_what_stands(site: Site, life: Life) -> None:
    page = f"awards/{life.id}/"
    for path in ("feed.xml", "sitemap.xml", "badges/english-b2/index.html"):
        assert (page in site.read(path)) is not life.revoked, path
    assert life.id not in site.read("catalogue.json")
    files = site.json("manifest.json")["files"]
    assert isinstance(files, dict)
    assert f"awards/{life.id}/assertion.json" in files
    if not life.revoked:
        (entry,) = re.findall(rf"<entry>(?:(?!</entry>).)*{life.id}.*?</entry>", site.read("feed.xml"), re.DOTALL)
        assert f"<updated>{TODAY if life.changed else _day_of(life)}T00:00:00Z</updated>" in entry


def test_nothing_else_in_the_records_has_changed(site: Site) -> None:
    for path, before in _files().items():
        now = (site.root / path).read_bytes().decode()
        lines = [line for line in now.split("\r\n") if not re.match(r"    (changed|expires|revoked): ", line)]
        if path.endswith(".csv"):
            assert len(lines) == len(str(before).split("\r\n"))
        else:
            assert "\r\n".join(lines).replace("result: b1", "result: b2") == before


def test_a_second_sign_and_build_find_nothing_to_do(site: Site) -> None:
    if site.signs:
        assert not sign(site.root, LATER, seed=9, replaces=True)[0]
    assert build(site.root, site.root / "site", AS_OF, locked=site.signs).written == 0


def test_verify_finds_the_whole_site_consistent(site: Site, capfd: pytest.CaptureFixture[str]) -> None:
    code = run(["verify", str(site.root / "site"), "--as-of", str(AS_OF)])
    told = capfd.readouterr()
    assert code == 0, told.out + told.err
