"""Recipient lists, as Excel writes them, become rows; every bad row is reported."""
