"""The rights clock's memory: how each item's rights read, build after build, in the work folder.

`rights/<digest>.parquet` is only ever added to: what a later look finds never removes what an
earlier one saw, so that a license which was given can be shown after it has gone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from curator.core.clock import KEPT, READ, Look, capture, stood
from curator.io.store import Store, digest_of, table_of
from curator.model import ItemId
from curator.schema import LOOKS
from curator.steps.rows import parsed
from curator.steps.settle import Seen

_FIELDS = ("date", "license", "record", "sha256", "words", "where")


def note(seen: Sequence[Seen], date: str, store: Store) -> frozenset[Path]:
    """Write down what reads otherwise than ever before; gives every table of looks, to be kept.

    An item's first look is always new. The same looks on another day add nothing.
    """
    known = {_same(item, look) for item, look in _looks(store)}
    rows = [
        {"item": item} | {field: getattr(look, field) for field in _FIELDS}
        for each in seen
        for item, look in _read(each, date, store)
        if _same(item, look) not in known
    ]
    if rows:
        rows.sort(key=lambda row: tuple(row.values()))
        table = table_of(LOOKS, rows)
        store.save(_folder(store) / f"{digest_of(table)}.parquet", table)
    return frozenset(_tables(store))


def captures(store: Store, before: str) -> dict[ItemId, Look]:
    """For every item that a snapshot before this day looked at, the look that counts as the first.

    A record that changes within one snapshot is a correction of it, not a later look.
    """
    looks: dict[ItemId, list[Look]] = defaultdict(list)
    for item, look in _looks(store):
        if look.date < before:
            looks[item].append(look)
    return {item: first for item, each in looks.items() if (first := capture(each))}


def kept_looks(settled: Any) -> Iterator[str]:
    """A line for each item whose license at capture was kept: the edition depends on it."""
    for row in settled.select(["item", "evidence"]).to_pylist():
        said = [e for e in map(parsed, row["evidence"]) if e.question in {KEPT, READ}]
        if any(e.question == KEPT for e in said):
            yield "\0".join([row["item"], *(e.value for e in said)]) + "\n"


def _folder(store: Store) -> Path:
    return store.root / "rights"


def _tables(store: Store) -> list[Path]:
    return sorted(_folder(store).glob("*.parquet"))


def _looks(store: Store) -> Iterator[tuple[ItemId, Look]]:
    for path in _tables(store):
        for row in store.load(path).to_pylist():
            yield ItemId(row.pop("item")), Look(**row)


def _read(seen: Seen, date: str, store: Store) -> Iterator[tuple[ItemId, Look]]:
    """One look per item of the slice, by its record alone and with the digest of its bytes."""
    fetched = store.load(seen.fetched, ["row", "sha256"]).to_pylist()
    bytes_of = {row["row"]: row["sha256"] for row in fetched}
    records = store.load(seen.part.path, ["item", "digest"]).to_pylist()
    said = store.load(seen.cleared, ["evidence"])["evidence"].to_pylist()
    for row, (record, lines) in enumerate(zip(records, said, strict=True)):
        expression, words, where = stood([parsed(line) for line in lines])
        have = bytes_of.get(row, "")
        yield ItemId(record["item"]), Look(date, expression, record["digest"], have, words, where)


def _same(item: ItemId, look: Look) -> tuple[Any, ...]:
    """What makes two looks the same, whatever the day."""
    return item, look.license, look.record, look.sha256
