"""Years as catalogues write them: what is read, and what is left to a person."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.years import years


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("1889", (1889, 1889), id="a year"),
        pytest.param(" 1889-05-01 ", (1889, 1889), id="a day"),
        pytest.param("1880-1889", (1880, 1889), id="a range"),
        pytest.param("1880\u20131889", (1880, 1889), id="a range with a dash"),
        pytest.param("1880/1889", (1880, 1889), id="a range with a slash"),
        pytest.param("1880 - 1889", (1880, 1889), id="a range with spaces"),
        pytest.param("1850s", (1850, 1859), id="ten years"),
        pytest.param("1800s", None, id="ten years or a hundred"),
        pytest.param("c. 1628", None, id="near"),
        pytest.param("ca. 1628", None, id="near, in Latin"),
        pytest.param("1628?", None, id="doubted"),
        pytest.param("[1769?]", None, id="a cataloguer's guess"),
        pytest.param("[1769]", None, id="a cataloguer's conclusion"),
        pytest.param("before 1850", None, id="open"),
        pytest.param("after 1850", None, id="open the other way"),
        pytest.param("1904-05", None, id="a month or two years"),
        pytest.param("1889-1880", None, id="a range that runs back"),
        pytest.param("0000", None, id="no year"),
        pytest.param("0000-1800", None, id="from no year"),
        pytest.param("-500", None, id="before our era, as a number"),
        pytest.param("500 BCE", None, id="before our era, in letters"),
        pytest.param("987", None, id="three digits"),
        pytest.param("19th century", None, id="a century"),
        pytest.param("1889-02-30", None, id="a day that never was"),
        pytest.param("\uff11\uff18\uff18\uff19", None, id="full-width digits"),
        pytest.param("明治22年", None, id="an era"),
        pytest.param("1891<div>date QS:P,+1891</div>", None, id="a year with markup"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_only_years_beyond_doubt_are_read(text, span):
    assert years(text) == span


@given(st.text("0123456789-\u2013/s c.?[]~", max_size=12))
def test_no_sign_of_doubt_is_overlooked(text):
    span = years(text)
    if span:
        assert re.fullmatch(r"[0-9]{3,4}[0-9s][0-9\u2013/ -]*", text.strip())
        assert 0 < span[0] <= span[1]
        assert text.strip()[:3] == str(span[0]).zfill(4)[:3]
