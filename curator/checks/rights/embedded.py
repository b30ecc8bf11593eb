"""Compares what a file says inside of its rights with the license that its source declares."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from curator.checks.base import CHECKS
from curator.core import cc, embedded, spdx
from curator.core.embedded import Embedded
from curator.core.license_text import fold
from curator.core.reservations import phrases
from curator.core.spdx import Reading
from curator.core.text import clean
from curator.model import Answer, Claim, Evidence, Ground, LicenseClass, Needs, Strength, quote
from curator.view import View

_UNREAD = "rights.unreadable"  # terms that were not understood, or that stand in a shop
_WIDE = "sources.yaml: license"
_OPEN = (LicenseClass.PUBLIC_DOMAIN, LicenseClass.ATTRIBUTION, LicenseClass.SHARE_ALIKE)
_HOLDER = re.compile(r"(?:©|\(c\)|copyright|copr\.)[\s:]*(?:©|\(c\))?(.*)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]{3,}")  # shorter ones are initials and particles
_SAYING_NOTHING = {"all", "rights", "reserved", "the", "and", "copyright", "www", "com", "photo"}


@dataclass(frozen=True, slots=True)
class EmbeddedRights:
    """A file that names another license, or keeps everything back, contradicts an open license."""

    id: str = "rights.embedded"
    version: int = 1
    needs: Needs = Needs.BYTES
    summary: str = "What the file's own metadata says of its rights, against the declared license"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """A `rights.conflict` for each file, and what a person must look at."""
        return [tuple(dict.fromkeys(self._view(view))) for view in views]

    def _view(self, view: View) -> Iterator[Evidence]:
        if view.facts is None:
            yield self._said(Answer.UNKNOWN, "", "the file was not read")
            return
        held = embedded.read(view.facts)
        found = list(self._compared(held, _declared(view)))
        yield from found
        for shop in held.for_sale:
            yield replace(self._said(Answer.YES, "XMP plus:LicensorURL", shop), question=_UNREAD)
        yield from self._holder(held, view.candidate.creator)
        if held.faults:
            yield self._said(Answer.UNKNOWN, "", held.faults[0])
        elif not any(e.strength is Strength.CERTAIN for e in found):
            yield self._said(Answer.NO, "", "")

    def _compared(
        self, held: Embedded, declared: tuple[tuple[Claim, Reading], ...]
    ) -> Iterator[Evidence]:
        """One answer for every statement inside that bears on an open license outside."""
        if not declared:
            return
        claim = declared[0][0]
        place, words = claim.where, claim.text
        for said in held.said:
            where = f"{said.where}; {place}"
            against = f"{clean(said.text)} ≠ {words}"
            if phrases.against_reuse(said.text):
                yield self._said(Answer.YES, where, against)
            elif said.reading is None:
                if said.terms and said.text not in {each.text for each, _ in declared}:
                    yield replace(self._said(Answer.YES, where, against), question=_UNREAD)
            elif any(_agree(said.reading, reading) for _, reading in declared):
                yield self._said(Answer.NO, said.where, clean(said.text), said.reading.spdx)
            elif said.reading.reason == "rights.pd-reason":  # freer than the claim, and no proof
                yield replace(self._said(Answer.YES, where, against), strength=Strength.WEAK)
            else:
                yield self._said(Answer.YES, where, against, said.reading.spdx)
        freed = any(said.reading and _is_open(said.reading) for said in held.licenses)
        if held.marked and not freed:
            marked = f"xmpRights:Marked=True, and no open license inside ≠ {words}"
            yield self._said(Answer.YES, f"XMP Marked; {place}", marked)

    def _holder(self, held: Embedded, creator: str) -> Iterator[Evidence]:
        """Another name in a copyright notice; heirs and employers are common, so it is weak."""
        known = _names(creator)
        for said in held.said:
            notice = _HOLDER.search(said.text)
            names = _names(notice[1]) if notice else set()
            if known and names and not known & names:
                words = f"{clean(said.text)} ≠ {creator}"
                found = self._said(Answer.YES, said.where, words)
                yield replace(found, strength=Strength.WEAK)

    def _said(self, answer: Answer, where: str, words: str, value: str | None = "") -> Evidence:
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question="rights.conflict",
            answer=answer,
            basis=Ground.EMBEDDED,
            where=where,
            quote=quote(words),
            value=value or "",
        )


def _declared(view: View) -> tuple[tuple[Claim, Reading], ...]:
    """The open licenses that source or recipe state of the image.

    A work that its creator gave for this use by consent is not here: with it, "all rights
    reserved" to everybody else is no contradiction.
    """
    claims = [c for c in view.candidate.claims if c.about == "image" and c.text.strip()]
    if not claims and view.terms.license:
        claims = [Claim("image", view.terms.license, _WIDE)]
    read = ((claim, spdx.read(claim.text, view.terms.license_version)) for claim in claims)
    return tuple((claim, reading) for claim, reading in read if _is_open(reading))


def _is_open(reading: Reading) -> bool:
    return reading.cls in _OPEN or _is_public(reading)


def _is_public(reading: Reading) -> bool:
    return reading.cls is LicenseClass.PUBLIC_DOMAIN or reading.reason == "rights.pd-reason"


def _agree(inside: Reading, outside: Reading) -> bool:
    """Whether both can be true: an equal arm, a version left out, or the public domain twice."""
    if _is_public(inside) and _is_public(outside):
        return True
    arms, others = ((each.spdx or "").split(" OR ") for each in (inside, outside))
    return any(
        one == other or cc.completes(one, other) or cc.completes(other, one)
        for one in arms
        for other in others
    )


def _names(text: str) -> set[str]:
    return set(_NAME.findall(fold(text))) - _SAYING_NOTHING


EMBEDDED = CHECKS.add(EmbeddedRights())
