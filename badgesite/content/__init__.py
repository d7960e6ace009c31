"""The door: files become nouns, with a place for every fault; the one writer of content/ and private/."""
