"""noai and its kin in headers and pages, and reservations in plain words."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import meta_robots, phrases, x_robots
from curator.core.reservations.html_meta import metas

# https://www.deviantart.com/team/journal/UPDATE-All-Deviations-Are-OptedOut-of-AI-Datasets-934500371
HEADERS = [("noimageai", True), ("noai", True)]


@pytest.mark.parametrize(
    ("value", "reserved"),
    [
        *HEADERS,
        ("noai, noimageai", True),
        ("NoAI", True),
        ("noindex, nofollow, noai", True),
        ("googlebot: nofollow, noai", True),  # robots-tag syntax with an agent
        ("noml", True),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST", False),
        ("noindex, noimageindex", False),
        ("noaice", False),
        ("", False),
    ],
)
def test_x_robots_tag(value, reserved):
    assert bool(x_robots.read(value)) is reserved


@pytest.mark.parametrize(
    ("body", "reserved"),
    [
        # DeviantArt's announcement, as above
        ('<meta name="robots" content="noimageai">\n<meta name="robots" content="noai">', True),
        ('<meta name="robots" content="noai, noimageai">', True),
        ("<META CONTENT='noai' NAME='Robots'/>", True),
        ("<meta name=robots content=noai>", True),
        ('<meta property="x > y" name="robots" content="noai">', True),
        ('<meta name="GPTBot" content="noai">', True),
        ('<!-- <meta name="robots" content="noai"> -->', True),
        ('<meta name="keywords" content="noai, art">', False),
        ('<meta name="robots" content="index, follow">', False),
        ('<p title="<meta name=robots">noai</p>', False),
        ("", False),
    ],
)
def test_meta_robots(body, reserved):
    assert bool(meta_robots.read(body)) is reserved


@pytest.mark.parametrize("piece", ["<meta '", "<meta ", '<meta a="', '<meta "" ', "<meta name="])
def test_pages_made_to_take_long_do_not(piece):
    start = time.perf_counter()
    metas(piece * (500_000 // len(piece)))
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize(
    "text",
    [
        "No AI training",
        "No AI training restrictions? No: no AI training.",
        "CC BY 4.0 (no AI training)",
        "no text-and-data mining!",
        "Text and data mining rights reserved",
        "May not be used to train anything",
        "\u7121\u65ad\u8ee2\u8f09\u7981\u6b62",
        "AI学習禁止",
        "ＡＩ 学習 禁止",
        "CC BY 4.0・無断転載を禁じます・AI学習禁止",
        "<b>AI</b>学習への利用を禁止します",
        "禁止用于AI训练",
    ],
)
def test_words_that_keep_a_work_back(text):
    assert phrases.against_mining(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No rights reserved",
        "Some rights reserved",
        "No AI training restrictions",
        "Made by hand, no AI",
        "A robot in training",
        "Data mining in the Ruhr",
        "無断転載可",
        "無断転載はOK",
        "AI学習禁止ではありません",
        "AI学習の歴史",
        "All rights reserved",
        "casino ai training",
    ],
)
def test_words_that_do_not(text):
    assert phrases.against_mining(text) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\u00a9 2016 Jane Doe. All rights reserved.", True),
        ("Alle Rechte vorbehalten", True),
        ("版权所有", True),
        ("For editorial use only", True),
        ("Personal use only", True),
        ("\u00a9 2016 Jane Doe", False),
        ("No rights reserved", False),
        ("Some rights reserved", False),
        ("Free for commercial and non-commercial use", False),
        ("No permission required", False),
        ("Public domain", False),
    ],
)
def test_words_that_no_open_license_stands_beside(text, kept):
    assert bool(phrases.against_reuse(text)) is kept


@given(st.text(max_size=80))
def test_words_are_read_whatever_they_are(text):
    phrases.against_mining(text)
    phrases.against_reuse(text)
    x_robots.read(text)
    meta_robots.read(text)


@given(st.from_regex(r"[a-z]{1,9}", fullmatch=True))
def test_one_more_directive_never_lifts_noai(word):
    assert x_robots.read(f"{word}, noai")
    assert x_robots.read(f"noai, {word}")
    assert meta_robots.read(f'<meta name="robots" content="noai {word}">')
