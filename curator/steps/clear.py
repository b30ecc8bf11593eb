"""clear: judge rights and declared AI on the record alone, before anything is fetched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curator import __version__, data
from curator.core.clock import Look, applied, resolve, stood
from curator.core.ids import fingerprint
from curator.core.policy import decide
from curator.io.store import Store, table_of
from curator.model import Evidence, ItemId, Needs
from curator.schema import CLEARED
from curator.steps.rows import Slice, lines, look, parsed, to_candidate, versions
from curator.view import View


@dataclass(frozen=True, slots=True)
class Clock:
    """The snapshot's day, and how rights read in earlier snapshots of the same work folder."""

    date: str  # YYYY-MM-DD
    first: Mapping[ItemId, Look] = field(default_factory=dict)

    def set(
        self, item: ItemId, record: str, evidence: tuple[Evidence, ...]
    ) -> tuple[Evidence, ...]:
        """The evidence with what an earlier look adds to it, or takes from it."""
        first = self.first.get(item)
        if first is None:
            return evidence
        now = Look(self.date, stood(evidence)[0], record)
        return applied(evidence, first, resolve(first, now, 0, self.date))


def clear(part: Slice, clock: Clock, store: Store) -> Path:
    """One row per candidate of the slice, in its order: the evidence and the verdict so far."""
    source = part.source
    records = store.load(part.path, ["item", "digest"]).to_pylist()
    earlier = [first for row in records if (first := clock.first.get(row["item"]))]
    depends = (source.terms, source.limits, source.policy, clock.date, versions(Needs.RECORD))
    outside = (earlier, source.reviews.digest, data.digest(), __version__)
    digest = fingerprint("clear", part.digest, *depends, *outside)
    path = store.path("clear", part.name, digest)
    if path.exists():
        return path
    candidates = [to_candidate(row) for row in store.load(part.path).to_pylist()]
    views = [View(each, source.terms, source.limits, date=clock.date) for each in candidates]
    policy = source.policy.before_bytes()
    rows = []
    for record, said in zip(records, look(Needs.RECORD, views), strict=True):
        evidence = clock.set(ItemId(record["item"]), record["digest"], said)
        # An answer opens the way to the bytes; what it says of them, settle asks again.
        answers = source.reviews.on_record(ItemId(record["item"]))
        verdict = decide((*evidence, *answers), policy).verdict
        rows.append({"evidence": lines(evidence), "verdict": verdict})
    return store.save(path, table_of(CLEARED, rows))


def decisions(part: Slice, cleared: Path, store: Store) -> Iterator[dict[str, Any]]:
    """The decision on each record so far, as `plan` counts them."""
    items = store.load(part.path, ["item"])["item"].to_pylist()
    said = store.load(cleared, ["evidence"])["evidence"].to_pylist()
    policy = part.source.policy.before_bytes()
    for item, lines_ in zip(items, said, strict=True):
        answers = part.source.reviews.on_record(ItemId(item))
        decision = decide((*(parsed(line) for line in lines_), *answers), policy)
        yield {
            "item": item,
            "verdict": decision.verdict,
            "reason": decision.reason,
            "samples": [],
        }
