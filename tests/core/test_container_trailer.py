"""What may follow the end of a JPEG or PNG without a fault, and that it is noted."""

import pytest
from made_up_files import (
    box,
    jpeg,
    jpeg_exif,
    jpeg_xmp,
    png,
    samsung_trailer,
    tiff,
    xmp_packet,
)

from curator.core.container import facts

EXIF = tiff({0x010F: "A made-up camera"})


@pytest.mark.parametrize(
    "body",
    [
        jpeg(end=b"\0" * 300),
        jpeg(end=b"\x9a"),
        jpeg(end=b"\0" * 20 + jpeg(jpeg_exif(EXIF)) + jpeg()),
        jpeg(end=samsung_trailer({"Image_UTC_Data": b"1500000000000"})),
        jpeg(
            jpeg_xmp(xmp_packet("", "xmp:MotionPhoto='1'")),
            end=box(b"ftyp", b"mp42") + box(b"mdat", b"made-up film"),
        ),
        png(end=b"\0\0"),
    ],
    ids=[
        "zeros",
        "a stray byte",
        "second pictures",
        "Samsung's blocks",
        "film",
        "zeros behind PNG",
    ],
)
def test_a_cameras_trailer_is_noted_and_no_fault(body: bytes) -> None:
    found = facts(body)
    assert found.faults == ()
    assert any(place.startswith("trailer:") for place, _ in found.texts)


def test_samsungs_blocks_are_read() -> None:
    found = facts(jpeg(end=samsung_trailer({"First": b"one", "Second": b"\xff\0" * 9})))
    assert ("trailer:First", "one") in found.texts
    assert ("trailer:Second", "18 bytes") in found.texts


@pytest.mark.parametrize(
    "end",
    [
        b"PK\3\4" + bytes(range(60)),
        samsung_trailer({"First": b"one"})[:-1],
        bytes(range(1, 30)) + samsung_trailer({"First": b"one"}),
        box(b"ftyp", b"mp42") + box(b"mdat", b"a film that no XMP names"),
        jpeg() * 17,
    ],
    ids=[
        "an archive",
        "half a directory",
        "bytes before the blocks",
        "a film",
        "too many pictures",
    ],
)
def test_a_stranger_behind_a_picture_is_a_fault(end: bytes) -> None:
    assert any(f.startswith("container: ") for f in facts(jpeg(end=end)).faults)
