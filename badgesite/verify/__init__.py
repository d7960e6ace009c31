"""Any badge, verified in numbered steps over published bytes; ours or a stranger's."""
