"""A caption in a language that was not asked for, or in a script foreign to its language."""

import re

from curator.checks.base import CHECKS
from curator.checks.captions.base import CaptionCheck, Found
from curator.core.captions import language_place, primary
from curator.core.text import is_cjk, tidy
from curator.model import Caption, Ground, Strength
from curator.view import View

_JAPANESE = re.compile("[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uff66-\uff9f]")


def _judge(caption: Caption, view: View) -> Found | None:
    if language_place(caption.lang, view.limits.languages) is None:
        return Found(Ground.DECLARED, "", value=caption.lang)
    text = tidy(caption.text)
    lang = primary(caption.lang)
    if lang == "en" and is_cjk(text):
        return Found(Ground.MEASURED, text, f"{lang}, in East Asian script", Strength.WEAK)
    if lang == "ja" and any(map(str.isalpha, text)) and not _JAPANESE.search(text):
        return Found(Ground.MEASURED, text, f"{lang}, without Japanese script", Strength.WEAK)
    return None


CHECKS.add(
    CaptionCheck(
        id="caption.language",
        version=1,
        question="caption.language",
        basis=Ground.DECLARED,
        summary="The caption's language was asked for; a script that does not fit it is noted.",
        judge=_judge,
    ),
)
