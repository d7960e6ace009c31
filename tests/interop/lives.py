"""Two more sites, led by commands from the example: after a year of life, and after a key of theirs was stolen.

The first year is signed with the example's published test keys, whose life ends here, and the rest with a pair of its
own, made for the run. What software is to say of each award is what the site itself says of it, as of the example.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from badgesite.crypto.jwt import jwt_of, sign_jwt
from badgesite.crypto.private_keys import Halves, Pair, load
from badgesite.crypto.proofs import sign_document
from badgesite.crypto.public_keys import read_keys
from badgesite.standards.baking import KEYWORDS, bake_png, bake_svg, unbake
from badgesite.standards.ob3 import compact
from tests import example_keys
from tests.interop import environments
from tests.interop.published import Published, now, published

ROOT = Path(__file__).resolve().parents[2]
ISSUER, STOLEN = "example", "2022-09-01"
COPY, FORGED = "copy", "forged"
"""What is shown after a key was revoked: what it had signed before, and what a thief signs with it."""


@dataclass(frozen=True)
class Life:
    """A site after what the title says, and folders with what somebody shows who has a stolen key, by name.

    Before the key is revoked nobody can notice, and that is the control.
    """

    title: str
    site: Path
    shown: Mapping[str, Path]
    is_revoked: bool


def led(folder: Path) -> Iterator[Life]:
    """The sites, made anew in `folder`; OSError, with what was said, if a command fails."""
    office = Office(folder / "life")
    office.live_a_year()
    office.rotate()
    rotated = office.built("rotated")
    award = next(each for each in _signed_by(rotated, STOLEN) if each.state(now()) == "valid")
    shown = {COPY: office.home / COPY, FORGED: office.home / FORGED}
    _put(shown[COPY], rotated, award)
    _put(shown[FORGED], _forged(office, rotated, award), award)
    yield Life("revoked, changed, renewed, keys rotated", rotated, shown, is_revoked=False)
    office.lose_a_key()
    yield Life("a key revoked", office.built("stolen"), shown, is_revoked=True)


class Office:
    """Somebody who types commands in a copy of the example."""

    def __init__(self, home: Path) -> None:
        shutil.rmtree(home, ignore_errors=True)
        for name in ("content", "keys"):
            shutil.copytree(ROOT / name, home / name)
        self.home, self.halves = home, home.with_name("office-keys")
        shutil.rmtree(self.halves, ignore_errors=True)
        self._environment = example_keys.environment()

    def type(self, *arguments: str) -> str:
        """What `badgesite` says."""
        program = str(Path(sys.executable).parent / "badgesite")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self._environment}
        return environments.run(program, *arguments, inside=self.home, environment=environment)

    def live_a_year(self) -> None:
        """Revoke, correct and renew awards, give one a new address, and sign that with the first pair."""
        awards = published(self.built("before"))
        valid, expired = (
            [award.folder.name for award in awards if award.state(now()) == state] for state in ("valid", "expired")
        )
        named = next(award.folder.name for award in awards if award.state(now()) == "valid" and _is_named(award))
        others = [award for award in valid[2:] if award != named]
        self.type("revoke", others[0], "--reason", "Assegnato per errore", "--yes")
        self.type("change", named, "--name", "Nome Corretto", "--yes")
        self.type("change", expired[0], "--expires", "2099-12-31", "--yes")
        self.type("change", others[1], "--email", "nuovo@student.example.edu", "--yes")
        self.type("sign", "--replace")
        self.type("revoke", others[2], others[3], "--reason", "Prova annullata", "--yes")
        self.type("change", others[4], "--expires", "2099-06-30", "--yes")

    def rotate(self) -> None:
        """Make another pair, retire the first, and sign with the new one what is due and what is new."""
        self.type("keys", "new", ISSUER, "--to", str(self.halves), "--yes")
        self._environment.pop("BADGESITE_KEYS")
        self.type("keys", "retire", ISSUER)
        self.type("award", "english-b2", "dopo@student.example.edu", "--yes")
        self.type("sign", "--replace", "--keys", str(self.halves))

    def lose_a_key(self) -> None:
        """Revoke the first pair, and sign again what it had signed."""
        self.type("keys", "revoke", ISSUER, STOLEN, "--reason", "Rubato un portatile", "--yes")
        self.type("sign", "--keys", str(self.halves))

    def built(self, name: str) -> Path:
        """The site as it is now."""
        self.type("build", "--locked", "--out", name)
        return self.home / name


def ours(site: Path) -> Mapping[str, Any]:
    """What `badgesite verify` finds of a built site: how many awards are valid, expired and revoked, and each fault."""
    program = str(Path(sys.executable).parent / "badgesite")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = environments.run(program, "verify", str(site), "--json", environment=environment, codes=(0, 1))
    found: Mapping[str, Any] = json.loads(told)["sites"][0]
    return found


def in_front(life: Life, name: str) -> Path:
    """A copy of the site in which what somebody shows has the place of the award's own documents."""
    target = life.shown[name].with_name(f"{name}-in-front")
    shutil.copytree(life.site, target)
    shutil.copytree(life.shown[name], target, dirs_exist_ok=True)
    return target


