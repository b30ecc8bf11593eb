"""Near twins are found exactly, in the order of preference, and without chains."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.core.dedupe import near_twins


def _hash(*bits):
    packed = np.zeros(256, np.uint8)
    packed[list(bits)] = 1
    return np.packbits(packed)


def _run(hashes, quality=None, colours=None):
    count = len(hashes)
    return near_twins(
        np.array(hashes, np.uint8).reshape(count, 32),
        np.array([100] * count if quality is None else quality),
        np.zeros((count, 3)) if colours is None else np.array(colours),
    )


def _brute(hashes, quality, colours):
    """The rule, word by word: each picture against every earlier one that stays."""
    stays, gone = np.zeros(len(hashes), bool), {}
    for i in np.flatnonzero(quality >= 50):
        kept = np.flatnonzero(stays)
        distance = np.bitwise_count(hashes[kept] ^ hashes[i]).sum(axis=1, dtype=int)
        alike = np.abs(colours[kept].astype(int) - colours[i].astype(int)).max(axis=1) <= 24
        near = [(int(d), int(j)) for d, j in zip(distance, kept, strict=True) if d <= 31]
        near = [(d, j) for d, j in near if alike[np.searchsorted(kept, j)]]
        if near:
            gone[int(i)] = (min(near)[1], min(near)[0])
        stays[i] = not near
    return gone


A, B = _hash(), _hash(*range(20))
RULES = {
    "31 bits are near": ([A, _hash(*range(31))], None, None, {1: (0, 31)}),
    "32 bits are not": ([A, _hash(*range(32))], None, None, {}),
    "31 bits, two in most words": ([A, _hash(*range(0, 248, 8))], None, None, {1: (0, 31)}),
    "a complement is not near": ([A, _hash(*range(256))], None, None, {}),
    "the first stays": ([B, A, A], None, None, {1: (0, 20), 2: (0, 20)}),
    "no chains": ([A, B, _hash(*range(40))], None, None, {1: (0, 20)}),
    "the nearest is named": (
        [A, _hash(*range(36)), _hash(*range(30))],
        None,
        None,
        {2: (1, 6)},
    ),
    "of equally near the first is named": (
        [A, _hash(*range(40)), _hash(*range(20))],
        None,
        None,
        {2: (0, 20)},
    ),
    "colours 24 apart are alike": ([A, A], None, [[0, 9, 9], [24, 9, 9]], {1: (0, 0)}),
    "colours 25 apart are not": ([A, A], None, [[0, 9, 9], [9, 9, 34]], {}),
    "low quality neither goes": ([A, A], [100, 49], None, {}),
    "nor replaces": ([A, A, A], [49, 50, 100], None, {2: (1, 0)}),
}


@pytest.mark.parametrize(("hashes", "quality", "colours", "gone"), RULES.values(), ids=RULES)
def test_the_rule(hashes, quality, colours, gone):
    assert _run(hashes, quality, colours) == gone


def test_nothing_has_no_twins():
    empty = near_twins(np.zeros((0, 32), np.uint8), np.zeros(0), np.zeros((0, 3)))
    assert empty == {}


def _clustered(seed, count):
    """Hashes around a few centres, 0 to 24 bits off, in three colours, some of low quality."""
    random = np.random.default_rng(seed)
    centres = random.integers(0, 256, (max(1, count // 8), 32), dtype=np.uint8)
    hashes = centres[random.integers(0, len(centres), count)]
    flips = [random.choice(256, random.integers(0, 25), replace=False) for _ in range(count)]
    hashes = hashes ^ np.array([_hash(*bits) for bits in flips])
    return hashes, random.integers(40, 100, count), random.integers(0, 60, (count, 3))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 120))
def test_small_sets_agree_with_the_rule_word_by_word(seed, count):
    pictures = _clustered(seed, count)
    assert near_twins(*pictures) == _brute(*pictures)


@pytest.mark.parametrize("crowded", [False, True], ids=["random words", "crowded words"])
def test_sets_beyond_one_leaf_agree_too(crowded):
    """More pictures than are compared each with each; in a crowd half the words are one bucket."""
    hashes, quality, colours = _clustered(7, 3500)
    if crowded:
        hashes = np.random.default_rng(8).integers(0, 256, hashes.shape, dtype=np.uint8)
        hashes[:, :16] = 0
        hashes[3000:, 16:] = hashes[:500, 16:] ^ _hash(1, 60, 100)[:16]
    gone = near_twins(hashes, quality, colours)
    assert len(gone) > 50
    assert gone == _brute(hashes, quality, colours)


def test_a_crowd_of_one_picture_goes_in_bounded_time():
    hashes, _, _ = _clustered(3, 6000)
    hashes[:] = hashes[0]
    gone = near_twins(hashes, np.full(6000, 100), np.zeros((6000, 3)))
    assert len(gone) == 5999
    assert set(gone.values()) == {(0, 0)}
