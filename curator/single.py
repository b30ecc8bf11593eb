"""inspect and captions: one file or one text, judged by what it holds, without a recipe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from curator.core.container import facts
from curator.core.policy import findings
from curator.core.reasons import REASONS
from curator.io.decode import Refusal, open_image
from curator.io.files import read
from curator.model import (
    Answer,
    Basis,
    Candidate,
    Caption,
    CaptionKind,
    Decision,
    Evidence,
    Ground,
    ItemId,
    Needs,
)
from curator.steps.rows import look
from curator.terms import Terms
from curator.view import View

MAX_BYTES = 26_214_400  # bytes: 25 MiB, the default of `network: max_bytes`
MAX_SIDE = 1024  # px, the default of `images: max_side`
_TERMS = Terms("", Basis.OPEN_LICENSE)


@dataclass(frozen=True, slots=True)
class Judged:
    """One file or text with what was found in it."""

    raw: str  # the file's name, or the text
    decision: Decision
    evidence: tuple[Evidence, ...]


def inspect_files(paths: Sequence[Path]) -> Iterator[Judged]:
    """What evidence lies in each file, and the verdict it gives; rights are not the question."""
    for path in paths:
        body = read(path, MAX_BYTES + 1, "Name image files")
        said = _large() if len(body) > MAX_BYTES else _inspect(body)
        yield Judged(str(path), findings(said), said)


def _inspect(body: bytes) -> tuple[Evidence, ...]:
    view = View(Candidate(ItemId(""), ""), _TERMS, facts=facts(body))
    said = look(Needs.BYTES, [view])[0]
    if findings(said).reason in ("image.format", "image.broken") or not view.facts:
        return said
    opened = open_image(body, view.facts, MAX_SIDE)
    if isinstance(opened, Refusal):
        return (*said, _found(opened.reason, opened.detail))
    return said + look(Needs.PIXELS, [replace(view, pixels=opened.pixels)])[0]


def _large() -> tuple[Evidence, ...]:
    return (_found("fetch.large", f"more than {MAX_BYTES} bytes"),)


def _found(reason: str, words: str) -> Evidence:
    return Evidence("image", "inspect.open@1", reason, Answer.YES, Ground.MEASURED, quote=words)


def judge_captions(texts: Sequence[str]) -> Iterator[Judged]:
    """What each text shows of being no human caption; its license is not the question."""
    for text in texts:
        caption = Caption(text, "und", CaptionKind.HUMAN_DESCRIPTION, "", "")
        candidate = Candidate(ItemId(""), "", captions=(caption,))
        asked = look(Needs.RECORD, [View(candidate, _TERMS)])[0]
        said = tuple(
            e
            for e in asked
            if e.about == "caption:0" and e.question in REASONS and e.question[:8] == "caption."
        )
        yield Judged(text, findings(said), said)
