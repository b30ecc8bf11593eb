"""Checks: one file each looks and gives evidence; none decides."""
