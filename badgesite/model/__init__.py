"""The nouns an author writes, and the catalogue of them: frozen, without I/O, JSON-LD or URLs."""
