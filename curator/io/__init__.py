"""The edges: tables, packs, images, processes."""
