"""What templates get: frozen values with everything decided."""
