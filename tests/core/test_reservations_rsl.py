"""Really Simple Licensing: the specification's examples, real files, and damaged ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import Signal, judge, rsl


def document(inside, url="/"):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rsl xmlns="https://rslstandard.org/rsl">'
        f'<content url="{url}"><license>{inside}</license></content></rsl>'
    )


def said(body, path="/a.jpg"):
    return {f.stance.value for f in rsl.read(body, f"https://h.example{path}")}


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        # https://rslstandard.org/rsl: prohibit AI use across a site
        ('<prohibits type="usage">ai-all</prohibits>', {"reserved"}),
        # https://rslstandard.org/rsl §3.7: without payment a license is free
        ('<permits type="usage">all</permits>', {"allowed"}),
        ("", {"allowed"}),
        # https://supertab-connect.mintlify.app/introduction/rsl
        ('<permits type="usage">ai-use,search</permits>', {"reserved"}),
        # https://docs.squirrelscan.com/rules/ax/rsl-license
        (
            '<permits type="usage">search</permits><prohibits type="usage">ai-train</prohibits>',
            {"reserved"},
        ),
        ('<prohibits type="usage">ai-train ai-input</prohibits>', {"reserved"}),
        ('<prohibits type="usage">train-ai</prohibits>', {"reserved"}),  # the drafts' word
        ('<prohibits type="usage">search</prohibits>', {"allowed"}),
        ('<prohibits type="usage">some-later-use</prohibits>', {"unreadable"}),
        ('<prohibits type="user">commercial</prohibits>', {"unreadable"}),
        ("<prohibits>ai-train</prohibits>", {"reserved"}),
        ('<payment type="crawl"><amount currency="USD">0.01</amount></payment>', {"reserved"}),
        ('<payment type="training"/>', {"reserved"}),
        ("<payment><custom>https://h.example/ask</custom></payment>", {"reserved"}),
        ('<payment type="attribution"/>', {"unreadable"}),
        ('<payment type="free"/>', {"allowed"}),
    ],
)
def test_licenses(inside, expected):
    assert said(document(inside)) == expected


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        ("/", "/a.jpg", {"reserved"}),
        ("", "/a.jpg", {"reserved"}),
        ("/images/*.jpg", "/images/x/a.jpg", {"reserved"}),
        ("/text/", "/a.jpg", set()),
        ("https://example.com/premium/*", "/premium/a.jpg", {"reserved"}),
    ],
)
def test_scopes(url, path, expected):
    assert said(document('<prohibits type="usage">all</prohibits>', url), path) == expected


def test_a_narrower_scope_lifts_no_prohibition():
    body = (
        '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>'
        '<prohibits type="usage">ai-train</prohibits></license></content><content url="/a">'
        '<license><permits type="usage">all</permits></license></content></rsl>'
    )
    assert said(body) == {"reserved", "allowed"}


def test_a_license_server_is_to_be_asked():
    body = '<rsl><content url="/" server="https://l.example"><license/></content></rsl>'
    assert "reserved" in said(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><p>Not found</p></html>",
        "<rsl><content url='/'></rsl>",
        '<!DOCTYPE rsl [<!ENTITY a "b">]><rsl>&a;</rsl>',
        "<rsl><content url='/'/></rsl>",
        b"\xff\xfe<rsl",
        "<rsl>" + "<a/>" * 30_000 + "</rsl>",
        "<rsl>" + " " * 2**20 + "</rsl>",
        "\ud800",
    ],
    ids=["empty", "page", "damaged", "entity", "no license", "bytes", "tags", "long", "surrogate"],
)
def test_what_cannot_be_read_is_told(body):
    assert said(body) == {"unreadable"}


# https://rslstandard.org/rsl, "HTTP Link header"
def test_link_headers():
    header = (
        '<https://h.example/license.xml>; rel="license"; type="application/rsl+xml", '
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    )
    assert rsl.linked(header) == ("https://h.example/license.xml",)


def test_a_file_that_is_named_and_not_brought_is_unreadable():
    robots = Signal("robots.txt", "License: https://h.example/license.xml\n")
    link = Signal("header:link", '</l.xml>; rel="license"; type="application/rsl+xml"')
    assert [f.stance.value for f in judge([robots], "/a")] == ["unreadable"]
    assert [f.stance.value for f in judge([link], "/a")] == ["unreadable"]
    brought = Signal("rsl:https://h.example/license.xml", document('<payment type="free"/>'))
    assert [f.stance.value for f in judge([robots, brought], "/a")] == ["allowed"]


@given(st.binary(max_size=300) | st.text(max_size=300), st.text(max_size=50))
def test_it_reads_whatever_it_is_given(body, url):
    rsl.read(body, url)
    rsl.linked(url)


@given(st.from_regex(r"[a-z-]{1,12}", fullmatch=True))
def test_one_more_unknown_word_or_element_never_opens_what_is_reserved(word):
    uses = f'<prohibits type="usage">ai-train {word}</prohibits>'
    assert "reserved" in said(document(uses))
    assert "reserved" in said(document('<prohibits type="usage">ai-train</prohibits>' + "<x/>"))
