"""TDM Reservation Protocol: the specification's own examples, and what supersedes what."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import Signal, Stance, judge, tdmrep
from curator.core.reservations.signal import PAGE, TDM_FILE, TDM_HEADER, TDM_IN_FILE

# https://github.com/w3c/tdm-reservation-protocol/blob/main/spec/index.html, "Examples" of §TDM File
ALL = '[{"location": "/", "tdm-reservation": 1}]'
GROUPS = """
[
  {"location": "/directory-a/", "tdm-reservation": 1},
  {"location": "/directory-b/html/", "tdm-reservation": 1,
   "tdm-policy": "https://provider.com/policies/policy.json"},
  {"location": "/directory-b/images/*.jpg", "tdm-reservation": 0}
]
"""
# the same, "TDM Metadata in HTML Content"
PAGE_BODY = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="tdm-reservation" content="1">
<meta name="tdm-policy" content="https://provider.com/policies/policy.json">
<title>Document title</title></head><body>...</body></html>"""


def said(found):
    return [f.stance.value for f in found]


@pytest.mark.parametrize(
    ("body", "url", "expected"),
    [
        (ALL, "https://provider.com/anything.jpg", ["reserved"]),
        (GROUPS, "https://provider.com/directory-a/x.pdf", ["reserved"]),
        (GROUPS, "https://provider.com/directory-b/html/p.html", ["reserved"]),
        (GROUPS, "https://provider.com/directory-b/images/x.jpg", ["allowed"]),
        (GROUPS, "https://provider.com/directory-b/images/x.png", []),
        (GROUPS, "https://provider.com/elsewhere", []),
    ],
)
def test_the_specifications_files(body, url, expected):
    assert said(tdmrep.read_file(body, url)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('[{"location": "/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]', 0),
        ('[{"location": "/a", "tdm-reservation": 1}, {"location": "/", "tdm-reservation": 0}]', 1),
        ('[{"location": "/", "tdm-reservation": "1"}]', 1),
        ('{"location": "/", "tdm-reservation": 1}', 1),
        ('[{"location": "a.jpg", "tdm-reservation": 1}]', 1),
        ('[{"location": "https://h.example/", "tdm-reservation": 1}]', 1),
        ('[{"location": "/", "tdm-reservation": 1, "tdm-reservation": 0}]', 1),
        ('[{"location": "/", "tdm-reservation": 2}]', None),
        ('[{"location": "/", "tdm-reservation": true}]', None),
        ('[{"location": "/"}]', None),
        ('[{"tdm-reservation": 1}]', None),
        ("[1]", None),
        ('"1"', None),
        ("not json", None),
        ("[" * 100_000, None),
        (b"\xff\xfe[", None),
    ],
)
def test_a_file_that_is_not_as_it_should_be(body, expected):
    stance = {1: "reserved", 0: "allowed", None: "unreadable"}[expected]
    assert said(tdmrep.read_file(body, "https://h.example/a.jpg")) == [stance]


def test_an_error_in_a_rule_does_not_hide_the_next():
    body = '[{"location": "/", "tdm-reservation": 7}, {"location": "/", "tdm-reservation": 1}]'
    assert said(tdmrep.read_file(body, "/a")) == ["unreadable", "reserved"]


@pytest.mark.parametrize("body", ["", "  \n", "<!DOCTYPE html><title>Not found</title>", "<html>"])
def test_no_file_says_nothing(body):
    assert tdmrep.read_file(body, "/a") == ()


# "TDM Header Field in HTTP Responses": tdm-reservation: 1
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", ["reserved"]),
        (" 0 ", ["allowed"]),
        ("0, 1", ["reserved"]),
        ("0, 0", ["allowed"]),
        ("1, later", ["reserved"]),
        ("2", ["unreadable"]),
        ("yes", ["unreadable"]),
        ("", []),
    ],
)
def test_headers(value, expected):
    assert said(tdmrep.read_header(value)) == expected


def test_a_pages_metadata_speaks_of_the_page():
    (finding,) = tdmrep.read_html(PAGE_BODY)
    assert (finding.stance, finding.about) == (Stance.RESERVED, "page")
    assert tdmrep.read_html("<meta name=viewport content=1>") == ()
    assert said(tdmrep.read_html("<META content='0' NAME=TDM-Reservation>")) == ["allowed"]


OPEN = '[{"location": "/", "tdm-reservation": 0}]'


# the same, "Processing priority": file < header < HTML, and what is unset supersedes nothing
@pytest.mark.parametrize(
    ("signals", "expected"),
    [
        ([(TDM_FILE, ALL), (TDM_HEADER, "0")], {(TDM_HEADER, "allowed")}),
        ([(TDM_FILE, OPEN), (TDM_HEADER, "1")], {(TDM_HEADER, "reserved")}),
        ([(TDM_HEADER, "0"), (TDM_FILE, ALL)], {(TDM_HEADER, "allowed")}),
        ([(TDM_FILE, ALL), (TDM_HEADER, "")], {(TDM_FILE, "reserved")}),
        (
            [(TDM_FILE, ALL), (TDM_HEADER, "x")],
            {(TDM_FILE, "reserved"), (TDM_HEADER, "unreadable")},
        ),
        ([(TDM_HEADER, "1"), (TDM_IN_FILE, "0")], {(TDM_IN_FILE, "allowed")}),
        ([(TDM_FILE, OPEN), (TDM_IN_FILE, "1")], {(TDM_IN_FILE, "reserved")}),
        (
            [(TDM_HEADER, "1"), (PAGE, "<meta name=tdm-reservation content=0>")],
            {(TDM_HEADER, "reserved"), (PAGE, "allowed")},
        ),
        (
            [(TDM_HEADER, "1"), (TDM_HEADER, "0")],
            {(TDM_HEADER, "reserved"), (TDM_HEADER, "allowed")},
        ),
    ],
)
def test_a_closer_statement_supersedes(signals, expected):
    found = judge([Signal(*signal) for signal in signals], "https://h.example/a.jpg")
    assert {(f.where, f.stance.value) for f in found} == expected


def test_the_policy_context_on_record_is_no_reservation(shared):
    body = (shared / "cases" / "source-records" / "optout" / "tdmrep_context.jsonld").read_bytes()
    assert json.loads(body)
    assert said(tdmrep.read_file(body, "/a")) == ["unreadable"]


@given(st.binary(max_size=300) | st.text(max_size=300), st.text(max_size=50))
def test_it_reads_whatever_it_is_given(body, url):
    tdmrep.read_file(body, url)
    tdmrep.read_html(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(JSON)
def test_one_more_entry_never_opens_what_is_reserved(more):
    rules = [{"location": "/", "tdm-reservation": 1}]
    for body in ([*rules, more], [{**rules[0], "more": more}]):
        assert "reserved" in said(tdmrep.read_file(json.dumps(body), "/a"))
