"""Reads China's label for AI-made content (GB 45438-2025, TC260) in XMP, PNG text and Exif."""

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.ai.evidence import embedded
from curator.checks.base import CHECKS
from curator.core.container import faults_of
from curator.core.statements import statements
from curator.model import Answer, Evidence, Needs
from curator.view import FileFacts, View

_MEMBERS = {
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
}
_XMP_KEY = "xmp:http://www.tc260.org.cn/ns/AIGC/1.0/AIGC"
_KEYS = {
    _XMP_KEY,
    "text:AIGC",
    "exif:UserComment",
}
_GENERATED = {"1", "2"}  # generated, possibly generated; "3" is a platform's suspicion


@dataclass(frozen=True, slots=True)
class AigcLabel:
    """Label 1 and 2 say AI-made; 3, or a label without one, is for a person to weigh."""

    id: str = "ai.aigc-label"
    version: int = 2
    needs: Needs = Needs.BYTES
    summary: str = "The file carries China's label for AI-made content"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """The labels in each file."""
        return [self._one(view.facts) for view in views]

    def _one(self, facts: FileFacts | None) -> tuple[Evidence, ...]:
        if facts is None:
            return (self._said("ai.metadata", Answer.UNKNOWN, "", "the file was not read"),)
        found = tuple(self._labels(facts))
        if any(e.question == "ai.metadata" for e in found):
            return found
        if faults := faults_of(facts, "XMP", "Exif", "text"):
            return (*found, self._said("ai.metadata", Answer.UNKNOWN, "", faults[0]))
        return found or (self._said("ai.metadata", Answer.NO, "", ""),)

    def _labels(self, facts: FileFacts) -> Iterator[Evidence]:
        for key, value, where in statements(facts):
            if key not in _KEYS:
                continue
            label = _label(value, nested=key == "exif:UserComment")
            if label is None and key != _XMP_KEY:
                continue  # in XMP the place is the standard's own: what stands there is a label
            question = "ai.metadata" if label in _GENERATED else "ai.ambiguous"
            yield self._said(
                question, Answer.YES, where, f"AIGC Label {label or 'that cannot be read'}"
            )

    def _said(self, question: str, answer: Answer, where: str, words: str) -> Evidence:
        return embedded(f"{self.id}@{self.version}", question, answer, where, words)


def _label(value: str, *, nested: bool) -> str | None:
    """The label's own value; None where the text is no label, since "AIGC" is a common key."""
    try:
        said = json.loads(html.unescape(value))
    except (ValueError, RecursionError):
        return None
    if nested:
        said = said.get("AIGC") if isinstance(said, dict) else None
    if not isinstance(said, dict) or not _MEMBERS & said.keys():
        return None
    return str(said.get("Label", "")).strip()


CHECKS.add(AigcLabel())
