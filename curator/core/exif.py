"""Reads the few Exif fields that speak of origin, rights, place and rotation.

TIFF 6.0 structure; Exif 3.0 (CIPA DC-008). Every offset is checked against the block.
"""

import struct
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Order = Literal["<", ">"]

ENTRIES = 2048  # entries read per directory; the fullest camera directories have about 100
VALUE_BYTES = 4 * 2**20  # bytes read of one value, as for the texts of other containers
CACHED_BYTES = 2**16  # blocks up to a JPEG segment's size are remembered; 256 of them: 16 MiB
MAKER_NOTE_BYTES = 64  # bytes; enough for the name that a generator puts there

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x0112, 0x8769, 0x8825
_MAKER_NOTE, _USER_COMMENT = 0x927C, 0x9286
_TEXTS = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x013B: "Artist",
    0x8298: "Copyright",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a directory: which tag, and where in the block its value stands."""

    tag: int
    kind: int
    count: int
    at: int

    @property
    def size(self) -> int:
        """Bytes of the value; 0 where the type is none that TIFF knows."""
        return _SIZES.get(self.kind, 0) * self.count


@dataclass(frozen=True, slots=True)
class Directory:
    """The lines of one directory, where the next one stands (0: nowhere), and what went wrong."""

    entries: tuple[Entry, ...] = ()
    following: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Exif:
    """What a block says: (field, text) in the order of the file, rotation, whether of a place."""

    fields: tuple[tuple[str, str], ...] = ()
    orientation: int = 1
    gps: bool = False
    faults: tuple[str, ...] = ()


def read(tiff: bytes) -> Exif:
    """The fields of a TIFF structure; what cannot be read is a sentence in `faults`."""
    return _remembered(tiff) if len(tiff) <= CACHED_BYTES else _read(tiff)


def header(tiff: bytes) -> tuple[Order, int] | None:
    """Byte order and the first directory's place; None where this is no TIFF structure."""
    order: Order
    match tiff[:4]:
        case b"II*\0":
            order = "<"
        case b"MM\0*":
            order = ">"
        case _:
            return None
    if len(tiff) < 8:  # noqa: PLR2004 - the header's length
        return None
    return order, int(struct.unpack_from(order + "I", tiff, 4)[0])


