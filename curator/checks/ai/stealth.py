"""Finds what generators hide in the lowest bits of a picture: stealth PNG info, as NovelAI has it.

https://github.com/NovelAI/novelai-image-metadata
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from curator.checks.base import CHECKS
from curator.core.findings import TEXT_BYTES
from curator.core.markers import marks
from curator.core.statements import Statement
from curator.model import Answer, Evidence, Ground, Needs, quote
from curator.view import Pixels, View

_MARKS = MappingProxyType(  # with the number of colour channels that carry the bits
    {
        b"stealth_pnginfo": 1,
        b"stealth_pngcomp": 1,
        b"stealth_rgbinfo": 3,
        b"stealth_rgbcomp": 3,
    }
)
_MARK_BYTES = 15
_HEAD_BYTES = _MARK_BYTES + 4  # the mark, then the length of the text in bits
_WITH_ALPHA = 4  # channels
_GZIP = 31  # zlib's word for a gzip header


@dataclass(frozen=True, slots=True)
class Stealth:
    """Says yes where the first bits, taken down the columns, spell one of the four marks."""

    id: str = "ai.stealth"
    version: int = 1
    needs: Needs = Needs.PIXELS
    summary: str = "The lowest bits of the picture hold a generator's parameters"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """Whether each picture hides parameters."""
        return [(self._one(view.pixels),) for view in views]

    def _one(self, pixels: Pixels | None) -> Evidence:
        if pixels is None:
            return self._said(Answer.UNKNOWN, "", "the picture was not read")
        if pixels.stored is None:
            return self._said(Answer.NO)
        rgb, alpha = pixels.stored[:, :, :3], pixels.stored[:, :, 3:]
        for where, plane in (("alpha", alpha), ("colours", rgb)):
            mark = _bits(plane, _MARK_BYTES) if plane.size else b""
            if _MARKS.get(mark) == plane.shape[2]:
                return self._said(Answer.YES, f"lowest bits of {where}", mark.decode(), plane)
        return self._said(Answer.NO)

    def _said(
        self,
        answer: Answer,
        where: str = "",
        words: str = "",
        plane: NDArray[np.uint8] | None = None,
    ) -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question="ai.metadata",
            answer=answer,
            basis=Ground.EMBEDDED,
            where=where,
            quote=quote(words),
            value="" if plane is None else _generator(plane),
        )


def _bits(plane: NDArray[np.uint8], size: int) -> bytes:
    """The first `size` bytes in the lowest bits, down the columns, highest bit first.

    plane: height x columns x channels. Fewer bytes where the plane ends before.
    """
    height, _, channels = plane.shape
    columns = -(-size * 8 // (height * channels))
    bits = (plane[:, :columns] & 1).transpose(1, 0, 2).ravel()[: size * 8]
    return np.packbits(bits).tobytes() if len(bits) == size * 8 else b""


def _generator(plane: NDArray[np.uint8]) -> str:
    """Whose parameters they are, "" where they cannot be told; the mark alone is proof."""
    head = _bits(plane, _HEAD_BYTES)
    size = int.from_bytes(head[_MARK_BYTES:]) // 8
    if not head or not 0 < size <= plane.size // 8:
        return ""
    data = _bits(plane, _HEAD_BYTES + size)[_HEAD_BYTES:]
    if head[:_MARK_BYTES].endswith(b"comp"):
        try:
            data = zlib.decompressobj(_GZIP).decompress(data, TEXT_BYTES)
        except zlib.error:
            return ""
    return next((marker.generator for marker, _, _ in marks(_statements(data[:TEXT_BYTES]))), "")


def _statements(data: bytes) -> tuple[Statement, ...]:
    """The hidden text as the PNG chunks that it stands for."""
    text = data.decode("utf-8", "replace")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        said = {"parameters": text}
    return tuple(
        Statement(f"text:{name}", value, "")
        for name, value in said.items()
        if isinstance(value, str)
    )


CHECKS.add(Stealth())
