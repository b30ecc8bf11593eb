"""Path patterns of robots.txt (RFC 9309 §2.2.2 and §2.2.3), which other standards borrow."""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

PATH_CHARS = 2**14  # characters; Google's parser cuts a line at 16,664 bytes

_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_KEPT = "%!\"#&'()+,/:;<=>?@[\\]^`{|}"  # printable ASCII that needs no escape to be compared


def of(url: str) -> str:
    """The path and query of a URL, or of what is already a path; "/" where there is none."""
    url = url[:PATH_CHARS].partition("#")[0]
    if "://" not in url:
        return url if url.startswith("/") else f"/{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    query = f"?{parts.query}" if "?" in url else ""
    return (parts.path or "/") + query


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern, with its `*` and final `$`, is the beginning of a path.

    Both are compared in one spelling of percent escapes; the time is linear in the path.
    """
    path = _spelled(path, _KEPT)
    pattern = _spelled(pattern[:PATH_CHARS], _KEPT + "*$")
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if whole and rest else None
    for part in rest:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not whole or at == len(path)


@lru_cache(maxsize=256)
def _spelled(text: str, safe: str) -> str:
    """Escapes of unreserved characters undone, all others made, in capitals."""
    text = _ESCAPE.sub(_unescape, text)
    return quote(text.encode("utf-8", "replace"), safe=safe)


def _unescape(escape: re.Match[str]) -> str:
    char = chr(int(escape[1], 16))
    return char if _UNRESERVED.fullmatch(char) else escape[0].upper()
