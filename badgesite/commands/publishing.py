"""How what is in content/ gets to each address at which awards are published."""

from collections.abc import Iterable

from badgesite.model.catalogue import Catalogue


def stays_at(base: str, awards: int) -> str:
    """What is not here because it is published at a former address, and how it gets there."""
    what = "1 award stays" if awards == 1 else f"{awards:,} awards stay"
    return f"{what} at {base}: publish with `badgesite build --base {base}`"


def builds(catalogue: Catalogue, batches: Iterable[str]) -> str:
    """The commands that publish these batches (slugs): one for each address at which awards of them are."""
    former = {catalogue.base_of(batch) for batch in batches} - {catalogue.site.base}
    return " and ".join(["badgesite build", *(f"badgesite build --base {base}" for base in sorted(former))])
