"""clear: judge rights and declared AI on the record alone, before anything is fetched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curator import __version__, data
from curator.core.ids import fingerprint
from curator.core.policy import decide
from curator.io.store import Store, table_of
from curator.model import Needs
from curator.schema import CLEARED
from curator.steps.rows import Slice, lines, look, parsed, to_candidate, versions
from curator.view import View


def clear(part: Slice, date: str, store: Store) -> Path:
    """One row per candidate of the slice, in its order: the evidence and the verdict so far."""
    source = part.source
    depends = (source.terms, source.limits, source.policy, date, versions(Needs.RECORD))
    digest = fingerprint("clear", part.digest, *depends, data.digest(), __version__)
    path = store.path("clear", part.name, digest)
    if path.exists():
        return path
    candidates = [to_candidate(row) for row in store.load(part.path).to_pylist()]
    views = [View(candidate, source.terms, source.limits, date=date) for candidate in candidates]
    policy = source.policy.before_bytes()
    rows = [
        {"evidence": lines(evidence), "verdict": decide(evidence, policy).verdict}
        for evidence in look(Needs.RECORD, views)
    ]
    return store.save(path, table_of(CLEARED, rows))


def decisions(part: Slice, cleared: Path, store: Store) -> Iterator[dict[str, Any]]:
    """The decision on each record so far, as `plan` counts them."""
    items = store.load(part.path, ["item"])["item"].to_pylist()
    said = store.load(cleared, ["evidence"])["evidence"].to_pylist()
    policy = part.source.policy.before_bytes()
    for item, lines_ in zip(items, said, strict=True):
        decision = decide(tuple(parsed(line) for line in lines_), policy)
        yield {
            "item": item,
            "verdict": decision.verdict,
            "reason": decision.reason,
            "samples": [],
        }
