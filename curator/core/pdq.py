"""PDQ, the 256-bit perceptual hash.

The algorithm is Meta's (ThreatExchange, "PDQ"); bits and quality are those of the reference
implementation as the `pdqhash` wheel packs it, so published block lists can be matched.

A bit says whether one of 256 waves exceeds their median. Half the waves of a symmetric drawing are
zero, and there nothing but the reference's rounding decides. So two ways lead to the hash: the
quick one is exact and computes only what is read; where the reference's rounding could move its
result, the slow one repeats the reference's single-precision operations in their order.
"""

from math import cos, pi, sqrt
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Reals: TypeAlias = NDArray[np.float32] | NDArray[np.float64]

SIDE = 512  # px; the size at which the reference asks for its input
_CELLS = 64  # the blurred picture is read at 64x64 points
_EVERY = SIDE // _CELLS  # px; the first point is in the middle of the first eight
_WAVES = 16  # the lowest 16x16 frequencies, without the constant, make the hash
_STEEPNESS = 90  # summed steps, in percent of full scale, that count as one point of quality
_LUMA = (0.299, 0.587, 0.114)  # of red, green and blue: ITU-R BT.601

# How far rounding carries the reference from the exact values, in luma (0..255): its running sums
# reach 1020, where single precision steps by 6e-5, and take two roundings per pixel. The limits
# are about twice what was measured at most, on 609 drawings and photographs and 3,000 made-up
# pictures: 0.014 and 0.0035. What could be proved for any picture is a hundred times wider.
_WAVE_ERROR = 0.03
_POINT_ERROR = 0.007
_SWAPPABLE = 3  # waves that may lie within reach of the median, which is one of them

# DCT-II without its first row: row k, column n is cos(pi / 64 * (k + 1) * (n + 1/2)).
_COSINES = np.array(
    [
        [cos(pi / 2 / _CELLS * (wave + 1) * (2 * point + 1)) for point in range(_CELLS)]
        for wave in range(_WAVES)
    ],
)
_DCT = sqrt(2 / _CELLS) * _COSINES
_DCT_STEPWISE = (float(np.float32(sqrt(2 / _CELLS))) * _COSINES).astype(np.float32)


