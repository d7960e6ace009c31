"""What the open pages wait for: a new build, or the problems that stand in its way."""

import json
from dataclasses import dataclass
from threading import Condition


@dataclass(frozen=True, slots=True)
class News:
    """How things stand: `version` good builds so far, and the problems of the last one (none if it was good)."""

    serial: int = 0
    version: int = 0
    problems: tuple[str, ...] = ()

    def as_json(self) -> str:
        """What the script in the pages reads, on one line."""
        return json.dumps({"serial": self.serial, "version": self.version, "problems": self.problems})


class Bulletin:
    """The latest news, which any number of threads may read and wait for."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._latest = News()

    @property
    def latest(self) -> News:
        """How things stand now."""
        with self._changed:
            return self._latest

    def built(self) -> None:
        """Tell that the site was built."""
        with self._changed:
            self._tell(self._latest.version + 1, ())

    def failed(self, problems: tuple[str, ...]) -> None:
        """Tell that it could not be built; the last good pages stay."""
        with self._changed:
            self._tell(self._latest.version, problems)

    def after(self, serial: int, timeout: float) -> News | None:
        """The latest news once they are newer than `serial`, or None if that takes longer than `timeout` seconds."""
        with self._changed:
            newer = self._changed.wait_for(lambda: self._latest.serial > serial, timeout)
            return self._latest if newer else None

    def _tell(self, version: int, problems: tuple[str, ...]) -> None:
        self._latest = News(self._latest.serial + 1, version, problems)
        self._changed.notify_all()
