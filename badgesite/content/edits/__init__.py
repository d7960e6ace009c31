"""Records edited where they stand, in YAML and in CSV: every byte that need not change is left as it is."""
