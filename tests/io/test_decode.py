"""One decode gives upright 8-bit pixels on white, a hash and the file as published."""

import struct
import zlib
from io import BytesIO

import cv2
import numpy as np
import pytest
import simplejpeg
from PIL import Image

from curator.core.container import facts as facts_of
from curator.core.pdq import pdq
from curator.io.decode import Opened, Refusal, normalise, open_image
from curator.view import FileFacts

SIDE = 1024
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,  # stored lying on its side, to be turned clockwise
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def _corners():
    """48x32 px: red and green above, blue and white below."""
    rgb = np.empty((32, 48, 3), np.uint8)
    rgb[:16, :24], rgb[:16, 24:], rgb[16:, :24], rgb[16:, 24:] = RED, GREEN, BLUE, WHITE
    return Image.fromarray(rgb)


def _saved(image, kind, **how):
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def _photo(width, height):
    noise = np.random.default_rng(1).integers(
        0, 256, (height // 64, width // 64, 3), dtype=np.uint8
    )
    return cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)


def _opened(body, kind, **facts):
    opened = open_image(body, FileFacts(f"image/{kind}", **facts), SIDE)
    assert isinstance(opened, Opened), opened
    return opened


def _turned(turn):
    image = _corners()
    return image.transpose(TURNS[turn]) if turn in TURNS else image


def _looks(opened, tolerance=8):
    rgb = opened.pixels.rgb.astype(int)
    height, width = rgb.shape[:2]
    seen = [rgb[y, x] for y in (height // 4, -height // 4) for x in (width // 4, -width // 4)]
    assert np.abs(np.array(seen) - [RED, GREEN, BLUE, WHITE]).max() <= tolerance


@pytest.mark.parametrize("turn", range(1, 10))
@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "avif"])
def test_every_orientation_comes_out_upright(turn, kind):
    exif = Image.Exif()
    exif[0x0112] = turn
    how = {"jpeg": {"quality": 95, "subsampling": 0}, "avif": {"subsampling": "4:4:4"}}
    body = _saved(_turned(turn), kind, exif=exif.tobytes(), **how.get(kind, {"lossless": True}))
    if kind == "tiff":
        body = _saved(_turned(turn), kind, tiffinfo={0x0112: turn})
    opened = _opened(body, kind, exif=exif.tobytes()[6:])
    assert (opened.pixels.width, opened.pixels.height) == (48, 32)
    _looks(opened, 20)
    assert ("rotated upright" in opened.changes) == (turn in TURNS)
    assert opened.plain == (kind == "jpeg" and turn not in TURNS)


