"""Tells what lies in an image file beside its pixels: one strict walk over its container."""

from curator.core import (
    container_isobmff,
    container_jpeg,
    container_png,
    container_riff,
    container_svg,
    container_tiff,
    container_trailer,
    exif,
    xmp,
)
from curator.core.findings import Findings
from curator.view import FileFacts

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")  # the last two are BigTIFF


def facts(body: bytes) -> FileFacts:
    """What the file holds; never raises: what is damaged or unreadable is told in `faults`.

    An empty `media_type` means that curator does not read such files; nothing more is said then.
    """
    found = _walk(body)
    for packet in found.xmp:
        for fault in xmp.read(packet).faults:
            found.unread("XMP", fault)
    if found.exif:
        for fault in exif.read(found.exif).faults:
            found.unread("Exif", fault)
    return found.facts()


def media_type(body: bytes) -> str:
    """The media type by the file's first bytes, "" for all that curator does not read."""
    if body.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if body.startswith(container_png.SIGNATURE):
        return "image/png"
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body.startswith(_TIFF):
        return "image/tiff"
    if container_isobmff.is_avif(body):
        return "image/avif"
    return "image/svg+xml" if container_svg.is_svg(body) else ""


def faults_of(facts: FileFacts, *parts: str) -> tuple[str, ...]:
    """The faults that keep these parts of the metadata from being known.

    `parts` are "XMP", "Exif", "IPTC", "C2PA", "text". A fault of the container, or of an image
    inside the image, may hide any part; so does a format that is not read.
    """
    if not facts.media_type:
        return ("container: curator does not read such files",)
    if not facts.faults:
        return ()
    others = {"XMP", "Exif", "IPTC", "C2PA", "text"} - set(parts)
    clear = tuple(f"metadata: {part}: " for part in sorted(others))
    return tuple(fault for fault in facts.faults if not fault.startswith(clear))


def _walk(body: bytes, *, inside: bool = False) -> Findings:
    found = Findings(media_type(body))
    match found.media_type:
        case "image/jpeg":
            end = container_jpeg.walk(body, 0, found)
            if 0 <= end < len(body):
                container_trailer.walk(body, end, found)
        case "image/png":
            container_png.walk(body, found)
        case "image/webp":
            container_riff.walk(body, found)
        case "image/tiff":
            container_tiff.walk(body, found)
        case "image/avif":
            container_isobmff.walk(body, found)
        case "image/svg+xml" if not inside:
            for picture in container_svg.walk(body, found):
                found.adopt(_walk(picture, inside=True), "embedded picture")
        case _ if inside:
            found.broken("it is a drawing, or of a format that curator does not read")
    return found
