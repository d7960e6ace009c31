"""What themes are joined from: templates on shelves, and one stylesheet of many parts."""
