"""What a file says inside of its own rights, gathered from XMP, Exif, IPTC and text chunks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from curator.core import iptc, rdf
from curator.core.container import faults_of
from curator.core.license_text import fold
from curator.core.rdf import DC
from curator.core.spdx import Reading
from curator.core.spdx import read as read_license
from curator.core.statements import statements
from curator.view import FileFacts

_RIGHTS = "xmp:http://ns.adobe.com/xap/1.0/rights/"
_PLUS = "xmp:http://ns.useplus.org/ldf/xmp/1.0/"
_MARKED = f"{_RIGHTS}Marked"
_FOR_SALE = f"{_PLUS}LicensorURL"
_PAGE = f"{_RIGHTS}WebStatement"  # the license's address, or just the photographer's page
# Where terms of use are named, and nothing else: what cannot be read there is a condition unread.
_TERMS = {
    f"{_RIGHTS}UsageTerms",
    "xmp:http://creativecommons.org/ns#license",
    "xmp:http://web.resource.org/cc/license",  # the same before 2008
    "xmp:http://purl.org/dc/terms/license",
    "xmp:http://www.w3.org/1999/xhtml/vocab#license",
    "text:License",
    "text:Usage Terms",
}
# Where a sentence on rights stands.
_NOTICE = {
    f"xmp:{DC}rights",
    "xmp:http://purl.org/dc/terms/rights",
    "xmp:http://ns.adobe.com/tiff/1.0/Copyright",
    "xmp:http://ns.adobe.com/photoshop/1.0/Credit",
    "xmp:http://ns.adobe.com/photoshop/1.0/Instructions",
    f"{_PLUS}OtherConstraints",
    f"{_PLUS}CopyrightOwnerName",
    "exif:Copyright",
    "text:Copyright",
}
_IIM = {
    iptc.COPYRIGHT: "IPTC 2:116 Copyright",
    iptc.CREDIT: "IPTC 2:110 Credit",
    iptc.INSTRUCTIONS: "IPTC 2:40 Instructions",
}
_CC_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/[^\s<>\"')\]]+", re.IGNORECASE
)
_CC_WORDS = re.compile(r"\b(?:cc0?|creative commons|public domain)\b")
_PIECES = re.compile(r"[\n;|()\[\]]|, |\. | [-\u2013\u2014/] ")
_TEXT_CHARS = 20_000  # characters of a notice that are taken apart


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of rights, where it stands, and the license that it names, if it names one."""

    where: str
    text: str
    reading: Reading | None = None
    terms: bool = False  # terms of use that name no license


@dataclass(frozen=True, slots=True)
class Embedded:
    """All that a file says of its rights; `marked` is XMP's "this is rights-managed"."""

    said: tuple[Said, ...] = ()
    marked: bool = False
    for_sale: tuple[str, ...] = ()  # where the licensor's shop is
    faults: tuple[str, ...] = ()

    @property
    def licenses(self) -> tuple[Said, ...]:
        """The statements that name a license."""
        return tuple(each for each in self.said if each.reading)


def read(facts: FileFacts) -> Embedded:
    """The statements in the file's order; those of pictures inside the picture are its own."""
    held = statements(facts)
    iim = iptc.read(facts.iptc)
    said: list[Said] = []
    for key, value, where in held:
        if key == _PAGE or key in _TERMS:
            said += _terms(where, value, binding=key in _TERMS)
        elif key in _NOTICE:
            said += _notice(where, value)
    for number, value in iim.values:
        if number in _IIM:
            said += _notice(_IIM[number], value)
    for packet in facts.xmp:
        for each in rdf.read(packet):
            if each[:2] == (DC, "rights"):  # the name of an agent, which a flat reading loses
                said += _notice("XMP rights", each.value)
    return Embedded(
        said=tuple(dict.fromkeys(said)),
        marked=any(key == _MARKED and fold(value) == "true" for key, value, _ in held),
        for_sale=tuple(dict.fromkeys(value for key, value, _ in held if key == _FOR_SALE)),
        faults=(*faults_of(facts, "XMP", "Exif", "IPTC", "text"), *iim.faults),
    )


def _terms(where: str, text: str, *, binding: bool) -> list[Said]:
    """A statement that is, or holds, the name of a license."""
    reading = read_license(text)
    if reading.spdx:
        return [Said(where, text, reading)]
    first, *parts = _notice(where, text)
    return [replace(first, terms=binding and bool(text.strip()) and not parts), *parts]


def _notice(where: str, text: str) -> Iterator[Said]:
    """A sentence as it is, and every license of Creative Commons that it names in passing."""
    yield Said(where, text)
    for part in dict.fromkeys(_parts(text[:_TEXT_CHARS])):
        reading = read_license(part)
        if reading.spdx:
            yield Said(where, part, reading)


def _parts(text: str) -> Iterator[str]:
    """The whole, its addresses and its pieces, where they may name a license."""
    for part in (text, *_CC_ADDRESS.findall(text), *_PIECES.split(text)):
        plain = part.strip(" .,;")
        if _CC_WORDS.search(fold(plain)) or _CC_ADDRESS.search(plain):
            yield plain
