"""Exporters: one file each turns a published edition into further files."""
