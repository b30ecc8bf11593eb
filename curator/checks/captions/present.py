"""A record without any caption."""

from collections.abc import Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.model import Answer, Evidence, Ground, Needs
from curator.view import View


def _answer(answer: Answer) -> tuple[Evidence]:
    return (
        Evidence(
            about="image",
            check="caption.present@1",
            question="caption.none",
            answer=answer,
            basis=Ground.DECLARED,
        ),
    )


_NONE, _SOME = _answer(Answer.YES), _answer(Answer.NO)


@dataclass(frozen=True, slots=True)
class Present:
    """Says whether the record holds no caption; what a caption is worth, others say."""

    id: str = "caption.present"
    version: int = 1
    needs: Needs = Needs.RECORD
    summary: str = "The record holds a caption."

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """One answer per view, about the image."""
        return [_SOME if view.candidate.captions else _NONE for view in views]


CHECKS.add(Present())
