"""The properties of an XMP packet, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_files import xmp_packet

from curator.core.xmp import DEPTH, TAGS, Property, read

DC = "http://purl.org/dc/elements/1.1/"


@pytest.mark.parametrize(
    "packet",
    [
        xmp_packet("<dc:rights>made up</dc:rights>"),
        xmp_packet("", "dc:rights='made up'"),
        xmp_packet("<dc:rights rdf:resource='made up'/>"),
        xmp_packet(
            "<dc:rights><rdf:Alt><rdf:li xml:lang='en'>made up</rdf:li></rdf:Alt></dc:rights>"
        ),
        xmp_packet("<dc:rights><rdf:Bag><rdf:li> made up </rdf:li></rdf:Bag></dc:rights>"),
        xmp_packet(
            "<dc:rights><rdf:Description rdf:value='x'>made up</rdf:Description></dc:rights>"
        ),
        xmp_packet("<dc:rights>made up</dc:rights>") + b"\0\n ",
    ],
    ids=["element", "attribute", "resource", "languages", "list", "description", "padding"],
)
def test_a_property_is_found(packet: bytes) -> None:
    found = read(packet)
    assert found.properties == (Property(DC, "rights", "made up"),)
    assert found.faults == ()


def test_lists_and_structures_are_flat_and_in_order() -> None:
    inside = (
        "<dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</rdf:li></rdf:Seq></dc:creator>"
        "<dc:source rdf:parseType='Resource'><dc:title>T</dc:title></dc:source>"
    )
    assert read(xmp_packet(inside)).properties == (
        Property(DC, "creator", "A"),
        Property(DC, "creator", "B"),
        Property(DC, "title", "T"),
    )


def test_an_empty_packet_says_nothing() -> None:
    assert read(b" \0\n") == read(b"")
    assert read(b"").faults == ()


@pytest.mark.parametrize(
    ("packet", "fault"),
    [
        (b"<a>", "well-formed"),
        (b"\xff\xfe", "well-formed"),
        (b"<?xml version='1.0' encoding='made-up'?><a/>", "well-formed"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        (b"<!DOCTYPE a SYSTEM 'file:///made/up'><a/>", "document type"),
        (b"<a>" + b"<b/>" * TAGS + b"</a>", "tags"),
        (b"<a>" * (DEPTH + 1) + b"</a>" * (DEPTH + 1), "deep"),
    ],
)
def test_what_cannot_be_read_is_told(packet: bytes, fault: str) -> None:
    assert any(fault in sentence for sentence in read(packet).faults), read(packet).faults


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(packet: bytes) -> None:
    read(packet)


@given(st.integers(0, 900), st.binary(min_size=1, max_size=6))
def test_no_damage_makes_it_raise(at: int, new: bytes) -> None:
    packet = xmp_packet("<dc:rights>made up</dc:rights>", "dc:format='made up'")
    place = at % len(packet)
    read(packet[:place] + new + packet[place + len(new) :])
