"""The Wilson interval against published values, and what must hold for any sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.wilson import Rate


@pytest.mark.parametrize(
    ("hits", "asked", "low", "high"),
    [  # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (to four places)
        pytest.param(81, 263, 0.2553, 0.3662, id="81 of 263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1611, id="none of 20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="1 of 29"),
    ],
)
def test_published_values(hits, asked, low, high):
    assert Rate(hits, asked).interval == pytest.approx((low, high), abs=5e-5)


def test_nobody_asked_says_nothing():
    assert Rate(0, 0).share is None
    assert Rate(0, 0).interval == (0.0, 1.0)


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_share_and_mirrors(asked, data):
    hits = data.draw(st.integers(0, asked))
    low, high = Rate(hits, asked).interval
    assert 0 <= low <= hits / asked <= high <= 1
    other = Rate(asked - hits, asked).interval
    assert (1 - other[1], 1 - other[0]) == pytest.approx((low, high), abs=1e-12)
