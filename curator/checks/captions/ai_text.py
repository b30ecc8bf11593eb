"""The words of a machine that describes or makes images, in a caption.

Certain are the notices that Office and Facebook add, words that only BLIP invents, and the syntax
of prompts. Openings that captioners like are weak: people use them too. About half of all machine
captions show neither, so the field a caption comes from is the stronger control.
"""

import html
import re
import unicodedata

from curator.checks.base import CHECKS
from curator.checks.captions.base import CaptionCheck, Found
from curator.core.text import tidy
from curator.model import Caption, Ground, Strength
from curator.view import View

# All forms below are folded as `_fold` does: NFKC, lower case, one line, straight apostrophes.
_OFFICE = (  # whole sentences, wherever they stand
    "ai-generated content may be incorrect",
    "ai 生成コンテンツは誤りを含む可能性があります",
    "ki-generierte inhalte können fehlerhaft sein",
    "le contenu généré par l'ia peut être incorrect",
    "el contenido generado por ia puede ser incorrecto",
    "ai 生成的内容可能不正确",
    "description automatically generated",
    "自動的に生成された説明",
    "説明は自動的に生成されました",
    "automatisch generierte beschreibung",
    "description générée automatiquement",
    "descripción generada automáticamente",
)
_BLIP = ("arafed", "araffe", "araffes", "arafly", "araful")
# (what to look for, the form it must stand in)
_FACEBOOK = (
    ("may be an image of", r"(?:^|[.!?] )may be an image of\b"),
    ("image may contain:", r"(?:^|[.!?] )image may contain:"),
    ("no photo description available", r"^no photo description available\.?$"),
    ("no automatic alt text available", r"^no automatic alt text available\.?$"),
    ("の画像のようです", r"の画像のようです[。.]?$"),
    ("画像に含まれている可能性があるもの:", r"^画像に含まれている可能性があるもの:"),
)
_PROMPT = (
    ("negative prompt:", r"\bnegative prompt:"),
    ("steps: ", r"\bsteps: \d+, sampler\b"),
    ("<lora:", r"<lora:[^<>]+>"),
    ("masterpiece, best quality", r"\bmasterpiece, best quality\b"),
    ("best quality, masterpiece", r"\bbest quality, masterpiece\b"),
    ("--ar ", r"(?<!\S)--ar \d+:\d+(?!\S)"),
    ("--v ", r"(?<!\S)--v \d(?:\.\d)?(?!\S)"),
    ("--niji ", r"(?<!\S)--niji \d(?!\S)"),
)
_SIGNS = (
    *((notice, re.compile(re.escape(notice)), "a notice of Office") for notice in _OFFICE),
    *((at, re.compile(form), "an alternative text of Facebook") for at, form in _FACEBOOK),
    *((at, re.compile(form), "the syntax of a prompt") for at, form in _PROMPT),
    *(
        (word, re.compile(rf"(?<![a-zà-ÿ]){word}(?![a-zà-ÿ])"), "a word that only BLIP writes")
        for word in _BLIP
    ),
)
_OPENING = re.compile(
    r"there (?:is|are) .{1,200}? that (?:is|are)\b|an? (?:close up of|picture containing)\b"
    r"|(?:the|this) (?:image|photo|picture|scene)"
    r" (?:shows|features|depicts|captures|displays|showcases|presents)\b"
    r"|in (?:the|this) (?:image|photo|picture|scene)\b"
    r"|une image contenant\b|ein bild, das .{1,200} enthält\b|imagen que contiene\b"
    r"|この画像は|(?:この)?画像には|.{1,200}が含まれている画像|.{1,200}\btrending on artstation\b",
)


def _judge(caption: Caption, _view: View) -> Found | None:
    # Tidied, since markup may part the words; as it came, since tidying may take a prompt's tags.
    tidied = tidy(caption.text)
    texts = {_fold(tidied): None}
    if tidied != caption.text:
        texts[_fold(html.unescape(caption.text))] = None
    for text in texts:
        for at, form, value in _SIGNS:
            if at in text and (found := form.search(text)):
                return Found(Ground.EMBEDDED, found[0], value)
    for text in texts:
        if found := _OPENING.match(text):
            return Found(Ground.EMBEDDED, found[0], "an opening captioners like", Strength.WEAK)
    return None


def _fold(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
    return " ".join(text.replace("\\n", " ").lower().split())


CHECKS.add(
    CaptionCheck(
        id="caption.ai_text",
        version=1,
        question="caption.ai",
        basis=Ground.MEASURED,
        summary="The caption holds no notice, word or syntax that only machines write.",
        judge=_judge,
    ),
)
