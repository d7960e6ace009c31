"""Keys whose private halves are published, so that anybody can sign the example (tests/keys/README.md)."""

from collections.abc import Mapping

EXAMPLE = "https://badges.example.edu/"

PUBLISHED: Mapping[str, str] = {
    "z6MkhnVrmDsUV5QzZ3p3X4Nw5Vkjx26vFhXFhZ5ZrHdPyFXJ": EXAMPLE,
    "Bo7Ml6SgPD1zC9lL-jwkgGW2EnQ_V7Fbsu1ZI-WtalQ": EXAMPLE,
}
"""By the name of the key in a DID document, the only site that it may sign for, whatever the file of the key says."""
