"""The lock files: what was ever published, and what of it may not change."""
