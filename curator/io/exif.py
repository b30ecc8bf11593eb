"""Blanks the place where a photo was taken out of its EXIF (CIPA DC-008), moving no other byte."""

import struct

from curator.core.exif import Entry, Order, directory, header

_GPS, _EXIF, _INTEROP = 0x8825, 0x8769, 0xA005  # tags that point to another directory
_LINE = 12  # bytes of an entry
_POINTER = 4  # bytes


def without_gps(tiff: bytes) -> bytes:
    """The same TIFF structure, of the same length, less every GPS directory and pointer to one.

    Raises ValueError where it cannot be walked to its end.
    """
    start = header(tiff)
    if start is None:
        raise ValueError("the block is no TIFF structure")
    order, first = start
    data = bytearray(tiff)
    ahead, seen = [first], set[int]()
    while ahead:
        at = ahead.pop()
        if at and at not in seen:
            seen.add(at)
            ahead += _cleaned(data, at, order)
    return bytes(data)


def _cleaned(data: bytearray, at: int, order: Order) -> list[int]:
    """Take the GPS out of one directory; where the directories are that it leads to."""
    entries, following = _read(data, at, order)
    leads = [_pointer(data, entry, order) for entry in entries if entry.tag in (_EXIF, _INTEROP)]
    places = [_pointer(data, entry, order) for entry in entries if entry.tag == _GPS]
    for place in places:
        _erase(data, place, order)
    if places:
        table = at + 2
        end = table + _LINE * len(entries)
        kept = [
            data[table + _LINE * line : table + _LINE * (line + 1)]
            for line, entry in enumerate(entries)
            if entry.tag != _GPS
        ]
        tail = data[end : end + _POINTER]
        data[table : end + len(tail)] = b"".join([*kept, tail]).ljust(
            end + len(tail) - table, b"\0"
        )
        struct.pack_into(order + "H", data, at, len(kept))
    return [*leads, following]


def _read(data: bytearray, at: int, order: Order) -> tuple[tuple[Entry, ...], int]:
    found = directory(bytes(data), at, order)
    if found.fault:
        raise ValueError(found.fault)
    return found.entries, found.following


def _pointer(data: bytearray, entry: Entry, order: Order) -> int:
    if entry.size != _POINTER:
        raise ValueError("a pointer to a directory is not one number of four bytes")
    return int(struct.unpack_from(order + "I", data, entry.at)[0])


def _erase(data: bytearray, at: int, order: Order) -> None:
    """Overwrite a directory and all its values with zeros."""
    entries, _ = _read(data, at, order)
    for entry in entries:
        if not entry.size or entry.at + entry.size > len(data):
            raise ValueError("a GPS value lies outside the data, or is of no known type")
        data[entry.at : entry.at + entry.size] = bytes(entry.size)
    size = 2 + _LINE * len(entries)
    data[at : at + size] = bytes(size)
