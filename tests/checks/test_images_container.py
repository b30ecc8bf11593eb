"""What is wrong with a file as such: damage, frames, format, fonts; trailers are only noted."""

import pytest
from made_up_files import jpeg, jpeg_exif, png, png_chunk, svg

from curator.checks.base import CHECKS
from curator.core.container import facts
from curator.model import Answer, Basis, Candidate, Evidence, ItemId
from curator.terms import Terms
from curator.view import View


def look(body: bytes | None) -> list[Evidence]:
    view = View(
        Candidate(ItemId("t:1"), "x"),
        Terms("t", Basis.OPEN_LICENSE),
        facts=None if body is None else facts(body),
    )
    return list(CHECKS.all()["image.container"].look([view])[0])


@pytest.mark.parametrize(
    ("body", "answers"),
    [
        (png(), [("image.broken", Answer.NO)]),
        (None, [("image.broken", Answer.UNKNOWN)]),
        (png()[:-1], [("image.broken", Answer.YES)]),
        (b"GIF89a", [("image.format", Answer.YES)]),
        (png(png_chunk(b"acTL", b"\0\0\0\2\0\0\0\0")), [("image.animated", Answer.YES)]),
        (png(png_chunk(b"acTL", b"\0\0\0\1\0\0\0\0")), [("image.broken", Answer.NO)]),
        (svg("<text>Dots</text>"), [("image.font", Answer.YES)]),
        (jpeg(jpeg_exif(b"neither order")), [("image.broken", Answer.NO)]),
        (jpeg(end=b"\0"), [("image.broken", Answer.NO), ("image.trailer", Answer.YES)]),
        (
            svg("<text>Dots</text><image href='a.png'/>"),
            [("image.broken", Answer.YES), ("image.font", Answer.YES)],
        ),
    ],
    ids=[
        "whole",
        "not there",
        "cut",
        "another format",
        "two frames",
        "one frame",
        "a drawing with text",
        "bad metadata is another check's",
        "a trailer",
        "two things wrong",
    ],
)
def test_what_is_wrong(body: bytes | None, answers: list[tuple[str, Answer]]) -> None:
    assert [(e.question, e.answer) for e in look(body)] == answers


def test_the_fault_is_quoted() -> None:
    (said,) = look(png()[:-12])
    assert said.quote == "the file ends before its IEND chunk"
