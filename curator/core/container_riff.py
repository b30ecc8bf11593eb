"""Walks the chunks of a WebP (RFC 9649)."""

import struct

from curator.core.findings import PARTS, Findings

_PICTURES = {b"VP8 ", b"VP8L", b"ANMF"}


def walk(body: bytes, found: Findings) -> None:
    """Note what stands in a WebP."""
    end = 8 + int.from_bytes(body[4:8], "little")
    if end > len(body):
        found.broken("the file is shorter than its header says")
        end = len(body)
    elif body[end:].strip(b"\0"):
        left = len(body) - end
        found.broken(f"{left} bytes that belong to nothing follow the end of the image")
    at, pictures, animated = 12, 0, 0
    for _ in range(PARTS):
        if at == end:
            break
        if at + 8 > end:
            found.broken(f"there is no whole chunk at {at}")
            break
        kind, size = struct.unpack_from("<4sI", body, at)
        if at + 8 + size > end:
            found.broken(f"the chunk at {at} reaches beyond the end of the file")
            break
        pictures += kind in _PICTURES
        animated += kind == b"ANMF"
        _chunk(kind, body[at + 8 : at + 8 + size] if kind not in _PICTURES else b"", found)
        at = min(end, at + 8 + size + size % 2)
    else:
        found.broken(f"there are more than {PARTS} chunks")
    if not pictures:
        found.broken("there is no picture in the file")
    found.frames = max(1, animated)


def _chunk(kind: bytes, data: bytes, found: Findings) -> None:
    if kind == b"EXIF":
        found.keep_exif(data.removeprefix(b"Exif\0\0"))  # some writers put JPEG's mark before it
    elif kind == b"XMP ":
        found.keep_xmp(data)
    elif kind == b"C2PA":
        found.keep_store(data)
