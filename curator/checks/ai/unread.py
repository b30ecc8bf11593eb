"""Holds a file whose metadata is there and cannot be read: unreadable is never clean."""

from collections.abc import Sequence
from dataclasses import dataclass

from curator.checks.ai.evidence import embedded
from curator.checks.base import CHECKS
from curator.model import Answer, Evidence, Needs
from curator.view import FileFacts, View

_MARK = "metadata: "


@dataclass(frozen=True, slots=True)
class Unread:
    """Says yes for each fault of the metadata; those of the container are another check's."""

    id: str = "ai.unread"
    version: int = 2
    needs: Needs = Needs.BYTES
    summary: str = "Metadata of the file (XMP, Exif, IPTC, C2PA, text) is there and cannot be read"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """The parts of each file that nobody could read."""
        return [self._one(view.facts) for view in views]

    def _one(self, facts: FileFacts | None) -> tuple[Evidence, ...]:
        if facts is None:
            return (self._said(Answer.UNKNOWN, "", "the file was not read"),)
        faults = [f.removeprefix(_MARK) for f in facts.faults if f.startswith(_MARK)]
        found = [self._said(Answer.YES, *_split(fault)) for fault in faults]
        return tuple(dict.fromkeys(found)) or (self._said(Answer.NO, "", ""),)

    def _said(self, answer: Answer, where: str, words: str) -> Evidence:
        check = f"{self.id}@{self.version}"
        return embedded(check, "rights.unreadable", answer, where, words)


def _split(fault: str) -> tuple[str, str]:
    part, _, sentence = fault.partition(": ")
    return part, sentence


CHECKS.add(Unread())
