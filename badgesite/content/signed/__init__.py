"""What `sign` made and the repository keeps: credentials and status lists, read and written to the letter."""
