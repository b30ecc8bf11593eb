"""The meta elements of an HTML page, and nothing else of it."""

import html
import re

from curator.core.reservations.signal import decode

# Repetitions are possessive and bounded: the time is linear whatever the page holds. An element
# inside a comment counts too: a reservation that is read once too often does no harm.
_META = re.compile(
    r"""<meta\b((?:[^"'<>]{1,1000}+|"[^"]{0,4000}+"|'[^']{0,4000}+'){0,40}+)>""", re.IGNORECASE
)
_ATTRIBUTE = re.compile(
    r"""\b(name|content)\s{0,20}+=\s{0,20}+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)


def metas(body: bytes | str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """(name, content) of every meta element that has both, and whether the page was cut."""
    text, cut = decode(body)
    found = []
    for element in _META.finditer(text):
        held: dict[str, str] = {}
        for attribute in _ATTRIBUTE.finditer(element[1]):
            value = attribute[2] or attribute[3] or attribute[4] or ""
            held.setdefault(attribute[1].lower(), html.unescape(value))
        if len(held) == 2:  # noqa: PLR2004 - name and content
            found.append((held["name"].strip().lower(), held["content"]))
    return tuple(found), cut
