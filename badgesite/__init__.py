"""badgesite: publicly hosted, verifiable Open Badges from YAML in a Git repository."""

__version__ = "0.1.0"