def _signed_by(site: Path, day: str) -> list[Published]:
    """The awards whose credentials were signed with the Ed25519 key of that day."""
    key = json.loads((ROOT / f"keys/{ISSUER}/{day}-ed25519.json").read_bytes())["publicKeyMultibase"]
    return [award for award in published(site) if _credential(award)["proof"]["verificationMethod"].endswith(key)]


def _credential(award: Published) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((award.folder / "credential.json").read_bytes())
    return document


def _is_named(award: Published) -> bool:
    identifiers = _credential(award)["credentialSubject"]["identifier"]
    return any(each["identityType"] == "name" for each in identifiers)


def _put(target: Path, source: Path, award: Published) -> None:
    """The documents of an award from one folder, and nothing else of it."""
    place = target / "awards" / award.folder.name
    place.mkdir(parents=True)
    for name in ("credential.json", "credential.jwt", "badge.png", "badge.svg"):
        if (file := source / "awards" / award.folder.name / name).is_file():
            shutil.copy(file, place)


def _forged(office: Office, site: Path, award: Published) -> Path:
    """A folder with the award as a thief signs it with the stolen pair: another name of the badge, dated back.

    The thief gives it a place in the status list that is nobody's, so that no bit will ever give it away.
    """
    document = _credential(Published(site / "awards" / award.folder.name, "", {}))
    del document["proof"]
    document["credentialSubject"]["achievement"]["name"] = "Dottorato"
    entry = document["credentialStatus"]
    index = str((int(entry["statusListIndex"]) + 1) % 131_072)
    document["credentialStatus"] = {
        **entry,
        "id": f"{entry['statusListCredential']}#{index}",
        "statusListIndex": index,
    }
    pair, did = _stolen(office), str(document["issuer"]["id"])
    kid = pair.p256.public.method(did)
    created = "2024-01-01T00:00:00Z"
    text = compact(sign_document(document, pair.ed25519, pair.ed25519.public.method(did), created))
    place = office.home / "thief" / "awards" / award.folder.name
    place.mkdir(parents=True)
    (place / "credential.json").write_bytes(text + b"\n")
    (place / "credential.jwt").write_bytes(jwt_of(text, kid, sign_jwt(text, kid, pair.p256)))
    own = site / "awards" / award.folder.name
    picture = (own / "badge.png").read_bytes()
    carried = {KEYWORDS[each.standard]: each.text for each in unbake(picture)}
    (place / "badge.png").write_bytes(bake_png(picture, {**carried, KEYWORDS["ob3"]: text.decode()}))
    if (own / "badge.svg").is_file():
        (place / "badge.svg").write_bytes(bake_svg((own / "badge.svg").read_bytes(), "ob3", None, text.decode()))
    return office.home / "thief"


def _stolen(office: Office) -> Pair:
    """The private halves that were lost; badgesite itself would not sign with them any more."""
    ring = read_keys(ROOT)[0]
    halves, base = Halves(office.home, example_keys.pems()), example_keys.BASE
    return load(ring, ISSUER, halves, lambda: example_keys.PASSPHRASE, moment=now(), base_url=base)