def _png(depth, colour, rows, extra=b""):
    """A PNG of one row per entry of `rows`, written by hand; `extra` stands before the pixels."""
    width = len(rows[0]) * 8 // (depth * {0: 1, 2: 3, 4: 2}[colour])
    head = struct.pack(">IIBBBBB", width, len(rows), depth, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    chunks = (b"IHDR" + head, extra, b"IDAT" + data, b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
        if chunk
    )


def _sixteen(*values):
    return struct.pack(f">{len(values)}H", *values)


PALETTE = Image.new("P", (2, 1))
PALETTE.putpalette([*RED, *GREEN])
PALETTE.putdata([0, 1])
MODES = {
    "16-bit grey keeps its high byte": (_png(16, 0, [_sixteen(0x80FF, 0xFF00)]), [128, 255], "16"),
    "a transparent 16-bit value is white": (
        _png(16, 0, [_sixteen(0x8001, 0x8002)], b"tRNS" + _sixteen(0x8001)),
        [255, 128],
        "16",
    ),
    "16-bit colour with a transparent one": (
        _png(16, 2, [_sixteen(1, 1, 1, 0, 0xFFFF, 0)], b"tRNS" + _sixteen(1, 1, 1)),
        [WHITE, GREEN],
        "16",
    ),
    "a transparent 4-bit value is white": (
        _png(4, 0, [b"\x39"], b"tRNS" + _sixteen(3)),
        [255, 153],
        "PNG",
    ),
    "a transparent 1-bit value is white": (
        _png(1, 0, [b"\x55"], b"tRNS" + _sixteen(0)),
        [255] * 8,
        "PNG",
    ),
    "half transparent black is grey": (_png(8, 4, [b"\0\x80\0\xff"]), [127, 0], "PNG"),
    "a palette becomes its colours": (_saved(PALETTE, "PNG"), [RED, GREEN], "palette"),
    "a palette's transparent entry is white": (
        _saved(PALETTE, "PNG", transparency=0),
        [WHITE, GREEN],
        "palette",
    ),
}


@pytest.mark.parametrize("sentence", MODES)
def test_pixels_become_8_bit_rgb_on_white(sentence):
    body, expected, word = MODES[sentence]
    opened = _opened(body, "png")
    wanted = np.array(expected).reshape(1, len(expected), -1) * np.ones((1, 1, 3), int)
    assert np.abs(opened.pixels.rgb.astype(int) - wanted).max() <= 1
    assert opened.changes[0].startswith("converted from ")
    assert word in opened.changes[0]
    assert opened.transparent == ("transparency laid on white" in opened.changes)
    assert opened.transparent == ("transparent" in sentence)


def test_opaque_alpha_is_no_transparency():
    opened = _opened(_saved(_corners().convert("RGBA"), "PNG"), "png")
    assert not opened.transparent
    _looks(opened, 0)


def test_cmyk_is_converted_and_never_kept():
    opened = _opened(_saved(_corners().convert("CMYK"), "JPEG", quality=100), "jpeg")
    _looks(opened, 12)
    assert not opened.plain
    assert opened.changes == ("converted from CMYK JPEG",)


def test_samples_without_a_known_white_are_no_format():
    body = _saved(Image.fromarray(np.ones((4, 4), np.float32)), "TIFF")
    refused = open_image(body, FileFacts("image/tiff"), SIDE)
    assert isinstance(refused, Refusal)
    assert refused.reason == "image.format"


def test_flatness_is_measured_on_white():
    ghost = np.zeros((8, 8, 4), np.uint8)
    ghost[::2, :, :3] = 200  # stripes that nobody can see
    assert _opened(_saved(Image.fromarray(ghost), "PNG"), "png").pixels.std == (0, 0, 0)
    assert min(_opened(_saved(_corners(), "PNG"), "png").pixels.std) > 100


@pytest.mark.parametrize("grey", [False, True], ids=["colour", "grey"])
def test_a_plain_jpeg_keeps_its_bytes(grey):
    body = _saved(_corners().convert("L") if grey else _corners(), "JPEG")
    opened = _opened(body, "jpeg")
    stored = normalise(body, FileFacts("image/jpeg"), opened, SIDE)
    assert (stored.body, stored.changes) == (body, ())
    assert (stored.width, stored.height) == (48, 32)


def test_a_large_jpeg_is_shrunk_once_and_says_so():
    body = simplejpeg.encode_jpeg(_photo(3000, 2000), 90)
    opened = _opened(body, "jpeg")
    assert (opened.pixels.width, opened.pixels.height) == (3000, 2000)
    assert opened.pixels.rgb.shape[1] < 3000, "not shrunk on load"
    stored = normalise(body, FileFacts("image/jpeg"), opened, SIDE)
    assert stored.changes == ("resized from 3000x2000 to 1024x683",)
    with Image.open(BytesIO(stored.body)) as image:
        assert (image.size, image.mode) == ((1024, 683), "RGB")
        shown = np.asarray(image).astype(int)
    truth = cv2.resize(_photo(3000, 2000), (1024, 683), interpolation=cv2.INTER_AREA)
    assert np.abs(shown - truth).mean() < 3


def test_the_hash_hardly_depends_on_the_size_as_published():
    body = simplejpeg.encode_jpeg(_photo(2400, 1600), 90)
    hashes = [
        np.frombuffer(pdq(open_image(body, FileFacts("image/jpeg"), side).pixels.rgb)[0], np.uint8)
        for side in (64, 512, 1024, 4096)
    ]
    assert max(int(np.bitwise_count(hashes[0] ^ other).sum()) for other in hashes) <= 10


def test_a_transcoded_file_carries_its_rights_and_nothing_else():
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        b'"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmpRights:WebStatement='
        b'"https://example.org/terms"/></rdf:RDF></x:xmpmeta>'
    )
    body = _saved(_corners(), "PNG")
    facts = FileFacts("image/png", xmp=(packet,))
    stored = normalise(body, facts, open_image(body, facts, SIDE), SIDE)
    assert b"https://example.org/terms" in facts_of(stored.body).xmp[0]
    assert facts_of(stored.body).faults == ()
    assert normalise(body, facts, open_image(body, facts, SIDE), SIDE) == stored
    bare = normalise(body, FileFacts("image/png"), open_image(body, facts, SIDE), SIDE)
    assert facts_of(bare.body).xmp == ()


