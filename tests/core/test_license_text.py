"""The written form under which statements are compared: what is equal, and what stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.license_text import address, fold, key, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("\uff23\uff23 \uff22\uff39 \uff14.\uff10", "CC BY 4.0", id="full width"),
        pytest.param("CC\u00a0BY\u2011SA\u200b", "cc by-sa", id="spaces, dashes, the invisible"),
        pytest.param("The Licence", "the license", id="both spellings"),
        pytest.param("GFDL, Version 1.2", "gfdl v1.2", id="version said in words"),
        pytest.param("by-sa-3.0-2.5-2.0", "BY SA 3.0, 2.5, 2.0", id="lists of versions"),
        pytest.param("規約(第1.0版)", "規約 第 1.0 版", id="no space beside Latin digits"),
        pytest.param("MIT.", "MIT", id="a final stop"),
    ],
)
def test_the_same_statement_has_the_same_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("GPL-2+", "GPL-2", id="or later"),
        pytest.param("MIT?", "MIT", id="a doubt"),
        pytest.param("flickr:4", "flickr 4", id="a scoped code"),
        pytest.param("a|b", "a b", id="template arguments"),
        pytest.param("CC BY 2.5 3.0", "CC BY 2.5, 3.0", id="two numbers are no list"),
        pytest.param("CC BY", "\u0421\u0421 BY", id="Cyrillic letters"),
    ],
)
def test_what_means_something_else_stays_apart(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("raw", "text", "links"),
    [
        pytest.param("<b>CC0</b>", "CC0", (), id="markup"),
        pytest.param('<a href="//x.example/l">L</a>', "L", ("//x.example/l",), id="link"),
        pytest.param('<img alt="CC0" src="x.png" />', "CC0", (), id="the words of a picture"),
        pytest.param("CC0 (https://x.example/z)", "CC0", ("https://x.example/z",), id="beside it"),
        pytest.param("https://x.example/z", "https://x.example/z", (), id="the statement itself"),
        pytest.param("<i onclick='x'>CC0</i>", "<i onclick='x'>CC0", (), id="odd attribute stays"),
        pytest.param("&lt;b&gt;CC0", "<b>CC0", (), id="written markup is no markup"),
    ],
)
def test_markup_is_taken_off_and_links_are_kept(raw, text, links):
    assert plain(raw) == (text, links)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("HTTPS://www.X.example//a/b/", ("x.example/a/b",)),
        ("//x.example/a?b=c#d", ("x.example/a?b=c#d", "x.example/a")),
        ("x.example/a", ("x.example/a",)),
        ("https://u@x.example/a", ()),
        ("https://x.example:8080/a", ()),
        ("https://x.example\\@y.example/a", ()),
        ("https://[x/a", ()),
        ("https://x.example/a b", None),
        ("CC BY 4.0", None),
    ],
)
def test_an_address_is_its_host_and_path_or_not_trusted(text, pages):
    assert address(text) == pages


@given(st.text(max_size=80))
def test_the_form_is_stable(text):
    assert fold(fold(text)) == fold(text)
    assert key(fold(text)) == key(text)
    assert isinstance(plain(text), tuple)
