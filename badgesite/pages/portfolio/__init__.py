"""Several awards on one page, which a script puts together in the browser."""
