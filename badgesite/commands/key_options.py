"""Options that say where private halves and their passphrase come from; quick to load, for commands that may sign."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from badgesite.commands.console import number
from badgesite.crypto.key_files.folder import VARIABLE
from badgesite.errors import UsageError

PASSPHRASE = "BADGESITE_PASSPHRASE"  # noqa: S105 - the name of a variable


def passphrase_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --passphrase-fd, the argument `descriptor`, to a command."""
    return click.option(
        "--passphrase-fd",
        "descriptor",
        metavar="N",
        type=number(0, 1023),
        help=f"Read the passphrase from this open file.  [default: ${PASSPHRASE}, or a prompt]",
    )(command)


def keys_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --keys, the argument `halves_folder`, to a command."""
    return click.option(
        "--keys",
        "halves_folder",
        type=click.Path(file_okay=False, path_type=Path),
        help=f"Where private halves lie.  [default: the text in ${VARIABLE}, or {_short(default_folder())}]",
    )(command)


@dataclass(frozen=True, slots=True)
class Issuing:
    """That what is recorded is signed at once: with private halves in `folder`, the passphrase from an open file."""

    folder: Path | None
    descriptor: int | None


def sign_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --sign, and --keys and --passphrase-fd that go with it, as the one argument `issuing` to a command."""

    @click.option("--sign", "signs", is_flag=True, help="Issue them at once, as `badgesite sign` does.")
    @keys_option
    @passphrase_option
    @wraps(command)
    def signing(*given: Any, signs: bool, halves_folder: Path | None, descriptor: int | None, **more: Any) -> Any:
        if not signs and (halves_folder or descriptor is not None):
            option = "--keys" if halves_folder else "--passphrase-fd"
            raise UsageError(f"{option} is for --sign; add that, or leave it out")
        return command(*given, issuing=Issuing(halves_folder, descriptor) if signs else None, **more)

    return signing


def default_folder() -> Path:
    """Where private halves lie if nobody says: in the folder that this system has for settings of a person's own."""
    settings = Path(click.get_app_dir("badgesite"))
    if os.environ.get("XDG_CONFIG_HOME") == "" and not settings.is_absolute():
        settings = Path.home() / ".config" / settings  # empty is as unset (XDG Base Directory Specification)
    return settings / "keys"


def _short(folder: Path) -> str:
    """A folder as people write it."""
    home = Path(os.path.expanduser("~"))
    return f"~/{folder.relative_to(home).as_posix()}" if home in folder.parents else str(folder)
