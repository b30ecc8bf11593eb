"""What a check may see of a candidate: its record, its source's terms, its file, its pixels."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from curator.model import Candidate
from curator.terms import Limits, Terms


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What lies in a file beside its pixels, found in one strict walk over its container."""

    media_type: str  # "image/jpeg"; "" = not an image that curator reads
    xmp: tuple[bytes, ...] = ()  # packets, in file order
    exif: bytes = b""  # TIFF structure, without the "Exif\0\0" that JPEG puts before it
    iptc: bytes = b""  # IIM records
    texts: tuple[
        tuple[str, str], ...
    ] = ()  # (chunk:keyword, value): PNG tEXt, zTXt, iTXt; comments
    jumbf: tuple[bytes, ...] = ()  # C2PA manifest stores, each as one run of JUMBF boxes
    svg_text: bool = False  # the drawing holds text that would need a font
    frames: int = 1
    faults: tuple[str, ...] = ()  # each parse failure, in words: unreadable is never clean

    @property
    def c2pa(self) -> bool:
        """Whether there is a manifest store, be it readable or not."""
        return bool(self.jumbf)


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """The decoded image as every check sees it: upright, 8 bit, alpha laid on white."""

    rgb: NDArray[np.uint8]  # height x width x 3
    width: int  # px, upright, of the original (an SVG: as drawn)
    height: int  # px
    std: tuple[float, float, float]  # per channel, of 255
    stored: NDArray[np.uint8] | None = None  # height x columns x RGB or RGBA: the first columns
    # as a PNG or WebP holds them, before anything is turned, resized or laid on white


@dataclass(frozen=True, slots=True)
class View:
    """A candidate and whatever a check's `needs` allows it to see."""

    candidate: Candidate
    terms: Terms
    limits: Limits = field(default_factory=Limits)
    signals: tuple[tuple[str, str], ...] = ()  # (where, value) that the host said
    facts: FileFacts | None = None
    pixels: Pixels | None = None
    sha256: str = ""  # of the file's bytes, once they are there
    date: str = ""  # of the snapshot, YYYY-MM-DD: the only "today" that a check may know
