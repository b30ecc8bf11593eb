"""Is this text a human caption of the image."""
