"""Reads reservations in plain words in a record's own license, credit and rights notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curator.checks.base import CHECKS
from curator.core.reservations import phrases
from curator.core.text import clean
from curator.model import Answer, Candidate, Evidence, Ground, Needs, quote
from curator.view import View

# Fields of records that speak of rights, less everything but letters; a title or a description
# may be about AI, and says nothing of the rights in it.
_FIELDS = frozenset(
    {
        "accessrestrictions",
        "accessrights",
        "attribution",
        "conditionsofuse",
        "copyright",
        "copyrightnotice",
        "credit",
        "creditline",
        "dcrights",
        "licence",
        "license",
        "licensenote",
        "permission",
        "permissions",
        "requiredstatement",
        "restrictions",
        "reuse",
        "rights",
        "rightsadvisory",
        "rightsnote",
        "rightsnotes",
        "rightsstatement",
        "terms",
        "termsofuse",
        "usage",
        "usageconditions",
        "usageterms",
    }
)
_LETTER = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class ReservedRecord:
    """A whole phrase that keeps a work from AI training, data mining or reuse."""

    id: str = "rights.reserved-record"
    version: int = 1
    needs: Needs = Needs.RECORD
    summary: str = "The record's words on rights keep the work from AI training or data mining"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """What each record keeps back, of which thing."""
        return [tuple(dict.fromkeys(self._one(view.candidate))) for view in views]

    def _one(self, record: Candidate) -> Iterator[Evidence]:
        found = False
        for about, where, text in _words(record):
            if text and phrases.against_mining(text):
                found = found or about == "image"
                yield self._said(about, Answer.YES, where, clean(text))
        if not found:
            yield self._said("image", Answer.NO, "", "")

    def _said(self, about: str, answer: Answer, where: str, words: str) -> Evidence:
        return Evidence(
            about=about,
            check=f"{self.id}@{self.version}",
            question="rights.reserved",
            answer=answer,
            basis=Ground.DECLARED,
            where=where,
            quote=quote(words),
        )


def _words(record: Candidate) -> Iterator[tuple[str, str, str]]:
    """(about, where, text) of all that speaks of rights."""
    for claim in record.claims:
        yield claim.about, claim.where, claim.text
    yield "image", "credit", record.credit
    yield "image", "copyright_notice", record.copyright_notice
    for field, value in record.notes:
        if _LETTER.sub("", field.rpartition(":")[2].lower()) in _FIELDS:
            yield "image", field, value
    for number, caption in enumerate(record.captions):
        yield f"caption:{number}", f"{caption.field}: license", caption.license


CHECKS.add(ReservedRecord())
