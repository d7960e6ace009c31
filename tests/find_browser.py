"""Find the browser that the tests of pages use; `python -m tests.find_browser` gets one if there is none.

In this order: $BADGESITE_BROWSER; Chromium, Chrome or Edge on the PATH; the Chromium that playwright has installed.
To get one: `playwright install chromium`, else, as root on Debian, apt-get. Tests never skip for want of a browser.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge", "chrome")
MEND = "run apt-get install chromium, or set BADGESITE_BROWSER to the path of Chromium, Chrome or Edge"


def find() -> str | None:
    """The path of a browser, or None; LookupError if $BADGESITE_BROWSER names none."""
    if chosen := os.environ.get("BADGESITE_BROWSER"):
        found = shutil.which(chosen)
        if not found:
            raise LookupError(f"BADGESITE_BROWSER is {chosen}, which cannot be run; set it to the path of a browser")
        return found
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in on_path if path), None) or _playwrights_own()


def need() -> str:
    """The path of a browser; LookupError with the one line that mends it if there is none."""
    found = find()
    if not found:
        raise LookupError(f"no browser to test pages with; {MEND}")
    return found


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


def _run(*command: str) -> bool:
    print(" ".join(command), file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode == 0


def _is_root_on_debian() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def get() -> str:
    """The path of a browser, which is installed if there is none."""
    if found := find():
        return found
    if _run(sys.executable, "-m", "playwright", "install", "chromium") and (found := find()):
        return found
    if _is_root_on_debian() and _run("apt-get", "update", "-q") and _run("apt-get", "install", "-y", "-q", "chromium"):
        return need()
    return need()


if __name__ == "__main__":
    try:
        print(f"browser: {get()}")
    except LookupError as error:
        sys.exit(str(error))
