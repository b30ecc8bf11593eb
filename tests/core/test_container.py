"""What the walk over each container finds, what it refuses, and that no bytes make it raise."""

import csv
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_files import (
    avif,
    avif_exif,
    box,
    extended_xmp,
    jpeg,
    jpeg_exif,
    jpeg_xmp,
    png,
    png_chunk,
    png_text,
    segment,
    svg,
    tiff,
    tiff_image,
    webp,
    xmp_packet,
)

from curator.core.container import facts, faults_of
from curator.core.findings import TEXT_BYTES

XMP = xmp_packet("<dc:format>a made-up format</dc:format>")
EXIF = tiff({0x010F: "A made-up camera"})
MANIFEST = segment(0xEB, b"JP\0\1\0\0\0\1\0\0\0\x20jumb\0\0\0\x18jumdc2pa")
WHOLE = {
    "png": png(png_text("Title", "Dots")),
    "jpeg": jpeg(jpeg_exif(EXIF), jpeg_xmp(XMP), scans=3),
    "webp": webp((b"EXIF", EXIF)),
    "tiff": tiff_image({305: "A made-up program"}),
    "avif": avif({b"Exif": avif_exif(EXIF)}),
    "svg": svg(),
}


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_a_whole_file_has_no_faults_and_one_frame(body: bytes) -> None:
    found = facts(body)
    assert found.media_type.startswith("image/")
    assert found.faults == ()
    assert found.frames == 1
    assert not found.c2pa


@pytest.mark.parametrize("body", WHOLE.values(), ids=WHOLE)
def test_a_file_cut_anywhere_has_a_fault_or_is_no_image(body: bytes) -> None:
    for end in range(len(body)):
        found = facts(body[:end])
        assert found.faults or not found.media_type, f"clean when cut at {end}"


@pytest.mark.parametrize(
    "body",
    [
        png(png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
        png(after=png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
        png(png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP))),
        png(
            png_chunk(b"tEXt", b"Raw profile type xmp\0\nxmp\n%d\n" % len(XMP) + XMP.hex().encode())
        ),
        jpeg(jpeg_xmp(XMP)),
        webp((b"XMP ", XMP)),
        tiff_image({700: XMP}),
        avif({b"mime": XMP}),
        avif({}, box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), XMP)),
        jpeg(end=jpeg(jpeg_xmp(XMP))),
    ],
    ids=[
        "PNG iTXt",
        "PNG iTXt behind the picture",
        "PNG iTXt, compressed",
        "PNG raw profile",
        "JPEG APP1",
        "WebP",
        "TIFF tag 700",
        "AVIF item",
        "AVIF uuid box",
        "a second picture behind a JPEG",
    ],
)
def test_xmp_is_found(body: bytes) -> None:
    found = facts(body)
    assert found.xmp == (XMP,)
    assert found.faults == ()


@pytest.mark.parametrize(
    "body",
    [
        png(png_chunk(b"eXIf", EXIF)),
        png(after=png_chunk(b"eXIf", EXIF)),
        jpeg(jpeg_exif(EXIF)),
        webp((b"EXIF", EXIF)),
        webp((b"EXIF", b"Exif\0\0" + EXIF)),
        avif({b"Exif": avif_exif(EXIF)}),
    ],
    ids=["PNG", "PNG behind the picture", "JPEG", "WebP", "WebP with JPEG's mark", "AVIF"],
)
def test_exif_is_found(body: bytes) -> None:
    found = facts(body)
    assert found.exif == EXIF
    assert found.faults == ()


@pytest.mark.parametrize(
    "body",
    [
        png(png_chunk(b"caBX", b"\0\0\0\x20jumb")),
        jpeg(MANIFEST),
        webp((b"C2PA", b"\0\0\0\x20jumb")),
        tiff_image({52545: b"\0\0\0\x20jumb"}),
        avif({}, box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), b"\0")),
        svg("<metadata><c:manifest xmlns:c='http://c2pa.org/manifest'>AA</c:manifest></metadata>"),
    ],
    ids=["PNG", "JPEG", "WebP", "TIFF", "AVIF", "SVG"],
)
def test_a_c2pa_store_is_seen(body: bytes) -> None:
    assert facts(body).c2pa


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (png().replace(b"IDAT", b"IDAT"[::-1]), "checksum"),
        (png()[:-12], "IEND"),
        (png(end=b"<html>made up</html>"), "belong to nothing"),
        (png(png_chunk(b"IHDR", b"\0" * 13)), "claims 0 x 0"),
        (png(png_chunk(b"zTXt", b"Note\0\0" + b"not deflated")), "cannot be inflated"),
        (png(png_chunk(b"zTXt", b"Note\0\7" + b"?")), "unknown method"),
        (png(png_chunk(b"zTXt", b"N\0\0" + zlib.compress(bytes(TEXT_BYTES + 9)))), "longer than"),
        (png(png_chunk(b"iTXt", b"Note\0\5\5")), "not laid out"),
        (png(png_chunk(b"tEXt", b"Raw profile type exif\0exif\n9\nzz")), "not laid out"),
        (png(png_chunk(b"eXIf", EXIF), png_chunk(b"eXIf", EXIF + b"\0")), "two different"),
        (png(after=png_text("Title", "Dots") + png_chunk(b"IDAT")), "follow one another"),
        (jpeg()[:-2], "ends before"),
        (jpeg(end=b"PK\3\4" + bytes(range(60))), "belong to nothing"),
        (jpeg(segment(0xFE, b"a remark"), b"junk"), "no segment"),
        (jpeg(scans=0), "0 scans"),
        (jpeg(scans=501), "more than"),
        (jpeg(segment(0xED, b"Photoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\xff\xff..")), "resource"),
        (jpeg(jpeg_xmp(b"<x:xmpmeta>")), "XMP"),
        (jpeg(*(jpeg_xmp(b"<a>%d</a>" % n) for n in range(65))), "more than 64 packets"),
        (jpeg(jpeg_exif(b"neither order")), "TIFF"),
        (jpeg(end=jpeg()[:-2]), "second picture"),
        (webp(end=b"made-up bytes behind"), "belong to nothing"),
        (tiff_image()[:-1], "strip"),
        (b"II+\0" + bytes(20), "BigTIFF"),
        (avif({b"Exif": avif_exif(EXIF)})[:-1], "reaches beyond"),
    ],
)
def test_what_is_damaged_or_unreadable_is_told(body: bytes, fault: str) -> None:
    assert any(fault in sentence for sentence in facts(body).faults), facts(body).faults


