"""A site that moves to another address: what was awarded stays where it was and verifies, what comes is at the new."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from badgesite.build import build
from badgesite.cli import run
from badgesite.content.permanence import locks
from badgesite.errors import ContentError, FetchError, PermanenceError, Place, UsageError
from badgesite.find import look_up
from badgesite.lists.named import Named
from badgesite.making import Advance
from badgesite.served import Served
from badgesite.standards.ob2_checks import check_hosted
from badgesite.verify import ob3
from badgesite.verify.badge import read_badges
from badgesite.verify.case import Case, Remembered
from badgesite.verify.sites.folder import open_folder
from badgesite.verify.sites.site import counts, order_of, verdicts
from tests.signing import NOW, reading_of, sign, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BATCH, BATCH_PATH, SALTS, SITE_PATH, identity, site_yaml, write_site

OLD, NEW = "https://badges.old.example/", "https://badges.new.example/open/"
LATER = "4a1b6f0e-2f63-4d9a-8a52-0c9d3e7b1f21"
SALT = "feed" * 8
_LATER = identity(ADDRESSES[0], SALT)
AS_OF = date(2024, 6, 1)


def _site_yaml(**overrides: str | None) -> str:
    return site_yaml(**{"publish": "[ob2, ob3]", **overrides})


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A site that signed two awards at the old address, moved, and signed one at the new."""
    root = write_signed_site(tmp_path / "root", base_url=OLD)
    sign(root)
    build(root, tmp_path / "before", AS_OF)
    (root / SITE_PATH).write_text(_site_yaml(base_url=NEW, formerly=f"[{OLD}]"))
    locks.write_missing(root, reading_of(root)[1])
    text = BATCH.replace(AWARDS[0], LATER).replace(SALTS[0], SALT).replace(identity(ADDRESSES[0], SALTS[0]), _LATER)
    (root / BATCH_PATH.replace("07-14", "07-15")).write_text(text[: text.index(f"  - id: {AWARDS[1]}")])
    sign(root, NOW + timedelta(days=1))
    build(root, tmp_path / "new", AS_OF)
    build(root, tmp_path / "old", AS_OF, base=OLD)
    return tmp_path


def _served(folder: Path, address: str) -> Served:
    """Both sites, each at its address."""
    for base, name in ((OLD, "old"), (NEW, "new")):
        path = folder / name / address.removeprefix(base)
        if address.startswith(base) and path.is_file():
            return Served(address, path.read_bytes())
    raise FetchError(address, "missing", "the server says 404")


def _looked(folder: Path, address: str) -> dict[str, str]:
    now = datetime(2024, 6, 1, 12, tzinfo=UTC)
    fetch = Remembered(lambda asked: _served(folder, asked), lambda: now)
    (badge,) = read_badges(fetch(address).data, address)
    return {check.step: check.outcome for check in ob3.checks_of(Case(badge, fetch, now))}


