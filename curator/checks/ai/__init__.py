"""Was it made by AI: evidence, and how far it can be ruled out."""
