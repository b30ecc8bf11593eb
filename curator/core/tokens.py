"""How many tokens CLIP sees in a text, counted as open_clip counts them, without torch.

The merge table and the rules are those of OpenAI's CLIP (`licenses/clip-bpe/`, MIT):
https://github.com/openai/CLIP. It only counts; nothing here judges or describes an image.
"""

import gzip
import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import groupby, pairwise

from curator import data

_TABLE = "clip-bpe/bpe_simple_vocab_16e6.txt.gz"
_MERGES = 49_152 - 256 - 2  # merges that CLIP uses: its vocabulary less the bytes and two marks
_FRAME = 2  # tokens: every text is framed by a start and an end mark
_LONGEST = 32  # bytes: the most that one entry of the table stands for
_WORDS = 16_384  # words kept with their counts: a few megabytes, most of everyday English

_MARKS = ("<start_of_text>", "<end_of_text>")

# A run of letters, one digit, or a run of anything else. `\w` takes numbers such as ² or Ⅳ for
# letters, which `_words` puts right; U+0345 is passed over, as the original passes over it.
_WORD = re.compile(
    "|".join(_MARKS) + r"|'(?:s|t|re|ve|m|ll|d)|[^\W\d_]+|\d|(?:[^\s\w\u0345]|_)+",
    re.IGNORECASE,
)


def count(text: str) -> int:
    """The number of tokens of `text`, start and end marks included.

    Equal to what `SimpleTokenizer` of open_clip gives before it truncates.
    """
    return _FRAME + sum(map(_pieces, _words(text)))


def fits(text: str, max_tokens: int) -> bool:
    """Whether `text` has at most `max_tokens` tokens; most answers need no look at the table."""
    words = _words(text)
    size = sum(len(word.encode()) for word in words)
    if size + _FRAME <= max_tokens:  # no token is shorter than a byte
        return True
    if -(-size // _LONGEST) + _FRAME > max_tokens:
        return False
    return sum(map(_pieces, words)) + _FRAME <= max_tokens


def _words(text: str) -> list[str]:
    words: list[str] = []
    for word in _WORD.findall(_clean(text)):
        if word.isalpha() or not word[0].isalnum():
            words.append(word)
            continue
        for letters, run in groupby(word, str.isalpha):
            part = "".join(run)
            words.extend([part] if letters else part)
    return words


def _clean(text: str) -> str:
    if not text.isascii() or not text.isprintable() or "&" in text:  # else there is nothing to fix
        import ftfy  # noqa: PLC0415 - takes longer to import than everything else here

        text = html.unescape(html.unescape(ftfy.fix_text(text)))
    return " ".join(text.split()).lower()


@lru_cache(maxsize=_WORDS)
def _pieces(word: str) -> int:
    """How many entries of the table a word falls into: the best merge first, everywhere at once."""
    if word in _MARKS:
        return 1
    ranks = _ranks()
    parts = [_SYMBOLS[byte] for byte in word.encode()]
    parts[-1] += "</w>"
    while len(parts) > 1:
        pairs = [f"{left} {right}" for left, right in pairwise(parts)]
        best = min(pairs, key=lambda pair: ranks.get(pair, _MERGES))
        if best not in ranks:
            break
        merged: list[str] = []
        at = 0
        while at < len(parts):
            found = at < len(pairs) and pairs[at] == best
            merged.append(best.replace(" ", "") if found else parts[at])
            at += 2 if found else 1
        parts = merged
    return len(parts)


@cache
def _ranks() -> Mapping[str, int]:
    """Pairs of symbols as the table writes them ("th e</w>"), the earliest merge lowest."""
    lines = gzip.decompress(data.blob(_TABLE)).decode().split("\n", _MERGES + 1)
    return {pair: rank for rank, pair in enumerate(lines[1 : _MERGES + 1])}


def _symbols() -> tuple[str, ...]:
    """A visible character for each byte: itself in Latin-1, or the next one from U+0100 on."""
    visible = {*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    spare = iter(range(0x100, 0x200))
    return tuple(chr(byte if byte in visible else next(spare)) for byte in range(0x100))


_SYMBOLS = _symbols()
