"""What the caption checks share: each puts one question to every caption of a record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from curator.core.text import redact
from curator.model import Answer, Caption, Evidence, Ground, Needs, Strength, quote
from curator.view import View


@dataclass(frozen=True, slots=True)
class Found:
    """What speaks against a caption; `words` are shown, `value` is what they mean."""

    basis: Ground
    words: str
    value: str = ""
    strength: Strength = Strength.CERTAIN


Judge = Callable[[Caption, View], Found | None]


@dataclass(frozen=True, slots=True)
class CaptionCheck:
    """A question whose yes is the reason to drop a caption."""

    id: str
    version: int
    question: str
    basis: Ground  # of a no
    summary: str
    judge: Judge
    needs: Needs = Needs.RECORD

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """One answer per caption, in their order."""
        return [
            tuple(self._answer(n, c, view) for n, c in enumerate(view.candidate.captions))
            for view in views
        ]

    def _answer(self, number: int, caption: Caption, view: View) -> Evidence:
        found = self.judge(caption, view)
        if found is None:
            return _no(self, number)
        return Evidence(
            about=f"caption:{number}",
            check=f"{self.id}@{self.version}",
            question=self.question,
            answer=Answer.YES,
            basis=found.basis,
            strength=found.strength,
            where=caption.field,
            quote=quote(redact(found.words)[0]),
            value=found.value,
        )


@cache
def _no(check: CaptionCheck, number: int) -> Evidence:
    """The same object for every caption of that number that is found clean."""
    return Evidence(
        about=f"caption:{number}",
        check=f"{check.id}@{check.version}",
        question=check.question,
        answer=Answer.NO,
        basis=check.basis,
    )
