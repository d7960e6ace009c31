"""What makes the files of a site, a file for each kind; `outputs` is their index."""
