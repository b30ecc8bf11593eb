"""Where the containers keep a C2PA store: its bytes come out whole, or a fault says why not."""

import base64
import struct

import pytest
from made_up_c2pa import actions, app11, manifest, store
from made_up_files import avif, box, jpeg, png, png_chunk, svg, tiff_image, webp

from curator.core.container import facts, faults_of
from curator.core.container_isobmff import C2PA_UUID
from curator.core.findings import METADATA_BYTES, STORES

STORE = store(manifest(actions({"action": "c2pa.created"})))
NAMED = "xmlns:c2pa='http://c2pa.org/manifest'"


def drawn(text: str) -> bytes:
    return svg(f"<metadata><c2pa:manifest {NAMED}>{text}</c2pa:manifest></metadata>")


def bmff(purpose: bytes) -> bytes:
    return avif({}, box(b"uuid", C2PA_UUID, b"\0\0\0\0", purpose, b"\0", b"\0" * 8, STORE))


@pytest.mark.parametrize(
    "body",
    [
        png(png_chunk(b"caBX", STORE)),
        png(after=png_chunk(b"caBX", STORE)),
        jpeg(*app11(STORE)),
        jpeg(*app11(STORE, size=50)),
        jpeg(*reversed(app11(STORE, size=50))),
        webp((b"C2PA", STORE)),
        tiff_image({52545: STORE}),
        bmff(b"manifest"),
        bmff(b"update"),
        avif({}, STORE),
        drawn(base64.b64encode(STORE).decode()),
        drawn("\n  ".join(base64.encodebytes(STORE).decode().split())),
    ],
    ids=[
        "PNG",
        "PNG, behind the picture",
        "JPEG",
        "JPEG, in pieces",
        "JPEG, pieces out of order",
        "WebP",
        "TIFF",
        "AVIF, uuid",
        "AVIF, uuid of an update",
        "AVIF, jumb",
        "SVG",
        "SVG, in lines",
    ],
)
def test_the_store_comes_out_whole(body: bytes) -> None:
    found = facts(body)
    assert found.jumbf == (STORE,)
    assert found.faults == ()


def test_two_boxes_of_a_jpeg_are_two_stores() -> None:
    found = facts(jpeg(*app11(STORE, 50, 1), *app11(STORE, 70, 2)))
    assert found.jumbf == (STORE, STORE)


def test_a_box_with_a_long_head() -> None:
    long = struct.pack(">I4sQ", 1, b"jumb", len(STORE) + 8) + STORE[8:]
    half = b"JP\0\1" + struct.pack(">I", 2) + long[:16] + long[50:]
    first = b"JP\0\1" + struct.pack(">I", 1) + long[:50]
    parts = [b"\xff\xeb" + struct.pack(">H", len(p) + 2) + p for p in (first, half)]
    assert facts(jpeg(*parts)).jumbf == (long,)


@pytest.mark.parametrize(
    "body",
    [
        jpeg(*app11(STORE, 50)[:-1]),
        jpeg(*app11(STORE, 50)[1:]),
        jpeg(*app11(STORE, 50), app11(STORE, 50)[0]),
        drawn("AAA"),
        drawn("%%%%"),
        bmff(b"made up"),
        png(*[png_chunk(b"caBX", STORE)] * (STORES + 1)),
        png(png_chunk(b"caBX", bytes(METADATA_BYTES + 1))),
    ],
    ids=[
        "no last piece",
        "no first piece",
        "a piece twice",
        "cut base64",
        "no base64",
        "an unknown purpose",
        "too many",
        "too long",
    ],
)
def test_a_store_that_is_not_whole_is_a_fault_and_present(body: bytes) -> None:
    found = facts(body)
    assert found.c2pa
    assert faults_of(found, "C2PA")
    assert not faults_of(found, "XMP", "Exif", "IPTC", "text")


@pytest.mark.parametrize(
    "body", [png(), jpeg(), bmff(b"merkle"), jpeg(b"\xff\xeb\0\x12JP\0\1\0\0\0\1\0\0\0\x08abcd")]
)
def test_what_is_no_store_is_none(body: bytes) -> None:
    assert not facts(body).c2pa
    assert not facts(body).faults


def test_a_second_picture_brings_its_own_store() -> None:
    assert facts(jpeg() + jpeg(*app11(STORE))).jumbf == (STORE,)
