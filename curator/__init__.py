"""Builds rights-cleared, fully disclosed image-text datasets for CLIP training."""

from importlib.metadata import version

__version__ = version("optin-curator")
