"""CBOR: the values of RFC 8949's own examples, what is refused, and any bytes at all."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_c2pa import cbor as encoded

from curator.core import cbor

# From RFC 8949, appendix A: hex, value.
EXAMPLES = [
    ("00", 0),
    ("17", 23),
    ("1818", 24),
    ("1903e8", 1000),
    ("1bffffffffffffffff", 18446744073709551615),
    ("20", -1),
    ("3903e7", -1000),
    ("f93c00", 1.0),
    ("f97bff", 65504.0),
    ("fa47c35000", 100000.0),
    ("fb3ff199999999999a", 1.1),
    ("f4", False),
    ("f5", True),
    ("f6", None),
    ("f7", None),
    ("c074323031332d30332d32315432303a30343a30305a", "2013-03-21T20:04:00Z"),
    ("d818456449455446", b"dIETF"),
    ("4401020304", b"\1\2\3\4"),
    ("62c3bc", "ü"),
    ("80", []),
    ("8301820203820405", [1, [2, 3], [4, 5]]),
    ("a201020304", {1: 2, 3: 4}),
    ("a26161016162820203", {"a": 1, "b": [2, 3]}),
    ("5f42010243030405ff", b"\1\2\3\4\5"),
    ("7f657374726561646d696e67ff", "streaming"),
    ("9f018202039f0405ffff", [1, [2, 3], [4, 5]]),
    ("bf61610161629f0203ffff", {"a": 1, "b": [2, 3]}),
]


@pytest.mark.parametrize(("raw", "value"), EXAMPLES, ids=[raw[:16] for raw, _ in EXAMPLES])
def test_the_examples_of_the_standard(raw: str, value: object) -> None:
    read = cbor.read(bytes.fromhex(raw))
    assert (read.value, read.fault) == (value, "")
    assert type(read.value) is type(value)


def test_what_is_no_number_is_read() -> None:
    read = cbor.read(bytes.fromhex("f97e00"))
    assert isinstance(read.value, float)
    assert math.isnan(read.value)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", "inside an item"),
        ("18", "inside an item"),
        ("4401", "inside an item"),
        ("8301", "inside an item"),
        ("9bffffffffffffffff00", "inside an item"),
        ("9f01", "inside an item"),
        ("62c328", "not UTF-8"),
        ("1c", "means nothing"),
        ("1f", "means nothing"),
        ("ff", "means nothing"),
        ("f8ff", "means nothing"),
        ("e0", "means nothing"),
        ("0000", "before the data does"),
        ("a2616101616102", "stands twice"),
        ("a18001", "no text, number or bytes"),
        ("5f6161ff", "not all of one kind"),
        ("81" * 64 + "00", "items or levels"),
    ],
)
def test_damage_is_told(raw: str, fault: str) -> None:
    read = cbor.read(bytes.fromhex(raw))
    assert read.value is None
    assert fault in read.fault


def test_items_are_counted_and_capped() -> None:
    data = encoded([1, 2, {"a": 3}])
    assert cbor.read(data).items == 6
    assert cbor.read(data, 6).fault == ""
    assert "items or levels" in cbor.read(data, 5).fault
    assert cbor.read(data, 5).items == 6


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(PLAIN)
def test_what_is_written_is_read(value: object) -> None:
    read = cbor.read(encoded(value))
    assert (read.value, read.fault) == (value, "")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_fault(data: bytes) -> None:
    read = cbor.read(data)
    assert not read.fault or read.value is None
    assert read.items >= 1


@given(PLAIN, st.data())
def test_a_cut_value_is_never_whole(value: object, drawn: st.DataObject) -> None:
    data = encoded(value)
    assert cbor.read(data[: drawn.draw(st.integers(0, len(data) - 1))]).fault
