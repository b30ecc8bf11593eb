"""Reads what a file says inside of AI training and data mining: PLUS, TDMRep, plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core import embedded, xmp
from curator.core.reservations import Finding, Stance, phrases, plus, tdmrep
from curator.core.reservations.signal import TDM_IN_FILE
from curator.core.text import clean
from curator.model import Answer, Evidence, Ground, Needs, quote
from curator.view import FileFacts, View


@dataclass(frozen=True, slots=True)
class ReservedFile:
    """A prohibition reserves; one that sends its reader elsewhere is for a person to read."""

    id: str = "rights.reserved-file"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "The file's own metadata reserves AI training or data mining"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """What each file reserves."""
        return [tuple(dict.fromkeys(self._one(view.facts))) for view in views]

    def _one(self, facts: FileFacts | None) -> Iterator[Evidence]:
        if facts is None:
            yield self._said("rights.reserved", Answer.UNKNOWN, "", "the file was not read")
            return
        found = [self._found(each) for packet in facts.xmp for each in _properties(packet)]
        held = embedded.read(facts)
        for said in held.said:
            if phrases.against_mining(said.text):
                words = clean(said.text)
                found.append(self._said("rights.reserved", Answer.YES, said.where, words))
        yield from found
        if held.faults:
            yield self._said("rights.reserved", Answer.UNKNOWN, "", held.faults[0])
        elif not found:
            yield self._said("rights.reserved", Answer.NO, "", "")

    def _found(self, finding: Finding) -> Evidence:
        match finding.stance:
            case Stance.RESERVED:
                return self._said("rights.reserved", Answer.YES, finding.where, finding.value)
            case Stance.ALLOWED:
                return self._said("rights.reserved", Answer.NO, finding.where, finding.value)
            case Stance.UNREADABLE:
                return self._said("rights.unreadable", Answer.YES, finding.where, finding.value)

    def _said(self, question: str, answer: Answer, where: str, words: str) -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question=question,
            answer=answer,
            basis=Ground.EMBEDDED,
            where=where,
            quote=quote(words),
        )


def _properties(packet: bytes) -> Iterator[Finding]:
    for namespace, name, value in xmp.read(packet).properties:
        if (namespace, name) == (plus.NAMESPACE, plus.PROPERTY):
            yield from plus.read(value)
        elif namespace.rstrip("/#") == tdmrep.NAMESPACE.rstrip("/") and name == "reservation":
            yield from tdmrep.read_header(value, TDM_IN_FILE)


CHECKS.add(ReservedFile())
