"""Reads an XMP packet into flat properties (ISO 16684-1: RDF/XML inside x:xmpmeta)."""

import xml.etree.ElementTree as ET  # the element type only; defusedxml does the parsing
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

PACKET_BYTES = 16 * 2**20  # bytes; depth maps inside extended XMP reach several MiB
TAGS = 100_000  # "<" per packet: about 50,000 elements, some 10 MiB as a tree
DEPTH = 64  # elements; structures of lists of structures stay under 20
CACHED_BYTES = 2**16  # packets up to a JPEG segment's size are remembered; 256 of them: 16 MiB

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SYNTAX = {RDF, "adobe:ns:meta/", "http://www.w3.org/XML/1998/namespace"}


class Property(NamedTuple):
    """One value; members of lists and languages of an alternative are properties of one name."""

    namespace: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Xmp:
    """The properties of a packet in document order; what cannot be read is a sentence."""

    properties: tuple[Property, ...] = ()
    faults: tuple[str, ...] = ()


def read(packet: bytes) -> Xmp:
    """The properties of a packet, whether written as elements, attributes or lists."""
    return _remembered(packet) if len(packet) <= CACHED_BYTES else _read(packet)


def _read(packet: bytes) -> Xmp:
    packet = packet.strip(b"\0\t\n\r ")
    if not packet:
        return Xmp()
    if len(packet) > PACKET_BYTES:
        return Xmp(faults=(f"the packet is longer than {PACKET_BYTES} bytes",))
    if packet.count(b"<") > TAGS:
        return Xmp(faults=(f"the packet has more than {TAGS} tags",))
    try:
        root = fromstring(packet, forbid_dtd=True)
    except DefusedXmlException:
        return Xmp(faults=("the packet declares entities or a document type",))
    except (ET.ParseError, ValueError, LookupError) as error:
        return Xmp(faults=(f"the packet is not well-formed XML ({error})",))
    return _flat(root)


def _flat(root: ET.Element) -> Xmp:
    found: list[Property] = []
    stack: list[tuple[ET.Element, tuple[str, str], int]] = [(root, ("", ""), 1)]
    while stack:
        element, owner, depth = stack.pop()
        if depth > DEPTH:
            return Xmp(tuple(found), (f"elements are nested more than {DEPTH} deep",))
        name = _split(element.tag)
        owner = owner if name[0] in _SYNTAX else name
        for key, value in element.attrib.items():
            _attribute(found, owner, _split(key), value)
        text = (element.text or "").strip()
        if text and owner[1]:
            found.append(Property(*owner, text))
        stack.extend((child, owner, depth + 1) for child in reversed(element))
    return Xmp(tuple(found))


def _attribute(
    found: list[Property], owner: tuple[str, str], key: tuple[str, str], value: str
) -> None:
    if key == (RDF, "resource") and owner[1]:
        found.append(Property(*owner, value))
    elif key[0] and key[0] not in _SYNTAX:
        found.append(Property(*key, value))


def _split(tag: str) -> tuple[str, str]:
    namespace, _, name = tag.rpartition("}")
    return namespace[1:], name


_remembered = lru_cache(maxsize=256)(_read)
