"""What a rights holder can say of AI and data mining, and the places where it is said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

# The words for `Signal.where`; whoever reads hosts and pages uses these.
ROBOTS: Final = "robots.txt"
TDM_FILE: Final = "/.well-known/tdmrep.json"
AI_TXT: Final = "/ai.txt"
AI_TXT_WELL_KNOWN: Final = "/.well-known/ai.txt"
TDM_HEADER: Final = "header:tdm-reservation"  # of the response that brought the image
TDM_POLICY: Final = "header:tdm-policy"  # where to ask for a license; reserves nothing by itself
X_ROBOTS: Final = "header:x-robots-tag"
CONTENT_USAGE: Final = "header:content-usage"
CONTENT_SIGNAL: Final = "header:content-signal"
LINK: Final = "header:link"
PAGE: Final = "page"  # the HTML of the page that shows the image
RSL: Final = "rsl:"  # followed by the address of the license file
TDM_IN_FILE: Final = "file:tdm-reservation"  # the XMP property of the image

BODY_CHARS: Final = 500 * 1024  # what RFC 9309 §2.5 asks of a parser; the other files are shorter
HEADER_CHARS: Final = 2**16  # servers limit all headers together to 8-64 KiB


class Stance(StrEnum):
    """What a statement comes to; saying nothing is no stance."""

    RESERVED = "reserved"
    ALLOWED = "allowed"  # one standard's yes; it lifts no other standard's no
    UNREADABLE = "unreadable"  # something is said and cannot be understood


class Signal(NamedTuple):
    """Words as they were found, and where: one of the places above."""

    where: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement, understood."""

    standard: str
    where: str
    value: str  # the words that decide
    stance: Stance
    about: str = "image"  # or "page": the text of the page alone


def decode(body: bytes | str, limit: int = BODY_CHARS) -> tuple[str, bool]:
    """A body as text without byte order mark, cut at `limit`, and whether it was cut."""
    raw = body[: limit + 1]
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return text.removeprefix("\ufeff")[:limit], len(body) > limit


def is_page(text: str) -> bool:
    """Whether this is an HTML page: what many hosts answer for a file they do not have."""
    return text.lstrip()[:14].lower().startswith(("<!doctype html", "<html"))


def too_long(standard: str, where: str, limit: int = BODY_CHARS) -> Finding:
    """What stands behind the limit is unread, and may be a reservation."""
    return Finding(standard, where, f"longer than {limit} characters", Stance.UNREADABLE)
