"""Connectors: one file each says what to open and how to read it."""
