"""Which caption stands under an image: one text, or one per language, that fits the model."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from curator.core import tokens
from curator.core.text import clean, redact
from curator.model import Caption, CaptionKind, LicenseClass

_DEMANDS = tuple(LicenseClass)  # from nothing to everything
_KINDS = tuple(CaptionKind)  # best first
_WRITTEN = frozenset((CaptionKind.HUMAN_DESCRIPTION, CaptionKind.HUMAN_TITLE, CaptionKind.ALT_TEXT))

_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)  # BCP 47, roughly
_TAGS = 1_024  # language tags whose reading is kept
# A full stop after a single letter ("J. S. Bach") ends no sentence; the full-width marks of
# Chinese and Japanese need no space behind them. Closing quotes and brackets go with the mark.
_SENTENCE = re.compile(
    r"(?:(?<!\b\w)\.+|[!?]+)[\"'\u201d\u2019)\]]*(?=\s|\Z)"
    r"|[\u3002\uff01\uff1f]+[\u300d\u300f\uff09]*",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the recipe asks of captions, and the class of the image they would stand under."""

    languages: tuple[str, ...]  # BCP 47 ranges, in order; "*" = any other
    per_image: Literal["one", "each"]  # each: every language a sample of its own
    max_tokens: int  # CLIP tokens, start and end marks included
    image_class: LicenseClass = LicenseClass.PUBLIC_DOMAIN


@dataclass(frozen=True, slots=True)
class Choice:
    """A caption as it is published."""

    number: int  # which caption of the candidate
    text: str  # tidied, redacted
    lang: str  # BCP 47
    tokens: int  # CLIP tokens, at most those wanted
    cut: bool  # whether sentences at its end were left out


def choose(
    captions: Sequence[Caption],
    standing: Mapping[int, LicenseClass],
    wanted: Wanted,
) -> tuple[Choice, ...]:
    """The best caption of the first language that has one, or of every language.

    `standing` holds the license class of each caption that was not dropped. The order: language
    as wanted, not more demanding than the image, kind, place in the record. Where the best is too
    long, the next that a person wrote and that fits is taken, else the best is cut at a sentence;
    where that fails too, it gives way to the next. A language without any such has no choice.
    """
    ranked: list[tuple[tuple[int, bool, int, int], str]] = []
    demands = _DEMANDS.index(wanted.image_class)
    for number, cls in standing.items():
        caption = captions[number]
        place = language_place(caption.lang, wanted.languages)
        if place is not None:
            raises = _DEMANDS.index(cls) > demands
            rank = (place, raises, _KINDS.index(caption.kind), number)
            ranked.append((rank, primary(caption.lang)))
    by_language: dict[str, list[int]] = {}
    for (*_, number), language in sorted(ranked):
        by_language.setdefault(language, []).append(number)
    found = (_best(captions, numbers, wanted.max_tokens) for numbers in by_language.values())
    return tuple(islice(filter(None, found), 1 if wanted.per_image == "one" else None))


@lru_cache(maxsize=_TAGS)
def primary(lang: str) -> str:
    """The primary subtag, lower case; "und" for what is no BCP 47 tag."""
    return lang.partition("-")[0].lower() if _TAG.fullmatch(lang) else "und"


@lru_cache(maxsize=_TAGS)
def language_place(lang: str, languages: tuple[str, ...]) -> int | None:
    """The place of the first wanted range that a tag falls into; `*` takes what no other does.

    Basic filtering of RFC 4647: `en` takes `en` and `en-GB`, `en-GB` does not take `en`.
    https://www.rfc-editor.org/rfc/rfc4647#section-3.3.1
    """
    tag = lang.lower() if _TAG.fullmatch(lang) else "und"
    for place, wanted in enumerate(languages):
        if (tag + "-").startswith(wanted.lower() + "-"):
            return place
    return languages.index("*") if "*" in languages else None


def _best(captions: Sequence[Caption], numbers: Sequence[int], limit: int) -> Choice | None:
    texts = {number: clean(captions[number].text) for number in numbers}
    best, *others = numbers
    written = [number for number in others if captions[number].kind in _WRITTEN]
    for number in (best, *written):
        if texts[number] and tokens.fits(texts[number], limit):
            return _choice(captions[number], number, texts[number], cut=False)
    for number in numbers:
        whole = texts[number]
        text = whole if tokens.fits(whole, limit) else _cut(captions[number].text, whole, limit)
        if text:
            return _choice(captions[number], number, text, cut=text != whole)
    return None


def _choice(caption: Caption, number: int, text: str, *, cut: bool) -> Choice:
    lang = caption.lang if _TAG.fullmatch(caption.lang) else "und"
    return Choice(number, text, lang, tokens.count(text), cut)


def _cut(raw: str, whole: str, limit: int) -> str:
    """The longest run of whole sentences or lines from the start that fits; "" where none does."""
    best = ""
    ends = sorted({*_line_ends(raw, whole), *(end.end() for end in _SENTENCE.finditer(whole))})
    for end in ends[:limit]:  # a sentence has at least one token
        text, _ = redact(whole[:end])
        if not tokens.fits(text, limit):
            break
        best = text
    return best


def _line_ends(raw: str, whole: str) -> Iterator[int]:
    """Where the lines of the raw text end in the tidied one, as far as they can be followed."""
    at = 0
    for line in map(clean, raw.splitlines()):
        if not line:
            continue
        if not whole.startswith(line, at) or at + len(line) >= len(whole):
            return
        yield at + len(line)
        at += len(line) + 1
