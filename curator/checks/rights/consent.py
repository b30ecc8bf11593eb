"""Whether a signed consent of the creator covers exactly the bytes that are to be published."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core import spdx
from curator.core.consent_notes import Standing, standing
from curator.model import Answer, Basis, Evidence, Ground, LicenseClass, Needs, quote
from curator.view import View


@dataclass(frozen=True, slots=True)
class Consented:
    """Verifies the records that came with an item of an opt-in source; elsewhere it says no."""

    id: str = "rights.consent"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "A signed, unexpired, unrevoked consent of the creator covers these very bytes"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """A `consent` for the image; `rights.consent` or `rights.conflict` where that is no."""
        return [tuple(self._view(view)) for view in views]

    def _view(self, view: View) -> Iterator[Evidence]:
        if view.terms.basis is not Basis.OPT_IN:
            yield self._said("consent", Answer.NO)
            return
        found = standing(view.candidate.notes, view.sha256, view.date)
        faults = [*found.faults, *_license_faults(view, found)]
        if found.holds and not faults:
            yield self._said("consent", Answer.YES, found.holds.summary, found.holds.consent.id)
        else:
            words = "; ".join(dict.fromkeys(faults)) or "no consent names these bytes"
            yield self._said("consent", Answer.NO, words)
            yield self._said("rights.consent", Answer.YES, words)
        for words in found.rivals or _credit_conflicts(view, found):
            yield self._said("rights.conflict", Answer.YES, words)

    def _said(self, question: str, answer: Answer, words: str = "", value: str = "") -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question=question,
            answer=answer,
            basis=Ground.DECLARED,
            where="consents" if words else "",
            quote=quote(words),
            value=value,
        )


def _license_faults(view: View, found: Standing) -> Iterator[str]:
    """Opt-in terms that the item names are the terms that the creator agreed to."""
    if not found.holds:
        return
    agreed = found.holds.consent.terms.license
    said = [claim.text for claim in view.candidate.claims if claim.about == "image"]
    for text in said or [view.terms.license]:
        named = spdx.read(text).spdx or ""
        if named and named != agreed and spdx.standing(named).cls is LicenseClass.OPT_IN:
            yield f"the item names {named}, and the creator agreed to {agreed}"


def _credit_conflicts(view: View, found: Standing) -> Iterator[str]:
    """The creator that the item names is the one who signed."""
    named = _folded(view.candidate.creator)
    if found.holds and named:
        credited = found.holds.consent
        if named not in {_folded(credited.creator.name), _folded(credited.credit())}:
            yield (
                f"the item names {view.candidate.creator} as its creator, and "
                f"{credited.credit()} signed consent {credited.id}"
            )


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


CHECKS.add(Consented())
