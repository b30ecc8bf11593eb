"""C2PA stores: manifests of all kinds, what is refused, bounds, and any bytes at all."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_c2pa import (
    actions,
    assertion,
    cbor,
    json_assertion,
    manifest,
    store,
    superbox,
)
from made_up_files import box

from curator.core import jumbf
from curator.core.jumbf import Assertion

CREATED = {"action": "c2pa.created"}


def test_claims_and_assertions_are_plain_values() -> None:
    held = manifest(
        actions(CREATED),
        json_assertion("stds.iptc", {"dc:title": "dots"}),
        superbox(b"c2as", "made.up.nested", assertion("deep", [1, b"\2"])),
        claim={"claim_generator": "Made-up/1"},
    )
    (read,) = jumbf.read(store(held)).manifests
    assert read.label == "urn:c2pa:made-up"
    assert read.claims == (Assertion("c2pa.claim.v2", {"claim_generator": "Made-up/1"}),)
    assert read.assertions == (
        Assertion("c2pa.actions.v2", {"actions": [CREATED]}),
        Assertion("stds.iptc", {"dc:title": "dots"}),
        Assertion("deep", [1, b"\2"]),
    )


def test_the_active_manifest_is_the_last_and_nested_ones_come_before_their_own() -> None:
    outer = superbox(
        b"c2um",
        "outer",
        manifest(label="inner"),
        superbox(b"c2cl", "c2pa.claim", box(b"cbor", cbor({}))),
    )
    read = jumbf.read(store(manifest(label="first"), outer))
    assert [m.label for m in read.manifests] == ["first", "inner", "outer"]
    assert read.faults == ()


def test_thumbnails_signatures_and_padding_are_passed_over() -> None:
    picture = superbox(
        bytes.fromhex("40cb0c32"),
        "c2pa.thumbnail.claim.jpeg",
        box(b"bfdb", b"\0image/jpeg\0"),
        box(b"bidb", b"\xff\xd8"),
    )
    read = jumbf.read(store(manifest(picture, actions(CREATED))) + b"\0" * 500)
    assert read.faults == ()
    assert [a.label for a in read.manifests[0].assertions] == ["c2pa.actions.v2"]


def test_a_box_with_a_private_field_and_one_without_label() -> None:
    described = b"cbor" + bytes.fromhex("00110010800000aa00389b71")
    salted = box(b"jumd", described + b"\x13x\0" + box(b"c2sh", b"salt" * 4))
    bare = box(b"jumd", described + b"\x01")
    boxes = [box(b"jumb", head, box(b"cbor", cbor(1))) for head in (salted, bare)]
    (read,) = jumbf.read(store(manifest(*boxes))).manifests
    assert read.assertions == (Assertion("x", 1), Assertion("", 1))


def test_jumbf_of_another_kind_is_no_store_and_no_fault() -> None:
    assert jumbf.read(superbox(b"made", "somebody.else", box(b"made", b"up"))) == jumbf.Store()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "no JUMBF superbox"),
        (b"\0" * 64, "no JUMBF superbox"),
        (store(), "the store is empty"),
        (store(manifest())[:-1], "beyond the end"),
        (store(manifest()) + b"rest", "no whole box"),
        (store(superbox(b"c2cm", "packed", box(b"brob", b"?"))), "c2cm box"),
        (store(superbox(b"c2ma", "m")), "makes no claim"),
        (box(b"jumb", box(b"cbor", cbor(1))), "does not say what it is"),
        (store(manifest(superbox(b"cbor", "x", box(b"cbor", b"\x81")))), "x: the data ends"),
        (store(manifest(superbox(b"json", "x", box(b"json", b"{")))), "x is no JSON"),
        (store(manifest(superbox(b"json", "x", box(b"json", b'{"a":1,"a":2}')))), "no JSON"),
        (store(manifest(superbox(b"json", "x", box(b"json", b"[" * 99_999)))), "no JSON"),
        (store(manifest(superbox(b"xml ", "x", box(b"xml ", b"<x/>")))), "x holds xml "),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, fault: str) -> None:
    assert fault in " / ".join(jumbf.read(data).faults)


def test_what_can_be_read_beside_damage_is_there() -> None:
    broken = superbox(b"cbor", "x", box(b"cbor", b"\xff"))
    read = jumbf.read(store(manifest(broken, actions(CREATED))))
    assert read.faults
    assert Assertion("c2pa.actions.v2", {"actions": [CREATED]}) in read.manifests[0].assertions


@pytest.mark.parametrize(
    "data",
    [
        store(manifest(*[assertion("x", 1)] * (jumbf.BOXES + 1))),
        store(manifest(*[assertion("x", [0] * 1000)] * 51)),
        store(manifest(*[json_assertion("x", "y" * 9000)] * 30)),
        b"".join(struct.pack(">I4s", 8 * left, b"jumb") for left in range(99, 0, -1)),
    ],
    ids=["boxes", "items of CBOR", "bytes of JSON", "levels"],
)
def test_bounds_hold_for_the_whole_store(data: bytes) -> None:
    assert jumbf.read(data).faults


@given(st.binary(max_size=300))
def test_any_bytes_are_a_store_or_have_faults(data: bytes) -> None:
    read = jumbf.read(data)
    assert len(read.faults) <= jumbf.FAULTS


GOOD = store(manifest(actions(CREATED), json_assertion("stds.iptc", {"a": "b"})))


@settings(max_examples=300)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_changed_byte_never_ends_the_reader(place: int, byte: int) -> None:
    data = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    assert len(jumbf.read(data).manifests) <= 1
