"""Any valid content builds, and what comes out satisfies the rules of Open Badges 2.0."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, event, given, settings

from badgesite import making
from badgesite.build import build
from badgesite.makers import context
from badgesite.pages.theme import load_theme
from badgesite.standards.baking import unbake
from badgesite.standards.ob2_checks import check_hosted
from tests.any_site import BASE, Files, sites

DAY = date(2023, 8, 1)
NOW = datetime(2023, 7, 14, 12, tzinfo=UTC)  # awarded, and nothing expired yet


@pytest.fixture(autouse=True, scope="module")
def _quick() -> Iterator[None]:
    """Templates are compiled, and each picture is drawn, once for all builds."""
    theme = load_theme("default", Path())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "load_theme", lambda name, root: theme)
        patch.setattr(making, "draw", cache(context.draw))
        yield


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(site=sites())
def test_any_valid_content_builds_and_satisfies_the_rules(site: tuple[Files, dict[str, bool]]) -> None:
    files, revoked = site
    event(f"{len(revoked)} awards")
    with TemporaryDirectory() as folder:
        root, out = Path(folder), Path(folder) / "site"
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        built = build(root, out, DAY)
        assert built.awards == len(revoked)
        for award, is_revoked in revoked.items():
            _check(out, award, is_revoked)


def _check(out: Path, award: str, is_revoked: bool) -> None:
    def fetch(address: str) -> bytes | None:
        """As a web server gives it."""
        if not address.startswith(BASE):
            return None
        place = out / address.removeprefix(BASE)
        place = place / "index.html" if place.is_dir() else place
        return place.read_bytes() if place.is_file() else None

    path = f"awards/{award}/assertion.json"
    findings = [str(found) for found in check_hosted(BASE + path, fetch=fetch, now=NOW) if found.severity == "error"]
    assert bool(findings) == is_revoked, findings
    text = (out / path).read_text("utf-8").removesuffix("\n")
    for picture in (out / f"awards/{award}").glob("badge.*"):
        assert [payload.text for payload in unbake(picture.read_bytes())] == ([] if is_revoked else [text])
