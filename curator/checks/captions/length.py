"""A caption too short to say something."""

from curator.checks.base import CHECKS
from curator.checks.captions.base import CaptionCheck, Found
from curator.core.text import clean, is_cjk
from curator.model import Caption, Ground
from curator.view import View


def _judge(caption: Caption, view: View) -> Found | None:
    text = clean(caption.text)
    limits = view.limits
    least = limits.min_chars_cjk if is_cjk(text) else limits.min_chars
    if len(text) >= least:
        return None
    return Found(Ground.MEASURED, text, value=f"{len(text)} characters, at least {least} wanted")


CHECKS.add(
    CaptionCheck(
        id="caption.length",
        version=1,
        question="caption.length",
        basis=Ground.MEASURED,
        summary="Tidied and without personal data, the caption has the characters asked for.",
        judge=_judge,
    ),
)