JPEG = _saved(_corners(), "JPEG")
SOF = JPEG.index(b"\xff\xc0") + 5
BOMBS = {
    "a PNG of 81 MP": ("png", _png(8, 0, [b"\0"]), 16, struct.pack(">II", 9000, 9000)),
    "a PNG one pixel too wide": ("png", _png(8, 0, [b"\0"]), 16, struct.pack(">II", 20001, 1)),
    "a JPEG of 65,000 px a side": ("jpeg", JPEG, SOF, struct.pack(">HH", 65000, 65000)),
    "a WebP of 268 MP": (
        "webp",
        _saved(Image.new("RGBA", (8, 8)), "WEBP"),
        24,
        b"\xfe\x3f\x00\xfe\x3f\x00",
    ),
}


@pytest.mark.parametrize(("kind", "body", "at", "size"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_by_its_header(kind, body, at, size):
    if kind == "png":  # the header's checksum holds, so that only its size can be refused
        head = b"IHDR" + size + body[24:29]
        bomb = body[:12] + head + struct.pack(">I", zlib.crc32(head)) + body[33:]
    else:
        bomb = body[:at] + size + body[at + len(size) :]
    refused = open_image(bomb, FileFacts(f"image/{kind}"), SIDE)
    assert isinstance(refused, Refusal)
    assert refused.reason == "image.broken"
    if kind != "webp":  # its decoder finds by itself that the frame does not fit
        assert "at most 64,000,000 px in all and 20,000 px a side" in refused.detail


_PNG = _saved(_corners(), "PNG")
REFUSED = {
    "not an image": (b"hello", FileFacts(""), "image.format"),
    "a GIF": (_saved(_corners(), "GIF"), FileFacts("image/gif"), "image.format"),
    "half a JPEG": (JPEG[:-99], FileFacts("image/jpeg"), "image.broken"),
    "half a PNG": (_PNG[:70], FileFacts("image/png"), "image.broken"),
    "a PNG said to be a JPEG": (_PNG, FileFacts("image/jpeg"), "image.broken"),
    "more frames by the container": (JPEG, FileFacts("image/jpeg", frames=2), "image.animated"),
    "more frames by the decoder": (
        _saved(_corners(), "WEBP", save_all=True, append_images=[_turned(3)]),
        FileFacts("image/webp"),
        "image.animated",
    ),
    "a damaged container": (
        JPEG,
        FileFacts("image/jpeg", faults=("container: bytes behind the end",)),
        "image.broken",
    ),
    "text in a drawing": (b"<svg/>", FileFacts("image/svg+xml", svg_text=True), "image.font"),
}


@pytest.mark.parametrize(("body", "facts", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_shown_is_refused_the_same_way_every_time(body, facts, reason):
    refused = open_image(body, facts, SIDE)
    assert isinstance(refused, Refusal)
    assert refused.reason == reason
    assert refused == open_image(bytes(bytearray(body)), facts, SIDE), "a memory address in it"


def test_unreadable_metadata_is_not_the_pixels_fault():
    _looks(_opened(JPEG, "jpeg", faults=("metadata: XMP: not well-formed",)), 60)
