"""A built site of two awards, one valid and one revoked, for what verifies it; and its two moments."""

from datetime import UTC, date, datetime
from pathlib import Path

from badgesite.build import build
from tests.signing import sign, write_signed_site
from tests.sites import AWARDS, BATCH, BATCH_PATH

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
VALID, REVOKED = AWARDS
_REVOKED_BATCH = BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"


def write_built_site(root: Path) -> Path:
    """A signed site in `root`: in `site` what is published of it, in `before` what was until one award was revoked."""
    write_signed_site(root)
    sign(root)
    build(root, root / "before", date(2024, 2, 1), drafts=False, locked=False)
    (root / BATCH_PATH).write_text(_REVOKED_BATCH, encoding="utf-8")
    sign(root)
    build(root, root / "site", NOW.date(), drafts=False, locked=False)
    return root
