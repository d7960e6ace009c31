"""The first files of a site, a badge and an issuer: texts to fill in, lying beside this file."""
