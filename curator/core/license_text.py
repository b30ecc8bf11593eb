"""The one written form under which license statements are compared."""

import html
import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

_DASHES = re.compile(
    "[\u2010-\u2015\u2212\ufe58\u30fb\uff65]"
)  # dashes, and the Japanese middle dot
_QUOTES = re.compile("[\u2018\u2019\u02bc\u00b4`]")
# "3.0-2.5-2.0" and "3.0, 2.5" are lists of versions: one word, joined by commas.
_VERSION_LIST = re.compile(r"(?<=\d\.\d)\s?[-,/]\s?(?=\d\.\d(?:[-,/\s+]|$))")
_SPELLING = re.compile(r"\blicen[cs]e(?=\b|_)")
_BREAKS = re.compile(r'[-_/;()\[\]{}"“”„«»「」『』]|,(?!\d\.\d)|:(?=\s|$)')
# Japanese, Chinese and Korean set no space beside Latin letters and digits.
_SCRIPTS = re.compile(
    "(?<=[\u3040-\u9fff\uac00-\ud7a3])(?=[0-9a-z])|(?<=[0-9a-z])(?=[\u3040-\u9fff\uac00-\ud7a3])"
)
_VERSION_WORDS = frozenset({"version", "v", "v.", "ver", "ver."})

# Only plain markup is taken off: a tag or attribute beyond these stays, and makes a text unknown,
# so that no condition can hide in one.
_ATTRIBUTE = (
    r"\s+(?:href|hreflang|rel|class|id|target|lang|dir|style|src|border|property|about|alt"
    r"|xmlns:\w+)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*')"
)
_TAG = re.compile(
    rf"</?(?:a|abbr|b|bdi|br|div|em|font|i|img|li|ol|p|small|span|strong|u|ul)"
    rf"(?:{_ATTRIBUTE})*\s*/?>",
    re.IGNORECASE,
)
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_LINK = re.compile(r"(?<!\S)[(<\[]?(https?://[^\s<>()\[\]]+?)[)>\].,;]*(?!\S)", re.IGNORECASE)

_BARE = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S*")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def fold(text: str) -> str:
    """NFKC, case folded, without invisible characters, dashes and white space made equal."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    text = unicodedata.normalize("NFKC", text.casefold())
    text = _QUOTES.sub("'", _DASHES.sub("-", text))
    return " ".join(text.split())


def key(text: str) -> str:
    """The words of a text, one space between them: equal keys are equal statements.

    Hyphens, brackets and slashes part words, "licence" is spelled "license", and the word
    "version" before a number says nothing. Signs such as "+", "?" and "©" stay.
    """
    text = _VERSION_LIST.sub(",", fold(text))
    text = _SPELLING.sub("license", text)
    words = [
        word.rstrip(".")
        for word in _BREAKS.sub(" ", _SCRIPTS.sub(" ", text)).split()
        if word.strip(".")
    ]
    kept: list[str] = []
    for word, after in pairwise([*words, ""]):
        if word in _VERSION_WORDS and after[:1].isdigit():
            continue
        kept.append(word[1:] if word[:1] == "v" and word[1:2].isdigit() else word)
    return " ".join(kept)


def plain(raw: str) -> tuple[str, tuple[str, ...]]:
    """A statement without its markup, and the addresses it links to.

    An address that is the whole statement is the statement, not a link.
    """
    links: list[str] = []

    def strip(match: re.Match[str]) -> str:
        tag = match[0]
        links.extend(html.unescape(m[1] or m[2] or "") for m in _HREF.finditer(tag))
        return " ".join(["", *(m[1] or m[2] or "" for m in _ALT.finditer(tag)), ""])

    text = html.unescape(_TAG.sub(strip, raw)).strip()
    if len(text.split()) > 1:
        links.extend(match[1] for match in _LINK.finditer(text))
        text = _LINK.sub(" ", text)
    return text.strip(), tuple(dict.fromkeys(links))


@lru_cache(maxsize=4096)
def address(text: str) -> tuple[str, ...] | None:
    """A web address as "host/path", first with its query and fragment where it has any.

    None where the text is no address; () where it is one that must not be trusted: a port, a
    user, a backslash or an unusual host.
    """
    folded = fold(text)
    if " " in folded:
        return None
    if not folded.startswith(("http://", "https://", "//")):
        if not _BARE.fullmatch(folded):
            return None
        folded = "//" + folded
    try:
        parts = urlsplit(folded)
    except ValueError:
        return ()
    host = parts.netloc.removeprefix("www.")
    if "\\" in folded or not _HOST.fullmatch(host):
        return ()
    path = "/".join(segment for segment in parts.path.split("/") if segment)
    page = f"{host}/{path}".rstrip("/.,;")
    extra = (f"?{parts.query}" if parts.query else "") + (
        f"#{parts.fragment}" if parts.fragment else ""
    )
    return (page + extra, page) if extra else (page,)
