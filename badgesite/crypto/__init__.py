"""Keys, canonical bytes, proofs and tokens. Knows no badges."""
