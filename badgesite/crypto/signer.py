"""What signs: whatever holds a private key and gives a signature of bytes."""

from typing import Protocol


class Signer(Protocol):
    """A private key: Ed25519 (RFC 8032), or P-256 with SHA-256, which gives r and s of 32 bytes each (RFC 7518)."""

    def sign(self, data: bytes) -> bytes:
        """The signature of `data`, 64 bytes; the same bytes give the same signature."""
        ...
