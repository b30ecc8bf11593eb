"""A caption that is a credit, the name of a set, an address or a placeholder.

Only whole captions of these forms fall. A good title that stands under many images is left to
the cap on equal captions.
"""

import re

from curator.checks.base import CHECKS
from curator.checks.captions.base import CaptionCheck, Found
from curator.core.text import clean
from curator.model import Caption, Ground
from curator.view import View

_URL = r"(?:https?://\S+|www\.\S+\.\S+)"
_EMPTY = re.compile(
    "|".join(
        (
            r"(?:free )?clip[ -]?art(?: image| created| made| drawn)? by(?: \S+){1,5}",
            r"(?:this is )?part of [^.!?]{1,60} (?:collection|set|series|library|pack)\.?",
            r"(?:from )?(?:the )?open ?clip ?art(?: library| project|\.org)?\.?",
            r"public domain(?: clip ?art| image| picture| photo)?\.?",
            rf"(?:(?:source|from|via|see|url|link) ?:? )?{_URL}(?: {_URL})*",
            r"(?:hash|array|scalar|code|ref)\(0x[0-9a-f]+\)",  # a program's, in place of a text
            r"\[object object\]|n/a|none|null|nan|nil|undefined|unknown|tbd|test",
            r"no (?:title|description|caption|name)(?: available| given| provided)?\.?",
            r"title|description|caption",
            r"[\s!-/:-@\[-`{-~\u00b7\u2010-\u2027\u3001-\u3003\u30fb]+",  # punctuation alone
        ),
    ),
    re.IGNORECASE,
)
# What may stand before the creator's name. A credit to anybody else may be part of a text.
_CREDIT = re.compile(
    r"(?:(?:photo(?:graph(?:ed)?)?|image|picture|illustration|illustrated|art(?:work)?|icon|drawing"
    r"|drawn|created|made|designed|uploaded|submitted)(?: (?:created|made|drawn|taken))?(?: by|:) "
    r"|(?:\u00a9|copyright) ?(?:\d{4} )?)?",
    re.IGNORECASE,
)


def _judge(caption: Caption, view: View) -> Found | None:
    text = clean(caption.text)
    creator = clean(view.candidate.creator).casefold()
    said = text.casefold().rstrip(".")
    if creator and said.endswith(creator) and _CREDIT.fullmatch(said.removesuffix(creator)):
        return Found(Ground.MEASURED, "", value="a credit")  # a name stays out of the quote
    if _EMPTY.fullmatch(text):
        return Found(Ground.MEASURED, text, value="a form that says nothing of the image")
    return None


CHECKS.add(
    CaptionCheck(
        id="caption.boilerplate",
        version=1,
        question="caption.boilerplate",
        basis=Ground.MEASURED,
        summary="The caption is no credit, set name, address or placeholder.",
        judge=_judge,
    ),
)
