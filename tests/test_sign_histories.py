"""Whatever happens in whatever order, what was promised of credentials and status lists holds."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.errors import SignatureError
from badgesite.issued.places import Chance
from badgesite.standards import status
from tests import signing
from tests.signing import NOW, reading_of, sign, tree, write_signed_site
from tests.sites import ADDRESSES, BATCH_PATH, identity

BATCHES = (BATCH_PATH, "content/awards/2024/second.yaml")


@dataclass(frozen=True)
class Record:
    batch: int
    name: str
    revoked: bool = False


@dataclass
class History:
    """A site that lives on, and what must stay of what it once had."""

    root: Path
    random: Random
    records: dict[str, Record] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    locked: set[str] = field(default_factory=set)
    set_bits: set[tuple[str, int]] = field(default_factory=set)
    moment: int = 0
    listless: bool = False

    def award(self) -> None:
        number = len(self.records) + 1
        self.records[f"00000000-0000-4000-8000-{number:012}"] = Record(self.random.randrange(2), "Ada")

    def rename(self) -> None:
        for award in self._some():
            self.records[award] = replace(self.records[award], name=self.random.choice(["Ada", "Bo", "Cy"]))

    def revoke(self) -> None:
        for award in self._some():
            self.records[award] = replace(self.records[award], revoked=True)

    def lose_a_list(self) -> None:
        for path in sorted(self.root.glob("content/status/*/*.json"))[:1]:
            path.unlink()
            self.listless = True

    def sign(self) -> None:
        self._sign(replaces=False)

    def replace(self) -> None:
        self._sign(replaces=True)

    def _some(self) -> list[str]:
        return [self.random.choice(sorted(self.records))] if self.records else []

    def _sign(self, *, replaces: bool) -> None:
        for number, path in enumerate(BATCHES):
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(self._text(number), encoding="utf-8")
        self.moment += 1
        changed = {award for award, name in self.signed.items() if self.records[award].name != name}
        before = tree(self.root)
        told = self._told(replaces=replaces)
        assert told == (set() if replaces else changed)
        if told and self.listless and tree(self.root) == before:
            return  # of what was replaced before, and now differs, only the list could tell which credential counts
        self.listless = False
        self.signed |= {award: record.name for award, record in self.records.items() if award not in told}
        self._look()
        before = tree(self.root)
        assert self._told(replaces=False) == told
        assert tree(self.root) == before

    def _told(self, *, replaces: bool) -> set[str]:
        """Sign, and give the awards that are told to differ and keep their credentials."""
        moment, seed = NOW + timedelta(minutes=self.moment), self.random.randrange(9)
        try:
            sign(self.root, moment, seed=seed, replaces=replaces)
        except SignatureError as error:
            told = (re.findall(r"\(award (.*?)\)", problem.what) for problem in error.problems)
            return {award for awards in told for award in awards}
        return set()

    def _text(self, batch: int) -> str:
        records = [_lines(award, record) for award, record in self.records.items() if record.batch == batch]
        return "badge: english-b2\ndate: 2023-07-14\nawards:" + ("".join(records) or " []\n")

    def _look(self) -> None:
        _, catalogue, _ = reading_of(self.root)
        places = {award: status.place_of(json.loads(one.text)) for award, one in catalogue.credentials.items()}
        assert places.keys() == self.records.keys()
        bits = {
            (name, index)
            for (_, name), one in catalogue.status_lists.items()
            for index in status.indices_in(status.bits_of(json.loads(one.text)))
        }
        assert {award for award, place in places.items() if place in bits} == {
            award for award, record in self.records.items() if record.revoked
        }
        entries = [(entry.list, entry.index) for found in catalogue.locked.values() for entry in found]
        assert set(Counter(entries).values()) <= {1}
        lists = {
            (self.records[award].batch, entry.list) for award, found in catalogue.locked.items() for entry in found
        }
        assert len({name for _, name in lists}) == len(lists)
        locked = {
            line for path in self.root.glob("content/published/*/*.lock") for line in path.read_text().split("\n")
        }
        assert self.locked <= locked
        assert self.set_bits <= bits
        self.locked, self.set_bits = locked, bits


def _lines(award: str, record: Record) -> str:
    salt = award.replace("-", "")
    revoked = "    revoked: {date: 2024-03-01, reason: By mistake}\n" if record.revoked else ""
    recipient = f"{{identity: {identity(ADDRESSES[0], salt)}, salt: '{salt}'}}"
    return f"\n  - id: {award}\n    recipient: {recipient}\n    name: {record.name}\n{revoked}"


STEPS = st.sampled_from(
    [History.award, History.rename, History.revoke, History.lose_a_list, History.sign, History.replace]
)


def crowded(seed: int) -> Chance:
    """One of the first free places of a list, so that what must not meet comes close."""
    random = Random(seed)
    return Chance(lambda free: random.randrange(3), lambda: f"{random.randrange(4):08x}")


@settings(max_examples=20, deadline=None)
@given(st.lists(STEPS, min_size=4, max_size=12), st.randoms(use_true_random=False))
def test_no_index_is_used_twice_no_bit_cleared_and_no_line_lost(steps: list[object], random: Random) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "chance", crowded)
        history = History(write_signed_site(Path(folder)), random)
        for step in (History.award, *steps, History.replace):
            assert callable(step)
            step(history)
