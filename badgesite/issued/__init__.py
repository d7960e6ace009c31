"""What is signed, and what is due; see docs/architecture.md."""
