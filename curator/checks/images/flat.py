"""Asks whether the picture is one flat colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.model import Answer, Evidence, Ground, Needs
from curator.view import Pixels, View

MIN_STD = 1.0  # of 255; the design's figure: below it a channel holds nothing but coding noise


@dataclass(frozen=True, slots=True)
class Flat:
    """Measures how much each channel varies, with transparency on white."""

    id: str = "image.flat"
    version: int = 1
    needs: Needs = Needs.PIXELS
    summary: str = "Every channel's standard deviation on white is below 1 of 255."

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """`image.flat` for every view; unknown where there are no pixels."""
        return [(self._one(view.pixels),) for view in views]

    def _one(self, pixels: Pixels | None) -> Evidence:
        flat = pixels is not None and all(std < MIN_STD for std in pixels.std)
        words = ""
        if pixels is not None and flat:
            spread = ", ".join(f"{std:.2f}" for std in pixels.std)
            words = f"standard deviation {spread} of 255, at least {MIN_STD:g} asked"
        answer = Answer.YES if flat else Answer.NO
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question="image.flat",
            answer=Answer.UNKNOWN if pixels is None else answer,
            basis=Ground.MEASURED,
            quote=words,
        )


CHECKS.add(Flat())
