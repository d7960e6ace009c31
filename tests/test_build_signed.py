"""A site that signs: what is published beside Open Badges 2.0, what stops it, and what a preview shows."""

import base64
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from badgesite.build import Built, build
from badgesite.check import check
from badgesite.cli import run
from badgesite.errors import PermanenceError, SignatureError
from badgesite.makers import context
from badgesite.pages.theme import load_theme
from badgesite.standards.baking import unbake
from badgesite.standards.did import CONTEXTS
from tests.signing import NOW, PAIR, sign, write_signed_site
from tests.sites import AWARDS, BATCH, BATCH_PATH, SITE_PATH, site_yaml, write_site

AS_OF = date(2026, 1, 15)
DID = "did:web:badges.example.edu:issuers:example"
REVOKED = BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"
PLAIN, OTHER = AWARDS


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    theme = load_theme("default", Path())
    monkeypatch.setattr(context, "load_theme", lambda name, root: theme)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_signed_site(tmp_path_factory.mktemp("signed"), {BATCH_PATH: REVOKED})
    sign(root)
    _build(root)
    return root


def _build(root: Path, *, drafts: bool = False, locked: bool = False) -> Built:
    return build(root, root / "site", AS_OF, drafts=drafts, locked=locked)


def _json(path: Path) -> dict[str, object]:
    document = json.loads(path.read_bytes())
    assert isinstance(document, dict)
    return document


def test_a_credential_is_published_as_it_was_signed(built: Path) -> None:
    line = (built / BATCH_PATH.replace(".yaml", ".credentials.jsonl")).read_text("utf-8").splitlines()[0]
    text = (built / f"site/awards/{PLAIN}/credential.json").read_text("utf-8")
    assert line.startswith('{"credential":' + text.removesuffix("\n"))
    assert text.endswith("}}\n")


def test_its_token_says_the_same_and_ends_without_a_line_feed(built: Path) -> None:
    token = (built / f"site/awards/{PLAIN}/credential.jwt").read_bytes()
    header, payload, signature = token.split(b".")
    claims = json.loads(base64.urlsafe_b64decode(payload + b"=="))
    credential = _json(built / f"site/awards/{PLAIN}/credential.json")
    del credential["proof"]
    registered = {name: claims.pop(name) for name in ("iss", "jti", "nbf", "sub", "exp")}
    assert claims == credential
    assert registered["iss"] == DID
    assert registered["jti"] == credential["id"]
    assert json.loads(base64.urlsafe_b64decode(header + b"==")) == {
        "alg": "ES256",
        "kid": PAIR.p256.public.method(DID),
        "typ": "JWT",
    }
    assert len(signature) == 86


def test_one_png_carries_both_standards_and_an_svg_the_newer(built: Path) -> None:
    folder = built / "site/awards" / PLAIN
    assertion = (folder / "assertion.json").read_text("utf-8").removesuffix("\n")
    credential = (folder / "credential.json").read_text("utf-8").removesuffix("\n")
    png = unbake((folder / "badge.png").read_bytes())
    assert [(each.standard, each.text) for each in png] == [("ob2", assertion), ("ob3", credential)]
    (svg,) = unbake((folder / "badge.svg").read_bytes())
    assert (svg.standard, svg.form, svg.text) == ("ob3", "document", credential)


