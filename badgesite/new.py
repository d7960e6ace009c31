"""The first files of a badge or an issuer, to be filled in (`badgesite new`)."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from badgesite.content.permanence.lock_files import published
from badgesite.content.reading import Reading
from badgesite.content.schema import modeline
from badgesite.errors import ContentError, PermanenceError, UsageError
from badgesite.files import write_new
from badgesite.model.catalogue import Catalogue
from badgesite.model.scalars import WINDOWS_NAMES, is_slug
from badgesite.model.text import UNWRITTEN
from badgesite.starter.drawing import drawing
from badgesite.starter.words import filled, sample_unit, slug_of, yaml_map, yaml_text

FOLDER = re.compile(r"[\w-][\w -]*")
DESCRIPTION = {
    "en": "What someone who holds this badge knows or can do.",
    "it": "Che cosa sa o sa fare chi ha questo badge.",
}
CRITERIA = {
    "en": "What one has to do to earn it, and how it is checked.",
    "it": "Che cosa bisogna fare per ottenerlo, e come si verifica.",
}
IMAGE_ALT = {
    "en": "What can be seen in the picture.",
    "it": "Che cosa si vede nell'immagine.",
}
ISSUER_NAME = {
    "en": "Name of the institution",
    "it": "Nome dell'ente",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A badge to be made: of which issuer, in which folder below badges/, in place of or as a copy of which other."""

    slug: str
    issuer: str | None = None
    folder: str | None = None
    replaces: str | None = None
    copy_of: str | None = None


def badge_files(root: Path, reading: Reading, wanted: Wanted) -> dict[str, bytes]:
    """The picture and the YAML of a new badge by path, in the order of writing; UsageError if it cannot be made.

    A badge that replaces another begins as a copy of it.
    """
    catalogue = _sound(reading)
    _free(wanted.slug, catalogue.badges, "a badge")
    _never_used(wanted.slug, catalogue.former_badges, published(root, "badges"), "badge")
    names = catalogue.badge_names
    wanted = replace(
        wanted,
        replaces=names.get(wanted.replaces or "", wanted.replaces),
        copy_of=names.get(wanted.copy_of or "", wanted.copy_of),
    )
    for other in (wanted.replaces, wanted.copy_of):
        if other and other not in catalogue.badges:
            raise UsageError(f'there is no badge "{other}"; there are: {", ".join(catalogue.badges)}')
    model = wanted.copy_of or wanted.replaces
    if model:
        return _copy(root, catalogue, PurePosixPath(reading.places[f"badge:{model}"].path), model, wanted)
    folder = _folder(wanted.folder or "")
    texts = {
        "modeline": modeline("badge", f"{folder}/{wanted.slug}.yaml"),
        "slug": wanted.slug,
        "issuer": _issuer(catalogue, wanted.issuer),
        "name": yaml_text(wanted.slug.replace("-", " ").capitalize()),
        "description": _lines(DESCRIPTION, catalogue.site.languages),
        "criteria": _lines(CRITERIA, catalogue.site.languages),
        "image_alt": _lines(IMAGE_ALT, catalogue.site.languages),
    }
    return {
        f"{folder}/{wanted.slug}.svg": drawing(wanted.slug).encode(),
        f"{folder}/{wanted.slug}.yaml": filled("badge.yaml", **texts).encode(),
    }


def issuer_files(root: Path, reading: Reading, slug: str) -> dict[str, bytes]:
    """The YAML of a new issuer by path; UsageError if it cannot be made."""
    catalogue = _sound(reading)
    _free(slug, catalogue.issuers, "an issuer")
    _never_used(slug, {}, published(root, "issuers"), "issuer")
    name = yaml_map({language: _unwritten(ISSUER_NAME, language) for language in catalogue.site.languages})
    url, email = "https://www.example.edu", f"{slug}@example.edu"
    path = f"content/issuers/{slug}.yaml"
    unit = sample_unit(catalogue.site.languages)
    words = filled(
        "issuer.yaml", modeline=modeline("issuer", path), slug=slug, name=name, url=url, email=email, unit=unit
    )
    return {path: words.encode()}


def put(root: Path, files: Mapping[str, bytes]) -> None:
    """Write new files in their order, none over another; UsageError if something else is there."""
    there = [path for path in files if (root / path).exists()]
    for path in there:
        if (root / path).read_bytes() != files[path]:
            raise UsageError(f"{path} is there already; choose another slug, or move it away")
    for path, data in files.items():
        if path not in there:
            write_new(root / path, data)


def _sound(reading: Reading) -> Catalogue:
    if reading.catalogue is None:
        raise ContentError(problems=reading.problems)
    return reading.catalogue


