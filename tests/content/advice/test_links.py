"""Links that no page can show are told where they stand, before somebody finds words that lead nowhere."""

from pathlib import Path

import pytest

from badgesite.cli import run
from tests.sites import write_site

PAGE = "content/pages/help.md"
TEXT = """# Aiuto

See [all badges](https://badges.example.edu/), [us](mailto:open@example.edu),
[privacy](/pages/privacy/) and ![a map](map.png).
"""


def test_links_without_a_scheme_and_pictures_are_told_with_what_to_write(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    site = write_site(
        tmp_path,
        {PAGE: TEXT, "content/pages/help.en.md": "# Help\n\nAsk [us](mailto:open@example.edu).\n"},
    )
    with (site / "content/site.yaml").open("a") as file:
        file.write('footer: {it: "[Chi siamo](javascript:x)", en: "[We](https://x.example)"}\n')
    assert run(["-C", str(site), "check"]) == 0
    told = [line for line in capfd.readouterr().out.splitlines() if "left out" in line]
    assert told == [
        f'{PAGE}:4:1: warning: the link to "/pages/privacy/" is left out; '
        "write the whole address, as http://localhost:8000/pages/privacy/",
        f"{PAGE}:4:32: warning: the picture is left out: free pages and texts show none; describe it, or link to it",
        'content/site.yaml:6:10: warning: the link to "javascript:x" is left out; '
        "links are to https://, http:// and mailto: alone",
    ]
