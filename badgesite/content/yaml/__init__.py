"""YAML text becomes nodes that know their place, and nodes become nouns or problems in words."""
