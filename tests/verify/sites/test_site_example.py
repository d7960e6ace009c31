"""The example site, built as `make site` does, has no award that a stranger would not find to be what it says."""

from datetime import UTC, date, datetime
from pathlib import Path

from badgesite.build import build
from badgesite.verify.sites.folder import open_folder
from badgesite.verify.sites.site import counts, lost_awards, order_of, verdicts

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2026, 11, 22)


def test_every_award_of_the_example_verifies(tmp_path: Path) -> None:
    build(ROOT, tmp_path / "site", DAY, drafts=False, locked=True)
    order = order_of(open_folder(tmp_path / "site"), datetime(2026, 11, 22, 12, tzinfo=UTC))
    found = list(verdicts(order, jobs=2))
    assert [fault for verdict in found for fault in verdict.faults] == list(lost_awards(order)) == []
    assert counts(found) == {"valid": 59, "expired": 9, "revoked": 3}
