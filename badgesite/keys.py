"""The story of `keys`: a pair for an issuer, made whole or not at all; and what the keys of the site are."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from badgesite.content.records import private
from badgesite.content.yaml.sentences import suggestion
from badgesite.crypto.private_keys import FILE_MODE, FOLDER_MODE, Halves, make_pair
from badgesite.crypto.public_keys import KeyRing, PublicKey, key_text
from badgesite.errors import KeyFileError, OutputError, UsageError
from badgesite.files import write_new
from badgesite.issued.signatures import Tally, signatures
from badgesite.model.catalogue import Catalogue

_PUBLIC_MODE = 0o644
_KEPT_OUT = "private"  # the one folder of a site that no Git repository takes up


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new pair goes: the site in `root`, private halves to `folder`; `ignored` asks Git about a path."""

    root: Path
    folder: Path
    ignored: Callable[[Path], bool]


@dataclass(frozen=True, slots=True)
class Listed:
    """A key as the list tells it; `at_hand` is whether its private half lies where one looks for it here."""

    key: PublicKey
    at_hand: bool
    signed: Tally


def new_pair(
    place: Place, catalogue: Catalogue, ring: KeyRing, issuer: str, passphrase: Callable[[], str], now: datetime
) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Make a pair for an issuer; gives the paths of the public halves from the site's folder, and of the private ones.

    Private halves are written first: a public one without its private half would stop every later `sign`. If anything
    goes wrong on the way, nothing of the pair stays. The passphrase is asked when nothing else stands in the way.
    """
    if issuer not in catalogue.issuers:
        raise UsageError(f'there is no issuer "{issuer}"; {suggestion(issuer, catalogue.issuers)}')
    _refuse_git(place, place.folder / issuer)
    pair = make_pair(issuer, now.replace(microsecond=0), [key.name for key in ring.of(issuer)])
    halves = Halves(place.folder)
    secret = [halves.path(key.public) for key in pair]
    public = [place.root / key.public.path for key in pair]
    if there := [path for path in (*secret, *public) if path.exists() or path.is_symlink()]:
        raise _taken(there[0])
    words = passphrase()
    files = [(path, key.encrypted(words), FILE_MODE) for path, key in zip(secret, pair, strict=True)]
    files += [(path, key_text(key.public).encode(), _PUBLIC_MODE) for path, key in zip(public, pair, strict=True)]
    _write(files)
    return tuple(key.public.path for key in pair), tuple(secret)


def _refuse_git(place: Place, chosen: Path) -> None:
    """UsageError if Git might take up, or the site publish, a private half in the folder `chosen`."""
    what = "private halves"
    private.refuse_place(place.root, chosen, what)
    folder, root = chosen.resolve(), place.root.resolve()
    way = (folder, *folder.parents)
    mend = "leave out --to, or choose a folder outside of it, or one that its .gitignore names, such as private/"
    repository = next((above for above in way if (above / ".git").exists()), None)
    if repository and not place.ignored(folder / "key.pem"):
        raise UsageError(f"{what} cannot lie in {chosen}: Git, in {repository}, would keep them; {mend}")
    if not repository and root in way:
        if root / _KEPT_OUT not in way:
            raise UsageError(f"{what} cannot lie in {chosen}, in the site's folder, which goes into Git; {mend}")
        private.prepare(root / _KEPT_OUT)


def _taken(path: Path) -> KeyFileError:
    mend = "another site on this machine may use this name: choose another folder with --to FOLDER"
    return KeyFileError(f"{path} is there already; {mend}")


def _write(files: Sequence[tuple[Path, bytes, int]]) -> None:
    """Write every file, none over another; if that does not succeed, nothing that was written stays."""
    folders: list[Path] = []
    try:
        for path, data, mode in files:
            if mode == FILE_MODE:
                _make_private(path.parent, folders)
            try:
                write_new(path, data, mode)
            except FileExistsError as error:  # since we looked
                raise _taken(path) from error
    except BaseException:
        for path, data, _ in files:
            with suppress(OSError):
                if path.read_bytes() == data:  # so it is ours
                    path.unlink()
        for folder in (files[-1][0].parent, *reversed(folders)):
            with suppress(OSError):
                folder.rmdir()
        raise


def _make_private(folder: Path, made: list[Path]) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; notes in `made` which."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    try:
        for above in reversed(missing):
            above.mkdir(mode=FOLDER_MODE)
            made.append(above)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}; look at the permissions") from error


def listing(catalogue: Catalogue, ring: KeyRing, halves: Halves) -> dict[str, tuple[Listed, ...]]:
    """Each issuer's keys; an issuer of the site without any is there too, as are keys of an issuer that is not."""
    signed = signatures(catalogue)
    return {
        issuer: tuple(
            Listed(key, halves.found(key).is_file(), signed.get(key.fragment, Tally())) for key in ring.of(issuer)
        )
        for issuer in sorted({*catalogue.issuers, *ring.keys})
    }
