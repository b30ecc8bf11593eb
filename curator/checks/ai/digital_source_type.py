"""Reads what the file's XMP and IPTC data declare of its making: source type, AI fields, credit.

IPTC Photo Metadata 2025.1; https://cv.iptc.org/newscodes/digitalsourcetype/; C2PA's own terms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.ai.evidence import embedded
from curator.checks.base import CHECKS
from curator.core import xmp
from curator.core.container import faults_of
from curator.core.source_type import AI_FIELDS, TERMS, normal, term
from curator.model import Answer, Evidence, Needs
from curator.view import FileFacts, View

_IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_CREDIT = ("http://ns.adobe.com/photoshop/1.0/", "Credit")
_GOOGLE = "made with google ai"
_GOOGLE_IIM = b"\x1c\x02\x6e\x00\x13Made with Google AI"  # IIM 2:110 Credit, its length, its value


@dataclass(frozen=True, slots=True)
class DigitalSourceType:
    """Says yes for each declaration of AI; unknown for a source type that IPTC does not list."""

    id: str = "ai.digital-source-type"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "The file's XMP or IPTC data declares how the image was made"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """What each file declares of its making."""
        return [self._one(view.facts) for view in views]

    def _one(self, facts: FileFacts | None) -> tuple[Evidence, ...]:
        if facts is None:
            return (self._said("ai.metadata", Answer.UNKNOWN, words="the file was not read"),)
        found = tuple(dict.fromkeys(self._declared(facts)))
        if any(e.question == "ai.metadata" and e.answer is not Answer.NO for e in found):
            return found
        faults = faults_of(facts, "XMP", "IPTC")
        if faults:
            return (*found, self._said("ai.metadata", Answer.UNKNOWN, words=faults[0]))
        return found or (self._said("ai.metadata", Answer.NO),)

    def _declared(self, facts: FileFacts) -> Iterator[Evidence]:
        for packet in facts.xmp:
            for said in xmp.read(packet).properties:
                yield from self._property(said)
        if _GOOGLE_IIM in facts.iptc:
            yield self._said("ai.metadata", Answer.YES, "IPTC Credit", "Made with Google AI")

    def _property(self, said: xmp.Property) -> Iterator[Evidence]:
        where = f"XMP {said.name}"
        value = normal(said.value)
        if _says_ai(said, value):
            yield self._said("ai.metadata", Answer.YES, where, value)
        elif named := term(said.name, value):
            question = TERMS.get(named)
            if question is None:
                yield self._said("ai.metadata", Answer.UNKNOWN, where, value)
            else:
                answer = Answer.YES if question else Answer.NO
                asked = "ai.metadata" if question in {"", "ai"} else question
                yield self._said(asked, answer, where, value)

    def _said(self, question: str, answer: Answer, where: str = "", words: str = "") -> Evidence:
        return embedded(f"{self.id}@{self.version}", question, answer, where, words)


def _says_ai(said: xmp.Property, value: str) -> bool:
    """Whether it is one of IPTC's AI fields, whose presence is enough, or Google's credit."""
    if said.namespace == _IPTC_EXT and said.name in AI_FIELDS:
        return True
    return (said.namespace, said.name) == _CREDIT and value.casefold() == _GOOGLE


CHECKS.add(DigitalSourceType())
