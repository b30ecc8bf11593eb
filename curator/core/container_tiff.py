"""Walks the directories of a TIFF 6.0 file; BigTIFF is not read."""

from types import MappingProxyType

from curator.core import exif
from curator.core.container_jpeg import resources
from curator.core.findings import Findings

PAGES = 64  # directories; one is all that curator accepts, the count only has to be more

_XMP, _IPTC, _PHOTOSHOP = 700, 33723, 34377
_C2PA = 52545  # C2PA 2.1, embedding in TIFF
_PARTS = ((273, 279), (324, 325))  # strips and tiles: where each begins, how long it is
_WORDS = MappingProxyType({_XMP: "XMP", _IPTC: "IPTC", _PHOTOSHOP: "IPTC", _C2PA: "C2PA"})


def walk(body: bytes, found: Findings) -> None:
    """Note what stands in a TIFF; the file itself is its Exif structure."""
    start = exif.header(body)
    if start is None:
        found.broken("the header is too short, or that of a BigTIFF")
        return
    order, at = start
    seen: list[int] = []
    while at and at not in seen and len(seen) < PAGES:
        seen.append(at)
        page = exif.directory(body, at, order)
        if page.fault:
            found.broken(page.fault)
        _values(body, page, found)
        _picture(body, page, order, found)
        at = page.following
    if at:
        found.broken(f"the directories form a loop, or there are more than {PAGES}")
    found.frames = max(1, len(seen))
    found.exif = body  # no copy, so it does not count against what is kept


def _values(body: bytes, page: exif.Directory, found: Findings) -> None:
    for entry in page.entries:
        if entry.tag not in _WORDS:
            continue
        value = body[entry.at : entry.at + entry.size]
        if not entry.size or len(value) < entry.size:
            found.unread(_WORDS[entry.tag], "it reaches beyond the end of the file")
        elif entry.tag == _C2PA:
            found.keep_store(value)
        elif entry.tag == _XMP:
            found.keep_xmp(value)
        elif entry.tag == _IPTC:
            found.keep_iptc(value)
        else:
            resources(value, found)


def _picture(body: bytes, page: exif.Directory, order: exif.Order, found: Findings) -> None:
    by_tag = {entry.tag: entry for entry in page.entries}
    for place, length in _PARTS:
        if place not in by_tag or length not in by_tag:
            continue
        places = exif.numbers(body, by_tag[place], order)
        lengths = exif.numbers(body, by_tag[length], order)
        if places is None or lengths is None or len(places) != len(lengths):
            found.broken("the table of strips or tiles cannot be read")
        elif any(at + size > len(body) for at, size in zip(places, lengths, strict=True)):
            found.broken("the file ends before its last strip or tile")
        return
    found.broken("a directory names no strips or tiles")
