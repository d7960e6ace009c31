"""The letters that tell holders of their badges: what they say, and the files that mail programs open."""
