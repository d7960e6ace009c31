"""Awards as they lie in content/awards and private/: read, written, completed."""
