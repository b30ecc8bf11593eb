"""ai.txt: what Spawning's generator writes, and other files of that name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import ai_txt

# https://github.com/Spawning-Inc/spawning-wp-plugin, spawning_ai/config/ai_txt_options.json:
# everything closed; and images closed while texts are open, which also turns the last line.
CLOSED = "# Spawning AI\n\nUser-agent: *\nDisallow: *\nDisallow: /\n"
TEXT_OPEN = (
    "# Spawning AI\nUser-agent: *\nDisallow: *.gif\nDisallow: *.jpeg\nDisallow: *.jpg\n"
    "Allow: *.txt\nAllow: *.html\nAllow: /\n"
)
# https://github.com/Automattic/jetpack, projects/packages/ai-crawler-control
JETPACK = (
    "# This list was created via Spawning AI.\n\nUser-Agent: *\nDisallow: *.txt\nDisallow: *.jpg\n"
    "Disallow: /\nDisallow: *\n"
)


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        (CLOSED, "/a.jpg", ["reserved"]),
        (TEXT_OPEN, "/folder/a.jpg", ["reserved"]),
        (TEXT_OPEN, "/folder/a.JPG?size=2", ["reserved"]),
        (TEXT_OPEN, "/folder/a.txt", ["allowed"]),
        (TEXT_OPEN, "/folder/", ["allowed"]),
        (JETPACK, "/a.jpg", ["reserved"]),
        ("User-Agent: *\nDisallow: /private/\n", "/a.jpg", []),
        ("User-Agent: GPTBot\nDisallow: /\n", "/a.jpg", ["reserved"]),
        ("User-Agent: *\nAllow: /a\nDisallow: /a\n", "/a.jpg", ["reserved"]),
        ("Disallow: .jpg\n", "/x/a.jpg", ["reserved"]),
        # https://github.com/ai-txt: another format under the same name
        ("Spec-Version: 1.0\nTraining: deny\n", "/a.jpg", ["reserved"]),
        ("Training: conditional\n", "/a.jpg", ["unreadable"]),
        ("Training: allow\n", "/a.jpg", ["allowed"]),
        ("Permission: deny-training\n", "/a.jpg", ["reserved"]),
        ("# Our thoughts on AI\n\nWe like it.\n", "/a.jpg", ["unreadable"]),
        ("<!doctype html><h1>Not found</h1>", "/a.jpg", []),
        ("# only a comment\n", "/a.jpg", []),
        ("", "/a.jpg", []),
    ],
)
def test_the_longest_pattern_decides(body, path, expected):
    found = ai_txt.read(body, f"https://h.example{path}")
    assert [f.stance.value for f in found] == expected


@given(st.binary(max_size=300) | st.text(max_size=300), st.text(max_size=50))
def test_it_reads_whatever_it_is_given(body, url):
    ai_txt.read(body, url)


@given(st.from_regex(r"[A-Za-z-]{1,12}: [a-z/*.]{1,12}", fullmatch=True))
def test_one_more_unknown_line_never_opens_what_is_reserved(line):
    if line.lower().startswith("allow"):
        return
    found = ai_txt.read(f"User-agent: *\nDisallow: *.jpg\n{line}", "/a.jpg")
    assert "reserved" in [f.stance.value for f in found]
