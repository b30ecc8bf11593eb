"""robots.txt: groups and paths as RFC 9309 has them, and what later standards add to the file."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import Stance, paths, robots

HOST = "http://foo.bar"


def blocked(body, agent, url):
    found = robots.read(body, url, (agent,))
    return any(f.standard == "robots" and f.stance is Stance.RESERVED for f in found)


def stances(body, url="/a.jpg", agents=robots.AGENTS):
    return {(f.standard, f.stance.value) for f in robots.read(body, url, agents)}


GROUPS = """allow: /foo/bar/

user-agent: FooBot
disallow: /
allow: /x/
user-agent: BarBot
disallow: /
allow: /y/


allow: /w/
user-agent: BazBot

user-agent: FooBot
allow: /z/
disallow: /
"""


# https://github.com/google/robotstxt/blob/master/robots_test.cc, the reference cases of RFC 9309
@pytest.mark.parametrize(
    ("body", "agent", "path", "expected"),
    [
        ("", "FooBot", "/", False),
        ("user-agent: FooBot\ndisallow: /\n", "FooBot", "/x/y", True),
        ("foo: FooBot\nbar: /\n", "FooBot", "/x/y", False),
        ("user-agent FooBot\ndisallow /\n", "FooBot", "/x/y", True),
        (GROUPS, "FooBot", "/x/b", False),
        (GROUPS, "FooBot", "/z/d", False),
        (GROUPS, "FooBot", "/y/c", True),
        (GROUPS, "BarBot", "/y/c", False),
        (GROUPS, "BarBot", "/w/a", False),
        (GROUPS, "BarBot", "/z/d", True),
        (GROUPS, "BazBot", "/z/d", False),
        (GROUPS, "FooBot", "/foo/bar/", True),
        (GROUPS, "BazBot", "/foo/bar/", True),
        (
            "User-agent: BarBot\nSitemap: https://foo.bar/sitemap\nUser-agent: *\nDisallow: /\n",
            "BarBot",
            "/",
            True,
        ),
        (
            "User-agent: FooBot\nInvalid-Unknown-Line: unknown\nUser-agent: *\nDisallow: /\n",
            "FooBot",
            "/",
            True,
        ),
        ("USER-AGENT: FooBot\nALLOW: /x/\nDISALLOW: /\n", "FooBot", "/x/y", False),
        ("uSeR-aGeNt: FooBot\nAlLoW: /x/\ndIsAlLoW: /\n", "FooBot", "/a/b", True),
        ("User-Agent: FOO BAR\nAllow: /x/\nDisallow: /\n", "foo", "/x/y", False),
        ("User-Agent: FOO BAR\nAllow: /x/\nDisallow: /\n", "Foo", "/a/b", True),
        ("user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n", "FooBot", "/x/y", True),
        ("user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n", "BarBot", "/x/y", False),
        ("user-agent: FooBot\ndisallow: /X/\n", "FooBot", "/x/y", False),
        (
            "user-agent: FooBot\ndisallow: /x/page.html\nallow: /x/\n",
            "FooBot",
            "/x/page.html",
            True,
        ),
        (
            "user-agent: FooBot\nallow: /x/page.html\ndisallow: /x/\n",
            "FooBot",
            "/x/page.html",
            False,
        ),
        ("user-agent: FooBot\ndisallow: \nallow: \n", "FooBot", "/x/page.html", False),
        ("user-agent: FooBot\ndisallow: /\nallow: /\n", "FooBot", "/x/page.html", False),
        (
            "User-agent: FooBot\nDisallow: /foo/bar/quz\nAllow: /foo/*/qux\n",
            "FooBot",
            "/foo/bar/quz",
            True,
        ),
        ("\ufeffUser-Agent: foo\nDisallow: /AnyValue\n", "foo", "/AnyValue", True),
        # Not of the reference: what hosts write in practice
        ("User-agent: *\nCrawl-delay: 9\nUser-agent: Bad\nDisallow: /\n", "FooBot", "/", False),
        ("User-agent: GPTBot/1.0 (crawler)\nDisallow: /\n", "GPTBot", "/", True),
        ("User-agent: GPTBot*\nDisallow: /\n", "GPTBot", "/", True),
        ("<!DOCTYPE html><p>User-agent: *\nDisallow: /\n", "FooBot", "/", False),
    ],
)
def test_reference_cases_of_rfc_9309(body, agent, path, expected):
    assert blocked(body, agent, HOST + path) is expected


# https://www.rfc-editor.org/rfc/rfc9309.html#section-2.2.2 and the table of
# https://developers.google.com/search/docs/crawling-indexing/robots/robots_txt#url-matching
@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish.asp", False),
        ("/fish", "/catfish", False),
        ("/fish*", "/fishheads/yummy.html", True),
        ("/fish/", "/fish", False),
        ("/*.php", "/folder/filename.php?parameters", True),
        ("/*.php", "/windows.PHP", False),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php?parameters", False),
        ("/*.php$", "/filename.php5", False),
        ("/fish*.php", "/fishheads/catfish.php?parameters", True),
        ("/fish*.php", "/Fish.PHP", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*a$", "/a", False),
        ("/foo/bar/\u30c4", "/foo/bar/%E3%83%84", True),
        ("/foo/bar/%E3%83%84", "/foo/bar/\u30c4", True),
        ("/%62%61", "/ba", True),
        ("/a%2fb", "/a/b", False),
        ("/path/foo-%24", "/path/foo-$", True),  # TDMRep's spec/index.html
        ("", "/a", True),
    ],
)
def test_a_pattern_is_the_beginning_of_a_path(pattern, path, expected):
    assert paths.matches(pattern, path) is expected


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://h.example", "/"),
        ("https://h.example/a/b?c=d#e", "/a/b?c=d"),
        ("/a?b", "/a?b"),
        ("a", "/a"),
        ("https://[broken/", "/"),
    ],
)
def test_the_path_of_a_url(url, path):
    assert paths.of(url) == path


def test_crawlers_that_gather_training_data_count_as_we_do():
    assert stances("User-agent: img2dataset\nDisallow: /") == {("robots", "reserved")}
    assert stances("User-agent: CCBot\nUser-agent: GPTBot\nDisallow: /") == {("robots", "reserved")}
    assert stances("User-agent: Bingbot\nDisallow: /") == set()
    assert stances("User-agent: GPTBot\nDisallow: /private/") == set()


AIPREF = """User-Agent: *
Allow: /
Disallow: /never/
Content-Usage: / train-ai=n
Content-Usage: /ai-ok/ train-ai=y

