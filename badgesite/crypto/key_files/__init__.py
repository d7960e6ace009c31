"""The files of keys: where public ones lie and how they are read, how private ones are sealed."""
