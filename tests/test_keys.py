"""The story of `keys`: a pair is made whole or not at all, and never where Git takes it up."""

import itertools
import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from badgesite import files, keys
from badgesite.cli import run
from badgesite.commands.git import is_ignored
from badgesite.content.reading import read_or_raise
from badgesite.crypto.private_keys import Halves, SigningKey, load
from badgesite.crypto.public_keys import KeyRing, read_keys
from badgesite.errors import KeyFileError, OutputError, UsageError
from badgesite.keys import Place, listing, new_pair
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Signed
from tests.killing import KILLED, Killer
from tests.sites import write_site

NOW = datetime(2026, 1, 31, 12, 30, 15, 999_999, tzinfo=UTC)
WORDS = "correct horse battery"
BASE = "https://badges.example.edu/"
PUBLIC = ("keys/example/2026-01-31-ed25519.json", "keys/example/2026-01-31-p256.json")
GIT = pytest.mark.skipif(shutil.which("git") is None, reason="there is no Git to ask")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


@pytest.fixture(autouse=True)
def _sealed_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SigningKey.encrypted, "__defaults__", (1000,))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


@pytest.fixture
def catalogue(site: Path) -> Catalogue:
    found = read_or_raise(site).catalogue
    assert found
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "settings/keys"


def words() -> str:
    return WORDS


def make(site: Path, catalogue: Catalogue, folder: Path, issuer: str = "example") -> tuple[Path, ...]:
    ring, _ = read_keys(site)
    return new_pair(Place(site, folder, is_ignored), catalogue, ring, issuer, words, NOW)[1]


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_new_pair_signs_at_once_and_is_named_by_its_day(site: Path, catalogue: Catalogue, folder: Path) -> None:
    private = make(site, catalogue, folder)
    assert private == (folder / "example/2026-01-31-ed25519.pem", folder / "example/2026-01-31-p256.pem")
    ring, problems = read_keys(site)
    assert problems == ()
    assert tuple(key.path for key in ring.of("example")) == PUBLIC
    assert {key.start for key in ring.of("example")} == {NOW.replace(microsecond=0)}
    pair = load(ring, "example", Halves(folder), words, moment=NOW, base_url=BASE)
    assert [key.public for key in pair] == list(ring.of("example"))


@POSIX
def test_private_halves_are_for_their_owner_alone(site: Path, catalogue: Catalogue, folder: Path) -> None:
    folder.parent.mkdir(mode=0o755)
    private = make(site, catalogue, folder)
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "example")} == {0o700}
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o755
    assert {stat.S_IMODE((site / path).stat().st_mode) for path in PUBLIC} == {0o644}


def test_a_second_pair_of_a_day_has_a_number_and_signs_from_now_on(
    site: Path, catalogue: Catalogue, folder: Path
) -> None:
    make(site, catalogue, folder)
    before = {path: path.read_bytes() for path in (*(site / path for path in PUBLIC), *folder.rglob("*.pem"))}
    private = make(site, catalogue, folder)
    assert [path.name for path in private] == ["2026-01-31-ed25519-2.pem", "2026-01-31-p256-2.pem"]
    assert {path: path.read_bytes() for path in before} == before
    ring, _ = read_keys(site)
    pair = load(ring, "example", Halves(folder), words, moment=NOW, base_url=BASE)
    assert [key.public.name for key in pair] == ["2026-01-31-ed25519-2", "2026-01-31-p256-2"]


def test_an_unknown_issuer_is_told_with_the_nearest(site: Path, catalogue: Catalogue, folder: Path) -> None:
    with pytest.raises(UsageError, match='there is no issuer "exampel"; did you mean "example"'):
        make(site, catalogue, folder, "exampel")
    assert not folder.exists()


