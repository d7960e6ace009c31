"""How much each key signed of what is in the content, and when it did so last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from badgesite.content.signed.lines import age_of
from badgesite.errors import counted
from badgesite.issued.genuine import methods_of, moment_of
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Signed


@dataclass(frozen=True, slots=True)
class Tally:
    """What one key signed: credentials, status lists, and the moment of the last of them."""

    credentials: int = 0
    lists: int = 0
    last: datetime | None = None

    def __str__(self) -> str:
        return f"{counted(self.credentials, 'credential')} and {counted(self.lists, 'status list')}"


def signatures(catalogue: Catalogue) -> Mapping[str, Tally]:
    """What each key signed, by its name in the DID document."""
    found: dict[str, Tally] = {}
    for signed, is_list in _documents(catalogue):
        moment = moment_of(age_of(signed.text)[0].decode())
        for fragment in {method.rpartition("#")[2] for method in methods_of(signed)}:
            tally = found.get(fragment, Tally())
            last = max(filter(None, (tally.last, moment)), default=None)
            more = {"lists": tally.lists + 1} if is_list else {"credentials": tally.credentials + 1}
            found[fragment] = replace(tally, last=last, **more)
    return found


def _documents(catalogue: Catalogue) -> Iterator[tuple[Signed, bool]]:
    """Credentials and status lists, and whether it is a list."""
    yield from ((signed, False) for signed in catalogue.credentials.values())
    yield from ((signed, True) for signed in catalogue.status_lists.values())
