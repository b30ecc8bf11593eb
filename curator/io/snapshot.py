"""The snapshot: one date for all that a work folder gathered, and the digest of what it holds."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from curator.errors import MachineError
from curator.io.store import written


@dataclass(frozen=True, slots=True)
class Snapshot:
    """When it was begun; the only date that an edition knows."""

    date: str  # YYYY-MM-DD, UTC

    @classmethod
    def of(cls, work: Path, *, refresh: bool) -> "Snapshot":
        """The snapshot of a work folder; begun now if there is none, or `refresh` asks for it."""
        path = work / "snapshot"
        if path.exists() and not refresh:
            return cls(_day(path))
        begun = cls.now()
        with written(path) as file:
            file.write(f"{begun.date}\n".encode())
        return begun

    @classmethod
    def now(cls) -> "Snapshot":
        """A snapshot that is begun and not kept."""
        return cls(_today())


def digest(
    tables: Iterable[tuple[Path, Path]], looks: Iterable[str], load: Callable[..., Any]
) -> str:
    """The digest over sorted (item, digest of its record, sha256 of its bytes).

    `tables` are the pairs (records, fetched) of all slices; `looks` are lines on what earlier
    snapshots add (a license at capture that is kept). Times, attempts and the way items
    were cut into slices do not show in it.
    """
    lines = list(looks)
    for records, fetched in tables:
        have = load(fetched, ["row", "sha256"]).to_pylist()
        bytes_of = {row["row"]: row["sha256"] for row in have}
        for number, row in enumerate(load(records, ["item", "digest"]).to_pylist()):
            lines.append(f"{row['item']}\0{row['digest']}\0{bytes_of.get(number, '')}\n")
    return sha256("".join(sorted(lines)).encode()).hexdigest()


def _day(path: Path) -> str:
    """The day that the file states, which was written by `Snapshot.of`."""
    try:
        return date.fromisoformat(path.read_text(encoding="ascii").strip()).isoformat()
    except ValueError as error:
        fix = "Delete it, or build with --refresh: a new snapshot is begun"
        raise MachineError("the snapshot's date is damaged", fix, str(path)) from error


def _today() -> str:
    """The date of this run, or of SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).date().isoformat()
    try:
        day = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        day = datetime.max.replace(tzinfo=UTC)
    if day > datetime.now(UTC) + timedelta(days=1):  # ages of works are counted from this day
        fix = "Unset it, or set it to past seconds since 1970-01-01 UTC"
        raise MachineError(f"SOURCE_DATE_EPOCH is no time in the past: {epoch!r}", fix)
    return day.date().isoformat()
