"""The fields of an Exif block, in both byte orders and all character sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_files import tiff

from curator.core.exif import ENTRIES, comment, read

BLOCK = {
    0x010E: "Dots on a sheet",
    0x010F: "Made-up Optics",
    0x0110: "MX",
    0x0112: 6,
    0x0131: "Made-up program 1",
    0x013B: "Invented Person",
    0x8298: "© Invented Person",
    0x8825: 0,
}
INSIDE = {0x9286: b"ASCII\0\0\0a remark", 0x927C: b"made-up note" + bytes(90)}


@pytest.mark.parametrize("order", ["<", ">"], ids=["little-endian", "big-endian"])
def test_every_field_is_read(order: str) -> None:
    numbers = {**BLOCK, 0x0112: 6}
    found = read(tiff(numbers, INSIDE, order))
    assert found.faults == ()
    assert dict(found.fields) == {
        "ImageDescription": "Dots on a sheet",
        "Make": "Made-up Optics",
        "Model": "MX",
        "Software": "Made-up program 1",
        "Artist": "Invented Person",
        "Copyright": "© Invented Person",
        "UserComment": "a remark",
        "MakerNote": "made-up note",
    }
    assert found.orientation == 6
    assert found.gps


def test_an_empty_block_says_nothing() -> None:
    found = read(tiff({0x0100: 1}))
    assert (found.fields, found.orientation, found.gps, found.faults) == ((), 1, False, ())


@pytest.mark.parametrize(
    "raw",
    [
        b"ASCII\0\0\0" + b"a remark",
        b"ASCII\0\0\0" + b"a remark\0",
        b"UNICODE\0" + "a remark".encode("utf-16-le"),
        b"UNICODE\0" + "a remark".encode("utf-16-be"),
        b"UNICODE\0" + "a remark".encode("utf-16"),
        b"\0" * 8 + b"a remark",
        b"\0" * 8 + "a remark".encode("utf-16-be"),
        b"JIS\0\0\0\0\0" + b"a remark",
        b"a remark",
    ],
)
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_comment_is_read_in_every_character_set(raw: bytes, order: str) -> None:
    assert comment(raw, "<" if order == "<" else ">") == "a remark"


def test_a_japanese_comment() -> None:
    assert comment(b"JIS\0\0\0\0\0" + "水玉".encode("iso2022_jp"), "<") == "水玉"
    assert comment(b"UNICODE\0" + "水玉".encode("utf-16-be"), ">") == "水玉"


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (b"", "no TIFF structure"),
        (b"II*\0\xff\xff\0\0", "outside the data"),
        (b"II*\0\x08\0\0\0\xff\xff", "more than there can be"),
        (tiff(BLOCK)[:-5], "reaches beyond"),
        (tiff({0x8769: 9999}), "outside the data"),
        (tiff({0x010E: "long enough"}).replace(b"\x0e\1\2\0", b"\x0e\1\x63\0"), "does not know"),
    ],
)
def test_what_cannot_be_read_is_told(block: bytes, fault: str) -> None:
    assert any(fault in sentence for sentence in read(block).faults), read(block).faults


def test_what_stands_before_a_fault_is_still_read() -> None:
    found = read(tiff({0x010F: "Made-up Optics", 0x8769: 9999}))
    assert found.fields == (("Make", "Made-up Optics"),)
    assert found.faults


def test_a_directory_is_read_up_to_its_bound() -> None:
    many = tiff(dict.fromkeys(range(0xA000, 0xA000 + ENTRIES + 1), 1))
    assert any("more than there can be" in f for f in read(many).faults)


@given(st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b""]), st.binary(max_size=200))
def test_no_bytes_make_it_raise(head: bytes, rest: bytes) -> None:
    read(head + rest)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=6))
def test_no_damage_makes_it_raise(at: int, new: bytes) -> None:
    block = tiff(BLOCK, INSIDE)
    place = at % len(block)
    read(block[:place] + new + block[place + len(new) :])
