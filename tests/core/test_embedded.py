"""What a file says inside of its own rights, wherever software puts it."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_files import jpeg, jpeg_exif, jpeg_xmp, png, png_text, segment, svg, tiff, xmp_packet

from curator.core import embedded
from curator.core.container import facts
from curator.view import FileFacts

RIGHTS = 'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
BY = "https://creativecommons.org/licenses/by/4.0/"


def iim(number, text):
    record = struct.pack(">BBBH", 0x1C, 2, number, len(text)) + text
    block = b"8BIM\4\4\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    return jpeg(segment(0xED, b"Photoshop 3.0\0" + block))


def with_xmp(inside, attributes=""):
    return jpeg(jpeg_xmp(xmp_packet(inside, attributes)))


NOTICE = "Photo: Jane Doe, CC BY 4.0"
AGENT = (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://web.resource.org/cc/">'
    f'<cc:Work rdf:about=""><dc:rights><cc:Agent><dc:title>{NOTICE}</dc:title></cc:Agent>'
    "</dc:rights></cc:Work></rdf:RDF></metadata>"
)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (with_xmp("", f"{RIGHTS} xmpRights:WebStatement='{BY}'"), "XMP WebStatement"),
        (with_xmp(f"<xmpRights:UsageTerms {RIGHTS}>{NOTICE}</xmpRights:UsageTerms>"), "UsageTerms"),
        (
            with_xmp(f"<c:license xmlns:c='http://creativecommons.org/ns#' rdf:resource='{BY}'/>"),
            "XMP license",
        ),
        (with_xmp(f"<dc:rights>{NOTICE}</dc:rights>"), "XMP rights"),
        (with_xmp("", f"photoshop:Credit='{NOTICE}'"), "XMP Credit"),
        (jpeg(jpeg_exif(tiff({0x8298: NOTICE}))), "Exif Copyright"),
        (iim(116, NOTICE.encode()), "IPTC 2:116"),
        (png(png_text("Copyright", NOTICE)), "tEXt:Copyright"),
        (svg(AGENT), "XMP rights"),
    ],
    ids=["page", "terms", "cc", "dc", "credit", "Exif", "IIM", "PNG", "SVG agent"],
)
def test_a_license_is_found_wherever_it_stands(body, where):
    found = embedded.read(facts(body))
    assert found.faults == ()
    assert {said.reading.spdx for said in found.licenses} == {"CC-BY-4.0"}
    assert where in found.licenses[0].where


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://creativecommons.org/licenses/by-nc/4.0/ for terms.", {"CC-BY-NC-4.0"}),
        ("Jane Doe | CC BY-SA 3.0 | 2016", {"CC-BY-SA-3.0"}),
        ("This file is in the public domain", set()),
        ("\u00a9 MIT, 2016", set()),  # an institute, not a license
        ("Photo by BY", set()),
    ],
)
def test_licenses_named_in_passing(text, expected):
    found = embedded.read(facts(jpeg(jpeg_exif(tiff({0x8298: text})))))
    assert {s.reading.spdx for s in found.licenses if s.reading.spdx.startswith("CC-")} == expected


@pytest.mark.parametrize(("text", "marked"), [("True", True), ("true", True), ("False", False)])
def test_marked(text, marked):
    found = embedded.read(facts(with_xmp("", f"{RIGHTS} xmpRights:Marked='{text}'")))
    assert found.marked is marked


@given(st.binary(max_size=150), st.binary(max_size=150), st.text(max_size=60))
def test_it_reads_whatever_a_file_holds(xmp, iptc, text):
    held = FileFacts("image/jpeg", xmp=(xmp,), iptc=iptc, texts=(("tEXt:Copyright", text),))
    embedded.read(held)
