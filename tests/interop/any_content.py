"""Credentials and profiles of any content, for others' schema: `python -m tests.interop.any_content FOLDER NUMBER`.

The folder is laid out as a built site is. That such documents are signed as others read them is tested elsewhere; here
only their shape counts, so that the proof is over nothing.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from badgesite.crypto.proofs import sign_document
from badgesite.plan import plan_of
from badgesite.standards import ob3
from tests.any_documents import Document, catalogue_of, credentials
from tests.any_site import Files, sites
from tests.crypto.credentials import Ed25519Key

KEY = Ed25519Key()
MOMENT = "2023-07-20T09:30:00Z"


def write(folder: Path, number: int) -> int:
    """Write the documents of so many sites, the same each time, into an empty folder; gives how many there are."""
    shutil.rmtree(folder, ignore_errors=True)
    written = 0

    @seed(20230714)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(site=sites())
    def draw(site: tuple[Files, dict[str, bool]]) -> None:
        nonlocal written
        for path, document in _documents(site[0]):
            written += 1
            place = folder / path.format(written)
            place.parent.mkdir(parents=True)
            place.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    draw()
    return written


def _documents(files: Files) -> Iterator[tuple[str, Document]]:
    """Each document with its path, in which a number is still to be written."""
    catalogue = catalogue_of(files)
    for document in credentials(catalogue):
        signed = sign_document(document, KEY, KEY.method, MOMENT, digest=bytes(32))
        yield "awards/{}/credential.json", signed
    for issuer in catalogue.issuers:
        yield "issuers/{}/profile.json", ob3.profile(catalogue, plan_of(catalogue.site), issuer)


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2])), "documents")
