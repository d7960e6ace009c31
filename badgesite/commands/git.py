"""What Git says of a folder."""

import os
import shutil
import subprocess
from pathlib import Path

_NOT_FOR_GIT = ("GIT_", "BADGESITE_")  # a hook's repository; private halves and the passphrase


def is_ignored(path: Path) -> bool:
    """Whether Git leaves out a file that would be put at `path`; False if there is no Git to ask, or no repository."""
    git = shutil.which("git")
    folder = next((above for above in path.resolve().parents if above.is_dir()), None)
    if git is None or folder is None:
        return False
    elsewhere = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_GIT)}
    command = [git, "-C", str(folder), "check-ignore", "--quiet", "--", str(path.resolve())]
    return subprocess.run(command, env=elsewhere, capture_output=True).returncode == 0  # noqa: S603 - nothing of others


def taken_up(root: Path, place: Path) -> bool:
    """Whether `git add` would take up a file at `place`: in the site's folder, or the repository around it."""
    way = (root.resolve(), *root.resolve().parents)
    top = next((above for above in way if (above / ".git").exists()), root.resolve())
    return place.resolve().is_relative_to(top) and not is_ignored(place)
