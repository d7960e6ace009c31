"""What every command about keys reads first: the content, and the public halves."""

from badgesite.commands.console import Session
from badgesite.content.reading import read_or_raise
from badgesite.crypto.public_keys import KeyRing, read_keys
from badgesite.errors import KeyFileError
from badgesite.model.catalogue import Catalogue


def read(session: Session) -> tuple[Catalogue, KeyRing]:
    """The content and the keys of the site; KeyFileError or ContentError, with every fault, if one is in them."""
    catalogue = read_or_raise(session.root, drafts=True).catalogue
    ring, problems = read_keys(session.root)
    for problem in problems:
        if problem.severity == "warning":
            session.warn(str(problem))
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults or catalogue is None:
        raise KeyFileError(problems=faults)
    return catalogue, ring