def _hosted(folder: Path, address: str) -> tuple[object, ...]:
    def fetch(asked: str) -> dict[str, object] | bytes | None:
        try:
            data = _served(folder, asked).data
        except FetchError:
            return None
        return json.loads(data) if asked.endswith(".json") else data

    return check_hosted(address, fetch=fetch, now=datetime(2024, 6, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize(("base", "award"), [(OLD, AWARDS[0]), (OLD, AWARDS[1]), (NEW, LATER)])
def test_awards_of_both_houses_verify(moved: Path, base: str, award: str) -> None:
    for document in ("credential.json", "credential.jwt"):
        looked = _looked(moved, f"{base}awards/{award}/{document}")
        steps = ("genuine", "issuer", "hosted", "dates", "revocation", "schema")
        assert {step: looked[step] for step in steps} == dict.fromkeys(steps, "passed")
    assert _hosted(moved, f"{base}awards/{award}/assertion.json") == ()


@pytest.mark.parametrize(("house", "awards"), [("old", 2), ("new", 1)])
def test_each_house_verifies_as_a_whole(moved: Path, house: str, awards: int) -> None:
    found = list(verdicts(order_of(open_folder(moved / house), datetime(2024, 6, 1, 12, tzinfo=UTC)), jobs=1))
    assert [fault for verdict in found for fault in verdict.faults] == []
    assert counts(found) == {"valid": awards}


def test_what_was_published_stays_to_the_letter(moved: Path) -> None:
    for before in sorted((moved / "before").rglob("*")):
        path = before.relative_to(moved / "before")
        after = moved / "old" / path
        assert after.exists() or path.parts[0] == "assets"  # stylesheets and scripts, whose names are their digests
        if before.is_file() and before.suffix in (".jwt", ".png", ".svg") and path.parts[0] != "assets":
            assert after.read_bytes() == before.read_bytes()
    for award in AWARDS:
        for name in ("assertion.json", "credential.json"):
            document = f"awards/{award}/{name}"
            assert (moved / "old" / document).read_bytes() == (moved / "before" / document).read_bytes()


def test_each_award_is_in_one_house_alone(moved: Path) -> None:
    assert {path.name for path in (moved / "old/awards").iterdir()} == set(AWARDS)
    assert {path.name for path in (moved / "new/awards").iterdir()} == {LATER}
    lists = [sorted(path.name for path in (moved / name / "status/example").iterdir()) for name in ("old", "new")]
    assert len(lists[0]) == len(lists[1]) == 2
    assert not set(lists[0]) & set(lists[1])


def test_the_houses_name_each_other(moved: Path) -> None:
    did = {
        "old": "did:web:badges.old.example:issuers:example",
        "new": "did:web:badges.new.example:open:issuers:example",
    }
    for name, other, base in (("old", "new", NEW), ("new", "old", OLD)):
        document = json.loads((moved / name / "issuers/example/did.json").read_text())
        assert (document["id"], document["alsoKnownAs"]) == (
            did[name],
            [did[other]],
        )
        issuer = json.loads((moved / name / "issuers/example/issuer.json").read_text())
        assert issuer["related"] == [{"id": f"{base}issuers/example/issuer.json"}]


@pytest.mark.parametrize(
    ("page", "there", "canonical"),
    [
        ("index.html", "", NEW),
        ("en/badges/english-b2/index.html", "en/badges/english-b2/", f"{NEW}en/badges/english-b2/"),
        (f"awards/{AWARDS[0]}/index.html", "badges/english-b2/", f"{OLD}awards/{AWARDS[0]}/"),
    ],
    ids=["home", "badge", "award"],
)
def test_pages_of_the_old_house_point_on(moved: Path, page: str, there: str, canonical: str) -> None:
    html = (moved / "old" / page).read_text()
    assert f'<a href="{NEW}{there}">badges.new.example/open</a>' in html
    assert f'<link rel="canonical" href="{canonical}">' in html
    if page.startswith("awards/"):  # which has its page in one house alone
        assert not (moved / "new" / page).exists()
    else:
        assert "badges.new.example/open</a>" not in (moved / "new" / page).read_text()


def test_the_new_house_counts_all_awards_and_leads_to_where_they_are(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path / "root", base_url=OLD, visibility="public")
    sign(root)
    (root / SITE_PATH).write_text(_site_yaml(base_url=NEW, formerly=f"[{OLD}]", visibility="public"))
    locks.write_missing(root, reading_of(root)[1])
    build(root, tmp_path / "new", AS_OF)
    page = (tmp_path / "new/en/badges/english-b2/index.html").read_text()
    assert f'href="{OLD}en/awards/{AWARDS[0]}/"' in page
    assert f"{OLD}awards/{AWARDS[0]}/" in (tmp_path / "new/feed.xml").read_text()
    assert OLD not in (tmp_path / "new/sitemap.xml").read_text()


def test_an_award_of_the_old_house_is_revoked_there(moved: Path) -> None:
    root = moved / "root"
    path = root / BATCH_PATH
    path.write_text(path.read_text() + "    revoked: {date: 2024-03-02, reason: By mistake}\n")
    proposal, _ = sign(root, NOW + timedelta(days=2))
    assert proposal.revoked == (AWARDS[1],)
    build(root, moved / "new", AS_OF)
    build(root, moved / "old", AS_OF, base=OLD)
    assert _looked(moved, f"{OLD}awards/{AWARDS[1]}/credential.json")["revocation"] == "failed"
    assert _looked(moved, f"{OLD}awards/{AWARDS[0]}/credential.json")["revocation"] == "passed"
    page = (moved / f"old/en/awards/{AWARDS[1]}/index.html").read_text()
    assert "This site has moved." in page
    assert not re.search(r"\bvalid\b", re.sub("<[^>]*>", "", page), re.IGNORECASE)
    listed = [json.loads((moved / name / "issuers/example/revocations.json").read_text()) for name in ("old", "new")]
    assert [[each["id"] for each in document["revokedAssertions"]] for document in listed] == [
        [f"{OLD}awards/{AWARDS[1]}/assertion.json"],
        [],
    ]


def test_an_award_of_the_old_house_is_replaced_there(moved: Path) -> None:
    root = moved / "root"
    path = root / BATCH_PATH
    path.write_text(path.read_text().replace("Ada Esempio", "Ada Modello"))
    sign(root, NOW + timedelta(days=2), replaces=True)
    build(root, moved / "old", AS_OF, base=OLD)
    document = json.loads((moved / f"old/awards/{AWARDS[0]}/credential.json").read_text())
    assert document["issuer"]["id"] == "did:web:badges.old.example:issuers:example"
    assert document["id"] == f"{OLD}awards/{AWARDS[0]}/credential.json"
    assert document["credentialStatus"]["statusListCredential"].startswith(f"{OLD}status/example/")


def test_nothing_is_due_after_a_move(moved: Path) -> None:
    proposal, written = sign(moved / "root", NOW + timedelta(days=2))
    assert not proposal
    assert written == ()
    assert locks.compare(moved / "root", reading_of(moved / "root")[0]) == locks.Comparison()


def test_a_move_that_is_not_told_is_refused(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path / "root", base_url=OLD)
    sign(root)
    (root / SITE_PATH).write_text(_site_yaml(base_url=NEW))
    told = f"the site was published at {OLD}, and base_url is now {NEW}; put back base_url: {OLD}"
    with pytest.raises(PermanenceError, match=re.escape(f"{told}, or, if the site has moved, write formerly: [{OLD}]")):
        build(root, tmp_path / "new", AS_OF)


def test_a_former_address_is_never_forgotten(moved: Path) -> None:
    (moved / "root" / SITE_PATH).write_text(_site_yaml(base_url=NEW))
    with pytest.raises(PermanenceError, match=re.escape(f"the site was published at {OLD}")):
        build(moved / "root", moved / "new", AS_OF)


def test_a_house_that_never_was_is_not_built(moved: Path) -> None:
    with pytest.raises(UsageError, match=f"the site was never at https://x.example/; its former addresses: {OLD}"):
        build(moved / "root", moved / "x", AS_OF, base="https://x.example/")
    assert not (moved / "x").exists()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ({"base_url": OLD, "formerly": f"[{OLD}]"}, "is the site's present address too"),
        ({"formerly": f"[{OLD}]"}, "a site that has moved has an address"),
        ({"base_url": NEW, "formerly": "[badges.old.example]"}, "cannot be the address of the site"),
    ],
)
def test_former_addresses_are_checked(tmp_path: Path, lines: dict[str, str], told: str) -> None:
    root = write_signed_site(tmp_path / "root", base_url=OLD)
    (root / SITE_PATH).write_text(_site_yaml(**lines))
    with pytest.raises(ContentError, match=told):
        reading_of(root)


