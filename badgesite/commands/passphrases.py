"""Where private halves and the passphrase that opens them come from: options, the environment, a prompt."""

import os
import sys
from pathlib import Path

import click

from badgesite.commands.key_options import PASSPHRASE, default_folder
from badgesite.crypto.key_files.folder import VARIABLE
from badgesite.crypto.private_keys import Halves
from badgesite.errors import UsageError

_LONGEST = 4096


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
