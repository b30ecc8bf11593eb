"""Why a work that is said to be in the public domain is so: a reason, or none that holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core import pd, spdx
from curator.model import Claim, Evidence, Ground, Needs, Strength
from curator.view import View

_WIDE = "sources.yaml: license"


@dataclass(frozen=True, slots=True)
class PublicDomain:
    """Answers `pd-reason` for image and work wherever a statement alone proves nothing."""

    id: str = "rights.public-domain"
    version: int = 1
    needs: Needs = Needs.RECORD
    summary: str = "Which reason the record gives for the public domain, and where that holds"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """At most one piece of evidence about the image and one about the work."""
        return [tuple(self._view(view)) for view in views]

    def _view(self, view: View) -> Iterator[Evidence]:
        for about in ("image", "work"):
            asked = tuple(claim for claim in _claims(view, about) if _needs_proof(claim, view))
            if asked:
                yield self._evidence(about, asked, view)

    def _evidence(self, about: str, asked: tuple[Claim, ...], view: View) -> Evidence:
        found = pd.proof(asked, pd.facts(view.candidate, about, view.date))
        return Evidence(
            about=about,
            check=f"{self.id}@{self.version}",
            question=pd.QUESTION,
            answer=found.answer,
            basis=Ground.DECLARED,
            strength=Strength.STRONG,  # somebody's claim, however well dated
            where=found.where,
            quote=found.quote,
            value=found.value,
        )


def _claims(view: View, about: str) -> tuple[Claim, ...]:
    """What is stated of the thing; the recipe's word only where the record has none."""
    claims = view.candidate.claims
    own = tuple(claim for claim in claims if claim.about == about and claim.text.strip())
    if own or about != "image":
        return own
    return (Claim("image", view.terms.license, _WIDE),)


def _needs_proof(claim: Claim, view: View) -> bool:
    return spdx.read(claim.text, view.terms.license_version).reason == pd.HELD


PUBLIC_DOMAIN = CHECKS.add(PublicDomain())
