"""What is wrong with no build and better mended all the same: warnings of sound content, each at its place."""
