"""Walks the segments of a JPEG from SOI to EOI, through every scan.

ITU-T T.81 annex B; Exif 3.0 (APP1); XMP part 3 (extended XMP); JPEG XT and JUMBF (APP11).
"""

import re
import struct
from dataclasses import dataclass, field

from curator.core.findings import METADATA_BYTES, Findings

SEGMENTS = 4096  # segments per image; 25 MiB in full segments are 400
SCANS = 500  # scans per image; where libjpeg-turbo's own fuzzers stop; encoders write about 10

_MARKER = re.compile(rb"\xff+([^\x00\xff])")
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # neither a stuffed byte nor a restart
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP1, _APP11, _APP13, _COM = 0xE1, 0xEB, 0xED, 0xFE
_BARE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15
_EXIF = b"Exif\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_IPTC_RESOURCE = 0x0404
_NAMES_EXTENSION = re.compile(rb"HasExtendedXMP[^0-9A-Fa-f]{1,16}([0-9A-Fa-f]{32})")


@dataclass(slots=True)
class _Image:
    """What is gathered over several segments of one image."""

    found: Findings
    frames: int = 0
    scans: int = 0
    photoshop: bytearray = field(default_factory=bytearray)
    extended: dict[bytes, tuple[int, dict[int, bytes]]] = field(default_factory=dict)
    jumbf: dict[bytes, list[tuple[int, bytes]]] = field(default_factory=dict)


def walk(body: bytes, at: int, found: Findings) -> int:
    """Note what stands in the JPEG at `at`; the place behind its EOI, or -1 if it is broken."""
    image, at = _Image(found), at + 2
    for _ in range(SEGMENTS):
        mark = _MARKER.match(body, at)
        if not mark:
            found.broken(_no_marker(body, at))
            return -1
        kind, at = mark[1][0], mark.end()
        if kind == _EOI:
            _finish(image)
            return at
        end = at + int.from_bytes(body[at : at + 2])
        if kind in _BARE or end < at + 2 or end > len(body):
            found.broken(f"the segment {kind:02X} at {at} is out of place or too long")
            return -1
        _segment(kind, body, at + 2, end, image)
        at = end
        if kind == _SOS:
            image.scans += 1
            rest = _END_OF_SCAN.search(body, at)
            at = rest.start() if rest else len(body)
        if image.scans > SCANS:
            break
    found.broken(f"there are more than {SEGMENTS} segments or {SCANS} scans")
    return -1


def _no_marker(body: bytes, at: int) -> str:
    if at >= len(body) - 1:
        return "the file ends before its end marker"
    return f"there is no segment at {at}, where one should begin"


def _segment(kind: int, body: bytes, at: int, end: int, image: _Image) -> None:
    if kind in _FRAMES:
        image.frames += 1
    elif kind == _APP1:
        _app1(body[at:end], image)
    elif kind == _APP11:
        _app11(body[at:end], image)
    elif kind == _APP13:
        if body.startswith(_PHOTOSHOP, at) and len(image.photoshop) < METADATA_BYTES:
            image.photoshop += body[at + len(_PHOTOSHOP) : end]
    elif kind == _COM:
        image.found.keep_text("COM:", body[at:end].rstrip(b"\0"))


def _app1(data: bytes, image: _Image) -> None:
    if data.startswith(_EXIF):
        image.found.keep_exif(data[6:])  # the mark, a zero, and a byte of padding
    elif data.startswith(_XMP):
        image.found.keep_xmp(data[len(_XMP) :])
    elif data.startswith(_EXTENDED):
        rest = data[len(_EXTENDED) :]
        if len(rest) < 40:  # noqa: PLR2004 - bytes of digest, length and offset
            image.found.unread("XMP", "a segment of extended XMP is too short")
            return
        digest, length, offset = struct.unpack_from(">32sII", rest)
        image.extended.setdefault(digest, (length, {}))[1][offset] = rest[40:]


def _app11(data: bytes, image: _Image) -> None:
    """A piece of a box: "JP", the box's number, the piece's, and each time the box's header."""
    if len(data) >= 16 and data[:2] == b"JP" and data[12:16] == b"jumb":  # noqa: PLR2004 - the headers
        (piece,) = struct.unpack_from(">I", data, 4)
        image.jumbf.setdefault(data[2:4], []).append((piece, data[8:]))


def _joined(pieces: list[tuple[int, bytes]], found: Findings) -> bytes:
    """The box whose pieces these are; what is left of it where pieces are missing."""
    pieces.sort(key=lambda piece: piece[0])
    first = pieces[0][1]
    head, size = 8, int.from_bytes(first[:4])
    if size == 1:  # the size follows, in 64 bits
        head, size = 16, int.from_bytes(first[8:16])
    whole = first + b"".join(data[head:] for _, data in pieces[1:])
    numbers = [number for number, _ in pieces]
    if len(whole) != size or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        found.unread("C2PA", "pieces of the store are missing")
    return whole


def _finish(image: _Image) -> None:
    found = image.found
    if image.frames != 1 or not image.scans:
        found.broken(f"the file has {image.frames} frame headers and {image.scans} scans")
    for packet in tuple(found.xmp):
        named = _NAMES_EXTENSION.search(packet)
        if named and named[1] not in image.extended:
            found.unread("XMP", "the extended XMP that the packet names is not there")
    for length, parts in image.extended.values():
        whole, at = bytearray(), 0
        while parts.get(at):
            whole += parts[at]
            at = len(whole)
        if len(whole) == length:
            found.keep_xmp(bytes(whole))
        else:
            found.unread("XMP", "the extended XMP is not complete")
    for pieces in image.jumbf.values():
        found.keep_store(_joined(pieces, found))
    if image.photoshop:
        resources(bytes(image.photoshop), found)


def resources(block: bytes, found: Findings) -> None:
    """Note the IPTC records among Photoshop's image resources (8BIM blocks)."""
    at, last = 0, len(block.rstrip(b"\0"))
    for _ in range(SEGMENTS):
        if at >= last:
            return
        if len(block) < at + 12 or block[at : at + 4] not in {b"8BIM", b"PHUT", b"DCSR", b"AgHg"}:
            break
        (kind,) = struct.unpack_from(">H", block, at + 4)
        start = at + 6 + (block[at + 6] + 2) // 2 * 2  # a Pascal string, padded to even
        size = int.from_bytes(block[start : start + 4])
        data = block[start + 4 : start + 4 + size]
        if len(data) < size:
            break
        if kind == _IPTC_RESOURCE:
            found.keep_iptc(data)
        at = start + 4 + size + size % 2
    found.unread("IPTC", f"the image resource at {at} cannot be read")
