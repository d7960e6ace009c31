"""`badgesite unbake IMAGE`: the badge that a picture carries."""

import sys
from pathlib import Path

import click

from badgesite.commands.console import Session, quiet_option
from badgesite.errors import FormatError, OutputError, UsageError
from badgesite.files import write_whole
from badgesite.standards.baking import PICTURE_LIMIT, Form, Payload, unbake

_STANDARDS = {"ob2": "Open Badges 2.0", "ob3": "Open Badges 3.0"}
_FORMS: dict[Form, str] = {
    "document": "a document",
    "signed": "a signed badge (JWT)",
    "address": "the address of a document",
    "unknown": "something else than a badge",
}


@click.command()
@click.argument("image")
@click.option("--standard", type=click.Choice(list(_STANDARDS)), help="Only the badge of this standard.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the badge to this file.")
@quiet_option
@click.pass_obj
def command(session: Session, image: str, standard: str | None, out: Path | None) -> None:
    """Print the badge inside a PNG or SVG picture, of this site or any other; - reads standard input.

    A picture may carry badges of both standards; each is printed to the letter, and a new line after it.

    \b
    Examples:
      badgesite unbake badge.png
      badgesite unbake badge.png --standard ob2 --out assertion.json
    """
    data = _read(image)
    try:
        found = [each for each in unbake(data) if standard in (None, each.standard)]
    except FormatError as error:
        raise FormatError(f"{image}: {error}") from error
    if not found:
        kind = f" of {_STANDARDS[standard]}" if standard else ""
        raise FormatError(f"{image}: the picture carries no badge{kind}")
    for each in found:
        session.say(f"{_STANDARDS[each.standard]}: {_FORMS[each.form]}")
    if out:
        _write(out, found)
        return
    sys.stdout.buffer.write(b"".join(each.text.encode() + b"\n" for each in found))


def _read(image: str) -> bytes:
    """At most a byte more than the limit, which `unbake` then refuses."""
    if image == "-":
        return sys.stdin.buffer.read(PICTURE_LIMIT + 1)
    try:
        with Path(image).open("rb") as file:
            return file.read(PICTURE_LIMIT + 1)
    except OSError as error:
        raise OutputError(f"{image} cannot be read: {error.strerror}") from error


def _write(out: Path, found: list[Payload]) -> None:
    if len(found) > 1:
        raise UsageError(f"the picture carries {len(found)} badges; choose one with --standard, or leave out --out")
    write_whole(out, found[0].text.encode())
