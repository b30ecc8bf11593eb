"""Reads CBOR (RFC 8949) into plain values; damage and excess are told, never raised."""

import struct
from dataclasses import dataclass

DEPTH = 64  # levels; C2PA's assertions stay under 10
ITEMS = 50_000  # items; about 0.05 s of reading, and whole stores of real files have hundreds

_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_SIMPLE = {20: False, 21: True, 22: None, 23: None}  # false, true, null, undefined
_BREAK = 0xFF
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _OTHER = range(8)  # major types
_OPEN = 31  # the length is not said; a break ends it


@dataclass(frozen=True, slots=True)
class Decoded:
    """A value, or what is wrong with the bytes ("" = nothing); and how many items were read.

    Values are int, float, str, bytes, bool, None, list and dict; tags are left out, what they
    mark is kept.
    """

    value: object = None
    fault: str = ""
    items: int = 0


def read(data: bytes, items: int = ITEMS) -> Decoded:
    """The one value that the bytes hold; `items` is how many may be read at most."""
    reader = _Reader(data, items)
    try:
        value = reader.value(DEPTH)
    except _DamageError as damage:
        return Decoded(None, str(damage), items - reader.left)
    fault = "" if reader.at == len(data) else f"the value ends at {reader.at}, before the data does"
    return Decoded(None if fault else value, fault, items - reader.left)


class _DamageError(Exception):
    """The bytes are no CBOR, or more of it than is read."""


@dataclass(slots=True)
class _Reader:
    data: bytes
    left: int  # items
    at: int = 0

    def value(self, depth: int) -> object:
        """The next value, with at most `depth` levels in it."""
        self.left -= 1
        if self.left < 0 or not depth:
            raise _DamageError("there are more items or levels than are read")
        major, short = divmod(self.take(1)[0], 32)
        if major == _OTHER:
            return self.other(short)
        if short == _OPEN:
            return self.unsized(major, depth)
        number = self.number(short)
        match major:
            case 0:
                return number
            case 1:
                return -1 - number
            case 2:
                return self.take(number)
            case 3:
                return self.text(number)
            case 4:
                return [self.value(depth - 1) for _ in range(number)]
            case 5:
                return self.map(number, depth)
            case _:
                return self.value(depth - 1)  # what the tag marks

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        end = self.at + size
        if end > len(self.data):
            raise _DamageError(f"the data ends at {len(self.data)}, inside an item")
        self.at, start = end, self.at
        return self.data[start:end]

    def number(self, short: int) -> int:
        """The number in an item's head: in its first byte, or in 1, 2, 4 or 8 behind it."""
        if short < 24:  # noqa: PLR2004 - up to 23 the first byte holds it
            return short
        if short > 27:  # noqa: PLR2004 - 28 to 30 are not given out
            raise _DamageError(f"the item at {self.at - 1} has a head that means nothing")
        return int.from_bytes(self.take(1 << (short - 24)))

    def text(self, size: int) -> str:
        """A text of `size` bytes."""
        try:
            return self.take(size).decode("utf-8")
        except UnicodeDecodeError as error:
            raise _DamageError(f"the text before {self.at} is not UTF-8") from error

    def other(self, short: int) -> object:
        """A number with a fraction, or one of the few simple values."""
        if short in _FLOATS:
            form = _FLOATS[short]
            return float(struct.unpack(form, self.take(struct.calcsize(form)))[0])
        if short not in _SIMPLE:
            raise _DamageError(f"the item at {self.at - 1} is a simple value that means nothing")
        return _SIMPLE[short]

    def map(self, count: int | None, depth: int) -> dict[object, object]:
        """A map of so many pairs, or up to a break."""
        found: dict[object, object] = {}
        while self.more() if count is None else len(found) < count:
            key = self.value(depth - 1)
            if not isinstance(key, str | int | bytes):
                raise _DamageError(f"the key before {self.at} is no text, number or bytes")
            if key in found:  # which one counts would be a guess
                raise _DamageError(f"the key before {self.at} stands twice")
            found[key] = self.value(depth - 1)
        return found

    def unsized(self, major: int, depth: int) -> object:
        """A value that goes on to a break; texts and bytes come in pieces."""
        if major == _MAP:
            return self.map(None, depth)
        if major not in {_BYTES, _TEXT, _ARRAY}:
            raise _DamageError(f"the item at {self.at - 1} has a head that means nothing")
        pieces = []
        while self.more():
            pieces.append(self.value(depth - 1))
        if major == _ARRAY:
            return pieces
        texts = [piece for piece in pieces if isinstance(piece, str)]
        blobs = [piece for piece in pieces if isinstance(piece, bytes)]
        if len(texts if major == _TEXT else blobs) < len(pieces):
            raise _DamageError(f"the pieces before {self.at} are not all of one kind")
        return "".join(texts) if major == _TEXT else b"".join(blobs)

    def more(self) -> bool:
        """Whether another item follows; a break is passed over."""
        if self.at < len(self.data) and self.data[self.at] == _BREAK:
            self.at += 1
            return False
        return True
