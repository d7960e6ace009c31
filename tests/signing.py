"""Small sites that are signed, with a pair of keys that lives as long as the tests do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from badgesite.content.reading import Reading, read_or_raise
from badgesite.crypto.private_keys import Pair, make_pair
from badgesite.crypto.public_keys import key_text
from badgesite.issued.places import Chance
from badgesite.issued.proposal import Proposal, propose, refuse_differences
from badgesite.making import silent
from badgesite.model.catalogue import Catalogue
from badgesite.plan import Plan, plan_of
from badgesite.sign import Signing, issue, opened
from tests.sites import write_site

BASE = "https://badges.example.edu/"
PAIR = make_pair("example", datetime(2022, 9, 1, tzinfo=UTC))
NOW = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)


def write_signed_site(root: Path, files: Mapping[str, str | bytes | None] | None = None, **overrides: str) -> Path:
    """The small site as one that publishes Open Badges 3.0, with the public halves of our pair; nothing signed yet."""
    write_site(root, files, **{"base_url": BASE, "publish": "[ob2, ob3]", **overrides})
    write_keys(root, PAIR)
    return root


def write_keys(root: Path, pair: Pair) -> None:
    """Put the public halves of a pair where a site has them."""
    for key in pair:
        path = root / key.public.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(key_text(key.public), encoding="utf-8")


def chance(seed: int = 0) -> Chance:
    """The same draws for the same seed."""
    random = Random(seed)
    return Chance(random.randrange, lambda: f"{random.getrandbits(32):08x}")


def sign(
    root: Path,
    now: datetime = NOW,
    *,
    seed: int = 0,
    replaces: bool = False,
    jobs: int = 1,
    pairs: Mapping[str, Pair] | None = None,
) -> tuple[Proposal, tuple[str, ...]]:
    """Sign what is due, as the command does; gives what was proposed, and the paths that were written."""
    with opened(root, now, writes=True) as ledger:
        proposal = propose(ledger.catalogue, ledger.reading, ledger.due, chance(seed), replaces=replaces)
        signing = Signing({"example": PAIR} if pairs is None else pairs, now, jobs, silent)
        written = issue(ledger, proposal, signing)
        if not replaces:
            refuse_differences(ledger.reading, ledger.due)
        return proposal, written


def reading_of(root: Path) -> tuple[Reading, Catalogue, Plan]:
    """What stands in the site."""
    reading = read_or_raise(root)
    assert reading.catalogue
    return reading, reading.catalogue, plan_of(reading.catalogue.site)


def tree(root: Path) -> dict[str, bytes]:
    """Every file of the content."""
    content = root / "content"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}
