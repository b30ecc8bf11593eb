"""Asks whether the picture is too small, or too long for its width."""

from collections.abc import Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.model import Answer, Evidence, Ground, Needs
from curator.terms import Limits
from curator.view import Pixels, View


@dataclass(frozen=True, slots=True)
class Size:
    """Compares the sides with the recipe's `min_side` (px) and `max_aspect` (ratio)."""

    id: str = "image.size"
    version: int = 1
    needs: Needs = Needs.PIXELS
    summary: str = "The sides of the picture against the recipe's smallest side and longest shape."

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """`image.small` and `image.aspect` for every view; unknown where there are no pixels."""
        return [self._one(view.pixels, view.limits) for view in views]

    def _one(self, pixels: Pixels | None, limits: Limits) -> tuple[Evidence, ...]:
        if pixels is None:
            return tuple(self._say(q, Answer.UNKNOWN, "") for q in ("image.small", "image.aspect"))
        short, long = sorted((pixels.width, pixels.height))
        sides = f"{pixels.width}x{pixels.height} px"
        small, narrow = short < limits.min_side, long > limits.max_aspect * short
        ratio = f"{long / short:.2f}:1" if short else "no height"
        return (
            self._said("image.small", small, f"{sides}, smallest side asked {limits.min_side} px"),
            self._said(
                "image.aspect", narrow, f"{sides} is {ratio}, at most {limits.max_aspect}:1"
            ),
        )

    def _said(self, question: str, found: bool, words: str) -> Evidence:  # noqa: FBT001  a finding, not a switch
        # Only a yes carries figures: all pictures that pass share one piece of evidence.
        return self._say(question, Answer.YES if found else Answer.NO, words if found else "")

    def _say(self, question: str, answer: Answer, words: str) -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question=question,
            answer=answer,
            basis=Ground.MEASURED,
            quote=words,
        )


CHECKS.add(Size())
