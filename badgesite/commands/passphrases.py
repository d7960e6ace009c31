"""Where private halves and the passphrase that opens them come from: options, the environment, a prompt."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from badgesite.commands.console import number
from badgesite.crypto.private_keys import VARIABLE, Halves
from badgesite.errors import UsageError

PASSPHRASE = "BADGESITE_PASSPHRASE"  # noqa: S105 - the name of a variable
_LONGEST = 4096


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


def default_folder() -> Path:
    """Where private halves lie if nobody says: in the folder that this system has for settings of a person's own."""
    return Path(click.get_app_dir("badgesite")) / "keys"


def halves(folder: Path | None) -> Halves:
    """Where to look for private halves: the folder that was named, else the text in the environment, else our own."""
    return Halves(folder) if folder else Halves(default_folder(), os.environ.get(VARIABLE) or None)


class Passphrases:
    """Passphrases by issuer: the one of the open file or the environment for all, or each asked for at a prompt."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor
        self._known: dict[str, str] = {}

    def of(self, issuer: str) -> str:
        """The passphrase of keys that are there already; asked once."""
        return self._passphrase(issuer, f"Passphrase of the keys of {issuer}", confirmed=False)

    def new(self, issuer: str) -> str:
        """A passphrase for keys to be made; at a prompt, to be typed twice."""
        return self._passphrase(issuer, f"Passphrase for the new keys of {issuer}", confirmed=True)

    def _passphrase(self, issuer: str, question: str, *, confirmed: bool) -> str:
        if self._descriptor is not None and not self._known:
            self._known[""] = _read(self._descriptor)
        elif self._descriptor is None and PASSPHRASE in os.environ:
            self._known[""] = os.environ[PASSPHRASE]
        if "" in self._known:
            return _not_empty(self._known[""], f"${PASSPHRASE}" if self._descriptor is None else "what was given")
        if issuer not in self._known:
            self._known[issuer] = _asked(question, confirmed)
        return self._known[issuer]


def _not_empty(passphrase: str, source: str) -> str:
    if not passphrase.strip():
        mend = "write it there; in CI, see that the job may read the secret"
        raise UsageError(f"the passphrase is empty, in {source}; {mend}")
    return passphrase


def _read(descriptor: int) -> str:
    """The first line of an open file."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            line = file.readline(_LONGEST)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        mend = "open it, as in --passphrase-fd 3 3<FILE"
        raise UsageError(f"file descriptor {descriptor} cannot be read: {reason}; {mend}") from error
    return line.rstrip(b"\r\n").decode("utf-8", "surrogateescape")


def _asked(question: str, confirmed: bool) -> str:
    if not sys.stdin.isatty():
        mend = f"set {PASSPHRASE}, or give it by --passphrase-fd"
        raise UsageError(f"there is nobody to ask for the passphrase; {mend}")
    again = "Once more" if confirmed else False
    while not (words := str(click.prompt(question, hide_input=True, confirmation_prompt=again, err=True))).strip():
        click.echo("the passphrase is empty; type one", err=True)
    return words


def _short(folder: Path) -> str:
    """A folder as people write it."""
    home = Path(os.path.expanduser("~"))
    return f"~/{folder.relative_to(home).as_posix()}" if home in folder.parents else str(folder)
