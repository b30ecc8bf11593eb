"""Walks the chunks of a PNG from signature to IEND, texts behind the picture included.

PNG, third edition: https://www.w3.org/TR/png-3/. Every checksum is computed.
"""

import struct
import zlib
from collections.abc import Callable
from types import MappingProxyType

from curator.core.container_jpeg import resources
from curator.core.findings import PARTS, TEXT_BYTES, Findings

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP_KEYWORD = b"XML:com.adobe.xmp"
_PROFILE = b"Raw profile type "  # ImageMagick's way of keeping Exif, IPTC and XMP, in hex
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_PADDING = b"\0\t\n\r "


def walk(body: bytes, found: Findings) -> None:
    """Note what stands in a PNG."""
    view = memoryview(body)
    at, seen, last = len(SIGNATURE), set[bytes](), b""
    for _ in range(PARTS):
        if at + 12 > len(body):
            found.broken("the file ends before its IEND chunk")
            return
        length, kind = struct.unpack_from(">I4s", body, at)
        end = at + 12 + length
        if end > len(body):
            found.broken(f"the {_name(kind)} chunk at {at} reaches beyond the end of the file")
            return
        if zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(view[end - 4 : end]):
            found.broken(f"the checksum of the {_name(kind)} chunk at {at} is wrong")
        if not seen and kind != b"IHDR":
            found.broken("the first chunk is not IHDR")
        if kind == b"IDAT" and kind in seen and last != kind:
            found.broken("the IDAT chunks do not follow one another")
        if length or kind != b"IDAT":
            seen.add(kind)
        last = kind
        if reader := _READERS.get(kind):
            reader(body[at + 8 : end - 4], found)
        at = end
        if kind == b"IEND":
            _finish(seen, body[at:], found)
            return
    found.broken(f"there are more than {PARTS} chunks")


def _finish(seen: set[bytes], trailer: bytes, found: Findings) -> None:
    if b"IDAT" not in seen:
        found.broken("there is no picture: nothing in IDAT chunks")
    if not trailer:
        return
    if trailer.strip(_PADDING):
        found.broken(f"{len(trailer)} bytes that belong to nothing follow the end of the image")
    else:
        found.keep_text("trailer:padding", f"{len(trailer)} bytes".encode())


def _header(data: bytes, found: Findings) -> None:
    if len(data) != 13:  # noqa: PLR2004 - IHDR's fixed length
        found.broken("the header has the wrong length")
        return
    width, height, depth, colour = struct.unpack_from(">IIBB", data)
    if not 0 < width < 2**31 or not 0 < height < 2**31:
        found.broken(f"the header claims {width} x {height} pixels")
    if depth not in _DEPTHS.get(colour, ()):
        found.broken(f"the header claims colour type {colour} with {depth} bits, which is none")


def _frames(data: bytes, found: Findings) -> None:
    if len(data) != 8:  # noqa: PLR2004 - acTL's fixed length
        found.broken("the animation header has the wrong length")
    else:
        found.frames = max(found.frames, int.from_bytes(data[:4]))


def _latin(data: bytes, found: Findings) -> None:
    keyword, gap, value = data.partition(b"\0")
    _text(b"tEXt", keyword, value if gap else b"", found)


def _compressed(data: bytes, found: Findings) -> None:
    keyword, _, rest = data.partition(b"\0")
    if rest[:1] != b"\0":
        found.unread("text", f"zTXt {_name(keyword)} is compressed by an unknown method")
        return
    _text(b"zTXt", keyword, _inflate(rest[1:], keyword, found), found)


def _international(data: bytes, found: Findings) -> None:
    keyword, _, rest = data.partition(b"\0")
    flags, (_, _, rest) = rest[:2], rest[2:].partition(b"\0")
    _, gap, value = rest.partition(b"\0")
    if not gap or flags not in {b"\0\0", b"\0\1", b"\1\0"}:
        found.unread("text", f"iTXt {_name(keyword)} is not laid out as the standard says")
        return
    if flags == b"\1\0":
        value = _inflate(value, keyword, found)
    _text(b"iTXt", keyword, value, found)


def _text(chunk: bytes, keyword: bytes, value: bytes, found: Findings) -> None:
    if keyword == _XMP_KEYWORD:
        found.keep_xmp(value)
    elif keyword.startswith(_PROFILE):
        _profile(keyword[len(_PROFILE) :].strip().lower(), value, found)
    else:
        found.keep_text(f"{_name(chunk)}:{_name(keyword)}", value)


def _profile(name: bytes, value: bytes, found: Findings) -> None:
    if name not in {b"exif", b"app1", b"xmp", b"iptc"}:
        return  # colour profiles and Photoshop's own resources
    words = value.split(maxsplit=2)  # the name again, the length, the bytes in hex
    try:
        data = bytes.fromhex(words[2].decode("ascii"))
        whole = len(data) == int(words[1])
    except (IndexError, ValueError):
        whole, data = False, b""
    if not whole:
        found.unread("text", f"the profile {_name(name)} is not laid out as ImageMagick does")
    elif name == b"iptc":
        records = data.removeprefix(b"Photoshop 3.0\0")
        if records.startswith(b"8BIM"):
            resources(records, found)
        else:
            found.keep_iptc(records)
    elif name == b"xmp" or data.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        found.keep_xmp(data.removeprefix(b"http://ns.adobe.com/xap/1.0/\0"))
    else:
        found.keep_exif(data.removeprefix(b"Exif\0\0"))


def _inflate(data: bytes, keyword: bytes, found: Findings) -> bytes:
    stream = zlib.decompressobj()
    try:
        value = stream.decompress(data, TEXT_BYTES + 1)
    except zlib.error:
        found.unread("text", f"{_name(keyword)} cannot be inflated")
        return b""
    if len(value) <= TEXT_BYTES and not stream.eof:
        found.unread("text", f"{_name(keyword)} ends before its compressed data does")
    return value


def _name(raw: bytes) -> str:
    return raw[:79].decode("latin-1")  # 79 bytes: the longest keyword


def _store(data: bytes, found: Findings) -> None:
    found.keep_store(data)


def _exif(data: bytes, found: Findings) -> None:
    found.keep_exif(data.removeprefix(b"Exif\0\0"))  # some writers put JPEG's mark before it


_READERS: MappingProxyType[bytes, Callable[[bytes, Findings], None]] = MappingProxyType(
    {
        b"IHDR": _header,
        b"acTL": _frames,
        b"tEXt": _latin,
        b"zTXt": _compressed,
        b"iTXt": _international,
        b"eXIf": _exif,
        b"caBX": _store,
    }
)
