"""Statements of a file about itself, with languages; those of its ingredients stay out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_files import xmp_packet

from curator.core import rdf
from curator.core.rdf import DC

LANGUAGES = '<rdf:li xml:lang="x-default">Free</rdf:li><rdf:li xml:lang="ja">\u81ea\u7531</rdf:li>'
RIGHTS = "<dc:rights>of an ingredient</dc:rights>"
AGENT = 'xmlns:a="http://creativecommons.org/ns#"'
MM = 'xmlns:m="http://ns.adobe.com/xap/1.0/mm/"'


def values(packet, name):
    return [(s.value, s.lang) for s in rdf.read(packet) if s[:2] == (DC, name)]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<dc:rights>Free</dc:rights>", [("Free", "")]),
        ('<dc:rights xml:lang="fr">Libre</dc:rights>', [("Libre", "fr")]),
        (
            f"<dc:rights><rdf:Alt>{LANGUAGES}</rdf:Alt></dc:rights>",
            [("Free", "x-default"), ("自由", "ja")],
        ),
        ('<dc:rights rdf:resource="https://h.example/"/>', [("https://h.example/", "")]),
        # Inkscape: the holder is an agent with a title
        (
            f"<dc:rights><a:Agent {AGENT}><dc:title>Public Domain</dc:title></a:Agent></dc:rights>",
            [("Public Domain", "")],
        ),
        ("<dc:rights> </dc:rights>", []),
        (
            f"<m:Pantry {MM}><rdf:Bag><rdf:li>{RIGHTS}</rdf:li></rdf:Bag></m:Pantry>",
            [],
        ),
    ],
)
def test_rights(inside, expected):
    assert values(xmp_packet(inside), "rights") == expected


def test_attributes_are_statements():
    assert values(xmp_packet("", 'dc:rights="Free"'), "rights") == [("Free", "")]


@pytest.mark.parametrize("packet", [b"", b"<x", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_cannot_be_read_gives_nothing(packet):
    assert rdf.read(packet) == ()


@given(st.binary(max_size=200) | st.text(max_size=100).map(xmp_packet))
def test_it_reads_whatever_it_is_given(packet):
    rdf.read(packet)
