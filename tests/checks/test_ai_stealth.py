"""Parameters hidden in the lowest bits: the four marks, damage, and what only looks alike."""

import gzip
import io
import json

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from curator.checks.base import CHECKS
from curator.core.container import facts
from curator.io.decode import Opened, open_image
from curator.io.raster import STORED_PIXELS
from curator.model import Answer, Basis, Candidate, Evidence, ItemId
from curator.terms import Terms
from curator.view import View

A1111 = "dots\nSteps: 20, Sampler: Made up"
NOVELAI = json.dumps({"Software": "NovelAI", "Comment": "{}"})


def picture(width: int, height: int, channels: int) -> NDArray[np.uint8]:
    values = np.random.default_rng(7).integers(0, 255, (height, width, channels), np.uint8)
    if channels == 4:
        values[:, :, 3] = 254
    return values


def hidden(mark: str, text: bytes, values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with a mark, a length in bits and a text in its lowest bits."""
    payload = gzip.compress(text, mtime=0) if mark.endswith("comp") else text
    raw = mark.encode() + (8 * len(payload)).to_bytes(4) + payload
    part = values[:, :, :3] if "rgb" in mark else values[:, :, 3:]
    columns = part.transpose(1, 0, 2)  # down the columns, then from one to the next
    flat = columns.ravel()
    bits = np.unpackbits(np.frombuffer(raw, np.uint8))[: len(flat)]
    flat[: len(bits)] = flat[: len(bits)] & 254 | bits
    columns[:] = flat.reshape(columns.shape)
    return values


def encoded(values: NDArray[np.uint8], form: str = "PNG") -> bytes:
    body = io.BytesIO()
    Image.fromarray(values).save(body, form, lossless=True, exact=True)
    return body.getvalue()


def opened(body: bytes, max_side: int = 1024) -> Opened:
    found = open_image(body, facts(body), max_side)
    assert isinstance(found, Opened)
    return found


def look(body: bytes | None, max_side: int = 1024) -> Evidence:
    pixels = None if body is None else opened(body, max_side).pixels
    view = View(Candidate(ItemId("t:1"), "x"), Terms("t", Basis.OPEN_LICENSE), pixels=pixels)
    ((said,),) = CHECKS.all()["ai.stealth"].look([view])
    return said


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
@pytest.mark.parametrize(
    "mark", ["stealth_pnginfo", "stealth_pngcomp", "stealth_rgbinfo", "stealth_rgbcomp"]
)
def test_a_hidden_text_is_found(mark: str, form: str) -> None:
    values = picture(90, 70, 3 if "rgb" in mark else 4)
    said = look(encoded(hidden(mark, A1111.encode(), values), form))
    assert (said.question, said.answer) == ("ai.metadata", Answer.YES)
    assert (said.quote, said.value) == (mark, "AUTOMATIC1111 and kin")


def test_the_generator_of_hidden_chunks_is_named() -> None:
    said = look(encoded(hidden("stealth_pngcomp", NOVELAI.encode(), picture(90, 70, 4))))
    assert said.value == "NovelAI"


@pytest.mark.parametrize("channels", [3, 4])
def test_colours_are_read_beside_alpha_and_before_anything_is_resized(channels: int) -> None:
    values = hidden("stealth_rgbinfo", A1111.encode(), picture(300, 200, channels))
    said = look(encoded(values), max_side=64)
    assert (said.where, said.value) == ("lowest bits of colours", "AUTOMATIC1111 and kin")


@pytest.mark.parametrize(
    "text",
    [b"", b"\xff\xfe", b'{"a": 1}', b"[" * 2000],
    ids=["no text", "no UTF-8", "another object", "deep"],
)
def test_the_mark_alone_is_proof(text: bytes) -> None:
    said = look(encoded(hidden("stealth_pnginfo", text, picture(200, 200, 4))))
    assert (said.answer, said.value) == (Answer.YES, "")


def test_a_length_beyond_the_picture_and_bad_compression_harm_nothing() -> None:
    short = hidden("stealth_pnginfo", b"x" * 9000, picture(20, 20, 4))
    assert look(encoded(short)).answer is Answer.YES
    raw = hidden("stealth_pnginfo", b"no gzip at all", picture(90, 70, 4))
    compressed = hidden("stealth_pngcomp", b"", raw.copy())
    raw[:, :2, 3] = compressed[:, :2, 3]
    assert look(encoded(raw)).quote == "stealth_pngcomp"


def test_a_bomb_is_inflated_in_part() -> None:
    said = look(encoded(hidden("stealth_pngcomp", b" " * 20_000_000, picture(500, 500, 4))))
    assert said.answer is Answer.YES


@pytest.mark.parametrize(
    "body",
    [
        encoded(picture(90, 70, 3)),
        encoded(picture(90, 70, 4)),
        encoded(hidden("stealth_pngmade", b"up", picture(90, 70, 4))),
        encoded(hidden("stealth_pnginfo", b"x", picture(90, 70, 4)).transpose(1, 0, 2).copy()),
        encoded(picture(5, 5, 4)),
        encoded(picture(90, 70, 3)[:, :, 0]),
    ],
    ids=["RGB", "RGBA", "another mark", "along the rows", "no room for a mark", "grey"],
)
def test_other_pictures_hide_nothing(body: bytes) -> None:
    assert look(body).answer is Answer.NO


def test_without_pixels_the_answer_is_unknown() -> None:
    assert look(None).answer is Answer.UNKNOWN


def test_what_is_kept_as_stored_is_bounded_and_exact() -> None:
    values = picture(950, 800, 4)
    kept = opened(encoded(values)).pixels.stored
    assert kept is not None
    assert kept.shape == (800, STORED_PIXELS // 800, 4)
    assert np.array_equal(kept, values[:, : kept.shape[1]])
