"""Reads what a host says of AI training and data mining, in its files and response headers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core.reservations import Finding, Signal, Stance, judge
from curator.model import Answer, Evidence, Ground, Needs, quote
from curator.view import View

_ANSWERS = {
    Stance.RESERVED: Answer.YES,
    Stance.ALLOWED: Answer.NO,
    Stance.UNREADABLE: Answer.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class ReservedHost:
    """Any reservation counts, whatever the license; a file beside the recipe has no host."""

    id: str = "rights.reserved-host"
    version: int = 1
    needs: Needs = Needs.HOST
    summary: str = "The host reserves AI training or data mining: robots.txt, TDMRep, RSL, headers"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """What each image's host said of it; its places are named in `core.reservations.signal`."""
        return [tuple(dict.fromkeys(self._one(view))) for view in views]

    def _one(self, view: View) -> Iterator[Evidence]:
        record = view.candidate
        url = record.image if "://" in record.image else record.file_url
        found = judge([Signal(*signal) for signal in view.signals], url or "/")
        for finding in found:
            if finding.about == "image":
                yield self._said("image", finding)
            else:  # the page's own text: that is where captions come from
                for number in range(len(record.captions)):
                    yield self._said(f"caption:{number}", finding)
        if not any(finding.about == "image" for finding in found):
            yield self._said("image", Finding("", "", "", Stance.ALLOWED))

    def _said(self, about: str, finding: Finding) -> Evidence:
        return Evidence(
            about=about,
            check=f"{self.id}@{self.version}",
            question="rights.reserved",
            answer=_ANSWERS[finding.stance],
            basis=Ground.DECLARED,
            where=finding.where,
            quote=quote(finding.value),
            value=finding.standard,
        )


CHECKS.add(ReservedHost())
