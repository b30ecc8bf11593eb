"""Tokens are counted as open_clip counts them."""

import csv
import gzip
import importlib
import importlib.util
import subprocess
import sys
import warnings

import pytest
import torchvision_shim
from hypothesis import given
from hypothesis import strategies as st

from curator import data
from curator.core import tokens

# What SimpleTokenizer of open_clip 3.3.0 gives, start and end marks included.
COUNTED = {
    "": 2,
    "a": 3,
    "a cat": 4,
    "A Cat": 4,
    "  a\tcat \n": 4,
    "it's the cat's": 7,
    "we'll've'd": 6,
    "a close-up, isn't it?!": 11,
    "1984": 6,
    "3.14": 6,
    "x²y ½ Ⅳ": 9,
    "B &amp; W": 5,
    "B &amp;amp; W": 5,
    "Josu&Atilde;&copy;": 5,
    "JosuÃ©": 5,
    "naïve café": 6,
    "“quoted” \u2018text\u2019": 8,
    "Straße": 6,
    "İstanbul": 5,
    "富嶽三十六景": 17,
    "神奈川沖浪裏、葛飾北斎": 30,
    "猫が二匹います。": 18,
    "カタカナ\u3000と\u3000ひらがな": 17,
    "한국어 설명": 12,
    "Кошка на окне": 15,
    "قطة": 5,
    "😍😍😍😍": 3,
    "👩\u200d👩\u200d👧": 6,
    "snake_case_name": 7,
    "<start_of_text> x <end_of_text>": 5,
    "'\u017f": 5,
    "aͅb": 4,
    "\uff11\uff12\uff13": 5,
    "été": 4,
    "�": 3,
    "\x00\x1b[31mred": 3,
    "photosynthesizing antidisestablishmentarianism": 11,
    "http://example.org/a?b=c&amp;d": 15,
    "a photo of " * 12 + "end": 39,
}

FIXABLE = ["&amp;", "&lt;b&gt;", "&#9;", "Ã©", "\u2019", "\x1b[0m", "\r\n", "\u3000", "\u0345"]
WORDS = [
    "cat",
    "it's",
    "'LL",
    "'\u017f",
    "x²y",
    "Ⅳ½",
    "<end_of_text>",
    "\uff11\uff12",
    "ß",
    "İ",
    "猫の絵",
    "한글",
]
CHARACTERS = st.characters(exclude_categories=("Cs", "Cn"))
TEXTS = st.lists(st.text(CHARACTERS, max_size=8) | st.sampled_from(FIXABLE + WORDS)).map("".join)


@pytest.mark.parametrize(("text", "number"), COUNTED.items(), ids=map(ascii, COUNTED))
def test_counts_what_open_clip_counts(text, number):
    assert tokens.count(text) == number


@given(TEXTS, st.integers(2, 90))
def test_fits_says_what_the_count_says(text, limit):
    assert tokens.fits(text, limit) == (tokens.count(text) <= limit)


@pytest.mark.parametrize("size", [75, 76, 2_400, 2_401])
def test_the_bounds_that_spare_the_table_agree_with_it(size):
    smile = "\U0001f60d" * (size // 4) + "!" * (size % 4)
    for text in ("z" * size, "1" * size, smile):
        for limit in (77, 78):
            assert tokens.fits(text, limit) == (tokens.count(text) <= limit)


def test_no_entry_of_the_table_stands_for_more_bytes_than_said():
    lines = gzip.decompress(data.blob(tokens._TABLE)).decode().split("\n")
    used = lines[1 : tokens._MERGES + 1]
    assert max(len(line.replace(" ", "").removesuffix("</w>")) for line in used) == tokens._LONGEST


def test_the_table_is_read_only_when_it_is_needed():
    code = (
        "import sys; from curator.core import tokens; assert tokens.fits('a cat', 77);"
        "assert not tokens._ranks.cache_info().currsize;"
        "assert tokens.count('a cat') == 4 and tokens._ranks.cache_info().currsize;"
        "print(sorted({'ftfy', 'torch', 'regex', 'open_clip'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def reference():
    """open_clip's own tokenizer."""
    if importlib.util.find_spec("open_clip") is None:
        pytest.skip("needs open_clip: pip install '.[train]'")
    torchvision_shim.mend()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of foreign packages, at import
        return importlib.import_module("open_clip.tokenizer").SimpleTokenizer()


@pytest.mark.train
@given(text=TEXTS)
def test_equals_open_clip_on_any_text(reference, text):
    assert tokens.count(text) == len(reference.encode(text)) + 2


@pytest.mark.train
@pytest.mark.parametrize("text", COUNTED, ids=ascii)
def test_the_stored_counts_are_those_of_open_clip(reference, text):
    assert COUNTED[text] == len(reference.encode(text)) + 2


@pytest.mark.train
def test_equals_open_clip_on_real_captions(reference, shared):
    with (shared / "cases" / "captions.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    counted = {text: tokens.count(text) for text in texts}
    assert counted == {text: len(reference.encode(text)) + 2 for text in texts}
