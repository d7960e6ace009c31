"""The verdict of `verify` on the official samples of Open Badges 2.0, beside that of 1EdTech's validator.

Of revoked hosted badges there is no sample: the validator does not know them (docs/verifying.md), and we do.

A sample is served at its own id, and what it links to from the folder `assets`, by the last part of its address:
whoever wrote the samples took http and https, example.org and www.example.org for one. No network is asked.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from badgesite.crypto.strict_json import read_object
from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.standards.ob2_checks import check_badge_class
from badgesite.verify.badge import UnreadableError, read_badges
from badgesite.verify.ob2.documents import Documents
from badgesite.verify.verifying import verify

NOW = datetime(2026, 11, 22, tzinfo=UTC)
_NO_PICTURE = "the badge class has no image, which Open Badges 2.0 requires, and 1EdTech's other validator too"
_ELSEWHERE = "its badge class and issuer give ids at which nothing is served: the samples lie at other addresses"
_NO_AWARD = "it is no award, and nothing that an award is made of by itself"
EXCEPTIONS: Mapping[str, str] = {
    "ob2/valid/badge-class-with-language.json": _NO_PICTURE,
    "ob2/valid/rdf-valid-badge-class.json": _NO_PICTURE,
    "ob2/valid/rdf-valid-badge-class-empty-criteria-type.json": _NO_PICTURE,
    "ob2/valid/basic-assertion-with-allowed-origins.json": _ELSEWHERE,
    "ob2/valid/basic-assertion-with-allowed-origins-valid-starts-with.json": _ELSEWHERE,
    "ob2/valid/basic-assertion-with-allowed-origins-valid-multiple-starts-with.json": _ELSEWHERE,
    "ob2/valid/issuer-compact-iri-validation.json": _NO_AWARD,
    "ob2/valid/rdf-valid-issuer-extension.json": _NO_AWARD,
    "ob2/valid/rdf-valid-alignment-object.json": _NO_AWARD,
    "ob2/valid/rdf-valid-cool-class.json": _NO_AWARD,
}
"""Samples on which we do not agree, and why."""


def verdicts(folder: Path) -> Iterator[tuple[str, str]]:
    """Each sample, and how our verdict differs from the expected one; nothing if it does not."""
    expected = json.loads((folder / "expected.json").read_bytes())
    known = {**expected["ob2"], **{name: each for name, each in expected["baking"].items() if "/ob2/" in name}}
    for name, right in known.items():
        if right["outcome"] == "not-asserted":
            continue
        faults = _faults(folder, folder / name)
        sound = right["outcome"] != "invalid"
        told = "" if sound is not bool(faults) else "; ".join(faults) or "nothing is found wrong with it"
        if name in EXCEPTIONS:
            yield name, "" if told else f"agrees, and stands among the exceptions: {EXCEPTIONS[name]}"
        else:
            yield name, told


def _faults(folder: Path, sample: Path) -> list[str]:
    data = sample.read_bytes()
    if sample.suffix == ".json" and (document := read_object(data)).get("type") == "BadgeClass":
        found = check_badge_class(document, fetch=Documents(_Served(folder, {}).fetch))
        return [str(each) for each in found if each.severity == "error"]
    try:
        (badge,) = read_badges(data)
    except UnreadableError as error:
        return [str(error)]
    served = _Served(folder, {badge.id: badge.text} if badge.form == "ob2" else {})
    report = verify(badge, fetch=served.fetch, now=NOW)
    return [f"{check.step}: {check.words}" for check in report.failed]


@dataclass(frozen=True, slots=True)
class _Served:
    """What is served: one sample, and the assets."""

    folder: Path
    own: Mapping[str, bytes]

    def fetch(self, address: str) -> Served:
        """The sample at its id, else the asset that is called as the address ends."""
        if address in self.own:
            return Served(address, self.own[address])
        parts = urlsplit(address)
        path = self.folder / "ob2/assets" / Path(parts.path).name
        if not (parts.hostname or "").endswith(("example.org", "example.com")) or not path.is_file():
            raise FetchError(address, "missing", "no such asset")
        return Served(address, path.read_bytes())