def test_a_batch_names_no_address_where_the_site_never_was(moved: Path) -> None:
    path = moved / "root" / BATCH_PATH
    path.write_text(path.read_text().replace("date:", "base: https://x.example/\ndate:", 1))
    with pytest.raises(PermanenceError, match=r"the site is not at https://x\.example/, and is not said to have been"):
        reading_of(moved / "root")


def test_a_holder_is_led_to_the_house_of_each_award(moved: Path) -> None:
    catalogue = reading_of(moved / "root")[1]
    (answer,) = look_up(catalogue, [Named(Place("here"), address=ADDRESSES[0])], {}, AS_OF, "it")
    assert {line.url for line in answer.lines} == {f"{OLD}awards/{AWARDS[0]}/", f"{NEW}awards/{LATER}/"}


def test_what_was_built_and_never_locked_is_not_taken_from_its_address(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A record written by hand, on a site that is locked but for it."""
    root = write_site(tmp_path, {BATCH_PATH: None}, base_url=OLD)
    locks.write_missing(root, reading_of(root)[1])
    build(write_site(root, base_url=OLD), root / "site", AS_OF)
    (root / SITE_PATH).write_text(site_yaml(base_url=NEW, formerly=f"[{OLD}]"))
    for command in ("build", "check", "lock"):
        capfd.readouterr()
        assert run(["-C", str(root), command]) == 5
        told = "".join(capfd.readouterr()).replace(" error: ", " ")
        assert f'{BATCH_PATH}:1:1: the batch "english-b2-2023-07-14" is in no lock file, so that it may have' in told
        assert f"put back base_url: {OLD} and run `badgesite lock`; or write base: {OLD} (or base: {NEW}, if" in told
    (root / BATCH_PATH).write_text(f"base: {OLD}\n{BATCH}")
    assert run(["-C", str(root), "lock"]) == 0
    assert (build(root, root / "site", AS_OF).awards, build(root, root / "old", AS_OF, base=OLD).awards) == (0, 2)


def test_once_the_move_is_locked_a_new_batch_is_at_the_new_address(tmp_path: Path) -> None:
    root = write_site(tmp_path, {BATCH_PATH: None}, base_url=OLD)
    locks.write_missing(root, reading_of(root)[1])
    (root / SITE_PATH).write_text(site_yaml(base_url=NEW, formerly=f"[{OLD}]"))
    locks.write_missing(root, reading_of(root)[1])
    write_site(root, base_url=NEW, formerly=f"[{OLD}]")
    assert build(root, root / "site", AS_OF).awards == 2


def test_the_first_award_after_a_move_notes_it(tmp_path: Path) -> None:
    root = write_site(tmp_path, base_url=OLD)
    locks.write_missing(root, reading_of(root)[1])
    (root / SITE_PATH).write_text(site_yaml(base_url=NEW, formerly=f"[{OLD}]"))
    award = ("award", "english-b2", "new@example.org", "--date", "2024-03-02", "--result", "b2", "--yes")
    assert run(["-C", str(root), *award]) == 0
    assert build(root, root / "site", AS_OF).awards == 1


def test_a_build_counts_the_awards_of_its_house_and_says_how_many_are_elsewhere(
    moved: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root, told = moved / "root", []

    @contextmanager
    def progress(label: str, total: int) -> Iterator[Advance]:
        told.append(total)
        yield told.append

    for base, awards, elsewhere in ((None, 1, 2), (OLD, 2, 0)):
        told.clear()
        built = build(root, moved / "again", AS_OF, base=base, progress=progress)
        assert (built.awards, built.elsewhere) == (awards, elsewhere)
        assert (told[0], sum(told[1:])) == (awards, awards)
    assert run(["-C", str(root), "build", "--as-of", "2024-06-01"]) == 0
    assert ": 1 badge, 1 award here, 2 at former addresses, " in capfd.readouterr().err
    assert run(["-C", str(root), "build", "--base", OLD, "--as-of", "2024-06-01"]) == 0
    assert ": 1 badge, 2 awards, " in capfd.readouterr().err


def test_what_stays_at_the_old_address_is_not_lost(
    moved: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(moved / "root")
    stays = f"2 awards stay at {OLD}: publish with `badgesite build --base {OLD}`"
    assert run(["diff", "--as-of", str(AS_OF), "--against", str(moved / "before")]) == 0
    told = capfd.readouterr().out
    assert stays in told
    assert "LOST" not in told
    assert "would be lost" not in told
    assert run(["build", "--as-of", str(AS_OF), "--out", str(moved / "before")]) == 0
    assert stays in capfd.readouterr().err
    assert run(["build", "--as-of", str(AS_OF), "--base", OLD, "--out", str(moved / "old")]) == 0
    assert "stay at" not in capfd.readouterr().err


def test_what_is_done_with_an_award_names_the_build_of_its_house(
    moved: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = str(moved / "root")
    assert run(["-C", root, "erase", LATER, "--yes"]) == 0
    assert "badgesite sign, badgesite build, and upload" in capfd.readouterr().out
    assert run(["-C", root, "erase", AWARDS[0], "--yes"]) == 0
    assert f"badgesite sign, badgesite build and badgesite build --base {OLD}, and upload" in capfd.readouterr().out
