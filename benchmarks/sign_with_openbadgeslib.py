"""Sign documents with openbadgeslib, one after the other; for benchmarks/signing.py.

sign_with_openbadgeslib.py checked|unchecked DOCUMENTS KEY METHOD CREATED RESULT

Nothing of badgesite is imported: this runs in a virtual environment that does not have it.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from openbadgeslib.ob3 import OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner, add_data_integrity_proof

Document = dict[str, Any]


def signing(way: str, key: Path, method: str, created: datetime) -> Callable[[Document], Document]:
    """The function that signs a document; both ways ask for a key without a passphrase."""
    opened = load_pem_private_key(key.read_bytes(), os.environ["BADGESITE_PASSPHRASE"].encode())
    pem = opened.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    if way == "unchecked":
        return lambda document: add_data_integrity_proof(document, pem, method, created=created)
    signer = OB3LdpSigner(pem, method)

    def sign(document: Document) -> Document:
        credential = SimpleNamespace(to_vc=lambda: document)  # all that the signer asks of one
        return signer.sign(cast(OpenBadgeCredential, credential), created=created)

    return sign


def main(way: str, documents: str, key: str, method: str, created: str, result: str) -> None:
    """Read, sign and write, a line each."""
    sign = signing(way, Path(key), method, datetime.fromisoformat(created))
    with open(documents, encoding="utf-8") as source, open(result, "w", encoding="utf-8") as target:
        signed = (sign(json.loads(line)) for line in source)
        target.writelines(f"{json.dumps(document, separators=(',', ':'))}\n" for document in signed)


if __name__ == "__main__":
    main(*sys.argv[1:])
