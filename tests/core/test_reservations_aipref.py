"""Content-Usage: the vocabulary draft's own examples, and dictionaries as RFC 9651 parses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.reservations import Stance, aipref

VOCAB = "https://github.com/ietf-wg-aipref/drafts/blob/main/draft-ietf-aipref-vocab.md"
UNKNOWN, NOT_A_DICTIONARY = Stance.UNREADABLE, None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # VOCAB, "Exemplary Serialization Format"
        ("train-ai=y, search=n", {"train-ai": Stance.ALLOWED}),
        # draft-ietf-aipref-attach, "Examples"
        ("train-ai=n", {"train-ai": Stance.RESERVED}),
        # VOCAB, "Multiple Preferences": the last counts, and neither is a token
        ('train-ai=y, train-ai, search=n, search="n"', {"train-ai": UNKNOWN}),
        # VOCAB, "Preference Parameters"
        ("train-ai;allow=n, train-ai=y", {"train-ai": Stance.ALLOWED}),
        ('train-ai;has;parameters="?"', {"train-ai": UNKNOWN}),
        # with the semicolon that the draft shows at the end, RFC 9651 fails the dictionary
        ('train-ai;has;parameters="?";', NOT_A_DICTIONARY),
        # VOCAB, "Multiple Preferences": keys in capitals fail the dictionary
        ("Train-AI=n", NOT_A_DICTIONARY),
        ("train-ai=N", {"train-ai": UNKNOWN}),
        ('train-ai="n"', {"train-ai": UNKNOWN}),
        ("train-ai=?0", {"train-ai": UNKNOWN}),
        ("train-ai=(n)", {"train-ai": UNKNOWN}),
        ("train-ai=n;x=1;y", {"train-ai": Stance.RESERVED}),
        ('train-ai=n, later-word=@1700000000, z=%"f%c3%bc"', {"train-ai": Stance.RESERVED}),
        ('other=(1 2.5 "x";q tok);a, train-ai=n', {"train-ai": Stance.RESERVED}),
        ("b=:aGk=:, train-ai=n", {"train-ai": Stance.RESERVED}),
        ("train-ai=n,", NOT_A_DICTIONARY),
        ("train-ai=n search=y", NOT_A_DICTIONARY),
        ("train-ai=", NOT_A_DICTIONARY),
        ("train-ai=n, x=1.2345", NOT_A_DICTIONARY),
        ("train-ai=n, x=(1", NOT_A_DICTIONARY),
        ("train-ai=n, \u3042", NOT_A_DICTIONARY),
        ("train-genai=n", {"train-genai": Stance.RESERVED}),  # earlier drafts
        ("bots=n, search=y", {"bots": Stance.RESERVED}),
        ("ai-use=n, search=n", {}),
        ("", {}),
    ],
)
def test_preferences(value, expected):
    assert aipref.preferences(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("train-ai=n", Stance.RESERVED),
        ("train-ai=y, tdm=n", Stance.RESERVED),
        ("train-ai=y", Stance.ALLOWED),
        ("train-ai=1", Stance.UNREADABLE),
        ("=", Stance.UNREADABLE),
        ("train-ai=n, " * 10_000, Stance.UNREADABLE),
    ],
)
def test_the_header(value, expected):
    assert [f.stance for f in aipref.read(value)] == [expected]


def test_a_header_that_says_nothing_of_training():
    assert aipref.read("search=y") == ()


@given(st.text(max_size=60))
def test_it_reads_whatever_it_is_given(value):
    aipref.read(value)


KEY = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True).filter(lambda k: k != "train-ai")


@given(st.lists(st.tuples(KEY, st.sampled_from(["y", "n", "?1", '"x"', "(a b)"])), max_size=4))
def test_unknown_words_beside_it_lift_nothing(more):
    words = [f"{key}={value}" for key, value in more]
    assert aipref.read(", ".join([*words, "train-ai=n"]))[0].stance is Stance.RESERVED
    assert aipref.read(", ".join(["train-ai=n", *words]))[0].stance is Stance.RESERVED


@given(st.text(max_size=20))
def test_whatever_is_added_it_is_never_allowed_nor_nothing(more):
    found = aipref.read("train-ai=n, " + more.replace("train-ai", ""))
    assert found
    assert found[0].stance is not Stance.ALLOWED
