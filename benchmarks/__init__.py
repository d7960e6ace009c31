"""How long badgesite takes, and how much memory, beside a floor and another site generator: `python -m benchmarks`."""
