"""Walks the elements of an SVG without loading anything and without keeping the drawing.

A document type is common in drawings of the 2000s (Inkscape, Adobe Illustrator); its external
subset is never read. Entities may only be plain texts, and only so many of them.
"""

import base64
import binascii
import re
import xml.etree.ElementTree as ET  # element and builder only; defusedxml does the parsing
from typing import Any
from urllib.parse import unquote_to_bytes

from defusedxml import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

from curator.core.findings import Findings
from curator.core.xmp import RDF

SVG_BYTES = 16 * 2**20  # bytes; the largest of Open Clip Art 0.18 is 1.5 MB
ELEMENTS = 200_000  # elements; about 0.5 s of walking
DEPTH = 256  # elements; drawings stay under 30, and the renderer has a limit too
EXPANSION = 2**20  # characters that entities may add; Illustrator's namespaces add a few hundred
BITMAPS = 64  # embedded pictures per drawing
HEAD = 2**16  # bytes in which the root element must begin

_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?"
    rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?>\[.*?\]\s*)?>)*+"
    rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]",
    re.DOTALL,
)
_FONT = {"text", "tspan", "tref", "textPath", "flowRoot", "flowPara", "flowSpan", "altGlyph"}
_OUTSIDE = re.compile(r"""url\(\s*+['"]?+\s*+(?!\#|data:|\))|@import\b""", re.IGNORECASE)
_HELD = ("style", "metadata")
_MANIFEST = "{http://c2pa.org/manifest}manifest"


def is_svg(body: bytes) -> bool:
    """Whether the first element is `svg`, behind declarations, comments and a document type."""
    return _HEAD.match(body, 0, HEAD) is not None


def walk(body: bytes, found: Findings) -> tuple[bytes, ...]:
    """Note what stands in an SVG; the pictures embedded in it."""
    if len(body) > SVG_BYTES:
        found.broken(f"the drawing is longer than {SVG_BYTES} bytes")
        return ()
    drawing = _Drawing(found)
    parser = _Parser(body.count(b"&"), drawing)
    try:
        parser.feed(body)
        parser.close()
    except DefusedXmlException:
        found.broken("the drawing declares entities that it may not")
    except _TooMuchError as limit:
        found.broken(str(limit))
    except (ET.ParseError, ValueError, LookupError) as error:
        found.broken(f"the drawing is not well-formed XML ({error})")
    return tuple(drawing.bitmaps)


class _TooMuchError(Exception):
    """A bound was crossed; says which."""


class _Parser(DefusedXMLParser):
    """Allows entities that are plain texts; together they may add `EXPANSION` characters."""

    def __init__(self, references: int, drawing: "_Drawing") -> None:
        super().__init__(target=drawing, forbid_entities=True)
        self._references = references

    def defused_entity_decl(self, *declared: Any) -> None:
        """Refuse whatever is not a short text of its own (expat's EntityDeclHandler)."""
        name, parameter, value, *outside = declared
        plain = value is not None and not parameter and "&" not in value
        if not plain or len(value) * self._references > EXPANSION:
            raise EntitiesForbidden(name, value, *outside)


class _Drawing:
    """Looks at each element as it goes by; builds a tree of the RDF alone."""

    def __init__(self, found: Findings) -> None:
        self._found = found
        self._path: list[str] = []
        self._count = 0
        self._rdf: ET.TreeBuilder | None = None
        self._rdf_depth = 0
        self._held: list[str] = []  # text of <style> and <metadata>; it comes in pieces
        self._store: list[str] = []  # a C2PA store in base64, likewise
        self.bitmaps: list[bytes] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._path.append(tag)
        if not self._count - 1 and tag.rpartition("}")[2] != "svg":
            self._found.media_type = ""  # the sniffing looked at the head only
        if self._count > ELEMENTS or len(self._path) > DEPTH:
            limit = f"{ELEMENTS} elements" if self._count > ELEMENTS else f"{DEPTH} levels"
            raise _TooMuchError(f"the drawing has more than {limit}")
        if self._rdf is None and tag == f"{{{RDF}}}RDF":
            self._rdf, self._rdf_depth = ET.TreeBuilder(), len(self._path)
        if self._rdf is not None:
            self._rdf.start(tag, attributes)
        elif tag == _MANIFEST:
            self._store = []
        else:
            self._references(tag, attributes)

    def end(self, tag: str) -> None:
        if self._rdf is not None:
            self._rdf.end(tag)
            if len(self._path) == self._rdf_depth:
                self._found.keep_xmp(ET.tostring(self._rdf.close()))
                self._rdf = None
        elif tag == _MANIFEST:
            self._manifest("".join(self._store))
        elif tag.endswith(_HELD):
            text = "".join(self._held)
            self._held.clear()
            if tag.endswith("style") and _OUTSIDE.search(text):
                self._outside("a style sheet", text)
            elif tag.endswith("metadata") and "<" in text:  # XMP may stand in CDATA
                self._found.keep_xmp(text.encode())
        self._path.pop()

    def data(self, text: str) -> None:
        if self._rdf is not None:
            self._rdf.data(text)
            return
        here = self._path[-1].rpartition("}")[2]
        if here in _FONT and not text.isspace():
            self._found.svg_text = True
        elif self._path[-1] == _MANIFEST:
            self._store.append(text)
        elif here in _HELD:
            self._held.append(text)

    def comment(self, text: str) -> None:
        if self._rdf is None and text.strip():
            self._found.keep_text("comment:", text.strip().encode())

    def pi(self, target: str, data: str | None = None) -> None:
        if target == "xml-stylesheet":
            self._outside("a style sheet", data or "")

    def close(self) -> None:
        return

    def _references(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        for key, value in attributes.items():
            if "url(" in value and _OUTSIDE.search(value):
                self._outside(name, value)
            elif key.rpartition("}")[2] in {"href", "src"} and name != "a":
                self._link(name, value.strip())

    def _link(self, name: str, value: str) -> None:
        if value[:5].lower() == "data:":
            self._embedded(value)
        elif value and value[0] != "#":
            self._outside(name, value)

    def _embedded(self, value: str) -> None:
        if len(self.bitmaps) == BITMAPS:
            raise _TooMuchError(f"the drawing holds more than {BITMAPS} pictures")
        head, comma, data = value.partition(",")
        raw = unquote_to_bytes(data)
        try:
            self.bitmaps.append(base64.b64decode(raw) if head.endswith("base64") else raw)
        except binascii.Error:
            comma = ""
        if not comma:
            self._found.unread("embedded picture", "its data cannot be read")

    def _manifest(self, text: str) -> None:
        try:
            self._found.keep_store(base64.b64decode("".join(text.split()), validate=True))
        except ValueError:
            self._found.keep_store(b"")
            self._found.unread("C2PA", "the store is not written in base64")

    def _outside(self, name: str, value: str) -> None:
        self._found.broken(f"the drawing refers outside itself ({name}: {value.strip()[:80]})")