def _blur() -> NDArray[np.uint16]:
    """With what weights, in 48ths, the 8 pixels behind each of 64 points count (see `_behind`).

    The reference averages every pixel with its neighbours -1..+2, twice, then reads every eighth.
    Only what is read is computed here. A window that leaves the picture is the shorter for it.
    """
    line = np.arange(SIDE)
    window = (line >= line[:, None] - 1) & (line <= line[:, None] + 2)
    once = window / window.sum(axis=1, keepdims=True)
    twice = once[_EVERY // 2 :: _EVERY] @ once
    return np.rint([48 * _behind(twice[at])[at, :, 0] for at in range(_CELLS)]).astype(np.uint16)


def _behind(lines: NDArray[Any]) -> NDArray[Any]:
    """Of 512 lines the 8 behind each point: from 2 before it to 5 after it; outside is nothing."""
    lines = lines.reshape(SIDE, -1)
    skipped = _EVERY // 2 - 2
    nothing = np.zeros_like(lines[:skipped])
    return np.concatenate([lines[skipped:], nothing]).reshape(_CELLS, _EVERY, -1)


_WEIGHTS = _blur()
_WINDOWS = np.array([3, *[4] * (SIDE - 3), 3, 2], np.float32)  # px in the window of each pixel


def pdq(rgb: NDArray[np.uint8]) -> tuple[bytes, int]:
    """The hash (32 bytes, last wave first) and its quality 0..100 of a picture of any size.

    It is made of the picture's 512x512 8-bit RGB pixels (stretched to the square), because the
    blur depends on the size. Both ways start from these; given the same pixels, the reference
    (as compiled for x86-64, without fused operations) differs by at most 2 bits, and by at most
    1 in quality. Below quality 50 the picture is too even for the hash to mean anything (Meta's
    own threshold).
    """
    square = _square(rgb)
    points: Reals = _points(square)
    waves: Reals = np.einsum("km,lm->kl", np.einsum("kn,nm->km", _DCT, points), _DCT)
    if _doubtful(points, waves):
        points = _points_stepwise(square)
        waves = _waves_stepwise(points)
    bits = waves > _median(waves)
    return np.packbits(bits.ravel()[::-1]).tobytes(), _quality(_steps(points))


def hexed(hashed: bytes) -> str:
    """The hash as published: 64 hex digits."""
    return hashed.hex()


def _square(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture at 512x512."""
    # Bilinear sees every pixel as long as less than half of them go, and costs a third of it.
    how = cv2.INTER_AREA if max(rgb.shape) >= 2 * SIDE else cv2.INTER_LINEAR_EXACT
    return np.asarray(cv2.resize(rgb, (SIDE, SIDE), interpolation=how), np.uint8)


def _luma(rgb: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.float64]:
    """The colours in one number, added in the reference's order."""
    red, green, blue = _LUMA
    weighed: NDArray[np.float64] = rgb[..., 0] * red + rgb[..., 1] * green + rgb[..., 2] * blue
    return weighed


def _points(square: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The blurred luma at 64x64 points: whole numbers up to the weighing of the colours."""
    # einsum, not BLAS: its order of additions does not depend on the processor.
    rows = np.einsum("kw,kwn->kn", _WEIGHTS, _behind(square))
    luma = _luma(rows.reshape(_CELLS, SIDE, 3))
    points: NDArray[np.float64] = np.einsum("kw,kwn->nk", _WEIGHTS / 48**2, _behind(luma.T))
    return points


def _doubtful(points: Reals, waves: Reals) -> bool:
    """Whether the reference's rounding could flip more than 2 bits, or move quality by over 1.

    As many bits are set as are not. So while only the median and two more waves are close enough
    for rounding to swap them, at most one bit is lost and one won.
    """
    close = np.abs(waves - _median(waves)) <= 2 * _WAVE_ERROR
    if int(np.count_nonzero(close)) > _SWAPPABLE:
        return True
    steps, error = _steps(points), 2 * _POINT_ERROR * 100 / 255
    return _quality(steps + error) - _quality(steps - error) > 1


def _median(waves: Reals) -> float:
    """The lower of the two in the middle."""
    middle = waves.size // 2 - 1
    return float(np.partition(waves, middle, axis=None)[middle])


def _steps(points: Reals) -> Reals:
    """All steps between neighbouring points, in percent of full scale."""
    down, right = (np.diff(points, axis=axis).ravel() for axis in (0, 1))
    steps: Reals = np.abs(np.concatenate([down, right])) * 100 / 255
    return steps


def _quality(steps: Reals) -> int:
    """How much happens in the picture: the sum of the steps, each without its fraction."""
    return min(100, int(steps.astype(np.int32).sum()) // _STEEPNESS)


def _points_stepwise(square: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The 64x64 points as the reference comes by them: rows, columns, rows, columns."""
    luma = _luma(square).astype(np.float32)
    for _ in range(2):
        luma = _averaged(_averaged(luma.T).T)
    return luma[_EVERY // 2 :: _EVERY, _EVERY // 2 :: _EVERY]


def _averaged(lines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each line averaged with its neighbours -1..+2, as one running sum down every column."""
    padded = np.zeros((SIDE + 4, lines.shape[1]), np.float32)
    padded[2:-2] = lines
    sums = np.empty((SIDE, lines.shape[1]), np.float32)
    total = lines[0] + lines[1]
    for joining, leaving, out in zip(padded[4:], padded, sums, strict=False):
        total = np.subtract(np.add(total, joining, out), leaving, out)
    sums /= _WINDOWS[:, None]
    return sums


def _waves_stepwise(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """The 16x16 waves as the reference sums them: one product after the other."""
    half = np.add.accumulate(_DCT_STEPWISE[:, :, None] * points, axis=1)[:, -1]
    return np.add.accumulate(half[:, None] * _DCT_STEPWISE, axis=2)[:, :, -1]
