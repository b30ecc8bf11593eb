"""Candidates, evidence and what is known of a source, between dataclasses and table rows."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from curator.checks.base import looking
from curator.core.ids import canonical, sha256
from curator.core.policy import Policy
from curator.core.reviews import Reviews
from curator.model import Candidate, Caption, CaptionKind, Claim, Evidence, ItemId, Needs
from curator.terms import Limits, Terms
from curator.view import View


@dataclass(frozen=True, slots=True)
class Declared:
    """One enabled source as the steps see it."""

    terms: Terms
    policy: Policy
    limits: Limits
    root: Path  # the source's folder
    reviews: Reviews = field(default_factory=Reviews)  # people's answers, on any source


@dataclass(frozen=True, slots=True)
class Slice:
    """Up to 256 candidates of one source in the order they came: a unit of work, nothing more."""

    source: Declared
    name: str  # "<source>-<number>"
    digest: str
    path: Path
    rows: int


_PLAIN = tuple(f.name for f in fields(Candidate) if f.name not in {"claims", "captions", "notes"})


def to_row(candidate: Candidate) -> dict[str, Any]:
    """A candidate as a row of the table of candidates."""
    row: dict[str, Any] = {name: getattr(candidate, name) for name in _PLAIN}
    row["claims"] = [{"about": c.about, "text": c.text, "where": c.where} for c in candidate.claims]
    row["captions"] = [
        {"text": c.text, "lang": c.lang, "kind": c.kind, "license": c.license, "field": c.field}
        for c in candidate.captions
    ]
    row["notes"] = [{"field": field, "value": value} for field, value in candidate.notes]
    row["digest"] = sha256(canonical(row))
    return row


def to_candidate(row: Mapping[str, Any]) -> Candidate:
    """The candidate that `to_row` wrote."""
    values = {name: value for name, value in row.items() if name != "digest"}
    values["item"] = ItemId(row["item"])
    values["claims"] = tuple(Claim(**claim) for claim in row["claims"])
    values["captions"] = tuple(
        Caption(**(caption | {"kind": CaptionKind(caption["kind"])})) for caption in row["captions"]
    )
    values["tags"] = tuple(row["tags"])
    values["notes"] = tuple((note["field"], note["value"]) for note in row["notes"])
    return Candidate(**values)


@lru_cache(maxsize=65_536)
def parsed(line: str) -> Evidence:
    """Evidence from its line; equal lines give one object."""
    return Evidence.of(json.loads(line))


def lines(evidence: Sequence[Evidence]) -> list[str]:
    """Evidence as a table keeps it."""
    return [e.dumps() for e in evidence]


def look(needs: Needs, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
    """What all checks of one need say of each view."""
    answers = [check.look(views) for check in looking(needs)]
    return [tuple(e for said in of_view for e in said) for of_view in zip(*answers, strict=True)]


def versions(*needs: Needs) -> tuple[str, ...]:
    """The checks and their versions: a new version looks again."""
    return tuple(f"{check.id}@{check.version}" for need in needs for check in looking(need))


Announce = Callable[[str, int, int], None]  # step, done, total (0 = not known)