User-Agent: ExampleBot
Allow: /
Content-Usage: / train-ai=y
"""
RESERVED, ALLOWED = ("aipref", "reserved"), ("aipref", "allowed")


# https://datatracker.ietf.org/doc/html/draft-ietf-aipref-attach-04#section-3.4
@pytest.mark.parametrize(
    ("agent", "path", "expected"),
    [
        ("SomeBot", "/test", {RESERVED}),
        ("SomeBot", "/never/test", {("robots", "reserved"), RESERVED}),
        ("SomeBot", "/ai-ok/test", {ALLOWED}),
        ("ExampleBot", "/test", {ALLOWED}),
        ("ExampleBot", "/never/test", {ALLOWED}),
    ],
)
def test_content_usage_as_the_draft_shows_it(agent, path, expected):
    assert stances(AIPREF, HOST + path, (agent,)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Content-Usage: train-ai=n", {RESERVED}),  # an earlier draft had no path
        ("Content-Usage: / train-ai=y\nContent-Usage: / train-ai=n", {RESERVED, ALLOWED}),
        ("Content-Usage: / train-ai=n\nContent-Usage: /a search=y", {RESERVED}),
        ("Content-Usage: / train-ai=n\nContent-Usage: /b train-ai=y", {RESERVED}),
        ("Content-Usage: / train-ai=maybe", {("aipref", "unreadable")}),
        ("Content-Usage: / Train-AI=n", {("aipref", "unreadable")}),
        ("Content-Usage: / train-ai=n # comment", {RESERVED}),
        ("Content-Usage: / search=n", set()),
        (
            "Content-Usage: / train-ai=n\nContent-Usage: /a !!",
            {RESERVED, ("aipref", "unreadable")},
        ),
        (
            "Content-Usage: / train-ai=n\nContent-Usage: /a train-ai=?1",
            {RESERVED, ("aipref", "unreadable")},
        ),
    ],
)
def test_rules_of_content_usage(lines, expected):
    assert stances("User-agent: *\n" + lines) == expected


def test_usage_before_any_agent_is_meant_for_all():
    assert stances("Content-Usage: train-ai=n\nUser-agent: curator\nAllow: /") == {RESERVED}


# https://blog.cloudflare.com/content-signals-policy/ and its managed robots.txt
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Content-Signal: search=yes, ai-train=no", "reserved"),
        ("Content-signal: search=yes, ai-train=no, ai-input=no", "reserved"),
        ("Content-Signal: search=yes,ai-train=no,use=reference", "reserved"),
        ("Content-Signal: ai-train=yes, search=yes, ai-input=yes", "allowed"),
        ("Content-Signal: ai-train=perhaps", "unreadable"),
        ("Content-Signal: ai-train = no", "reserved"),
        ("Content-Signal: ai-train=yes, ai-train=no", "reserved"),
        ("Content-Signal: search=yes, use=reference", "unreadable"),
        ("Content-Signal: !!", "unreadable"),
        ("Content-Signal: search=no, ai-input=no", None),
        ("Content-Signal: train-ai=n", None),  # aipref's word; they are not matched across
        ("Content-Signal: /other/ ai-train=no", None),
    ],
)
def test_content_signals(line, expected):
    found = stances(f"User-Agent: *\n{line}\nAllow: /")
    assert found == ({("content-signal", expected)} if expected else set())


# https://rslstandard.org/guide/robots-txt
def test_license_lines_belong_to_no_agent():
    body = "License: https://example.com/license.xml\n\nUser-agent: Googlebot\nAllow: /\n"
    assert robots.licenses(body) == ("https://example.com/license.xml",)
    assert robots.licenses("license: /l.xml", "https://h.example/a") == ("https://h.example/l.xml",)
    assert robots.licenses("License: https://[x/", "https://h.example/") == ("https://[x/",)


def test_what_stands_behind_the_limit_is_unreadable():
    body = "User-agent: *\nAllow: /\n" + "# filler\n" * 60_000
    assert ("robots", "unreadable") in stances(body)


def test_real_files_are_read_at_once(shared):
    """Robots files of real sites; labelled: parse in under 100 ms, never raise."""
    files = sorted((shared / "cases" / "hostile" / "robots").glob("protego--*"))
    assert len(files) > 20
    for file in files:
        start = time.perf_counter()
        robots.read(file.read_bytes(), "https://host/images/a.jpg")
        assert time.perf_counter() - start < 1, file.name


def test_the_recorded_block_list_reserves(shared):
    folder = shared / "cases" / "source-records" / "optout"
    assert stances((folder / "ai_robots_txt_robots.txt").read_bytes()) == {("robots", "reserved")}


@pytest.mark.parametrize(
    "body",
    [
        "User-agent: *\n" + "Disallow: /*a*a*a*a*b\n" * 20_000,
        "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /\n" * 15_000,
        "".join(f"User-agent: {a}\n" for a in robots.AGENTS) + "Content-Usage:train-ai=n\n" * 9000,
        "User-agent: *\n" + "Content-Usage:/*a*aa*b train-ai=n\n" * 10_000,
    ],
    ids=["wildcards", "agents and rules", "rules for all", "wildcards of usage"],
)
def test_files_made_to_take_long_do_not(body):
    start = time.perf_counter()
    robots.read(body, "/" + "a" * 5000)
    assert time.perf_counter() - start < 5


@given(st.binary(max_size=300) | st.text(max_size=300), st.text(max_size=50))
def test_it_reads_whatever_it_is_given(body, url):
    for finding in robots.read(body, url):
        assert finding.stance in Stance
    robots.licenses(body, url)


@given(
    st.sampled_from(["train-ai=n", "tdm=n"]),
    st.from_regex(r"[a-z]{1,8}=[a-z]{1,8}", fullmatch=True),
)
def test_one_more_rule_for_the_same_path_never_opens_what_is_reserved(kept, more):
    body = f"User-agent: *\nContent-Usage: / {kept}\nContent-Usage: / {more}"
    assert RESERVED in stances(body)
