"""PDQ, the 256-bit perceptual hash.

The algorithm is Meta's (ThreatExchange, "PDQ"); bits and quality are those of the reference
implementation as the `pdqhash` wheel packs it, so published block lists can be matched. The window
of its blur depends on the picture's size, therefore every picture is hashed at 512x512.
"""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Grey: TypeAlias = NDArray[np.uint8] | NDArray[np.float32]

SIDE = 512  # px; the size at which the reference asks for its input
_CELLS = 64  # the blurred picture is read at 64x64 points
_WAVES = 16  # of which the lowest 16x16 frequencies, without the constant, make the hash
_STEEPNESS = 90  # summed steps, in percent of full scale, that count as one point of quality

# DCT-II without its first row: row k, column n is cos(pi / 64 * (k + 1) * (n + 1/2)).
_DCT = np.sqrt(2 / _CELLS) * np.cos(
    np.pi / _CELLS * np.outer(np.arange(1, _WAVES + 1), np.arange(_CELLS) + 0.5),
)


def _blur() -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Which 8 pixels of a line make each of its 64 points, and with what weights.

    The reference averages every pixel with its neighbours -1..+2, twice, then reads every eighth.
    Only what is read is computed here. A window that leaves the picture is the shorter for it.
    """
    line = np.arange(SIDE)
    window = (line >= line[:, None] - 1) & (line <= line[:, None] + 2)
    once = window / window.sum(axis=1, keepdims=True)
    points = np.arange(SIDE // _CELLS // 2, SIDE, SIDE // _CELLS)
    twice = once[points] @ once
    reach = points[:, None] + np.arange(-2, 6)
    inside = np.minimum(reach, SIDE - 1)
    return inside, np.where(reach < SIDE, np.take_along_axis(twice, inside, axis=1), 0)


_REACH, _WEIGHTS = _blur()


def grey512(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture (height x width x 3) as 512x512 luma (Rec. 601), not keeping its proportions."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    smaller = grey.shape[0] > SIDE or grey.shape[1] > SIDE
    how = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR_EXACT
    return np.asarray(cv2.resize(grey, (SIDE, SIDE), interpolation=how), np.uint8)


def pdq(grey: Grey) -> tuple[bytes, int]:
    """The hash (32 bytes, last frequency first) and its quality 0..100 of 512x512 luma 0..255.

    Below quality 50 the picture is too even for the hash to mean anything (Meta's own threshold).
    """
    if grey.shape != (SIDE, SIDE):
        raise ValueError(f"PDQ is made of 512x512 luma, not {grey.shape}")
    # einsum, not BLAS: its order of additions does not depend on the processor.
    rows = np.einsum("kw,kwn->kn", _WEIGHTS, grey[_REACH])
    points = np.einsum("kw,nkw->nk", _WEIGHTS, rows[:, _REACH])
    waves = np.einsum("km,lm->kl", np.einsum("kn,nm->km", _DCT, points), _DCT)
    middle = waves.size // 2 - 1
    bits = waves > np.partition(waves, middle, axis=None)[middle]
    return np.packbits(bits.ravel()[::-1]).tobytes(), _quality(points)


def _quality(points: NDArray[np.float64]) -> int:
    """How much happens in the picture: the sum of all steps between neighbouring points."""
    steps = sum(
        int(np.abs((np.diff(points, axis=axis) * 100 / 255).astype(np.int32)).sum())
        for axis in (0, 1)
    )
    return min(100, steps // _STEEPNESS)


def hexed(hashed: bytes) -> str:
    """The hash as published: 64 hex digits."""
    return hashed.hex()
