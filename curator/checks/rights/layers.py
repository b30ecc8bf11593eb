"""Rights that no license of the file clears: what is depicted, who is, and marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from curator.checks.base import CHECKS
from curator.core.notes import CATEGORY, RESTRICTION, TEMPLATE
from curator.core.notices import Notice, notices, questions
from curator.model import Answer, Candidate, Evidence, Ground, Needs, quote
from curator.view import View

# What a page warns of by its notices: where they were read and do not say it, the answer is no.
_ASKED = ("rights.depicted", "rights.mark", "people.personality")
_FIELDS = (RESTRICTION, TEMPLATE, CATEGORY)


@dataclass(frozen=True, slots=True)
class Layers:
    """Every notice of the table is a yes; a restriction that is not in it holds the item."""

    id: str = "rights.layers"
    version: int = 1
    needs: Needs = Needs.RECORD
    summary: str = "Notices of freedom of panorama, personality, trademarks and doubted licenses"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """The question of each notice, yes; the questions of layers that none raised, no."""
        return [tuple(dict.fromkeys(self._record(view.candidate))) for view in views]

    def _record(self, record: Candidate) -> Iterator[Evidence]:
        fields = {field for field, _ in record.notes}
        read = [field for field in _FIELDS if field in fields]
        found = [e for notice in notices(record) for e in self._notice(notice)]
        yield from found
        if read:
            for question in _ASKED:
                if not any(e.question == question for e in found):
                    yield self._said(question, Answer.NO, ", ".join(read), "")

    def _notice(self, notice: Notice) -> Iterator[Evidence]:
        asked = questions(notice)
        for question in asked:
            yield self._said(question, Answer.YES, notice.field, notice.words)
        if not asked and notice.field == RESTRICTION:
            yield self._said("rights.depicted", Answer.UNKNOWN, notice.field, notice.words)

    def _said(self, question: str, answer: Answer, where: str, words: str) -> Evidence:
        return _evidence(f"{self.id}@{self.version}", question, answer, where, words)


@lru_cache(maxsize=65_536)  # few differ: one per notice, not per item
def _evidence(check: str, question: str, answer: Answer, where: str, words: str) -> Evidence:
    basis = Ground.DECLARED
    return Evidence("image", check, question, answer, basis, where=where, quote=quote(words))


CHECKS.add(Layers())
