"""The picture that an `image:` line names: found, sound, and at hand."""

import os
from pathlib import Path
from posixpath import dirname, join, splitext

from badgesite.content.pictures.png import PNG_LIMIT, SIDE_LIMIT, png_side
from badgesite.content.pictures.svg import SVG_LIMIT, read_svg
from badgesite.content.yaml.sentences import suggestion
from badgesite.content.yaml.texts import UnreadableError, decode, read_bytes
from badgesite.errors import FormatError, Place, Problem
from badgesite.model.picture import Picture

_KINDS = {".png": "png", ".svg": "svg"}


def read_picture(root: Path, source: str, name: str, place: Place) -> tuple[Picture | None, tuple[Problem, ...]]:
    """The picture `name` beside the file `source`, or problems; `place` is that of the line which names it."""
    path = join(dirname(source), name)
    fault = _not_there(root / dirname(source), name)
    if fault:
        return None, (Problem(place, *fault),)
    try:
        if splitext(name)[1] == ".png":
            data = read_bytes(root, path, PNG_LIMIT)
            return Picture(path, "png", data, png_side(data)), ()
        text = decode(read_bytes(root, path, SVG_LIMIT), path)
        side, problems = read_svg(text, path)
        return (None if problems else Picture(path, "svg", text.encode(), side)), tuple(problems)
    except FormatError as error:
        return None, (Problem(place, f'the picture "{name}" {error}', _mend(str(error))),)
    except UnreadableError as error:
        told = error.problem
        return None, (told if told.place.line else Problem(place, f'"{name}": {told.what}', told.mend),)


def _mend(fault: str) -> str:
    if "not square" in fault:
        return "crop it to a square"
    if "carries" in fault or "taken" in fault:
        return "save it again without metadata"
    if "is the most" in fault:
        return f"make it smaller, at most {SIDE_LIMIT} x {SIDE_LIMIT} pixels"
    if "baked" in fault:
        return "use the badge's own picture, as it was before it was given to anybody"
    return "save it again as a PNG"


def _not_there(folder: Path, name: str) -> tuple[str, str] | None:
    """What is wrong with the name of a picture, and the mend."""
    try:
        beside = os.listdir(folder)
    except OSError:
        beside = []
    if name not in beside:
        twin = next((other for other in beside if other.casefold() == name.casefold()), None)
        if twin:
            return f'there is no picture "{name}"', f'the file is called "{twin}": capitals count'
        pictures = [other for other in beside if splitext(other)[1].lower() in _KINDS]
        return f'there is no picture "{name}" beside this file', suggestion(name, pictures) or "put it there"
    if not (folder / name).is_file():
        return f'"{name}" is not a file', "name a PNG or SVG picture"
    if splitext(name)[1] not in _KINDS:
        return f'"{name}" is neither .png nor .svg', "save the picture as PNG or SVG"
    return None
