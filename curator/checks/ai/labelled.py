"""Tells whether a source's rule to label AI can be relied on: every place for a label was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core import jumbf
from curator.core.container import faults_of
from curator.core.days import within
from curator.model import AiClass, Answer, Evidence, Ground, Needs, quote
from curator.view import View

_ALL = ("XMP", "Exif", "IPTC", "C2PA", "text")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Answers `ai.class`; that no label was found is what the other checks say."""

    id: str = "ai.labelled"
    version: int = 2
    needs: Needs = Needs.BYTES
    summary: str = "The source bans or labels AI, and each place for a label was read"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """Whether the rule holds for each item."""
        return [(self._one(view),) for view in views]

    def _one(self, view: View) -> Evidence:
        rule, facts = view.terms.not_ai, view.facts
        if rule is None or rule.by != "source-rule":
            return self._said(Answer.NO, "", "")
        if facts is None:
            return self._said(Answer.UNKNOWN, "", "the file was not read")
        for store in map(jumbf.read, facts.jumbf):
            if store.faults:
                return self._said(Answer.UNKNOWN, "C2PA", store.faults[0])
        if faults := faults_of(facts, *_ALL):
            return self._said(Answer.UNKNOWN, "", faults[0])
        match within(view.candidate.created, rule.since, rule.until):
            case True:
                return self._said(Answer.YES, rule.by, rule.statement, AiClass.LABELLED)
            case False:
                return self._said(Answer.NO, "created", view.candidate.created)
            case None:
                return self._said(Answer.UNKNOWN, "created", view.candidate.created)

    def _said(self, answer: Answer, where: str, words: str, value: str = "") -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question="ai.class",
            answer=answer,
            basis=Ground.DECLARED,
            where=where,
            quote=quote(words),
            value=str(value),
        )


CHECKS.add(Labelled())
