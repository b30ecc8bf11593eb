"""Foreign text comes out tidy, without personal data, and safe to print."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.core.text import clean, is_cjk, redact, show, tidy

TIDIED = {
    "white space collapses": ("  a\tcat \n on\u3000a\u00a0mat ", "a cat on a mat"),
    "entities are read": ("Croissant (B &amp; W)", "Croissant (B & W)"),
    "entities are read twice": ("Croissant (B &amp;amp; W)", "Croissant (B & W)"),
    "mojibake is repaired": ("Josu&Atilde;&copy;", "Josué"),
    "inline markup leaves no gap": ("H<sub>2</sub>O", "H2O"),
    "other markup leaves a gap": ("<p>a cat</p><p>a dog<br/>a cow</p>", "a cat a dog a cow"),
    "links keep their words": ('by <a href="https://example.org">the sea</a>', "by the sea"),
    "scripts and comments go": ("a<script>x<y</script><!-- b --> c", "a c"),
    "an open comment hides the rest": ("a cat <!-- b", "a cat"),
    "less-than is no markup": ("a < b > c, I <3 it", "a < b > c, I <3 it"),
    "accents are composed": ("e\u0301te\u0301", "été"),
    "hidden characters go": ("c\u200ba\u202et\x00\ufeff", "cat"),
    "emoji stay whole": ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    "surrogates cannot stay": ("a\ud800", "a\ufffd"),
    "quotes and full width stay": ("“a”\uff01", "“a”\uff01"),
    "what never settles says nothing": ("&" + "amp;" * 20 + "x", ""),
}

CUT = {
    "e-mail": ("jo@example.com", ""),
    "e-mail with its label": ("a cat, contact: jo.do+x@mail.example.com", "a cat"),
    "e-mail in brackets": ("Jo Doe [jo@example.com] drew it", "Jo Doe drew it"),
    "e-mail inside Japanese": ("連絡先jo@example.comまで", "連絡先 まで"),
    "e-mail of letters with accents": ("by josé@bücher.example", "by"),
    "e-mail in full width": ("jo\uff20example\uff0eorg", ""),
    "name at host dot org": ("Information: fonts at example dot org.", "Information."),
    "name AT host DOT co DOT uk": ("jo AT example DOT co DOT uk", ""),
    "name (at) host.com": ("a cat jo (at) example.com", "a cat"),
    "name [at] host [dot] com": ("jo [at] example [dot] com", ""),
    "international number": ("call +49 (0) 30 1234567 now", "call now"),
    "labelled number": ("Tel. 030-123456", ""),
    "labelled with a word": ("Phone number: 555 0100 22", ""),
    "number in North America": ("(555) 555-0100", ""),
    "number in Japan": ("090-0000-0000", ""),
    "Japanese label, full width": ("電話\uff1a０３－００００－００００", ""),
    "decimal coordinates": ("Berlin 52.5200, 13.4050 at night", "Berlin at night"),
    "degrees with hemispheres": ("52.52° N, 13.40° E", ""),
    "degrees, minutes, seconds": ("38°53\u203223″N 77°00\u203232″W, a dome", "a dome"),
    "hemisphere in front": ("N 52° 31' 12\" E 13° 24' 36\"", ""),
    "Japanese coordinates": ("北緯35度41分 東経139度41分の街", "の街"),
}

KEPT = {
    "years": "Painting, 1880-1890",
    "labelled years": "Telephone: 1914-1918",
    "catalogue number": "accession 1914.12.345-6, 12345678",
    "sum": "2 + 2 = 4, +1 234",
    "prices": "1.50, 2.50 and 12.345, 45.678",
    "angle": "an angle of 45° 30'",
    "latitude alone": "northern lights at 60° N",
    "polka dot": "meet a friend at polka dot party",
    "at sign alone": "cat @ night",
    "account on a page": "https://social.example/@user",
}

PERSONAL = st.sampled_from(
    ["jo@example.com", "+49 30 1234567", "52.5200, 13.4050", " at ", " dot ", "org", "@", "Tel. "],
)
MARKS = st.sampled_from(
    ["(", ")", "12", "3456789", "°", "'", "N", "電話", "北緯", "東経", "-", ".", "\n", "\u200b"],
)
MARKUP = st.sampled_from(["&amp;", "amp;", "<b>", "<p>", "<!--", "Ã©", "&#233;", "<script>"])
TEXTS = st.lists(st.text(max_size=5) | PERSONAL | MARKS | MARKUP, max_size=12).map("".join)


@pytest.mark.parametrize(("raw", "text"), TIDIED.values(), ids=TIDIED)
def test_tidies(raw, text):
    assert tidy(raw) == text


@pytest.mark.parametrize(("raw", "text"), CUT.values(), ids=CUT)
def test_cuts_personal_data(raw, text):
    assert redact(raw) == (text, True)


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_leaves_other_numbers_and_words(text):
    assert redact(text) == (text, False)


@given(TEXTS)
def test_tidying_twice_changes_nothing(raw):
    assert tidy(tidy(raw)) == tidy(raw)


@given(TEXTS)
def test_a_tidy_text_is_one_line_that_can_be_written(raw):
    text = tidy(raw)
    assert text == " ".join(text.encode().decode().split())


@given(TEXTS)
def test_redacting_twice_changes_nothing_and_never_lengthens(raw):
    text, found = redact(raw)
    assert redact(text) == (text, False)
    assert len(text) < len(raw) if found else text == raw


@given(TEXTS)
def test_what_is_published_is_tidy(raw):
    assert tidy(clean(raw)) == clean(raw)


def test_what_a_cut_brings_together_is_tidied_again():
    assert clean("Ã(jo@example.com)©") == tidy("Ã ©")


@pytest.mark.parametrize("piece", ["a", "1", "1 ", "+1", "@", "a@b.", "<a ", "<!--", "1°", "&amp;"])
def test_hostile_repetition_takes_no_time(piece):
    start = time.process_time()
    clean(piece * (50_000 // len(piece)))
    assert time.process_time() - start < 5  # seconds; quadratic forms take minutes


@pytest.mark.parametrize(
    ("text", "cjk"),
    [
        ("富嶽三十六景", True),
        ("ねこ", True),
        ("ﾈｺ", True),
        ("고양이", True),
        ("A4用紙", True),
        ("Hokusai 北斎", False),
        ("a cat", False),
        ("Кошка", False),
        ("2024", False),
        ("", False),
    ],
)
def test_knows_east_asian_script(text, cjk):
    assert is_cjk(text) == cjk


def test_shows_escapes_for_what_a_terminal_would_obey():
    assert show("a\x1b[31m\u202e猫\n") == "a\\x1b[31m\\u202e猫\\n"


@given(st.text())
def test_shows_only_what_prints(text):
    assert show(text).isprintable()