def test_texts_say_their_chunk_and_keyword() -> None:
    found = facts(png(png_text("Title", "Dots “made up”"), after=png_text("Late", "x")))
    assert found.texts == (("tEXt:Title", "Dots “made up”"), ("tEXt:Late", "x"))
    assert facts(jpeg(segment(0xFE, b"a remark\0"))).texts == (("COM:", "a remark"),)


def test_a_text_that_is_too_long_is_kept_in_part() -> None:
    found = facts(png(png_chunk(b"zTXt", b"Note\0\0" + zlib.compress(b"a" * (TEXT_BYTES + 1)))))
    assert found.texts == (("zTXt:Note", "a" * TEXT_BYTES),)


@pytest.mark.parametrize(
    "body",
    [
        png(png_chunk(b"acTL", b"\0\0\0\7\0\0\0\0")),
        webp(*[(b"ANMF", b"\0" * 16)] * 7),
        avif(
            {},
            box(
                b"moov",
                box(
                    b"trak",
                    box(b"mdia", box(b"minf", box(b"stbl", box(b"stsz", bytes(8), b"\0\0\0\7")))),
                ),
            ),
            brand=b"avis",
        ),
    ],
    ids=["APNG", "WebP", "AVIF sequence"],
)
def test_frames_are_counted(body: bytes) -> None:
    assert facts(body).frames == 7


def test_the_pages_of_a_tiff_are_its_frames() -> None:
    one = tiff_image()
    at = 8 + 2 + 12 * 4  # where the first directory names the next
    two = one[:at] + len(one).to_bytes(4, "little") + one[at + 4 :] + one[8 : at + 4]
    assert facts(two).frames == 2


def test_a_tiff_whose_directories_form_a_loop_is_broken() -> None:
    one = tiff_image()
    at = 8 + 2 + 12 * 4
    assert any("loop" in f for f in facts(one[:at] + b"\x08\0\0\0" + one[at + 4 :]).faults)


def test_extended_xmp_is_put_together_and_must_be_complete() -> None:
    digest = "0123456789ABCDEF" * 2
    named = jpeg_xmp(xmp_packet("", f"xmpNote:HasExtendedXMP='{digest}'"))
    half = len(XMP) // 2
    first = extended_xmp(digest, len(XMP), 0, XMP[:half])
    second = extended_xmp(digest, len(XMP), half, XMP[half:])
    assert facts(jpeg(named, second, first)).xmp[1] == XMP
    assert any("not complete" in f for f in facts(jpeg(named, first)).faults)
    assert any("not there" in f for f in facts(jpeg(named)).faults)


@pytest.mark.parametrize("body", [b"", b"GIF89a" + bytes(9), b"<html><svg/></html>", b"%PDF-1.7"])
def test_what_curator_does_not_read_has_no_media_type(body: bytes) -> None:
    found = facts(body)
    assert found.media_type == ""
    assert faults_of(found)


def test_a_fault_hides_the_part_it_names_and_a_broken_container_all_parts() -> None:
    bad = facts(jpeg(jpeg_exif(b"neither order")))
    assert faults_of(bad, "Exif")
    assert not faults_of(bad, "XMP")
    assert faults_of(facts(png()[:-1]), "XMP")


STARTS = st.sampled_from([b"", *(body[:40] for body in WHOLE.values()), b"RIFF\0\1\0\0WEBP"])


@given(STARTS, st.binary(max_size=300))
def test_no_bytes_make_it_raise(start: bytes, rest: bytes) -> None:
    facts(start + rest)


@settings(max_examples=300)
@given(
    st.sampled_from(list(WHOLE.values())),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=8)), max_size=4),
)
def test_no_damage_to_a_file_makes_it_raise(body: bytes, dents: list[tuple[int, bytes]]) -> None:
    for at, new in dents:
        place = at % len(body)
        body = body[:place] + new + body[place + len(new) :]
    facts(body)


def _hostile(shared: Path, *groups: str) -> list[tuple[dict[str, str], bytes]]:
    folder = shared / "cases" / "hostile"
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["group"] in groups]
    return [(row, (folder / row["file"]).read_bytes()) for row in rows]


def test_hostile_files_are_walked_fast_and_refused_where_they_must_be(shared: Path) -> None:
    for row, body in _hostile(shared, "png", "jpeg", "webp", "exif", "xml-svg", "avif-heif-jxl"):
        begin = time.perf_counter()
        found = facts(body)
        assert time.perf_counter() - begin < 1, row["file"]
        broken = not found.media_type or any(f.startswith("container: ") for f in found.faults)
        if row["expected"] == "reject":
            assert broken, row["file"]
        elif row["expected"] == "accept" and row["group"] != "xml-svg":
            assert not broken, (row["file"], found.faults)
