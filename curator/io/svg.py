"""Draws an SVG: no fonts of the machine, nothing from outside the file, a size where none is said.

The renderer would open any file that a drawing names, so the drawing is taken apart first and
only what was looked at is given to it.
"""

import base64
import math
import re
import xml.etree.ElementTree as ET  # elements and writing only; defusedxml does the parsing
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

import resvg_py
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image

from curator.io.raster import UnreadableError, quiet

SIDE = 512  # px; the longest side as drawn
_DPI = 96  # CSS: px per inch
_UNITS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"\s*\+?([0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,2})?)\s*([a-z]*)\s*")
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]{1,2})?")
_BITMAPS = ("PNG", "JPEG", "GIF", "WEBP")  # what the renderer reads
_BITMAP_PIXELS = 16_000_000  # px of all embedded pictures; drawn at 512 px they show 0.26 M
# Filter primitives whose time grows with a number in the file: 190 bytes took over 40 s.
_ENDLESS = frozenset({"feTurbulence", "feMorphology", "feConvolveMatrix"})
_SVG = "{http://www.w3.org/2000/svg}svg"


def draw(body: bytes) -> bytes:
    """The drawing as PNG with alpha, its longest side 512 px.

    Raises UnreadableError where it cannot be drawn as its author saw it. The file has passed
    `curator.core.container`, which bounds its entities, elements and depth.
    """
    try:
        root = fromstring(body, forbid_entities=False)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableError("image.broken", f"the drawing is not plain XML ({error})") from error
    if root.tag not in {_SVG, "svg"}:
        raise UnreadableError("image.broken", f"the first element is {root.tag!r}, not SVG's svg")
    _close(root)
    _size(root)
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=ET.tostring(root, encoding="unicode"),
            skip_system_fonts=True,
            dpi=_DPI,
        )
    except (ValueError, RecursionError) as error:
        raise UnreadableError("image.broken", f"the drawing cannot be drawn ({error})") from error
    return bytes(drawn)


def _close(root: Any) -> None:  # an Element; defusedxml's parser is untyped
    """Refuse what refers outside the file; give embedded pictures the one form that was read."""
    pixels = 0
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue  # a comment
        if node.tag.rpartition("}")[2] in _ENDLESS:
            name = node.tag.rpartition("}")[2]
            raise UnreadableError("image.broken", f"a filter of the drawing has no bound ({name})")
        for key, value in list(node.attrib.items()):
            if key.rpartition("}")[2] not in ("href", "src"):
                continue
            link = value.strip()
            if node.tag.rpartition("}")[2] == "a":
                del node.attrib[key]  # a hyperlink draws nothing
            elif link[:5].lower() == "data:":
                node.attrib[key], more = _embedded(link)
                pixels += more
            elif link and not link.startswith("#"):
                words = f"the drawing refers outside itself ({link[:80]})"
                raise UnreadableError("image.broken", words)
    if pixels > _BITMAP_PIXELS:
        words = (
            f"the pictures inside the drawing have {pixels} px, at most {_BITMAP_PIXELS} are read"
        )
        raise UnreadableError("image.broken", words)


def _embedded(link: str) -> tuple[str, int]:
    """An embedded bitmap, written anew, and its size in px by its header."""
    head, _, data = link.partition(",")
    raw = unquote_to_bytes(data)
    try:
        raw = base64.b64decode(raw) if head.rstrip().endswith("base64") else raw
        with quiet(), Image.open(BytesIO(raw), formats=_BITMAPS) as image:
            kind, pixels = str(image.format).lower(), image.width * image.height
    except Exception as error:  # hostile headers raise whatever they like
        words = "a picture inside the drawing cannot be read"
        raise UnreadableError("image.broken", words) from error
    return f"data:image/{kind};base64,{base64.b64encode(raw).decode()}", pixels


def _size(root: Any) -> None:
    """Make the longest side 512 px, and add the viewBox that old drawings leave out."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:  # noqa: PLR2004  min-x, min-y, width, height
        if not (width and height):
            width, height = box[2], box[3]
    elif width and height:
        root.set("viewBox", f"0 0 {width:.6f} {height:.6f}")
    if not (width and height and math.isfinite(width / height) and height / width > 0):
        raise UnreadableError("image.broken", "the drawing says neither its size nor a viewBox")
    scale = SIDE / max(width, height)
    root.set("width", str(max(1, round(width * scale))))
    root.set("height", str(max(1, round(height * scale))))


def _length(text: str | None) -> float:
    """A length in px; 0 where it is missing, relative or no length."""
    found = _LENGTH.fullmatch(text or "")
    return float(found[1]) * _UNITS.get(found[2], 0) if found else 0
