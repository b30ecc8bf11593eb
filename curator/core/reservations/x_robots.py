"""The words noai, noimageai and noml in the response header X-Robots-Tag.

Asked for by DeviantArt in 2022 for pages and image files; noml is a later word of the same kind.
"""

import re

from curator.core.reservations.signal import HEADER_CHARS, X_ROBOTS, Finding, Stance, too_long

STANDARD = "x-robots-tag"
WORDS = frozenset({"noai", "noimageai", "noml"})
_WORD = re.compile(r"[^\s,;:]+")


def read(value: str) -> tuple[Finding, ...]:
    """What the header says of the image; a word for one agent ("somebot: noai") counts too."""
    held = spoken(value[:HEADER_CHARS])
    found = (Finding(STANDARD, X_ROBOTS, ", ".join(held), Stance.RESERVED),) if held else ()
    cut = len(value) > HEADER_CHARS
    return (*found, too_long(STANDARD, X_ROBOTS, HEADER_CHARS)) if cut else found


def spoken(directives: str) -> tuple[str, ...]:
    """The words of reservation in a list of directives, in order, each once."""
    words = (word.lower() for word in _WORD.findall(directives))
    return tuple(dict.fromkeys(word for word in words if word in WORDS))
