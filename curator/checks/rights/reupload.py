"""Files that came over from another platform: held until somebody reviewed the license there."""

from collections.abc import Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core.notes import LICENSE_REVIEW, UPLOADED_FROM, values
from curator.core.notices import Notice, is_origin, is_passed, notices, review
from curator.model import Answer, Candidate, Evidence, Ground, Needs, quote
from curator.view import View


@dataclass(frozen=True, slots=True)
class Reupload:
    """Says yes to `rights.review` where the file has come over and no review was passed."""

    id: str = "rights.reupload"
    version: int = 1
    needs: Needs = Needs.RECORD
    summary: str = "Brought over from a platform such as Flickr, and the license not reviewed"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """One answer for what came over or was reviewed, none for all else."""
        return [self._record(view.candidate) for view in views]

    def _record(self, record: Candidate) -> tuple[Evidence, ...]:
        said = tuple(notices(record))
        reviews = [review(value) for value in values(record.notes, LICENSE_REVIEW)]
        passed = [notice for notice in (*reviews, *said) if is_passed(notice)]
        if failed := [notice for notice in reviews if notice not in passed]:
            return (self._said(Answer.YES, failed[0]),)
        if passed:
            return (self._said(Answer.NO, passed[0]),)
        platforms = [Notice(UPLOADED_FROM, v, ()) for v in values(record.notes, UPLOADED_FROM)]
        origin = (*platforms, *(notice for notice in said if is_origin(notice)))
        return tuple(self._said(Answer.YES, notice) for notice in origin[:1])

    def _said(self, answer: Answer, notice: Notice) -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question="rights.review",
            answer=answer,
            basis=Ground.DECLARED,
            where=notice.field,
            quote=quote(notice.words),
        )


CHECKS.add(Reupload())
