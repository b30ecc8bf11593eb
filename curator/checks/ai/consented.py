"""Tells that the creator states in a signed consent that no generative AI made the image."""

from collections.abc import Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core.consent_notes import standing
from curator.model import AiClass, Answer, Evidence, Ground, Needs, quote
from curator.view import View


@dataclass(frozen=True, slots=True)
class NotAiMade:
    """Answers `ai.class` with `declared` where a consent that holds says so; else it is silent.

    The statement stands and falls with the consent: it covers the same bytes on the same day.
    """

    id: str = "ai.consented"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "The creator's signed consent states that the image is not AI-made"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """At most one `ai.class` per view."""
        return [self._one(view) for view in views]

    def _one(self, view: View) -> tuple[Evidence, ...]:
        holds = standing(view.candidate.notes, view.sha256, view.date).holds
        if holds is None or not holds.consent.not_ai_made:
            return ()
        said = Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question="ai.class",
            answer=Answer.YES,
            basis=Ground.DECLARED,
            where="consents: not_ai_made",
            quote=quote(f"stated as not AI-made in {holds.summary}"),
            value=AiClass.DECLARED,
        )
        return (said,)


CHECKS.add(NotAiMade())
