"""A whole built site, verified in its folder."""
