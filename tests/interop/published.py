"""What a built site publishes, read from its folder alone; shared by the scripts that run third-party software on it.

Nothing of badgesite is imported here: these scripts run in virtual environments that do not have it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Published:
    """One hosted assertion: its folder, its document, and the text as it is served."""

    folder: Path
    text: str
    document: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The address that the document says is its own."""
        return str(self.document["id"])

    def state(self, now: datetime) -> str:
        """What the document says: revoked, expired or valid."""
        if self.document.get("revoked"):
            return "revoked"
        return "expired" if _is_past(self.document.get("expires"), now) else "valid"

    def ended(self, now: datetime) -> bool:
        """Whether it is past its end; of a revoked award only the credential tells."""
        if self.document.get("revoked"):
            return _is_past(json.loads((self.folder / "credential.json").read_bytes()).get("validUntil"), now)
        return self.state(now) == "expired"


@dataclass
class Outcome:
    """What one piece of software found: rows for the table, and everything that was not as it should be."""

    rows: list[tuple[str, int, int]] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    def count(self, what: str, verdicts: list[str]) -> None:
        """Add a row, unless nothing was looked at; an empty verdict is a good one, any other is the surprise."""
        if not verdicts:
            return
        surprises = [f"{what}: {verdict}" for verdict in verdicts if verdict]
        self.rows.append((what, len(verdicts) - len(surprises), len(verdicts)))
        self.surprises.extend(surprises)

    def print(self) -> None:
        """Hand the outcome over to tests/interop/run.py, as JSON on stdout."""
        print(json.dumps({"rows": self.rows, "surprises": self.surprises}))


def published(site: Path) -> list[Published]:
    """Every hosted assertion of the site in `site`, by path."""
    found = []
    for path in sorted(site.glob("awards/*/assertion.json")):
        text = path.read_text(encoding="utf-8")
        found.append(Published(path.parent, text, json.loads(text)))
    return found


def base_of(site: Path, awards: list[Published]) -> str:
    """The address the site is served from, told by an assertion's own id and its place."""
    path = (awards[0].folder / "assertion.json").relative_to(site).as_posix()
    return awards[0].id.removesuffix(path)


def _is_past(moment: str | None, now: datetime) -> bool:
    return moment is not None and datetime.fromisoformat(moment) < now


def now() -> datetime:
    """The moment; the validator reads the clock, so what we expect of it does too."""
    return datetime.now(UTC)
