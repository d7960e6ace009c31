"""The published test pair of the example, as tests give it to a program."""

from pathlib import Path

from badgesite.crypto.key_files.folder import VARIABLE

FOLDER = Path(__file__).resolve().parent / "keys"
PASSPHRASE = "badgesite"
BASE = "https://badges.example.edu/"


def pems() -> str:
    """Both private halves, encrypted, one after another."""
    return "".join(path.read_text(encoding="ascii") for path in sorted((FOLDER / "example").glob("*.pem")))


def environment() -> dict[str, str]:
    """The variables with which a program signs the example."""
    return {VARIABLE: pems(), "BADGESITE_PASSPHRASE": PASSPHRASE}


def copied_to(folder: Path) -> Path:
    """The private halves in files that nobody else may read, as a clone of the repository does not make them."""
    for path in (FOLDER / "example").glob("*.pem"):
        target = folder / "example" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        target.chmod(0o600)
    return folder
