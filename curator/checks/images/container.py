"""Refuses files that are damaged, animated, of another format, or need a font from outside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.model import Answer, Evidence, Ground, Needs, quote
from curator.view import FileFacts, View

_MARK = "container: "
_TRAILER = "trailer:"


@dataclass(frozen=True, slots=True)
class Container:
    """Says yes for each thing that is wrong; a camera's harmless trailer is noted and no more."""

    id: str = "image.container"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "The file's container is whole, holds one picture, and is of a known format"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """What is wrong with each file's container."""
        return [self._one(view.facts) for view in views]

    def _one(self, facts: FileFacts | None) -> tuple[Evidence, ...]:
        if facts is None:
            return (self._said("image.broken", Answer.UNKNOWN, words="the file was not read"),)
        wrong = tuple(self._wrong(facts))
        noted = tuple(
            self._said("image.trailer", Answer.YES, place, words)
            for place, words in facts.texts
            if place.startswith(_TRAILER)
        )
        return (wrong or (self._said("image.broken", Answer.NO),)) + noted

    def _wrong(self, facts: FileFacts) -> Iterator[Evidence]:
        if not facts.media_type:
            yield self._said("image.format", Answer.YES, "first bytes")
        for fault in facts.faults:
            if fault.startswith(_MARK):
                words = fault.removeprefix(_MARK)
                yield self._said("image.broken", Answer.YES, "container", words)
        if facts.frames > 1:
            yield self._said("image.animated", Answer.YES, "container", f"{facts.frames} frames")
        if facts.svg_text:
            yield self._said("image.font", Answer.YES, "text elements")

    def _said(self, question: str, answer: Answer, where: str = "", words: str = "") -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question=question,
            answer=answer,
            basis=Ground.MEASURED,
            where=where,
            quote=quote(words),
        )


CHECKS.add(Container())
