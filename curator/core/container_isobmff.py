"""Walks the boxes of an AVIF (ISO/IEC 14496-12, 23008-12; AV1 Image File Format 1.1)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from curator.core.findings import METADATA_BYTES, PARTS, Findings

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_STORES = {b"manifest", b"original", b"update"}  # C2PA 2.x, embedding in BMFF
_PATH = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}  # the way to a track's sample count


class Box(NamedTuple):
    """One box: its type, and where its content begins and ends."""

    kind: bytes
    start: int
    end: int


def is_avif(body: bytes) -> bool:
    """Whether the file type box names AVIF, still or as a sequence."""
    end = min(int.from_bytes(body[:4]), 256)  # bytes; brands fill 20 to 40
    brands = {body[8:12], *(body[at : at + 4] for at in range(16, end - 3, 4))}
    return body[4:8] == b"ftyp" and bool(brands & {b"avif", b"avis"})


def boxes(body: bytes, at: int, end: int) -> tuple[list[Box], str]:
    """The boxes between two places, and what is wrong with the last one ("" = nothing)."""
    found: list[Box] = []
    while at < end:
        if len(found) == PARTS:
            return found, f"there are more than {PARTS} boxes"
        if at + 8 > end:
            return found, f"there is no whole box at {at}"
        size, kind = struct.unpack_from(">I4s", body, at)
        head = 8
        if size == 1 and at + 16 <= end:  # the size follows, in 64 bits
            (size,) = struct.unpack_from(">Q", body, at + 8)
            head = 16
        elif size == 0:  # to the end
            size = end - at
        if size < head or at + size > end:
            return found, f"the box at {at} reaches beyond the end"
        found.append(Box(kind, at + head, at + size))
        at += size
    return found, ""


def walk(body: bytes, found: Findings) -> None:
    """Note what stands in an AVIF."""
    top, fault = boxes(body, 0, len(body))
    if fault:
        found.broken(fault)
    meta = [box for box in top if box.kind == b"meta"]
    if len(meta) != 1:
        found.broken(f"there are {len(meta)} meta boxes where one should be")
    for box in top:
        _box(body, box, found)
    try:
        for box in meta:
            _Items(body, box).note(found)
        if body[8:12] == b"avis" or any(box.kind == b"moov" for box in top):
            found.frames = max(1, _samples(body, [b for b in top if b.kind == b"moov"]))
    except ValueError as error:
        found.broken(str(error))


def _box(body: bytes, box: Box, found: Findings) -> None:
    name = body[box.start : box.start + 16] if box.kind == b"uuid" else b""
    if name == XMP_UUID:
        found.keep_xmp(body[box.start + 16 : box.end])
    elif name == C2PA_UUID:
        _store(body[box.start + 16 : box.end], found)
    elif box.kind == b"jumb":
        inside = body[box.start : box.end]
        found.keep_store(struct.pack(">I4s", 8 + len(inside), b"jumb") + inside)


def _store(data: bytes, found: Findings) -> None:
    """Keep the store of a C2PA box: version and flags, a purpose, an offset, then the boxes."""
    purpose, _, rest = data[4:].partition(b"\0")
    if purpose in _STORES:
        found.keep_store(rest[8:])
    elif purpose != b"merkle":  # hashes of the pieces of a long file
        found.keep_store(b"")
        found.unread("C2PA", "the box does not say that it holds a manifest store")


def _samples(body: bytes, level: list[Box]) -> int:
    """The most samples that a track has; each level of `_PATH` is gone down once."""
    count = 0
    for _ in range(len(_PATH)):
        inner: list[Box] = []
        for box in level:
            children, fault = boxes(body, box.start, box.end)
            if fault:
                raise ValueError(fault)
            inner += [child for child in children if child.kind in _PATH]
            for child in children:
                if child.kind == b"stsz":
                    count = max(count, _Cursor(body, child.start + 8, child.end).take(4))
        level = inner
    return count


@dataclass(slots=True)
class _Cursor:
    body: bytes
    at: int
    end: int

    def take(self, size: int) -> int:
        """The next whole number of `size` bytes (0 bytes: 0)."""
        if self.at + size > self.end:
            raise ValueError(f"a box ends at {self.end}, inside a number")
        self.at += size
        return int.from_bytes(self.body[self.at - size : self.at])


class _Items:
    """The items of a meta box: what they are and where their bytes lie."""

    def __init__(self, body: bytes, meta: Box) -> None:
        inner, fault = boxes(body, meta.start + 4, meta.end)
        if fault:
            raise ValueError(fault)
        self._body = body
        self._boxes = {box.kind: box for box in inner}

    def note(self, found: Findings) -> None:
        kinds = dict(self._kinds())
        places = dict(self._places())
        if not kinds or not places:
            raise ValueError("the meta box names no items")
        for number, kind in kinds.items():
            if kind not in {b"Exif", b"mime"}:
                continue
            extents = places.get(number, ())
            if sum(size for _, size in extents) > METADATA_BYTES:
                found.unread("XMP" if kind == b"mime" else "Exif", "the item is too long")
                continue
            data = b"".join(self._body[at : at + size] for at, size in extents)
            if kind == b"mime":
                found.keep_xmp(data)
            else:  # the TIFF header's place comes first
                found.keep_exif(data[4 + int.from_bytes(data[:4]) :])

    def _cursor(self, kind: bytes) -> tuple[_Cursor, int]:
        if kind not in self._boxes:
            raise ValueError(f"the meta box has no {kind.decode('ascii')} box")
        _, start, end = self._boxes[kind]
        cursor = _Cursor(self._body, start, end)
        version = cursor.take(1)
        cursor.take(3)
        return cursor, version

    def _kinds(self) -> Iterator[tuple[int, bytes]]:
        """(item, type) of Exif items, of XMP as "mime", and of whatever else there is."""
        cursor, version = self._cursor(b"iinf")
        cursor.take(4 if version else 2)
        entries, fault = boxes(self._body, cursor.at, cursor.end)
        if fault:
            raise ValueError(fault)
        for entry in entries:
            line = _Cursor(self._body, entry.start, entry.end)
            version = line.take(4) >> 24
            number = line.take(4 if version > 2 else 2)  # noqa: PLR2004 - infe version 3
            line.take(2)
            kind = line.take(4).to_bytes(4)
            if kind == b"mime" and b"application/rdf+xml" not in self._body[line.at : line.end]:
                kind = b"other"
            yield number, kind

    def _places(self) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
        """(item, its extents as (place, length)); every extent lies inside the file."""
        cursor, version = self._cursor(b"iloc")
        sizes, more = cursor.take(1), cursor.take(1)
        wide = 4 if version > 1 else 2
        idat, total = self._boxes.get(b"idat"), 0
        for _ in range(min(cursor.take(wide), PARTS)):
            number = cursor.take(wide)
            method = cursor.take(2) & 15 if version else 0
            cursor.take(2)
            base = cursor.take(more >> 4) + (idat.start if idat and method == 1 else 0)
            extents, count = [], cursor.take(2)
            total += count
            if total > PARTS:
                raise ValueError(f"the items lie in more than {PARTS} pieces")
            for _ in range(count):
                cursor.take(more & 15 if version else 0)
                at, size = base + cursor.take(sizes >> 4), cursor.take(sizes & 15)
                if at + size > len(self._body):
                    raise ValueError("the file ends before its last item")
                extents.append((at, size))
            yield number, tuple(extents)
