"""A caption that comes from a field for file names, or that is a bare file name itself."""

import re

from curator.checks.base import CHECKS
from curator.checks.captions.base import CaptionCheck, Found
from curator.core.text import clean
from curator.model import Caption, CaptionKind, Ground
from curator.view import View

_ENDING = r"\.(?:jpe?g|png|gif|svgz?|webp|tiff?|bmp|avif|heic|cr2|nef|dng|psd|xcf|pdf)"
_CAMERA = (
    r"_?(?:img|dsc[nf]?|mg|imgp?|pict|mvi|gopr|gx|dji|pxl|wp|p|cimg|sam|hpim|kimg|mimg)[_-]?\d{4,}"
    r"(?:[_~-][a-z0-9]+|\s?\(\d+\))*"
)
# Words that name no motif, even alone: German, French, Spanish, Japanese and Chinese ones too.
_IMAGE = (
    r"(?:image|img|picture|pic|photo|foto|bild|untitled|unnamed|unbenannt|untitled design"
    r"|sans titre|ohne titel|sin título|画像|写真|無題|名称未設定|无标题)[ _-]?#?\d*(?:\s?\(\d+\))?"
)
_DOCUMENT = (
    r"(?:drawing|(?:new )?document|scan|scanned image|file|dibujo|dessin|zeichnung)[ _-]?\d+"
)
_SCREEN = (
    r"(?:screen ?shot|スクリーンショット)[ _-]?(?:from )?\d[\d _.:-]*(?:at [\d.]+(?: [ap]m)?)?"
)
_STAMP = r"\d{8}[_-]\d{6}(?:[_-]\d+)*"  # a camera's date and time
_DIGEST = r"[0-9a-f]{32,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_FORMS = f"{_CAMERA}|{_IMAGE}|{_DOCUMENT}|{_SCREEN}|{_STAMP}|{_DIGEST}"
_FILE_NAME = re.compile(rf"\S+{_ENDING}|(?:{_FORMS})(?:{_ENDING})?", re.IGNORECASE)


def _judge(caption: Caption, _view: View) -> Found | None:
    text = clean(caption.text)
    if caption.kind is CaptionKind.FILE_NAME:
        return Found(Ground.DECLARED, text, value=caption.kind)
    if _FILE_NAME.fullmatch(text):
        return Found(Ground.MEASURED, text, value="a bare file name")
    return None


CHECKS.add(
    CaptionCheck(
        id="caption.provenance",
        version=1,
        question="caption.boilerplate",
        basis=Ground.DECLARED,
        summary="The caption comes from a field that describes, and is no bare file name.",
        judge=_judge,
    ),
)
