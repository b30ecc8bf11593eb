"""Tells what follows the end of a JPEG: padding, a camera's second picture, or a stranger.

Multi-Picture Format (CIPA DC-007) puts further JPEGs there; Samsung phones put named blocks
with a directory (SEFH … SEFT) there, and phones' motion photos are an MP4 there.
"""

import struct

from curator.core import container_jpeg
from curator.core.container_isobmff import boxes
from curator.core.findings import TEXT_BYTES, Findings

PICTURES = 16  # further pictures; MPF panoramas hold about 9
STRAY = 16  # bytes; a few cameras leave one or two, and the end of a ZIP alone takes 22
BLOCKS = 256  # entries of Samsung's directory; phones write about 20

_PADDING = b"\0\t\n\r \xff"
_MOTION = (b"MotionPhoto", b"MicroVideo")  # Google's XMP names the video behind the picture
_SAMSUNG_END = b"SEFT"


def walk(body: bytes, at: int, found: Findings) -> None:
    """Note what stands in `body` from `at`, where the picture ended, to the end."""
    for _ in range(PICTURES):
        begin = _padding_end(body, at)
        if begin == len(body):
            if begin > at:
                found.keep_text("trailer:padding", f"{begin - at} bytes".encode())
            return
        if body[begin : begin + 3] != b"\xff\xd8\xff":
            _other(body, at, begin, found)
            return
        second = Findings("image/jpeg")
        at = container_jpeg.walk(body, begin, second)
        second.exif = b""  # it speaks of the second picture
        found.adopt(second, "second picture")
        found.keep_text("trailer:picture", f"at {begin}".encode())
        if at < 0:
            return
    found.broken(f"more than {PICTURES} pictures follow the first")


def _padding_end(body: bytes, at: int) -> int:
    end = len(body) - len(body[at:].lstrip(_PADDING))
    if end > at and body[end - 1 : end + 1] == b"\xff\xd8":  # the next picture, not padding
        end -= 1
    return end


def _other(body: bytes, at: int, begin: int, found: Findings) -> None:
    """What begins with no picture's mark: padding from `at`, then something from `begin`."""
    if body.endswith(_SAMSUNG_END) and _samsung(body, at, begin, found):
        return
    film = body.find(b"ftyp", at, begin + 8) - 4  # its size, zeros first, may look like padding
    named = any(mark in packet for mark in _MOTION for packet in found.xmp)
    if named and film >= at and not boxes(body, film, len(body))[1]:
        found.keep_text("trailer:video", f"{len(body) - film} bytes".encode())
        return
    left = len(body) - begin
    if left <= STRAY:
        found.keep_text("trailer:stray", f"{left} bytes".encode())
        return
    found.broken(f"{left} bytes that belong to nothing follow the end of the image")


def _samsung(body: bytes, at: int, begin: int, found: Findings) -> bool:
    """Whether the blocks of a directory cover everything behind the padding; keeps their texts.

    The first block's own zeros may look like padding.
    """
    end = len(body) - 8
    start = end - int.from_bytes(body[end : end + 4], "little")
    if start < at or end - start < 12 or body[start : start + 4] != b"SEFH":  # noqa: PLR2004 - its header
        return False
    (count,) = struct.unpack_from("<I", body, start + 8)
    if count > BLOCKS or 12 + 12 * count > end - start:
        return False
    reach = start
    for line in range(count):
        back, size = struct.unpack_from("<II", body, start + 12 + 12 * line + 4)
        block = start - back
        if block < at or size < 8 or size > back:  # noqa: PLR2004 - bytes of a block's own header
            return False
        reach = min(reach, block)
        (length,) = struct.unpack_from("<I", body, block + 4)
        name = body[block + 8 : block + 8 + min(length, 64)].decode("latin-1")
        data = body[block + 8 + length : block + size]
        if data.isascii() and len(data) <= TEXT_BYTES:
            found.keep_text(f"trailer:{name}", data)
        else:
            found.keep_text(f"trailer:{name}", f"{len(data)} bytes".encode())
    return reach <= begin
