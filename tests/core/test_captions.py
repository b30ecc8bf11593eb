"""The caption that is published: the right language, least demanding, and never too long."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core import tokens
from curator.core.captions import Choice, Wanted, choose, language_place
from curator.model import Caption, CaptionKind, LicenseClass

PD, BY, SA = LicenseClass.PUBLIC_DOMAIN, LicenseClass.ATTRIBUTION, LicenseClass.SHARE_ALIKE
DESCRIPTION, TITLE, LABEL = (
    CaptionKind.HUMAN_DESCRIPTION,
    CaptionKind.HUMAN_TITLE,
    CaptionKind.STRUCTURED_LABEL,
)
WANTED = Wanted(("en", "ja", "*"), "one", 77, PD)
SENTENCE = "A grey cat sleeps on a warm wall. "  # 10 tokens


def _caption(text, lang="en", kind=DESCRIPTION):
    return Caption(text, lang, kind, "CC0-1.0", "dc:description")


def _chosen(captions, wanted=WANTED, classes=None):
    standing = classes if classes is not None else dict.fromkeys(range(len(captions)), PD)
    return choose(captions, standing, wanted)


def _texts(captions, wanted=WANTED, classes=None):
    return [choice.text for choice in _chosen(captions, wanted, classes)]


def test_a_choice_says_what_it_is():
    chosen = _chosen([_caption(" A  &amp; B by jo@example.com", "en-GB")])
    assert chosen == (Choice(0, "A & B by", "en-GB", 6, cut=False),)


def test_the_first_wanted_language_wins_over_kind_and_place():
    captions = [_caption("eine Katze", "de"), _caption("猫", "ja"), _caption("cat", "en", LABEL)]
    assert _texts(captions) == ["cat"]


def test_the_next_language_serves_where_the_first_has_none():
    assert _texts([_caption("eine Katze", "de"), _caption("猫", "ja")]) == ["猫"]


def test_each_language_gives_one_choice_in_the_wanted_order():
    captions = [
        _caption("eine Katze", "de"),
        _caption("gato", "pt-BR"),
        _caption("猫", "ja"),
        _caption("a cat", "en-GB"),
        _caption("another cat", "en"),
        _caption("un gato", "pt"),
    ]
    wanted = replace(WANTED, per_image="each")
    assert _texts(captions, wanted) == ["a cat", "猫", "eine Katze", "gato"]


def test_a_caption_that_raises_the_class_stands_behind_one_that_does_not():
    captions = [_caption("a fine description"), _caption("a title", kind=TITLE)]
    assert _texts(captions, classes={0: SA, 1: PD}) == ["a title"]
    shared = replace(WANTED, image_class=SA)
    assert _texts(captions, shared, {0: SA, 1: PD}) == ["a fine description"]


def test_kind_then_place_decide_among_equals():
    captions = [_caption("first", kind=TITLE), _caption("second"), _caption("third")]
    assert _texts(captions) == ["second"]


def test_dropped_captions_and_unwanted_languages_are_no_choice():
    captions = [_caption("dropped"), _caption("eine Katze", "de")]
    assert _texts(captions, replace(WANTED, languages=("en",)), {1: PD}) == []


def test_personal_data_alone_is_no_caption():
    assert _texts([_caption("jo@example.com"), _caption("a cat", kind=TITLE)]) == ["a cat"]


def test_a_shorter_human_caption_is_taken_before_cutting():
    captions = [_caption(SENTENCE * 9), _caption("cat", kind=LABEL), _caption("A cat", kind=TITLE)]
    assert _chosen(captions) == (Choice(2, "A cat", "en", 4, cut=False),)


def test_else_the_best_is_cut_at_the_last_sentence_that_fits():
    captions = [_caption(SENTENCE * 9), _caption("cat", kind=LABEL)]
    (choice,) = _chosen(captions)
    assert choice.text == (SENTENCE * 8).strip()
    assert (choice.number, choice.cut, choice.tokens) == (0, True, 74)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("富士山の絵です。" + "波" * 90, "富士山の絵です。"),
        ("「波だ\uff01」" + "波" * 90, "「波だ\uff01」"),
        ("A big wave\n" + "wave " * 90, "A big wave"),
        ('He said "wave!" ' + "wave " * 90, 'He said "wave!"'),
        ("Waves by J. S. " + "wave " * 90, None),
        ("Version 1.5 of " + "wave " * 90, None),
        ("wave " * 90, None),
        ("wave " * 90 + ". End.", None),
    ],
)
def test_cuts_at_sentences_and_lines_only(raw, text):
    assert _texts([_caption(raw)]) == ([] if text is None else [text])


def test_what_cannot_be_cut_gives_way_to_the_next():
    assert _texts([_caption("wave " * 90), _caption("wave", kind=LABEL)]) == ["wave"]


@pytest.mark.parametrize(
    ("lang", "place"),
    [
        ("en", 0),
        ("EN-gb", 0),
        ("eng", 2),
        ("zh-Hant", 1),
        ("zh", 2),
        ("und", 2),
        ("", 2),
        ("not a tag", 2),
    ],
)
def test_languages_match_as_rfc_4647_says(lang, place):
    assert language_place(lang, ("en", "zh-hant", "*")) == place


def test_without_the_star_the_undetermined_is_not_wanted():
    assert language_place("und", ("en", "ja")) is None


TEXTS = st.lists(
    st.text(max_size=20)
    | st.sampled_from(["wave " * 30, ". ", "。", "\n", "jo@example.com ", "<b>"]),
).map("".join)
CAPTIONS = st.builds(
    Caption,
    text=TEXTS,
    lang=st.sampled_from(["en", "en-GB", "ja", "de", "und", "?"]),
    kind=st.sampled_from(CaptionKind),
    license=st.just(""),
    field=st.just("dc:title"),
)


@given(st.lists(CAPTIONS, max_size=5), st.sampled_from(["one", "each"]), st.integers(5, 77))
def test_no_choice_is_empty_or_too_long_and_languages_come_once(captions, per_image, limit):
    wanted = Wanted(("ja", "en", "*"), per_image, limit, BY)
    chosen = _chosen(captions, wanted)
    assert all(choice.text and choice.tokens <= limit for choice in chosen)
    assert all(choice.tokens == tokens.count(choice.text) for choice in chosen)
    languages = [choice.lang.partition("-")[0] for choice in chosen]
    assert len(languages) == len(set(languages))
    assert per_image == "each" or len(chosen) <= 1
