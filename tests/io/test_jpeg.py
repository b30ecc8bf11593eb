"""Coordinates go, every other byte stays; what cannot be read goes whole."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from curator.core.container import facts as facts_of
from curator.io.decode import normalise, open_image
from curator.io.exif import without_gps
from curator.io.jpeg import EXIF, XMP, segments, with_rights, without_location

LOCATION, UNREADABLE = "location removed", "unreadable metadata removed"
MORE = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 40
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def _jpeg(*payloads):
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    body = out.getvalue()
    added = b"".join(b"\xff\xe1" + struct.pack(">H", len(p) + 2) + p for p in payloads)
    return body[:2] + added + body[2:]


def _exif(order="<", *, gps=True, tail=b""):
    """Make, GPS pointer and Copyright in one directory; GPS latitude as three rationals."""
    after = b"Someone\0" + struct.pack(order + "6I", 51, 1, 30, 1, 123456, 10000)
    gps_at = 8 + 2 + 3 * 12 + 4 + len(after)
    lines = [
        struct.pack(order + "HHI4s", 0x010F, 2, 4, b"Cam\0"),
        struct.pack(order + "HHII", 0x8298, 2, 8, 8 + 2 + 36 + 4),
        struct.pack(order + "HHII", 0x8825 if gps else 0x8000, 4, 1, gps_at),
    ]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    table = struct.pack(order + "H", 3) + b"".join(lines) + bytes(4)
    place = struct.pack(order + "H", 1) + struct.pack(order + "HHII", 2, 5, 3, 8 + 2 + 36 + 4 + 8)
    return head + table + after + place + bytes(4) + tail


def _xmp(attributes="", inside=""):
    return (
        f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {RDF}><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        f'xmlns:q="http://example.org/drone/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f"dc:rights='Someone, belonging to the long lat series' {attributes}>{inside}"
        f'</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


@pytest.mark.parametrize("order", ["<", ">"], ids=["little-endian", "big-endian"])
def test_the_gps_directory_is_blanked_and_the_rest_of_exif_stays(order):
    tiff = _exif(order)
    clean = without_gps(tiff)
    assert len(clean) == len(tiff)
    exif = Image.Exif()
    exif.load(EXIF + clean)
    assert dict(exif) == {0x010F: "Cam", 0x8298: "Someone"}
    assert struct.pack(order + "2I", 123456, 10000) in tiff
    assert struct.pack(order + "2I", 123456, 10000) not in clean
    assert without_gps(clean) == clean


def test_a_gps_directory_behind_the_second_image_goes_too():
    tiff = bytearray(_exif(gps=False))
    struct.pack_into("<I", tiff, 8 + 2 + 36, len(tiff))
    second = struct.pack("<HHHII", 1, 0x8825, 4, 1, len(tiff) + 18) + bytes(4)
    place = struct.pack("<HHHI4s", 1, 1, 2, 2, b"N\0\0\0") + bytes(4)
    clean = without_gps(bytes(tiff) + second + place)
    assert clean[: len(tiff)] == tiff
    assert not any(clean[len(tiff) :])


PLACES = {
    "attributes": _xmp("exif:GPSLatitude=\"51,30.5N\" exif:GPSLongitude='0,7W'"),
    "another maker's attributes": _xmp('q:GpsLatitude="51.50833" q:long = "-0.1"'),
    "elements": _xmp("", "<exif:GPSLatitude>51,30.5N</exif:GPSLatitude><q:lat/>"),
    "an element with parts": _xmp(
        "", "<exif:GPSLatitude rdf:parseType='Resource'><q:a>51,30.5N</q:a></exif:GPSLatitude>"
    ),
}


@pytest.mark.parametrize("packet", PLACES.values(), ids=PLACES)
def test_coordinates_in_xmp_become_blanks_in_place(packet):
    body = _jpeg(XMP + packet)
    clean, done = without_location(body)
    assert done == (LOCATION,)
    assert len(clean) == len(body)
    assert b"51" not in clean[: body.index(packet) + len(packet)][body.index(packet) :]
    assert b"GPS" not in clean
    assert b"belonging to the long lat series" in clean
    assert facts_of(clean).faults == ()
    changed = [at for at in range(len(body)) if body[at] != clean[at]]
    start = body.index(packet)
    assert all(start <= at < start + len(packet) for at in changed)
    assert {clean[at] for at in changed} == {ord(" ")}


def test_bytes_outside_exif_and_xmp_stay_as_they_are():
    tiff, packet = _exif(), PLACES["attributes"]
    body = _jpeg(EXIF + tiff, b"http://example.org/other\0GPSLatitude", XMP + packet)
    facts = facts_of(body)
    stored = normalise(body, facts, open_image(body, facts, 64), 64)
    assert stored.changes == (LOCATION,)
    kept, source = bytearray(stored.body), bytearray(body)
    for part in (tiff, packet):
        at = body.index(part)
        kept[at : at + len(part)] = source[at : at + len(part)] = bytes(len(part))
    assert kept == source


def test_a_file_without_coordinates_is_the_same_file():
    body = _jpeg(EXIF + _exif(gps=False), XMP + _xmp(), MORE + b"<q:belong/> latitude")
    assert without_location(body) == (body, ())


GONE = {
    "EXIF without a byte order": (EXIF + b"XX*\0\x08\0\0\0\0\0", UNREADABLE),
    "EXIF pointing outside itself": (EXIF + _exif()[:-20], UNREADABLE),
    "XMP that is no XML": (XMP + b"<x:xmpmeta>51,30.5N", UNREADABLE),
    "XMP with entities": (XMP + b'<!DOCTYPE x [<!ENTITY a "51">]><x>&a;</x>', UNREADABLE),
    "a coordinate where none can be blanked": (
        XMP + _xmp("", f"<q:lat>{'<q:a/>' * 900}51</q:lat>"),
        LOCATION,
    ),
    "XMP in UTF-16": (XMP + '<x xmlns:q="y" q:lat="51"/>'.encode("utf-16"), UNREADABLE),
    "extended XMP with a coordinate": (MORE + b"<exif:GPSLatitude>51", LOCATION),
}


@pytest.mark.parametrize(("payload", "words"), GONE.values(), ids=GONE)
def test_what_cannot_be_cleaned_goes_with_its_segment(payload, words):
    rest = EXIF + _exif(gps=False)
    assert without_location(_jpeg(payload, rest)) == (_jpeg(rest), (words,))


@given(st.binary(max_size=200))
def test_no_exif_crashes_the_cutting(noise):
    tiff = _exif(tail=noise)
    for block in (noise, b"II*\0\x08\0\0\0" + noise, tiff[: len(noise)] + noise):
        try:
            assert len(without_gps(block)) == len(block)
        except ValueError:
            continue


@given(st.binary(max_size=100))
def test_no_tail_of_segments_crashes_the_walk(noise):
    body = _jpeg()[:20] + noise
    assert all(start <= end <= len(body) for _, start, end in segments(body))
    assert isinstance(without_location(body)[0], bytes)


def test_rights_go_behind_the_first_segment():
    body = with_rights(_jpeg(), b"<x/>")
    assert facts_of(body).xmp == (b"<x/>",)
    assert facts_of(body).faults == ()
    assert [marker for marker, _, _ in segments(body)][:2] == [0xE0, 0xE1]
    with pytest.raises(ValueError, match="does not fit"):
        with_rights(_jpeg(), bytes(65_505))


def test_addresses_are_blanked_and_told_of():
    from curator.io.jpeg import ADDRESS, without_addresses  # noqa: PLC0415

    def told(marker: int, payload: bytes) -> bytes:
        return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload

    artist = told(0xE1, b"Exif\0\0 by ann@example.org, made up")
    comment = told(0xFE, b"call +49 170 1234567")
    plain = told(0xFE, b"File source: https://example.org/made-up")
    whole = b"\xff\xd8" + artist + comment + plain + b"\xff\xd9"
    clean, words = without_addresses(whole)
    assert words == (ADDRESS,)
    assert b"ann@example.org" not in clean
    assert b"by " + b" " * len("ann@example.org") + b", made up" in clean
    assert b"1234567" not in clean
    assert plain in clean
    assert without_addresses(clean) == (clean, ())
