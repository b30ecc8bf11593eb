"""Foreign text made fit to judge, to publish and to print: tidied, freed of personal data."""

import html
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

_PASSES = 8  # rounds of unwrapping; real text, even escaped twice, is settled after three
_KEPT = 8_192  # texts: every check of a slice asks for the same few hundred

# --- tidy -----------------------------------------------------------------------------------

_UNSHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][\w:-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Controls, lone surrogates, and what is invisible or turns the writing direction; the joiners
# U+200C and U+200D stay, since Persian, Indic scripts and emoji are spelled with them.
_HIDDEN = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]",
)


@lru_cache(maxsize=_KEPT)
def tidy(raw: str) -> str:
    """One line of plain text: no markup, entities, mojibake or hidden characters; NFC.

    Curly quotes and full-width forms stay as they are: they are no damage. Tidying twice changes
    nothing. Text that is still unfolding after eight rounds gives "".
    """
    if raw.isascii() and raw.isprintable() and "&" not in raw and "<" not in raw:
        return " ".join(raw.split())
    text = raw
    for _ in range(_PASSES):
        after = _unwrap(text)
        if after == text:
            return text
        text = after
    return ""


def _unwrap(text: str) -> str:
    import ftfy  # noqa: PLC0415 - takes longer to import than everything else here

    text = _UNSHOWN.sub(" ", html.unescape(text))
    text = _TAG.sub(" ", _INLINE.sub("", text))
    text = _HIDDEN.sub("", ftfy.fix_text(text, _repairs()))
    return " ".join(unicodedata.normalize("NFC", text).split())


@cache
def _repairs() -> "TextFixerConfig":
    from ftfy import TextFixerConfig  # noqa: PLC0415 - see above

    return TextFixerConfig(
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
    )


# --- redact ---------------------------------------------------------------------------------

