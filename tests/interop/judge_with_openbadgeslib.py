"""Let openbadgeslib verify every Open Badges 3.0 credential of a built site, in each of the forms it is published in.

Run by the Python of .interop/openbadgeslib: judge_with_openbadgeslib.py SCHEMAS SITE [ALTERED]. It finds the issuer's
key by itself, in the DID document of the credential's issuer, and is asked to look at the status list.
"""

import json
from collections.abc import Callable

from offline import Judge, Offline, Verdict, main
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.verify import verify_badge

WORDS = {
    "Credential has expired": "expired",
    "Credential status 'revocation' is set": "revoked",
    "No openbadge": "empty",
}


def data_integrity(offline: Offline, path: str) -> Verdict:
    """The credential with its embedded proof. The list is read, but its signature is not: it would have to be a JWT."""
    text = offline.read(path)
    return _verdict(
        lambda: OB3LdpVerifier.for_issuer_did(_issuer(text), offline.fetch).verify(
            text, check_status=True, verify_status_list=False, download=offline.fetch
        )
    )


def data_integrity_and_list(offline: Offline, path: str) -> Verdict:
    """The same; for the status list it is handed the JWT that lies beside it, and verifies its signature too."""

    def fetch(url: str) -> bytes:
        served: bytes = offline.fetch(url.removesuffix(".json") + ".jwt" if "/status/" in url else url)
        return served

    text = offline.read(path)
    verifier = OB3LdpVerifier.for_issuer_did(_issuer(text), fetch)
    return _verdict(lambda: verifier.verify(text, check_status=True, download=fetch))


def jwt(offline: Offline, path: str) -> Verdict:
    """The credential as a JWT, its key named by `kid`."""
    issuer = _issuer(offline.read(path.removesuffix("jwt") + "json"))
    token = offline.read(path).decode()
    return _verdict(
        lambda: OB3Verifier.for_issuer_did(issuer, offline.fetch).verify(
            token, check_status=True, verify_status_list=False, download=offline.fetch
        )
    )


def picture(offline: Offline, path: str) -> Verdict:
    """What a PNG or SVG carries: credential.json to the letter, and valid by itself."""
    image = offline.read(path)
    extract = OB3Verifier.extract_token_from_png if path.endswith("png") else OB3Verifier.extract_token_from_svg

    def verify() -> None:
        carried = extract(image)
        result = verify_badge(
            image, resolve_did=True, check_status=True, verify_status_list=False, download=offline.fetch
        )
        if not result.valid:
            raise LibOpenBadgesException(result.reason)
        if carried.encode() + b"\n" != offline.read(path.rpartition("/")[0] + "/credential.json"):
            raise LibOpenBadgesException("it does not carry credential.json")

    return _verdict(verify)


def _issuer(text: bytes) -> str:
    issuer: str = json.loads(text)["issuer"]["id"]
    return issuer


def _verdict(verify: Callable[[], object]) -> Verdict:
    """What comes of verifying, by what the library says when it refuses."""
    try:
        verify()
    except LibOpenBadgesException as error:
        return next((word for said, word in WORDS.items() if said in str(error)), "refused"), str(error)
    return "valid", ""


if __name__ == "__main__":
    main(
        Judge("credential.json", "awards/*/credential.json", data_integrity),
        Judge("credential.json, list as JWT", "awards/*/credential.json", data_integrity_and_list),
        Judge("credential.jwt", "awards/*/credential.jwt", jwt),
        Judge("badge.png", "awards/*/badge.png", picture),
        Judge("badge.svg", "awards/*/badge.svg", picture),
    )
