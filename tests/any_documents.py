"""The Open Badges 3.0 documents of sites that hypothesis drew, as one run of badgesite would sign and publish them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from badgesite.content.reading import read_or_raise
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.plan import plan_of
from badgesite.standards import ob3, status
from tests.any_site import Files

LIST = "0a1b2c3d"
Document = dict[str, object]


def catalogue_of(files: Files) -> Catalogue:
    """The catalogue of a site that was drawn."""
    with TemporaryDirectory() as folder:
        for path, content in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        catalogue = read_or_raise(Path(folder)).catalogue
    assert catalogue
    return catalogue


def credential_of(catalogue: Catalogue, batch: Batch, award: Award, index: int) -> Document:
    """The credential of an award, without its proof, at this place of a status list."""
    plan = plan_of(catalogue.site)
    entry = status.entry(plan, catalogue.badges[batch.badge].issuer, LIST, index)
    return ob3.credential(catalogue, plan, batch, award, status=entry, valid_from=f"{batch.date}T00:00:00Z")


def credentials(catalogue: Catalogue) -> Iterator[Document]:
    """The credential of each award as it is, and as it would be in each language, with and without a name."""
    for index, (batch, award) in enumerate(catalogue.each_award()):
        for each in _variants(award, catalogue.site.languages):
            yield credential_of(catalogue, _batch(batch, each), each, index)


def _variants(award: Award, languages: tuple[str, ...]) -> Iterator[Award]:
    yield award
    for language in languages:
        yield replace(award, language=language, visibility="unnamed")
        yield replace(award, language=language, visibility="public")


def _batch(batch: Batch, award: Award) -> Batch:
    return replace(batch, awards=tuple(award if each.id == award.id else each for each in batch.awards))
