"""Tells what dates an image before generative AI, or who declares that it is not AI-made.

The comparison with the recipe's `predates_before` is the policy's business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core.days import span, within
from curator.model import AiClass, Answer, Candidate, Evidence, Ground, Needs, quote
from curator.terms import Catalogue, NotAi, Published
from curator.view import View

_PERSONS = {"creator", "account", "institution"}
_COVERED = {"1", "true", "yes", "y", "t", "はい"}  # any other word is no yes


@dataclass(frozen=True, slots=True)
class Dates:
    """Answers `ai.class` once for each ground that the recipe states of the source."""

    id: str = "ai.dates"
    version: int = 2
    needs: Needs = Needs.RECORD
    summary: str = "An archive or a catalogue dates the image, or somebody declares it not AI-made"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """The grounds for each item."""
        return [self._one(view) for view in views]

    def _one(self, view: View) -> tuple[Evidence, ...]:
        return tuple(self._grounds(view)) or (self._said(Answer.NO, "", "", ""),)

    def _grounds(self, view: View) -> Iterator[Evidence]:
        terms, record = view.terms, view.candidate
        if terms.published:
            yield self._file(terms.published, record)
        if terms.catalogue:
            yield self._work(terms.catalogue, record)
        if terms.not_ai and terms.not_ai.by in _PERSONS:
            yield self._word(terms.not_ai, record)

    def _file(self, published: Published, record: Candidate) -> Evidence:
        notes = dict(record.notes)
        if published.covers != "all":
            covered = notes.get(published.covers, "").strip().casefold()
            if covered not in _COVERED:
                words = "the archive did not hold this file"
                return self._said(Answer.NO, published.covers, words, "")
        day, where = published.date, "published"
        if published.date_column:
            days = span(notes.get(published.date_column, ""))
            day, where = days[1] if days else None, published.date_column
        if day is None:
            return self._said(Answer.UNKNOWN, where, published.witness, "")
        value = f"{AiClass.PREDATES_FILE}:{day.isoformat()}"
        return self._said(Answer.YES, where, published.witness, value)

    def _work(self, catalogue: Catalogue, record: Candidate) -> Evidence:
        text = _field(record, catalogue.date)
        days = span(text)
        if days is None:
            return self._said(Answer.UNKNOWN, catalogue.date, text, "")
        value = f"{AiClass.PREDATES_WORK}:{days[1].isoformat()}"
        return self._said(Answer.YES, catalogue.date, text, value)

    def _word(self, not_ai: NotAi, record: Candidate) -> Evidence:
        match within(record.created, not_ai.since, not_ai.until):
            case True:
                return self._said(Answer.YES, not_ai.by, not_ai.statement, AiClass.DECLARED)
            case False:
                return self._said(Answer.NO, "created", record.created, "")
            case None:
                return self._said(Answer.UNKNOWN, "created", record.created, "")

    def _said(self, answer: Answer, where: str, words: str, value: str) -> Evidence:
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


def _field(record: Candidate, name: str) -> str:
    """What the connector understood as `created`, or else the record's own column."""
    return record.created if name == "created" else dict(record.notes).get(name, "")


CHECKS.add(Dates())
