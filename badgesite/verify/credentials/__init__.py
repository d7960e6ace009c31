"""Open Badges 3.0, step by step: who signed a credential, whose key it is, whether it was taken back, and the rest."""
