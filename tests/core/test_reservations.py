"""All signals of a host judged together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import Signal, Stance, judge
from curator.core.reservations import signal as places

URL = "https://h.example/images/a.jpg"
RESERVING = [
    Signal(places.ROBOTS, "User-agent: GPTBot\nDisallow: /"),
    Signal(places.ROBOTS, "User-agent: *\nContent-Usage: / train-ai=n"),
    Signal(places.ROBOTS, "User-agent: *\nContent-Signal: ai-train=no"),
    Signal(places.TDM_FILE, '[{"location": "/images/", "tdm-reservation": 1}]'),
    Signal(places.TDM_HEADER, "1"),
    Signal(places.AI_TXT, "User-agent: *\nDisallow: *.jpg"),
    Signal(places.AI_TXT_WELL_KNOWN, "Training: deny"),
    Signal(places.X_ROBOTS, "noai"),
    Signal(places.CONTENT_USAGE, "train-ai=n"),
    Signal(places.CONTENT_SIGNAL, "ai-train=no"),
    Signal(places.PAGE, '<meta name="robots" content="noimageai">'),
    Signal(
        places.RSL + "https://h.example/l.xml",
        "<rsl><content url='/'><license><prohibits>all</prohibits></license></content></rsl>",
    ),
    Signal(places.TDM_IN_FILE, "1"),
]
ALLOWING = [
    Signal(places.ROBOTS, "User-agent: *\nAllow: /\nContent-Usage: / train-ai=y"),
    Signal(places.AI_TXT, "User-agent: *\nAllow: /"),
    Signal(places.CONTENT_USAGE, "train-ai=y"),
    Signal(places.CONTENT_SIGNAL, "ai-train=yes"),
    Signal(places.RSL + "x", "<rsl><content url='/'><license/></content></rsl>"),
]


@pytest.mark.parametrize("signal", RESERVING, ids=lambda s: f"{s.where} {s.value[:30]}")
def test_each_signal_alone_reserves(signal):
    assert [f.stance for f in judge([signal], URL)] == [Stance.RESERVED]


@pytest.mark.parametrize("signal", RESERVING, ids=lambda s: f"{s.where} {s.value[:30]}")
def test_no_other_standard_lifts_it(signal):
    found = judge([*ALLOWING, signal, *ALLOWING], URL)
    assert Stance.RESERVED in {f.stance for f in found}


@pytest.mark.parametrize("where", sorted({s.where for s in RESERVING}))
def test_silence_says_nothing(where):
    assert judge([Signal(where, "")], URL) == ()
    assert judge([], URL) == ()


def test_a_place_that_nobody_knows_is_unreadable():
    assert [f.stance for f in judge([Signal("header:new", "x")])] == [Stance.UNREADABLE]


def test_pointers_say_nothing_by_themselves():
    pointers = [Signal(places.TDM_POLICY, "https://h.example/p"), Signal(places.LINK, "<a>; rel=b")]
    assert judge(pointers, URL) == ()


def test_equal_signals_are_one_finding():
    assert len(judge([RESERVING[0], RESERVING[0]], URL)) == 1


WHERE = st.sampled_from(sorted({s.where for s in RESERVING + ALLOWING})) | st.text(max_size=12)


@given(st.lists(st.builds(Signal, WHERE, st.text(max_size=80)), max_size=4), st.text(max_size=30))
def test_it_judges_whatever_it_is_given(signals, url):
    for finding in judge(signals, url):
        assert finding.stance in Stance


@given(st.sampled_from(RESERVING), st.builds(Signal, WHERE, st.text(max_size=60)))
def test_one_more_unknown_signal_never_opens_what_is_reserved(signal, more):
    if more.where in {places.TDM_HEADER, places.TDM_IN_FILE} and more.value.strip() == "0":
        return  # TDMRep's own precedence
    found = judge([signal, more], URL)
    assert Stance.RESERVED in {f.stance for f in found}