@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_a_private_half_that_is_there_is_never_overwritten(
    kind: str, site: Path, catalogue: Catalogue, folder: Path
) -> None:
    stray = folder / f"example/2026-01-31-{kind}.pem"
    files.write_new(stray, b"of another site")
    with pytest.raises(
        KeyFileError,
        match="is there already; another site on this machine may use this name: choose another folder with --to",
    ) as raised:
        make(site, catalogue, folder)
    assert str(stray) in str(raised.value)
    assert stray.read_bytes() == b"of another site"
    assert tree(folder) == {"example", f"example/{stray.name}"}
    assert not (site / "keys").exists() or tree(site / "keys") == set()


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_nothing_of_a_pair_stays_when_it_is_interrupted(
    number: int, when: str, site: Path, catalogue: Catalogue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, written = tree(site), []

    def write(path: Path, data: bytes, mode: int) -> None:
        written.append(path)
        if len(written) == number and when == "before":
            raise KeyboardInterrupt
        files.write_new(path, data, mode)
        if len(written) == number:
            raise KeyboardInterrupt

    monkeypatch.setattr(keys, "write_new", write)
    with pytest.raises(KeyboardInterrupt):
        make(site, catalogue, folder)
    assert [path.suffix for path in written] == [".pem", ".pem", ".json", ".json"][:number]
    assert tree(site) - {"keys"} == before
    assert not folder.exists()


def _killed(folder: Path, last: int, arguments: list[str]) -> int:
    """Run a command in a process that ends before its change numbered `last` in `folder`; its exit code."""
    process = os.fork()
    if not process:
        sys.addaudithook(Killer(str(folder), last))
        os._exit(run(arguments))
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")
def test_a_pair_that_was_cut_off_at_any_moment_does_not_stop_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGESITE_PASSPHRASE", WORDS)
    for last in itertools.count(1):
        folder = tmp_path / str(last)
        site = write_site(folder / "site")
        make_one = ["-C", str(site), "keys", "new", "example", "--yes", "--to", str(folder / "stick")]
        code = _killed(folder, last, make_one)
        ring, problems = read_keys(site)
        assert problems == ()
        assert all(Halves(folder / "stick").path(key).is_file() for key in ring.of("example"))
        if code != KILLED:
            break
        if run(make_one) == KeyFileError.exit_code:  # a private half is there already, as the message says
            shutil.rmtree(folder / "stick")
            assert ring == KeyRing()
            assert run(make_one) == 0
        now = datetime.now(UTC)
        assert load(read_keys(site)[0], "example", Halves(folder / "stick"), words, moment=now, base_url=BASE)
    assert (code, last > 15) == (0, True)


def test_a_file_that_somebody_puts_there_meanwhile_is_left_alone(
    site: Path, catalogue: Catalogue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(path: Path, data: bytes, mode: int) -> None:
        if path.name == "2026-01-31-p256.pem":
            path.write_bytes(b"of another run")
        files.write_new(path, data, mode)

    monkeypatch.setattr(keys, "write_new", write)
    with pytest.raises(KeyFileError, match=r"2026-01-31-p256\.pem is there already"):
        make(site, catalogue, folder)
    assert tree(folder) == {"example", "example/2026-01-31-p256.pem"}
    assert (folder / "example/2026-01-31-p256.pem").read_bytes() == b"of another run"


def test_a_passphrase_is_not_asked_when_something_else_is_in_the_way(
    site: Path, catalogue: Catalogue, folder: Path
) -> None:
    def asked() -> str:
        raise AssertionError("nobody should be asked")

    place = Place(site, folder, is_ignored)
    with pytest.raises(UsageError):
        new_pair(place, catalogue, KeyRing(), "nobody", asked, NOW)
    files.write_new(folder / "example/2026-01-31-p256.pem", b"")
    with pytest.raises(KeyFileError):
        new_pair(place, catalogue, KeyRing(), "example", asked, NOW)


def test_a_file_where_a_folder_is_needed_is_told(site: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("")
    with pytest.raises(OutputError, match="cannot be made"):
        make(site, catalogue, tmp_path / "settings/keys")
    assert not (site / "keys").exists()


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@GIT
@pytest.mark.parametrize("repository", ["site", "."], ids=["of the site", "around the site"])
def test_a_folder_that_git_takes_up_is_refused(
    repository: str, site: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    git(tmp_path / repository, "init", "--quiet")
    for chosen in (site / "secrets", site / "private", site / "new/private"):
        with pytest.raises(
            UsageError, match=r"Git, in .*, would keep them; leave out --to, or choose a folder outside"
        ):
            make(site, catalogue, chosen)
        assert not chosen.exists()


@GIT
def test_a_folder_that_git_leaves_out_is_taken(site: Path, catalogue: Catalogue) -> None:
    git(site, "init", "--quiet")
    (site / ".gitignore").write_text("/private/\n*.pem\n!/open/**\n")
    make(site, catalogue, site / "private")
    make(site, catalogue, site / "secrets")
    with pytest.raises(UsageError, match="would keep them"):
        make(site, catalogue, site / "open")
    git(site, "add", "--all")
    committed = git(site, "ls-files").split()
    assert not [name for name in committed if name.endswith(".pem")]
    assert set(PUBLIC) <= set(committed)


@GIT
def test_a_link_does_not_lead_into_git(site: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    git(site, "init", "--quiet")
    (site / "secrets").mkdir()
    (tmp_path / "elsewhere").symlink_to(site / "secrets")
    with pytest.raises(UsageError, match="would keep them"):
        make(site, catalogue, tmp_path / "elsewhere")


@GIT
def test_another_repository_is_no_better(site: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    git(tmp_path / "other", "init", "--quiet")
    with pytest.raises(UsageError, match="would keep them"):
        make(site, catalogue, tmp_path / "other/keys")


def test_a_repository_of_which_nothing_can_be_asked_is_not_trusted(
    site: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    place = Place(site, tmp_path / "settings", lambda path: False)
    with pytest.raises(UsageError, match="would keep them"):
        new_pair(place, catalogue, KeyRing(), "example", words, NOW)


@pytest.mark.parametrize("chosen", ["keys", "content/awards", "themes", "site", "secrets"])
def test_a_folder_of_the_site_itself_is_refused_before_there_is_a_repository(
    chosen: str, site: Path, catalogue: Catalogue
) -> None:
    before = tree(site)
    with pytest.raises(UsageError, match="private halves cannot lie in"):
        make(site, catalogue, site / chosen)
    assert tree(site) == before


@GIT
def test_private_is_kept_out_of_the_repository_that_is_made_later(site: Path, catalogue: Catalogue) -> None:
    make(site, catalogue, site / "private")
    git(site, "init", "--quiet")
    git(site, "add", "--all")
    assert "private" not in git(site, "ls-files")


def _signed(kid: str, method: str) -> Signed:
    proof = {"created": "2026-02-01T00:00:00Z", "verificationMethod": method, "proofPurpose": "assertionMethod"}
    document = {"id": "x", "proof": {**proof, "proofValue": f"z{'2' * 86}"}}
    return Signed(json.dumps(document, separators=(",", ":")).encode(), kid, "signature")


def test_the_list_counts_what_each_key_signed_and_knows_which_are_here(
    site: Path, catalogue: Catalogue, folder: Path
) -> None:
    make(site, catalogue, folder)
    make(site, catalogue, folder)
    (folder / "example/2026-01-31-p256-2.pem").unlink()
    ring, _ = read_keys(site)
    old_ed25519, new_ed25519, old_p256, new_p256 = (key.method("did:web:x") for key in ring.of("example"))
    credentials = {
        "1": _signed(old_p256, old_ed25519),
        "2": _signed(old_p256, new_ed25519),
        "3": _signed(new_p256, new_ed25519),
        "4": _signed("did:web:x#unknown", "did:web:x#unknown"),
        "5": Signed(b"[]", new_p256, "signature"),
    }
    found = listing(replace(catalogue, credentials=credentials), ring, Halves(folder))
    assert [(each.key.name, each.at_hand, each.signed.credentials) for each in found["example"]] == [
        ("2026-01-31-ed25519", True, 1),
        ("2026-01-31-ed25519-2", True, 2),
        ("2026-01-31-p256", True, 2),
        ("2026-01-31-p256-2", False, 2),
    ]


def test_the_list_has_issuers_without_keys_and_keys_without_issuer(
    site: Path, catalogue: Catalogue, folder: Path
) -> None:
    make(site, catalogue, folder)
    (site / "keys/example").rename(site / "keys/former")
    found = listing(catalogue, read_keys(site)[0], Halves(folder))
    assert {issuer: len(keys) for issuer, keys in found.items()} == {"example": 0, "former": 2}
