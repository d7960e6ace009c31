"""Public keys that signed what was published, and are not in keys/: without them no verifier takes what they signed."""

from collections import Counter
from collections.abc import Iterator

from badgesite.content.signed.lines import entry_of
from badgesite.crypto.key_files.folder import FOLDER
from badgesite.crypto.public_keys import KeyRing
from badgesite.errors import Place, Problem
from badgesite.issued.genuine import methods_of
from badgesite.model.catalogue import Catalogue
from badgesite.plan import plan_of_batch

_MEND = (
    "get its file back from whoever made it and commit it; new keys or --replace would make every badge given out stop "
    "verifying"
)


def lost_keys(catalogue: Catalogue, keys: KeyRing) -> Iterator[Problem]:
    """A problem for each key that is missing, or one for all of an issuer who has none.

    What no lock file knows is not counted: anybody may have signed it.
    """
    missing = _missing(catalogue, keys)
    for issuer in sorted({issuer for issuer, _ in missing}):
        place = Place(f"{FOLDER}/{issuer}")
        if not keys.of(issuer):
            mend = f"take {FOLDER}/{issuer}/ back from Git; if it never was there, commit it where the keys were made"
            yield Problem(place, "there is no public key, and credentials were signed", mend)
    for (issuer, fragment), number in sorted(missing.items()):
        if keys.of(issuer):
            signed = f"{number} credential{'' if number == 1 else 's'}"
            what = f"the folder lacks the public key {fragment} that signed {signed}"
            yield Problem(Place(f"{FOLDER}/{issuer}"), what, _MEND)


def _missing(catalogue: Catalogue, keys: KeyRing) -> Counter[tuple[str, str]]:
    """How many credentials each missing key signed, by issuer and by its name in the DID document."""
    known = {issuer: {key.fragment for key in keys.of(issuer)} for issuer in catalogue.issuers}
    missing: Counter[tuple[str, str]] = Counter()
    for batch, award in catalogue.each_award():
        if signed := catalogue.credentials.get(award.id):
            issuer = catalogue.badges[batch.badge].issuer
            own = plan_of_batch(catalogue, batch.slug).did(issuer)
            named = (method.partition("#") for method in methods_of(signed))
            unknown = [name for did, _, name in named if did == own and name not in known[issuer]]
            if unknown and entry_of(signed.text) in catalogue.locked.get(award.id, ()):
                missing.update((issuer, name) for name in unknown)
    return missing
