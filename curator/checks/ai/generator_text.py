"""Finds what image generators write into their files, by the table of `core.markers`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from curator.checks.ai.evidence import embedded
from curator.checks.base import CHECKS
from curator.core.container import faults_of
from curator.core.markers import marks
from curator.core.statements import statements
from curator.model import Answer, Evidence, Needs, Strength
from curator.view import FileFacts, View


@dataclass(frozen=True, slots=True)
class GeneratorText:
    """Says yes for each generator whose marks are in the file, and quotes the mark alone."""

    id: str = "ai.generator-text"
    version: int = 2
    needs: Needs = Needs.BYTES
    summary: str = "The file carries the parameters or the name of an image generator"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """The generators that left their marks in each file."""
        return [self._one(view.facts) for view in views]

    def _one(self, facts: FileFacts | None) -> tuple[Evidence, ...]:
        if facts is None:
            return (self._said(Answer.UNKNOWN, "the file was not read"),)
        found = tuple(dict.fromkeys(self._marks(facts)))
        certain = tuple(e for e in found if e.strength is not Strength.WEAK)
        if any(e.question == "ai.metadata" for e in certain):
            return tuple(e for e in found if e.question != "ai.ambiguous")
        if faults := faults_of(facts, "text", "Exif", "XMP"):
            return (*found, self._said(Answer.UNKNOWN, faults[0]))
        return found or (self._said(Answer.NO),)

    def _marks(self, facts: FileFacts) -> Iterator[Evidence]:
        for marker, where, words in marks(statements(facts)):
            check = f"{self.id}@{self.version}"
            said = embedded(check, marker.question, Answer.YES, where, words)
            yield replace(said, strength=marker.strength, value=marker.generator)

    def _said(self, answer: Answer, words: str = "") -> Evidence:
        return embedded(f"{self.id}@{self.version}", "ai.metadata", answer, "", words)


CHECKS.add(GeneratorText())
