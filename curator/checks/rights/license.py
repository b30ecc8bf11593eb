"""Under which license image, work and captions stand, by what source and recipe declare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core import spdx
from curator.model import Answer, Claim, Evidence, Ground, Needs, quote
from curator.terms import Terms
from curator.view import View

_WIDE = "sources.yaml: license"
_WIDE_CAPTIONS = "sources.yaml: captions_license"


@dataclass(frozen=True, slots=True)
class License:
    """Reads every statement of license; what a source says of one item goes before the recipe."""

    id: str = "rights.license"
    version: int = 2
    needs: Needs = Needs.RECORD
    summary: str = "What the license statements of image, work and captions mean as SPDX"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """A `license` for the image, each work told of and each caption; `rights.conflict`."""
        return [tuple(dict.fromkeys(self._view(view))) for view in views]

    def _view(self, view: View) -> Iterator[Evidence]:
        terms = view.terms
        claims = [claim for claim in view.candidate.claims if claim.text.strip()]
        for claim in claims:
            yield self._license(claim, terms)
        own = [claim for claim in claims if claim.about == "image"]
        if not own:
            yield self._license(Claim("image", terms.license, _WIDE), terms, _why(view))
        elif terms.license:
            yield from self._conflicts(own, terms)
        for number, caption in enumerate(view.candidate.captions):
            text, where = caption.license, caption.field
            if not text.strip():
                text, where = terms.captions_license, _WIDE_CAPTIONS
            yield self._license(Claim(f"caption:{number}", text, where), terms, _NO_CAPTION)

    def _license(self, claim: Claim, terms: Terms, missing: str = "") -> Evidence:
        reading = spdx.read(claim.text, terms.license_version)
        stated = Answer.UNKNOWN if claim.text.strip() else Answer.NO
        return Evidence(
            about=claim.about,
            check=f"{self.id}@{self.version}",
            question="license",
            answer=Answer.YES if reading.spdx else stated,
            basis=Ground.DECLARED,
            where=claim.where,
            quote=quote(claim.text if claim.text.strip() else missing),
            value=reading.spdx or "",
        )

    def _conflicts(self, claims: Sequence[Claim], terms: Terms) -> Iterator[Evidence]:
        """Every statement of the item that is not the one the recipe makes for the whole source."""
        wide = spdx.read(terms.license, terms.license_version)
        for claim in claims:
            if spdx.read(claim.text, terms.license_version).spdx != wide.spdx:
                yield Evidence(
                    about="image",
                    check=f"{self.id}@{self.version}",
                    question="rights.conflict",
                    answer=Answer.YES,
                    basis=Ground.DECLARED,
                    where=f"{claim.where}; {_WIDE}",
                    quote=quote(f"{terms.license} ≠ {claim.text}"),
                )


_NO_CAPTION = "neither the caption nor `captions_license` in the recipe states a license"
_FAULTS = ("sidecar", "unreadable")  # notes in which a connector says what it could not read


def _why(view: View) -> str:
    """Why a record states no license, where its connector knows."""
    said = [f"{name}: {value}" for name, value in view.candidate.notes if name in _FAULTS]
    return "; ".join(said) or "neither the record nor `license` in the recipe states one"


LICENSE = CHECKS.add(License())
