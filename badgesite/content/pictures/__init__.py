"""Pictures, judged before any library sees them: sound, square, bounded, nothing from outside."""