def directory(tiff: bytes, at: int, order: Order) -> Directory:
    """The directory at `at`, as far as it lies inside the block."""
    if at < 8 or at + 2 > len(tiff):  # noqa: PLR2004 - the header's length
        return Directory(fault=f"a directory is said to stand at {at}, outside the data")
    (count,) = struct.unpack_from(order + "H", tiff, at)
    end = at + 2 + 12 * count
    fault = ""
    if count > ENTRIES or end > len(tiff):
        fault = f"the directory at {at} is said to have {count} entries, more than there can be"
        count = min(ENTRIES, (len(tiff) - at - 2) // 12)
    entries = tuple(_entry(tiff, at + 2 + 12 * line, order) for line in range(count))
    following = 0
    if not fault and end + 4 <= len(tiff):  # some writers leave the last pointer out
        (following,) = struct.unpack_from(order + "I", tiff, end)
    return Directory(entries, following, fault)


def numbers(tiff: bytes, entry: Entry, order: Order) -> tuple[int, ...] | None:
    """The whole numbers of a value (types BYTE, SHORT, LONG, IFD); None: outside or not such."""
    form = {1: "B", 3: "H", 4: "I", 13: "I"}.get(entry.kind)
    if not form or entry.at + entry.size > len(tiff) or entry.size > VALUE_BYTES:
        return None
    return struct.unpack_from(f"{order}{entry.count}{form}", tiff, entry.at)


def _entry(tiff: bytes, at: int, order: Order) -> Entry:
    tag, kind, count, place = struct.unpack_from(order + "HHII", tiff, at)
    inline = _SIZES.get(kind, 0) * count <= 4  # noqa: PLR2004 - a line has 4 bytes of its own
    return Entry(tag, kind, count, at + 8 if inline else place)


@dataclass(slots=True)
class _Reader:
    tiff: bytes
    order: Order
    fields: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    orientation: int = 1
    gps: bool = False

    def main(self, at: int) -> None:
        for entry in self.lines(at):
            if entry.tag in _TEXTS:
                if raw := self.value(entry, _TEXTS[entry.tag]):
                    self.keep(_TEXTS[entry.tag], _plain(raw))
            elif entry.tag == _ORIENTATION:
                self.rotation(entry)
            elif entry.tag == _GPS_IFD:
                self.gps = True
            elif entry.tag == _EXIF_IFD:
                pointer = numbers(self.tiff, entry, self.order)
                if pointer:
                    self.second(pointer[0])
                else:
                    self.faults.append("the place of the Exif directory cannot be read")

    def second(self, at: int) -> None:
        for entry in self.lines(at):
            if entry.tag == _USER_COMMENT:
                if raw := self.value(entry, "UserComment"):
                    self.keep("UserComment", comment(raw, self.order))
            elif entry.tag == _MAKER_NOTE:
                self.keep("MakerNote", _plain(self.value(entry, "MakerNote")[:MAKER_NOTE_BYTES]))

    def lines(self, at: int) -> tuple[Entry, ...]:
        found = directory(self.tiff, at, self.order)
        if found.fault:
            self.faults.append(found.fault)
        return found.entries

    def rotation(self, entry: Entry) -> None:
        value = numbers(self.tiff, entry, self.order)
        if value and 1 <= value[0] <= 8:  # noqa: PLR2004 - the eight rotations of TIFF
            self.orientation = value[0]

    def value(self, entry: Entry, name: str) -> bytes:
        if entry.count == 0:
            return b""
        if not entry.size:
            self.faults.append(f"{name} has the type {entry.kind}, which TIFF does not know")
            return b""
        if entry.at + entry.size > len(self.tiff):
            self.faults.append(f"{name} reaches beyond the end of the data")
        elif entry.size > VALUE_BYTES:
            self.faults.append(f"{name} is longer than {VALUE_BYTES} bytes")
        return self.tiff[entry.at : entry.at + min(entry.size, VALUE_BYTES)]

    def keep(self, name: str, text: str) -> None:
        if text:
            self.fields.append((name, text))


def comment(raw: bytes, order: Order) -> str:
    """A UserComment as text: its first 8 bytes name the character set."""
    mark, rest = raw[:8], raw[8:]
    match mark:
        case b"ASCII\0\0\0":
            return _plain(rest)
        case b"UNICODE\0":
            return _utf16(rest, order)
        case b"JIS\0\0\0\0\0":
            return rest.decode("iso2022_jp", "replace").strip("\0 ")
        case b"\0\0\0\0\0\0\0\0":
            wide = rest.count(b"\0") * 3 > len(rest)
            return _utf16(rest, order) if wide else _plain(rest)
        case _:
            return _plain(raw)


def _utf16(raw: bytes, order: Order) -> str:
    # The standard does not fix the byte order, and writers ignore the block's own; ASCII
    # characters show it by where their zero bytes stand.
    high, low = raw[0::2].count(0), raw[1::2].count(0)
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return raw.decode("utf-16", "replace").strip("\0 ")
    big = high > low if high != low else order == ">"
    return raw.decode("utf-16-be" if big else "utf-16-le", "replace").strip("\0 ")


def _plain(raw: bytes) -> str:
    raw = raw.strip(b"\0 \t\r\n")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _read(tiff: bytes) -> Exif:
    start = header(tiff)
    if start is None:
        return Exif(faults=("the block is no TIFF structure",))
    reader = _Reader(tiff, start[0])
    reader.main(start[1])
    return Exif(tuple(reader.fields), reader.orientation, reader.gps, tuple(reader.faults))


_remembered = lru_cache(maxsize=256)(_read)
