"""IPTC's records: what programs write, and what is cut or made up."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core import container, iptc


def dataset(number, value):
    return struct.pack(">BBBH", 0x1C, *number, len(value)) + value


UTF8 = dataset((1, 90), b"\x1b%G")
NOTICE = dataset(iptc.COPYRIGHT, b"(c) 2016 Jane Doe")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (b"", ()),
        (NOTICE, ("(c) 2016 Jane Doe",)),
        (NOTICE + b"\0\0\0", ("(c) 2016 Jane Doe",)),
        (UTF8 + dataset(iptc.COPYRIGHT, "無断転載禁止".encode()), ("無断転載禁止",)),
        (dataset(iptc.COPYRIGHT, "© Zoë".encode("latin-1")), ("© Zoë",)),
        (dataset(iptc.COPYRIGHT, "© Zoë".encode()), ("© Zoë",)),
        (UTF8 + dataset(iptc.COPYRIGHT, b"\xa9 Jane"), ("\ufffd Jane",)),
        (dataset(iptc.CREDIT, b"x") + NOTICE + NOTICE, ("(c) 2016 Jane Doe",) * 2),
        (b"\x1c\x02\x74\x80\x04\x00\x00\x00\x02ab", ("ab",)),  # the extended form of a size
        (dataset(iptc.COPYRIGHT, b" \0"), ()),
    ],
    ids=[
        "nothing",
        "a notice",
        "padding behind it",
        "UTF-8 as declared",
        "Latin-1",
        "UTF-8 undeclared",
        "declared UTF-8 that is none",
        "several datasets",
        "an extended size",
        "white space",
    ],
)
def test_texts(block, expected):
    found = iptc.read(block)
    assert found.faults == ()
    assert found.texts(iptc.COPYRIGHT) == expected


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (NOTICE + b"junk", "no dataset"),
        (NOTICE[:-1], "beyond the end"),
        (NOTICE[:4], "beyond the end"),
        (b"\x1c\x02\x74\x80\x00", "beyond the end"),
        (b"\x1c\x02\x74\x80\x04\xff", "beyond the end"),
        (b"\x1c\x02\x74\x80\x04\xff\xff\xff\xff", "longer than"),
        (dataset((2, 25), b"") * 10_001, "more than"),
    ],
)
def test_what_cannot_be_read_is_told(block, words):
    (fault,) = iptc.read(block).faults
    assert words in fault


def test_what_was_read_before_a_fault_is_kept():
    assert iptc.read(NOTICE + b"junk").texts(iptc.COPYRIGHT) == ("(c) 2016 Jane Doe",)


@given(st.binary(max_size=200))
def test_it_reads_whatever_it_is_given(block):
    iptc.read(block)
    iptc.read(NOTICE + block)


def test_real_files_are_read_without_a_fault(shared):
    files = sorted((shared / "cases" / "ai-images").rglob("*.jpg"))
    held = [block for file in files if (block := container.facts(file.read_bytes()).iptc)]
    assert len(held) > 3
    assert [iptc.read(block).faults for block in held] == [()] * len(held)
