"""Every text that stands in a file beside the picture, each under one name for its place."""

from typing import NamedTuple

from curator.core import exif, xmp
from curator.view import FileFacts


class Statement(NamedTuple):
    """A text, where checks look for it, and where a person finds it.

    Keys are "text:<keyword>" for PNG, "exif:<field>", "xmp:<namespace><property>",
    "comment:" for JPEG and SVG, "trailer:<block>" for what follows a JPEG.
    """

    key: str
    value: str
    where: str


def statements(facts: FileFacts) -> tuple[Statement, ...]:
    """All statements: texts in the order of the file, then Exif, then XMP."""
    found = [Statement(_key(place), value, place) for place, value in facts.texts]
    if facts.exif:
        fields = exif.read(facts.exif).fields
        found += [Statement(f"exif:{name}", value, f"Exif {name}") for name, value in fields]
    for packet in facts.xmp:
        for namespace, name, value in xmp.read(packet).properties:
            found.append(Statement(f"xmp:{namespace}{name}", value, f"XMP {name}"))
    return tuple(found)


def _key(place: str) -> str:
    kind, _, name = place.partition(":")
    if kind in {"tEXt", "zTXt", "iTXt"}:
        return f"text:{name}"
    return "comment:" if kind in {"COM", "comment"} else place
