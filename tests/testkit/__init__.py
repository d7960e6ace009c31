"""A public kit of small badges, sound and broken, for whoever writes a verifier; README.md says how to use it."""
