"""What is read in a drawing, what it may hold, and that nothing outside it is ever loaded."""

from pathlib import Path

import pytest
from made_up_files import data_uri, png, png_chunk, png_text, svg, xmp_packet

from curator.core.container import facts
from curator.core.container_svg import EXPANSION

XMP = xmp_packet("<dc:format>a made-up format</dc:format>")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (svg("<path>"), "well-formed"),
        (svg("<g>" * 300 + "</g>" * 300), "levels"),
        (svg("<image xlink:href='http://example.org/a.png'/>"), "outside"),
        (svg("<rect style='fill:url(http://example.org/a)'/>"), "outside"),
        (svg("<style>@import 'a.css';</style>"), "outside"),
        (svg("<style>rect{fill:url(\n'http://example.org/a')}</style>"), "outside"),
        (svg(f"<image xlink:href='{data_uri(b'made up')}'/>"), "embedded picture"),
        (svg(before="<!DOCTYPE svg [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>"), "entities"),
        (svg(before="<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///made/up'>]>"), "entities"),
        (
            svg("&a;" * 2000, f"<!DOCTYPE svg [<!ENTITY a '{'a' * (EXPANSION // 1000)}'>]>"),
            "entities",
        ),
    ],
)
def test_what_a_drawing_may_not_hold_is_told(body: bytes, fault: str) -> None:
    assert any(fault in sentence for sentence in facts(body).faults), facts(body).faults


def test_an_svg_may_have_a_document_type_and_plain_entities() -> None:
    before = (
        '<!-- made up --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns "http://example.org/">]>'
    )
    found = facts(svg("<g xmlns:x='&ns;'/><a xlink:href='http://example.org/'><path/></a>", before))
    assert found.media_type == "image/svg+xml"
    assert found.faults == ()


def test_the_rdf_of_an_svg_is_kept_as_xmp() -> None:
    rdf = XMP[XMP.index(b"<rdf:RDF") : XMP.index(b"</x:xmpmeta>")].decode()
    found = facts(svg(f"<metadata>{rdf}</metadata>"))
    assert b"a made-up format" in found.xmp[0]
    quoted = facts(svg(f"<metadata><![CDATA[{rdf}]]></metadata>"))
    assert quoted.xmp == (rdf.encode(),)


def test_only_text_that_shows_needs_a_font() -> None:
    assert facts(svg("<text>Dots</text>")).svg_text
    assert facts(svg("<flowRoot><flowPara>Dots</flowPara></flowRoot>")).svg_text
    assert not facts(svg("<title>Dots</title><text> </text>")).svg_text


def test_a_picture_inside_a_drawing_is_walked_too() -> None:
    inner = png(png_text("parameters", "made up"), png_chunk(b"caBX", b"\0\0\0\x20jumb"))
    found = facts(svg(f"<image xlink:href='{data_uri(inner)}'/>"))
    assert found.texts == (("tEXt:parameters", "made up"),)
    assert found.c2pa


def test_the_drawings_of_the_starter_collection_have_no_faults(shared: Path) -> None:
    drawings = sorted((shared / "starter-samples").glob("open*/*.svg"))
    assert drawings
    for path in drawings:
        found = facts(path.read_bytes())
        assert found.media_type == "image/svg+xml", path.name
        assert found.faults == (), path.name