def _free(slug: str, taken: Collection[str], kind: str) -> None:
    if not is_slug(slug):
        raise UsageError(f'"{slug}" cannot be the slug of {kind}, its name in addresses; {_nearest(slug, kind)}')
    if slug in taken:
        raise UsageError(f'there is {kind} "{slug}" already; choose another slug')


def _never_used(slug: str, former: Mapping[str, str], published: Collection[str], kind: str) -> None:
    """PermanenceError for a name that was published, and is not in use."""
    if slug in former:
        what = f'"{slug}" was the name of the {kind} "{former[slug]}"'
        raise PermanenceError(f"{what}, and a name that was published is never used again; choose another")
    if slug in published:
        what = f'the {kind} "{slug}" was published and is gone'
        raise PermanenceError(f"{what}; take its file back from Git, or choose another name")


def _nearest(words: str, kind: str) -> str:
    """The slug that somebody may have meant who wrote a name, or the path of a file."""
    if words in WINDOWS_NAMES:
        return "Windows keeps it for itself: choose another"
    path = words.replace("\\", "/").removesuffix(".yaml")
    if not all(map(is_slug, path.split("/"))):
        near = slug_of(path)
        return f"try {near}" if near else "use small letters without accents, digits and hyphens"
    folder, _, name = path.removeprefix("content/").removeprefix("badges/").rpartition("/")
    return f"try {name} --folder {folder}" if folder and kind == "a badge" else f"try {name}"


def _issuer(catalogue: Catalogue, wanted: str | None) -> str:
    issuers = ", ".join(catalogue.issuers)
    if wanted is None and len(catalogue.issuers) != 1:
        raise UsageError(f"the site has {len(catalogue.issuers)} issuers; say which with --issuer: {issuers}")
    if wanted is not None and wanted not in catalogue.issuers:
        raise UsageError(f'there is no issuer "{wanted}"; there are: {issuers}')
    return wanted or next(iter(catalogue.issuers))


def _folder(wanted: str) -> PurePosixPath:
    folder = PurePosixPath(wanted.replace("\\", "/").strip("/").removeprefix("content/badges").strip("/"))
    if not all(FOLDER.fullmatch(part) for part in folder.parts):
        raise UsageError(f'"{wanted}" cannot be a folder below content/badges; write one or more names, like language')
    return "content" / PurePosixPath("badges") / folder


def _unwritten(words: Mapping[str, str], language: str) -> str:
    return f"{UNWRITTEN} {words.get(language, words['en'])}"


def _lines(words: Mapping[str, str], languages: tuple[str, ...]) -> str:
    return "\n".join(f"  {language}: |\n    {_unwritten(words, language)}" for language in languages)


def _copy(root: Path, catalogue: Catalogue, source: PurePosixPath, model: str, wanted: Wanted) -> dict[str, bytes]:
    """A badge like another: its words and picture, without the decisions that were taken about it."""
    picture = PurePosixPath(catalogue.badge_pictures[model].path)
    folder = _folder(wanted.folder) if wanted.folder is not None else source.parent
    text = (root / source).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    for key in ("replaces", "formerly", "approvals", "amended"):
        text = _without(text, key)
    if not re.search(r"^image:", text, re.MULTILINE):
        raise UsageError(f"{source} cannot be copied; write each of its fields on a line of its own, without indent")
    text = re.sub(r"^image:.*", f"image: {wanted.slug}{picture.suffix}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^# yaml-language-server: .*", modeline("badge", f"{folder}/{wanted.slug}.yaml"), text, count=1)
    if wanted.issuer:
        text = _with(_without(text, "issuer"), f"issuer: {_issuer(catalogue, wanted.issuer)}")
    if wanted.replaces:
        text = _with(text, f"replaces: {wanted.replaces}")
    return {
        f"{folder}/{wanted.slug}{picture.suffix}": (root / picture).read_bytes(),
        f"{folder}/{wanted.slug}.yaml": text.encode(),
    }


def _without(text: str, key: str) -> str:
    """The lines of a YAML map without those of one key, and without the remark above it."""
    kept: list[str] = []
    dropping = False
    for line in text.splitlines(keepends=True):
        starts = line.startswith(f"{key}:")
        dropping = starts or (dropping and (not line.strip() or line[0] in " \t-"))
        if starts:
            while len(kept) > 1 and kept[-1].startswith("#") and "$schema=" not in kept[-1]:
                kept.pop()
        if not dropping:
            kept.append(line)
    return "".join(kept)


def _with(text: str, line: str) -> str:
    """The lines of a YAML map with one more, before its first key."""
    return re.sub(r"^(?=[^#\s])", f"{line}\n", text, count=1, flags=re.MULTILINE)
