"""Near twins: which pictures look like one that stays, found exactly and without chains.

Two hashes within 31 of 256 bits agree, but for at most one bit, in one of their 16 words of 16
bits (31 // 16 = 1). So every near pair meets in a bucket of one word, or of one of its 16
one-bit neighbours (multi-index hashing, Norouzi et al. 2012); only those pairs are compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RADIUS = 31  # bits of 256; the distance up to which Meta calls two PDQ hashes a match
MIN_QUALITY = 50  # of 100; below it the reference calls a hash meaningless
LIKE_COLOUR = 24  # of 255 per channel, between mean colours; a first value, to be measured
_WORDS = 16
_VALUES = 1 << 16
_LEAF = 1024  # pictures compared each with each: 1 M distances of one byte
_FAN = 16  # parts of a run: each part is looked up in the parts before it, then settled itself
_CHUNK = 1 << 20  # pairs compared at a time: about 40 MB
_FAR = np.int64(1) << 62
_FLIPS = np.array([0, *(1 << bit for bit in range(16))], np.uint16)


@dataclass(frozen=True, slots=True)
class _Pictures:
    """The pictures that take part, in order of preference."""

    longs: NDArray[np.uint64]  # n x 4
    words: NDArray[np.uint16]  # the same bits, n x 16
    colour: NDArray[np.generic]  # n x 3

    def alike(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the colours of each pair are alike."""
        gap = self.colour[a].astype(np.float64) - self.colour[b].astype(np.float64)
        return np.asarray((np.abs(gap) <= LIKE_COLOUR).all(axis=1))


def near_twins(
    hashes: NDArray[np.uint8],
    quality: NDArray[np.generic],
    mean_rgb: NDArray[np.generic],
) -> dict[int, tuple[int, int]]:
    """Each picture that goes, with the one that stays in its place and their distance in bits.

    hashes: n x 32 PDQ; quality: n, 0..100; mean_rgb: n x 3, 0..255. The order is the order of
    preference: a picture stays unless an earlier one that stays is near and of like colour. Named
    is the nearest of those, then the earliest. A hash of low quality neither goes nor replaces.
    """
    takes_part = np.flatnonzero(np.asarray(quality, np.float64) >= MIN_QUALITY)
    packed = np.ascontiguousarray(hashes[takes_part], np.uint8).reshape(-1, 32)
    pictures = _Pictures(packed.view(np.uint64), packed.view(np.uint16), mean_rgb[takes_part])
    best = np.full(len(takes_part), _FAR)  # distance << 32 | index of the nearest that stays
    _settle(pictures, best, 0, len(takes_part))
    gone = np.flatnonzero(best != _FAR)
    return {
        int(takes_part[i]): (int(takes_part[best[i] & 0xFFFFFFFF]), int(best[i] >> 32))
        for i in gone
    }


def _settle(pictures: _Pictures, best: NDArray[np.int64], start: int, end: int) -> None:
    """Decide start..end; `best` already knows every twin that stays before start."""
    if end - start <= _LEAF:
        _compare_all(pictures, best, start, end)
        return
    size = _LEAF
    while size * _FAN < end - start:
        size *= _FAN
    for part in range(start, end, size):
        stop = min(part + size, end)
        stays = start + np.flatnonzero(best[start:part] == _FAR)
        if len(stays):
            for word in range(_WORDS):
                _look_up(pictures, best, word, (stays, np.arange(part, stop)))
        _settle(pictures, best, part, stop)


def _note(
    pictures: _Pictures,
    best: NDArray[np.int64],
    pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> None:
    """Record near pairs (picture, one that stays, distance) where the colours are alike."""
    asked, stays, distance = pairs
    alike = pictures.alike(asked, stays)
    np.minimum.at(best, asked[alike], (distance[alike] << 32) | stays[alike])


def _compare_all(pictures: _Pictures, best: NDArray[np.int64], start: int, end: int) -> None:
    """Decide a short run by comparing each picture with those of the run before it that stay."""
    longs = pictures.longs[start:end]
    half = np.bitwise_count(longs[:, None, 0] ^ longs[None, :, 0])
    half += np.bitwise_count(longs[:, None, 1] ^ longs[None, :, 1])
    later, earlier = np.nonzero((half <= RADIUS) & np.tri(len(longs), k=-1, dtype=bool))
    distance = half[later, earlier] + _differ(longs[later], longs[earlier], (2, 3))
    near = distance <= RADIUS
    later, earlier, distance = later[near], earlier[near], distance[near].astype(np.int64)
    rows, firsts = np.unique(later, return_index=True)
    bounds = np.append(firsts, len(later))
    for row, first, last in zip(rows, bounds[:-1], bounds[1:], strict=True):
        others = earlier[first:last]
        stays = best[start + others] == _FAR  # settled: they come before this row
        asked = np.full(int(stays.sum()), start + row)
        _note(pictures, best, (asked, start + others[stays], distance[first:last][stays]))


def _look_up(
    pictures: _Pictures,
    best: NDArray[np.int64],
    word: int,
    sides: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> None:
    """Compare each asked picture with those that stay and nearly share one 16-bit word."""
    stays, asked = sides
    stays = stays[np.argsort(pictures.words[stays, word], kind="stable")]
    asked = asked[np.argsort(pictures.words[asked, word], kind="stable")]
    counts = np.bincount(pictures.words[stays, word], minlength=_VALUES)
    firsts = np.cumsum(counts) - counts
    # Copies in this order: neighbours in a bucket are neighbours in memory.
    left, right = (np.ascontiguousarray(pictures.longs[side, :2].T) for side in (asked, stays))
    for flip in _FLIPS:
        value = pictures.words[asked, word] ^ flip
        for rows, places in _expand(firsts[value], counts[value]):
            # Half the bits first: of strangers they differ in 64 of 128, so hardly one passes.
            half = np.bitwise_count(left[0][rows] ^ right[0][places])
            half += np.bitwise_count(left[1][rows] ^ right[1][places])
            hit = np.flatnonzero(half <= RADIUS)
            a, b = asked[rows[hit]], stays[places[hit]]
            distance = half[hit] + _differ(pictures.longs[a], pictures.longs[b], (2, 3))
            hit = np.flatnonzero(distance <= RADIUS)
            if len(hit):
                _note(pictures, best, (a[hit], b[hit], distance[hit].astype(np.int64)))


def _differ(
    a: NDArray[np.uint64],
    b: NDArray[np.uint64],
    columns: tuple[int, int],
) -> NDArray[np.uint8]:
    """In how many bits of these two columns each row of a differs from that of b; at most 128."""
    first, second = columns
    differ: NDArray[np.uint8] = np.bitwise_count(a[:, first] ^ b[:, first])
    differ += np.bitwise_count(a[:, second] ^ b[:, second])
    return differ


def _expand(
    firsts: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Every (row, place) with place in firsts[row] .. + counts[row], about _CHUNK at a time."""
    rows = np.flatnonzero(counts)
    ends = np.cumsum(counts[rows])
    done = 0
    while done < len(rows):
        before = ends[done - 1] if done else 0
        stop = max(int(np.searchsorted(ends, before + _CHUNK, side="right")), done + 1)
        some = rows[done:stop]
        repeated = np.repeat(some, counts[some])
        shift = np.repeat(firsts[some] - (ends[done:stop] - counts[some] - before), counts[some])
        yield repeated, shift + np.arange(len(repeated))
        done = stop
