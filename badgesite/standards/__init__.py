"""One file per standard, making and checking together."""