# Read as ASCII while looking, character by character: full-width forms, dashes, primes, degrees.
_ASCII = (
    {0xFF01 + place: 0x21 + place for place in range(94)}
    | dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0x30FC), 0x2D)
    | {0x2019: 0x27, 0x2032: 0x27, 0x201D: 0x22, 0x2033: 0x22, 0xBA: 0xB0, 0x2DA: 0xB0}
)
_CJK = (
    r"\u1100-\u11ff\u3005-\u3007\u3040-\u318f\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af"
    r"\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
# A name has at most 64 characters (RFC 5321). Japanese runs into it and out of the host without
# a space. After words alone ("fonts at gnome dot org") the ending must be one that is no word.
_MAIL = rf"""
(?: \b(?:e-?mail|mailto|contact) \s* : \s* )?
(?: (?: (?: [^\W{_CJK}] | [.+%'-] ){{1,64}} | [{_CJK}]{{1,64}} )
    (?: @ (?: [a-z0-9-]+ (?:\.[a-z0-9-]+)* \.[a-z]{{2,24}} | [\w-]+ (?:\.[\w-]+)+ )
      | (?: \s? [\[({{<] \s? (?:at|@) \s? [\])}}>] \s? | \s @ \s )
        [\w-]+ (?: (?: \. | \s? [\[({{<] \s? dot \s? [\])}}>] \s? | \s dot \s ) [a-z0-9-]+ )+
      | \s at \s [\w-]+ (?: \s dot \s [\w-]+ )* \s dot \s
        (?: com|org|net|edu|gov|info|biz|eu|uk|de|fr|it|nl|pl|ru|jp|cn|br|ch|se|dk|fi|cz|ca ) \b
    )
)
"""
# An international number has 8 to 15 digits (ITU-T E.164); without the + it needs a label. Bare
# groups of digits may be years or catalogue numbers and stay, two national shapes excepted.
_PHONE = r"""
  (?<! [\w+] ) \+ \d{1,3} (?: [ ().\-/]{0,3} \d ){7,14} (?! \d )
| (?: \b(?:tel|ph|fax|mob)\b [.:]? | [\u260e\u260f\U0001f4de\u2121]
    | (?: \u96fb\u8a71(?:\u756a\u53f7)? | \u7535\u8bdd | \uc804\ud654 ) :?
    | \b(?:telephone|phone|mobile|cell|call(?:\ me)?|whatsapp)(?:\ number|\ no\.?)? \s? : )
  \s* (?! [12]\d{3} \s? [-/] \s? [12]\d{3} \b )       # years: "Tel. 1914-1918"
  [+(]{0,2} \d (?: [ ().\-/]{0,3} \d ){5,14} (?! \d )
| (?<! \w ) \( \d{3} \) \s? \d{3} [-.\ ] \d{4} (?! \d )     # North America
| (?<! [\d-] ) 0[5789]0 - \d{4} - \d{4} (?! [\d-] )         # Japan, mobile
"""
# Four decimals of a degree are 11 m; fewer, or three as in 12.345, are prices and thousands.
_DEGREES = r"\d{1,3} (?:\.\d+)? \s? \u00b0 \s?"
_MINUTES = r"""\d{1,2} (?:\.\d+)? \s? ' \s? (?: \d{1,2} (?:\.\d+)? \s? (?:"|'') \s? )?"""
_PLACE = rf"""
  (?: \bgeo: )? (?<! [\w.] ) [-+]? (?:[1-8]?\d|90) \.\d{{4,}} \s? \u00b0? \s? (?:[NS]\b)?
  \s? [,;/\s] \s? [-+]? (?:1[0-7]\d|[1-9]?\d|180) \.\d{{4,}} (?! [\w.] )
  \s? \u00b0? (?: \s? [EWO]\b )?
| {_DEGREES} [NS]\b [\s,;/]{{0,3}} {_DEGREES} [EWO]\b
| {_DEGREES} {_MINUTES} [NSEWO]\b
| \b[NSEWO] \s? {_DEGREES} {_MINUTES}
| [\u5317\u5357]\u7def \s? \d[\d.\u5ea6\u00b0\u5206\u79d2'"]* [\u3001,\s]{{0,2}}
  [\u6771\u897f]\u7d4c \s? \d[\d.\u5ea6\u00b0\u5206\u79d2'"]*
"""

_PERSONAL = re.compile(f"{_MAIL}|{_PHONE}|{_PLACE}", re.IGNORECASE | re.VERBOSE)
# One of these is in whatever the forms above match; most texts have none and are done at once.
_MARK = re.compile(r"[@\u00b0\u5ea6]|[\[({<]\s?at\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d(?:\D{0,3}\d){4}")
_EMPTY = re.compile(r"[\[({<]\s*[\])}>]")
_DANGLING = re.compile(r"[ ,;:]+(?=[.,;:!?)\]])")


def redact(text: str) -> tuple[str, bool]:
    """A tidy text less e-mail addresses, phone numbers and coordinates; whether any were cut.

    Redacting twice changes nothing, and the text never gets longer.
    """
    found = False
    while rest := _cut(text):
        found = True
        text = _EMPTY.sub(" ", " ".join(rest))
        text = _DANGLING.sub("", " ".join(text.split())).strip(" ,;:-/")
    return text, found


def _cut(text: str) -> list[str]:
    """What is left around the personal data; nothing where there is none."""
    folded = text if text.isascii() else text.translate(_ASCII)
    if not (_DIGITS.search(folded) or _MARK.search(folded) or " dot " in folded.lower()):
        return []
    spans = [found.span() for found in _PERSONAL.finditer(folded)]
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)] if spans else []


@lru_cache(maxsize=_KEPT)
def clean(raw: str) -> str:
    """The text as it may be published: tidied and redacted."""
    text, found = redact(tidy(raw))
    while found:  # what a cut brings together may need tidying again
        text, found = redact(tidy(text))
    return text


# --- script and display ---------------------------------------------------------------------

_CJK_LETTER = re.compile(f"[{_CJK}]")


def is_cjk(text: str) -> bool:
    """Whether more than half of the letters are of Chinese, Japanese or Korean script."""
    if text.isascii():
        return False
    letters = sum(map(str.isalpha, text))
    return 2 * len(_CJK_LETTER.findall(text)) > letters


def show(text: str) -> str:
    """Foreign text for a terminal: whatever is not printable stands as its escape."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
