"""The statements that an XMP packet, or an SVG's RDF, makes of its own file, with their languages.

Where `core.xmp` gives every value wherever it stands, this gives what belongs to the file itself.
"""

import xml.etree.ElementTree as ET  # the element type only; defusedxml does the parsing
from collections.abc import Iterator
from typing import NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from curator.core import xmp
from curator.core.xmp import RDF

DC = "http://purl.org/dc/elements/1.1/"
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_AGENT = f"{{{DC}}}title"  # in an SVG, who holds a right is named by the title of an agent


class Statement(NamedTuple):
    """One value of a property of the file; `lang` is "" where none is told."""

    namespace: str
    name: str
    value: str
    lang: str


def read(packet: bytes) -> tuple[Statement, ...]:
    """The statements in document order; () where `core.xmp` finds the packet unreadable."""
    if xmp.read(packet).faults:
        return ()
    try:
        root = fromstring(packet.strip(b"\0\t\n\r "), forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError, LookupError):
        return ()
    return tuple(_statements(root))


def _statements(root: ET.Element) -> Iterator[Statement]:
    for description in (node for rdf in root.iter(f"{{{RDF}}}RDF") for node in rdf):
        for key, value in description.attrib.items():
            if not key.startswith((f"{{{RDF}}}", "{http://www.w3.org/XML")):
                yield Statement(*_split(key), value.strip(), "")
        for node in description:
            for value, lang in _values(node):
                if value.strip():
                    yield Statement(*_split(str(node.tag)), value.strip(), lang)


def _values(node: ET.Element) -> Iterator[tuple[str, str]]:
    """A resource, each item of a list, an agent's name, or the property's own text."""
    resource = node.get(f"{{{RDF}}}resource")
    items = list(node.iter(f"{{{RDF}}}li")) or list(node.iter(_AGENT))
    if resource is not None:
        yield resource, ""
    elif items:
        for item in items:
            yield "".join(item.itertext()), item.get(_XML, "")
    else:
        yield "".join(node.itertext()), node.get(_XML, "")


def _split(tag: str) -> tuple[str, str]:
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name