def test_a_revoked_award_keeps_its_credential_and_its_pictures_carry_nothing(built: Path) -> None:
    folder = built / "site/awards" / OTHER
    assert _json(folder / "assertion.json")["revoked"] is True
    assert _json(folder / "credential.json")["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert unbake((folder / "badge.png").read_bytes()) == ()
    assert unbake((folder / "badge.svg").read_bytes()) == ()


def test_keys_profile_achievements_and_status_lists_are_published(built: Path) -> None:
    site = built / "site"
    assert _json(site / "issuers/example/did.json")["@context"] == list(CONTEXTS)
    assert _json(site / "issuers/example/profile.json")["id"] == DID
    words = {
        language: _json(site / prefix / "badges/english-b2/achievement.json")["name"]
        for language, prefix in (("it", ""), ("en", "en"))
    }
    assert words == {"it": "Inglese B2", "en": "English B2"}
    (status,) = (path.stem for path in (site / "status/example").glob("*.json"))
    assert (site / f"status/example/{status}.jwt").read_bytes().count(b".") == 2
    entry = _json(site / f"awards/{PLAIN}/credential.json")["credentialStatus"]
    assert isinstance(entry, dict)
    assert entry["statusListCredential"] == f"https://badges.example.edu/status/example/{status}.json"


def test_a_rehearsal_and_a_site_of_open_badges_2_have_none_of_it(tmp_path: Path) -> None:
    for number, overrides in enumerate(({"publish": "[ob2, ob3]"}, {"base_url": "https://badges.example.edu/"})):
        root = write_site(tmp_path / str(number), None, **overrides)
        _build(root)
        found = {path.name for path in (root / "site").rglob("*") if path.is_file()}
        assert not found & {"did.json", "profile.json", "achievement.json", "credential.json", "credential.jwt"}
        assert unbake((root / f"site/awards/{PLAIN}/badge.png").read_bytes())[0].standard == "ob2"


def test_what_is_not_signed_stops_the_build_and_the_old_site_stays(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    with pytest.raises(SignatureError) as caught:
        _build(root)
    assert caught.value.exit_code == 4
    assert len(caught.value.problems) == 2
    assert not (root / "site").exists()


def test_a_preview_shows_what_is_not_signed_without_documents(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    assert _build(root, drafts=True).drafts == 2
    assert [path.name for path in (root / f"site/awards/{PLAIN}").iterdir()] == ["index.html"]
    assert "Non rilasciato." in (root / f"site/awards/{PLAIN}/index.html").read_text("utf-8")
    assert (root / "site/issuers/example/did.json").exists()


def test_a_changed_name_stops_the_build_and_is_shown_as_a_draft(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    write_signed_site(root, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Rossi")})
    with pytest.raises(SignatureError) as caught:
        _build(root)
    assert 'name was "Ada Esempio", now "Ada Rossi"' in str(caught.value)
    assert _build(root, drafts=True).drafts == 1
    assert not (root / f"site/awards/{PLAIN}/credential.json").exists()
    assert (root / f"site/awards/{OTHER}/credential.json").exists()


def test_a_changed_byte_of_a_credential_stops_the_build(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    path = root / BATCH_PATH.replace(".yaml", ".credentials.jsonl")
    path.write_text(path.read_text("utf-8").replace("English B2", "English C2"), encoding="utf-8")
    with pytest.raises(PermanenceError, match="is not the one that was signed") as caught:
        _build(root)
    assert caught.value.problems[0].place.path == path.relative_to(root).as_posix()


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "not locked"])
@pytest.mark.parametrize("member", ["created", "proofValue"])
def test_a_changed_byte_of_a_proof_which_its_token_leaves_out_is_noticed(
    tmp_path: Path, member: str, locked: bool
) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    path = root / BATCH_PATH.replace(".yaml", ".credentials.jsonl")
    path.write_text(_with_changed(member, path.read_text("utf-8")), "utf-8")
    if locked:
        with pytest.raises(
            PermanenceError, match=f"the credential of the award {PLAIN} is not the one that was signed"
        ):
            _build(root)
    else:
        lock = root / "content/published/batches/english-b2-2023-07-14.lock"
        lock.write_text("".join(line for line in lock.read_text().splitlines(keepends=True) if "#" not in line))
    with pytest.raises(SignatureError, match="the proof does not fit the document"):
        sign(root)


def test_a_changed_byte_of_the_proof_of_a_status_list_stops_the_build_and_has_it_made_anew(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    (path,) = (root / "content/status/example").iterdir()
    before = path.read_text("utf-8")
    path.write_text(_with_changed("proofValue", before), "utf-8")
    with pytest.raises(SignatureError, match="is missing, or not signed by its issuer"):
        _build(root)
    assert _build(root, drafts=True).drafts == 2
    (problem,) = check(root, NOW.date()).unsigned
    assert "is missing, or not signed by its issuer" in problem.what
    assert str(sign(root)[0]) == "0 new credentials, 0 replaced, 1 status list"
    assert path.read_text("utf-8") == before


def test_a_preview_shows_awards_whose_status_list_has_another_signature_as_not_issued(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    (path,) = (root / "content/status/example").iterdir()
    path.write_text(_with_changed("signature", path.read_text("utf-8")), "utf-8")
    assert _build(root, drafts=True).drafts == 2


def _with_changed(member: str, text: str) -> str:
    """With another letter or digit in the first of these members."""
    at = text.index(f'"{member}":"') + len(member) + 21
    return text[:at] + ("1" if text[at] != "1" else "2") + text[at + 1 :]


def test_open_badges_3_joins_a_site_that_had_only_2_with_one_sign(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path, publish="[ob2]")
    _build(root)
    before = (root / f"site/awards/{PLAIN}/assertion.json").read_bytes()
    (root / SITE_PATH).write_text(site_yaml(base_url="https://badges.example.edu/", publish="[ob2, ob3]"), "utf-8")
    sign(root)
    assert _build(root, locked=False).drafts == 0
    assert (root / f"site/awards/{PLAIN}/assertion.json").read_bytes() == before
    assert (root / f"site/awards/{PLAIN}/credential.json").exists()


def test_the_same_content_gives_the_same_bytes_with_any_number_of_processes(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "copy", ignore=shutil.ignore_patterns("site", ".site.badgesite"))
    build(tmp_path / "copy", tmp_path / "other", AS_OF, jobs=3)
    sites = [built / "site", tmp_path / "other"]
    trees = [
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()} for site in sites
    ]
    assert trees[0] == trees[1]


def test_check_tells_what_is_not_signed_and_takes_it_for_a_warning_before_review(tmp_path: Path) -> None:
    root = write_signed_site(tmp_path)
    found = check(root, NOW.date())
    assert (found.exit_code, len(found.unsigned)) == (4, 2)
    waiting = check(root, NOW.date(), drafts=True)
    assert (waiting.exit_code, waiting.unsigned) == (0, ())
    assert [problem.severity for problem in waiting.warnings if "not signed" in problem.what] == ["warning"] * 2


def test_the_commands_say_how_to_go_on(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = write_signed_site(tmp_path)
    assert run(["-C", str(root), "build", "--as-of", str(AS_OF)]) == 4
    assert (
        f"{BATCH_PATH}:5:9: the award {PLAIN} is recorded and not signed; run `badgesite sign`"
        in capfd.readouterr().err
    )
    assert run(["-C", str(root), "build", "--as-of", str(AS_OF), "--drafts"]) == 0
    told = "warning: 2 awards shown as not issued, or not as issued: a preview, not to be published"
    assert told in capfd.readouterr().err


def test_where_a_key_signed_and_is_gone_nobody_is_told_to_make_another(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = write_signed_site(tmp_path)
    sign(root)
    shutil.rmtree(root / "keys")
    assert run(["-C", str(root), "check"]) == 4
    told = capfd.readouterr().out
    assert "take keys/example/ back from Git" in told
    assert "has no key yet" not in told
