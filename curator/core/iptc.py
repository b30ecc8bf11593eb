"""Reads the records that IPTC's Information Interchange Model 4.2 puts into image files.

https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf, chapter 3.
"""

from dataclasses import dataclass
from functools import lru_cache

DATASETS = 10_000  # per block; newspapers write about 60, keywords repeat
VALUE_BYTES = 4 * 2**20  # of one value, as for the texts of other containers
CACHED_BYTES = 2**16  # blocks up to a JPEG segment's size are remembered; 256 of them: 16 MiB

CREATOR = (2, 80)
INSTRUCTIONS = (2, 40)
CREDIT = (2, 110)
COPYRIGHT = (2, 116)

_MARKER = 0x1C
_HEAD = 5  # bytes: marker, record, dataset, two of size
_EXTENDED = 0x8000  # the size is that of the size that follows
_CHARSET = (1, 90)
_UTF8 = b"\x1b%G"


@dataclass(frozen=True, slots=True)
class Iptc:
    """The texts of a block as ((record, dataset), text) in its order, and what went wrong."""

    values: tuple[tuple[tuple[int, int], str], ...] = ()
    faults: tuple[str, ...] = ()

    def texts(self, number: tuple[int, int]) -> tuple[str, ...]:
        """Every value of a dataset."""
        return tuple(text for found, text in self.values if found == number)


def read(block: bytes) -> Iptc:
    """The texts of a block; what cannot be read is a sentence in `faults`.

    UTF-8 where the block says so or is it, else Latin-1, which is what old programs mean.
    """
    return _remembered(block) if len(block) <= CACHED_BYTES else _read(block)


def _read(block: bytes) -> Iptc:
    found: list[tuple[tuple[int, int], bytes]] = []
    fault, at = "", 0
    while at < len(block) and not fault:
        if block[at] != _MARKER:
            fault = "" if not block[at:].strip(b"\0") else f"at {at} stands no dataset"
            break
        fault, start, size = _head(block, at)
        if not fault and len(found) == DATASETS:
            fault = f"there are more than {DATASETS} datasets"
        if fault:
            break
        found.append(((block[at + 1], block[at + 2]), block[start : start + size]))
        at = start + size
    utf8 = any(number == _CHARSET and raw == _UTF8 for number, raw in found)
    values = ((number, _text(raw, utf8=utf8)) for number, raw in found if number != _CHARSET)
    return Iptc(tuple((number, text) for number, text in values if text), (fault,) if fault else ())


def _head(block: bytes, at: int) -> tuple[str, int, int]:
    """What is wrong with a dataset ("" if nothing), where its value begins, and its bytes."""
    cut = f"the dataset at {at} reaches beyond the end"
    if at + _HEAD > len(block):
        return cut, at, 0
    size, start = int.from_bytes(block[at + 3 : at + _HEAD], "big"), at + _HEAD
    if size & _EXTENDED:
        width = size & ~_EXTENDED
        if not 0 < width <= 4 or start + width > len(block):  # noqa: PLR2004 - 4 bytes: 4 GiB
            return cut, at, 0
        size, start = int.from_bytes(block[start : start + width], "big"), start + width
    if size > VALUE_BYTES:
        return f"the dataset at {at} is longer than {VALUE_BYTES} bytes", at, 0
    return (cut, at, 0) if start + size > len(block) else ("", start, size)


def _text(raw: bytes, *, utf8: bool) -> str:
    raw = raw.strip(b"\0 \t\r\n")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if utf8 else raw.decode("latin-1")


_remembered = lru_cache(maxsize=256)(_read)
