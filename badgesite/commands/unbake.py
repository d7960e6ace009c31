"""`badgesite unbake IMAGE`: the badge that a picture carries."""

import sys
from pathlib import Path

import click

from badgesite.commands.console import Session, quiet_option
from badgesite.errors import FormatError, OutputError, UsageError
from badgesite.files import write_new
from badgesite.standards.baking import PICTURE_LIMIT, Form, Payload, unbake

_STANDARDS = {"ob2": "Open Badges 2.0", "ob3": "Open Badges 3.0"}
_FORMS: dict[Form, str] = {
    "document": "a document",
    "signed": "a signed badge (JWT)",
    "address": "the address of a document",
    "unknown": "something else than a badge",
}


@click.command()
@click.argument("images", metavar="IMAGE...", nargs=-1, required=True)
@click.option("--standard", type=click.Choice(list(_STANDARDS)), help="Only the badge of this standard.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the badge to this new file.")
@quiet_option
@click.pass_obj
def command(session: Session, images: tuple[str, ...], standard: str | None, out: Path | None) -> None:
    """Print the badge inside a PNG or SVG picture, of this site or any other; - reads standard input.

    A picture may carry badges of both standards; each is printed to the letter, and a new line after it. Of several
    pictures each stands under its name.

    \b
    Examples:
      badgesite unbake badge.png
      badgesite unbake badge.png --standard ob2 --out assertion.json
    """
    if out and len(images) > 1:
        raise UsageError("--out is for one picture; leave it out, or name one")
    faults = []
    for image in images:
        try:
            found = _found(image, standard)
        except FormatError as error:
            faults.append(str(error))
            continue
        for each in found:
            session.say(f"{_STANDARDS[each.standard]}: {_FORMS[each.form]}")
        if out:
            _write(out, found)
        else:
            name = f"{image}:\n" if len(images) > 1 else ""
            sys.stdout.buffer.write(name.encode() + b"".join(each.text.encode() + b"\n" for each in found))
            sys.stdout.buffer.flush()
    if faults:
        raise FormatError("\n".join(faults))


def _found(image: str, standard: str | None) -> list[Payload]:
    """The badges that a picture carries; FormatError, with its name, if there are none."""
    try:
        found = [each for each in unbake(_read(image)) if standard in (None, each.standard)]
    except FormatError as error:
        raise FormatError(f"{image}: {error}") from error
    if not found:
        kind = f" of {_STANDARDS[standard]}" if standard else ""
        raise FormatError(f"{image}: the picture carries no badge{kind}")
    return found


def _read(image: str) -> bytes:
    """At most a byte more than the limit, which `unbake` then refuses."""
    if image == "-":
        return sys.stdin.buffer.read(PICTURE_LIMIT + 1)
    if image.lower().startswith(("http://", "https://")):
        raise UsageError(f"{image} is on the web; download it first, and name the file")
    try:
        with Path(image).open("rb") as file:
            return file.read(PICTURE_LIMIT + 1)
    except OSError as error:
        raise OutputError(f"{image} cannot be read: {error.strerror}") from error


def _write(out: Path, found: list[Payload]) -> None:
    if len(found) > 1:
        raise UsageError(f"the picture carries {len(found)} badges; choose one with --standard, or leave out --out")
    try:
        write_new(out, found[0].text.encode())
    except FileExistsError as error:
        raise OutputError(f"{out} is there already; name another file, or remove it first") from error
