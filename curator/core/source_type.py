"""What IPTC's and C2PA's words for the way an image was made say of AI.

https://cv.iptc.org/newscodes/digitalsourcetype/; C2PA 2.2; IPTC Photo Metadata 2025.1.
"""

import re
import unicodedata
from types import MappingProxyType

# Every term of the vocabulary, retired ones included, with the question that it answers with
# yes; "" = it says nothing about AI. Those of a trained model are AI, whatever reads them.
TERMS = MappingProxyType(
    {
        "trainedalgorithmicmedia": "ai",
        "trainedalgorithmicdata": "ai",
        "compositewithtrainedalgorithmicmedia": "ai.composite",
        "compositesynthetic": "ai.composite",
        "algorithmicmedia": "ai.algorithmic",
        "algorithmicallyenhanced": "",
        "datadrivenmedia": "",
        "virtualrecording": "",
        "screencapture": "",
        "digitalcapture": "",
        "computationalcapture": "",
        "negativefilm": "",
        "positivefilm": "",
        "print": "",
        "compositecapture": "",
        "humanedits": "",
        "minorhumanedits": "",
        "digitalcreation": "",
        "digitalart": "",
        "softwareimage": "",
        "composite": "",
        "empty": "",
    }
)
AI_FIELDS = frozenset(  # of IPTC 2025.1; that they are there is enough
    {"AISystemUsed", "AISystemVersionUsed", "AIPromptInformation", "AIPromptWriterName"}
)

URI_CHARS = 256  # characters; the longest URI of a term has 90

_BASE = r"https?://(?:cv\.iptc\.org/newscodes|c2pa\.org)/digitalsourcetype/"
_URI = re.compile(_BASE + r"(\w+)/?")
_PROPERTIES = {"digitalsourcetype", "digitalsourcefiletype"}  # the second is Gemini's spelling
_TELLING = (term for term, question in TERMS.items() if question)
_LOOSE = re.compile(f"{_BASE}({'|'.join(_TELLING)})".encode(), re.IGNORECASE)


def normal(text: str) -> str:
    """A value as it is compared: compatibility form, no spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def term(name: str, value: str) -> str:
    """The term that a value names: by its URI anywhere, by itself in a property of that name.

    `name` is without its namespace. "" where the value speaks of something else; a term that is
    not in `TERMS` is one that nobody knows yet.
    """
    if len(value) > URI_CHARS:
        return ""
    folded = normal(value).casefold()
    uri = _URI.fullmatch(folded)
    if uri:
        return uri[1]
    return folded if name.casefold() in _PROPERTIES else ""


def scan(data: bytes) -> tuple[str, ...]:
    """The telling terms whose URIs stand anywhere in bytes that cannot be read otherwise."""
    return tuple(dict.fromkeys(m[1].decode("ascii").lower() for m in _LOOSE.finditer(data)))
