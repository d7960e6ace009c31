"""The catalogue: its facets and the pages of their values, versions of a badge, and what search engines read."""
