"""PLUS Data Mining: the XMP property by which a file says whether it may be mined.

https://ns.useplus.org/LDF/ldf-XMPSpecification#DataMining, part of IPTC Photo Metadata 2023.1.
"""

import re
from types import MappingProxyType

from curator.core.reservations.signal import Finding, Stance

STANDARD = "plus"
NAMESPACE = "http://ns.useplus.org/ldf/xmp/1.0/"
PROPERTY = "DataMining"
WHERE = "XMP plus:DataMining"

_TERM = re.compile(r"(?:https?://ns\.useplus\.org/ldf/vocab/|plus:)?(dmi-[a-z-]+)/?")
_LABELS = MappingProxyType(  # what users pick in programs, and some programs write
    {
        "unspecified": "dmi-unspecified",
        "unspecified - no prohibition defined": "dmi-unspecified",
        "allowed": "dmi-allowed",
        "prohibited for ai/ml training": "dmi-prohibited-aimltraining",
        "prohibited for generative ai/ml training": "dmi-prohibited-genaimltraining",
        "prohibited except for search engine indexing": (
            "dmi-prohibited-exceptsearchengineindexing"
        ),
        "prohibited": "dmi-prohibited",
    }
)
_STANCES = MappingProxyType(
    {
        "dmi-unspecified": None,
        "dmi-allowed": Stance.ALLOWED,
        "dmi-prohibited-aimltraining": Stance.RESERVED,
        "dmi-prohibited-genaimltraining": Stance.RESERVED,
        "dmi-prohibited-exceptsearchengineindexing": Stance.RESERVED,
        "dmi-prohibited": Stance.RESERVED,
        # The prohibition has conditions that stand elsewhere, in words: for a person to read.
        "dmi-prohibited-seeconstraint": Stance.UNREADABLE,
        "dmi-prohibited-seeembeddedrightsexpr": Stance.UNREADABLE,
        "dmi-prohibited-seelinkedrightsexpr": Stance.UNREADABLE,
    }
)


def read(value: str) -> tuple[Finding, ...]:
    """What a value of the property means; a term that PLUS does not list is unreadable."""
    words = " ".join(value.replace("\u2013", "-").split()).lower()
    if not words:
        return ()
    term = _TERM.fullmatch(words)
    known = term[1] if term else _LABELS.get(words, "")
    stance = _STANCES.get(known, Stance.UNREADABLE)
    return (Finding(STANDARD, WHERE, value.strip()[:200], stance),) if stance else ()
