"""Holds a file with a C2PA manifest store, which this version of curator cannot read."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from curator.checks.base import CHECKS
from curator.core import xmp
from curator.core.container import faults_of
from curator.model import Answer, Evidence, Ground, Needs, quote
from curator.view import FileFacts, View

_POINTER = ("http://purl.org/dc/terms/", "provenance")  # XMP's word for where the store is
_PLACES = MappingProxyType(
    {
        "image/jpeg": "APP11 JUMBF",
        "image/png": "caBX chunk",
        "image/webp": "C2PA chunk",
        "image/tiff": "tag 52545",
        "image/avif": "uuid or jumb box",
        "image/svg+xml": "c2pa:manifest element",
    }
)


@dataclass(frozen=True, slots=True)
class C2paStore:
    """A store is no sign of AI, and none of its absence: a person must look."""

    id: str = "ai.c2pa-store"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "The file carries a C2PA manifest store, which is not read yet"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """Whether each file carries a store."""
        return [(self._one(view.facts),) for view in views]

    def _one(self, facts: FileFacts | None) -> Evidence:
        if facts is None:
            return self._said(Answer.UNKNOWN, words="the file was not read")
        if facts.c2pa:
            words = "a C2PA manifest store is present and cannot be read"
            return self._said(Answer.YES, _PLACES.get(facts.media_type, ""), words)
        for packet in facts.xmp:
            for said in xmp.read(packet).properties:
                if said[:2] == _POINTER:
                    return self._said(Answer.YES, "XMP provenance", said.value)
        if faults := faults_of(facts, "XMP"):
            return self._said(Answer.UNKNOWN, words=faults[0])
        return self._said(Answer.NO)

    def _said(self, answer: Answer, where: str = "", words: str = "") -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question="rights.unreadable",
            answer=answer,
            basis=Ground.EMBEDDED,
            where=where,
            quote=quote(words),
        )


CHECKS.add(C2paStore())
