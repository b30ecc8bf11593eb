"""Opens each image once: pixels for the checks and for PDQ, and the file as published."""

from dataclasses import dataclass

import cv2
import numpy as np
import simplejpeg

from curator.core.exif import read as read_exif
from curator.core.rights_xmp import carry
from curator.io import jpeg, svg
from curator.io.raster import (
    Raster,
    UnreadableError,
    enough,
    read,
    read_drawn,
    read_jpeg,
    resize,
    upright,
)
from curator.view import FileFacts, Pixels

QUALITY = 95  # of 100; as img2dataset's default: a second generation that is hardly visible
FINE = "444"  # drawings and lossless files keep the sharp edges of their colours
COARSE = "420"  # what comes from a JPEG has mostly lost them: a fifth smaller, 40 % faster
_BITMAPS = ("image/png", "image/webp", "image/tiff", "image/avif")

cv2.setNumThreads(1)  # a worker has one core


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an image cannot be used."""

    reason: str  # image.format, image.broken, image.animated or image.font
    detail: str  # in words


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """All that is made of one decode.

    `pixels.rgb` may be smaller than the original: bitmaps are shrunk as they are read, but never
    below what is published, nor below 512 px on the shorter side, which PDQ needs.
    """

    pixels: Pixels
    mean: tuple[float, float, float]  # per channel on white, of 255
    changes: tuple[str, ...]  # what was done up to these pixels, in words
    transparent: bool
    plain: bool  # upright 8-bit RGB or grey JPEG: may keep its bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """The image as published: a JPEG, its size in px, and what was done to the original."""

    body: bytes
    width: int
    height: int
    changes: tuple[str, ...]


def open_image(body: bytes, facts: FileFacts, max_side: int) -> Opened | Refusal:
    """Decode an image, or say why not; `facts` are those of the same body.

    max_side: px, the longest side as published.
    """
    damage = next((fault for fault in facts.faults if fault.startswith("container: ")), None)
    if damage is not None:
        return Refusal("image.broken", damage.removeprefix("container: "))
    if facts.frames > 1:
        return Refusal("image.animated", f"{facts.frames} frames")
    try:
        return _opened(_read(body, facts, max_side), max_side)
    except UnreadableError as refused:
        return Refusal(refused.reason, refused.detail)


def _read(body: bytes, facts: FileFacts, max_side: int) -> Raster:
    turn = read_exif(facts.exif).orientation if facts.exif else 1
    if facts.media_type == "image/jpeg":
        return read_jpeg(body, turn, max_side)
    if facts.media_type in _BITMAPS:
        return read(body, facts.media_type, turn)
    if facts.media_type != "image/svg+xml":
        raise UnreadableError("image.format", "read are JPEG, PNG, WebP, TIFF, AVIF and SVG")
    if facts.svg_text:
        raise UnreadableError("image.font", "the drawing holds text, which needs a font")
    drawn = read_drawn(svg.draw(body))
    changes = [f"drawn from SVG at {svg.SIDE} px"]
    if drawn.transparent:
        changes.append("transparency laid on white")
    return Raster(drawn.rgb, drawn.width, drawn.height, 1, tuple(changes), drawn.transparent)


def _opened(raster: Raster, max_side: int) -> Opened:
    rgb, width, height, changes = raster.rgb, raster.width, raster.height, raster.changes
    plain = raster.plain and raster.turn == 1
    share = enough(width, height, max_side, plain=plain)
    if rgb.shape[:2] == (height, width) and share < 1:
        rgb = resize(rgb, round(width * share), round(height * share))
    rgb = upright(rgb, raster.turn)
    if raster.turn != 1:
        changes += ("rotated upright",)
        if raster.turn > 4:  # noqa: PLR2004  from 5 on EXIF swaps the sides
            width, height = height, width
    mean, std = (tuple(float(v) for v in part.ravel()) for part in cv2.meanStdDev(rgb))
    return Opened(
        pixels=Pixels(rgb, width, height, (std[0], std[1], std[2]), raster.stored),
        mean=(mean[0], mean[1], mean[2]),
        changes=changes,
        transparent=raster.transparent,
        plain=plain,
    )


def normalise(body: bytes, facts: FileFacts, opened: Opened, max_side: int) -> Stored:
    """The image as published; `opened` and `max_side` are those of `open_image`.

    A plain JPEG within max_side keeps its bytes less coordinates. All else is written once as
    JPEG, with the rights statements of the file in a new XMP packet.
    """
    width, height = opened.pixels.width, opened.pixels.height
    share = min(1.0, max_side / max(width, height))
    if opened.plain and share == 1:
        kept, placed = jpeg.without_location(body)
        kept, addressed = jpeg.without_addresses(kept)
        return Stored(kept, width, height, placed + addressed)
    fit = max(1, round(width * share)), max(1, round(height * share))
    changes = opened.changes
    if fit != (width, height):
        changes += (f"resized from {width}x{height} to {fit[0]}x{fit[1]}",)
    rgb = opened.pixels.rgb
    if rgb.shape[:2] != (fit[1], fit[0]):
        rgb = resize(rgb, *fit)
    fineness = COARSE if facts.media_type == "image/jpeg" else FINE
    written = simplejpeg.encode_jpeg(np.ascontiguousarray(rgb), QUALITY, "RGB", fineness)
    packet = carry(facts)
    if packet is not None:
        written = jpeg.with_rights(written, packet)
    return Stored(written, *fit, changes)
