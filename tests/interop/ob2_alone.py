"""Build the example as a site that publishes Open Badges 2.0 alone, whose SVG pictures carry the 2.0 document."""

import re
import shutil
import sys
from pathlib import Path

from tests.interop import environments

EXAMPLE = Path(__file__).resolve().parents[2] / "content"
SIGNED = shutil.ignore_patterns("published", "status", "*.credentials*")


def built(folder: Path) -> Path:
    """The folder of the built site, made anew in `folder`; OSError, with what was said, if it cannot be built."""
    home = folder / "ob2"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(EXAMPLE, home / "content", ignore=SIGNED)
    site = home / "content/site.yaml"
    text = re.sub(r"^publish:.*\n", "", site.read_text("utf-8"), flags=re.MULTILINE)
    site.write_text(f"publish: [ob2]\n{text}", "utf-8")
    environments.run(str(Path(sys.executable).parent / "badgesite"), "build", inside=home)
    return home / "site"
