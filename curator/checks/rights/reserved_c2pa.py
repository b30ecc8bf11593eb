"""Reads what the file's C2PA manifests reserve: training and data mining assertions.

https://cawg.io/training-and-data-mining/1.1/. The manifests of ingredients count too, since
what was put into a picture is in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core import jumbf
from curator.core.container import faults_of
from curator.core.reservations import Stance, cawg
from curator.model import Answer, Evidence, Ground, Needs, quote
from curator.view import FileFacts, View

_ANSWERS = {
    Stance.RESERVED: ("rights.reserved", Answer.YES),
    Stance.ALLOWED: ("rights.reserved", Answer.NO),
    Stance.UNREADABLE: ("rights.unreadable", Answer.YES),
}


@dataclass(frozen=True, slots=True)
class ReservedC2pa:
    """Says yes for each use that an assertion does not allow, and no for what it allows."""

    id: str = "rights.reserved-c2pa"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "The file's C2PA manifests reserve AI training or data mining"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """What the manifests of each file reserve."""
        return [tuple(dict.fromkeys(self._one(view.facts))) for view in views]

    def _one(self, facts: FileFacts | None) -> Iterator[Evidence]:
        if facts is None:
            yield self._said("rights.reserved", Answer.UNKNOWN, "", "the file was not read")
            return
        stores = [jumbf.read(data) for data in facts.jumbf]
        found = [said for store in stores for said in self._store(store)]
        yield from found
        faults = [fault for store in stores for fault in store.faults]
        faults += faults_of(facts, "C2PA")
        if faults:
            yield self._said("rights.reserved", Answer.UNKNOWN, "C2PA", faults[0])
        elif not found:
            yield self._said("rights.reserved", Answer.NO, "", "")

    def _store(self, store: jumbf.Store) -> Iterator[Evidence]:
        for manifest in store.manifests:
            for said in manifest.assertions:
                if cawg.is_label(said.label):
                    where = f"C2PA {manifest.label} {said.label}"
                    for finding in cawg.read(said.value, said.label):
                        yield self._said(*_ANSWERS[finding.stance], where, finding.value)

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


CHECKS.add(ReservedC2pa())
