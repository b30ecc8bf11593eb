"""Is this file an image that can be trained on."""
