"""review: what a build holds, as cards for a person, read from the work folder alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from curator.core.reasons import REASONS
from curator.core.reviews import parse
from curator.errors import CuratorError, MachineError
from curator.io.reviews import read
from curator.model import Answer, Verdict
from curator.review_sheet import Card, Question, Said, Sheet
from curator.steps.rows import parsed

BATCH = 10_000  # rows in memory at a time
QUOTES = 4  # pieces of evidence shown; `curator explain` shows all
TITLE = Said("Items that are held", "保留中の項目")
QUESTION = Question(
    "answer",
    Said("What becomes of it?", "どうしますか。"),
    (
        ("lift", Said("Lift the hold", "保留を解く")),
        ("keep", Said("Keep it held", "保留を続ける")),
        ("refuse", Said("Refuse it for good", "採用しない")),
    ),
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a slice's tables hold of one held item."""

    record: Mapping[str, Any]
    sha256: str = ""
    image: Callable[[], bytes] | None = None


def sheet(work: Path, answers: Path | None = None) -> Sheet:
    """Every held item of the newest build in a work folder that the answers leave open."""
    file = answers or work.resolve().parent / "reviews.jsonl"
    known = parse(read(file, str(file)), str(file)) if file.exists() else ()
    answered = {(review.item, review.sha256, review.reason) for review in known}
    held = {row["item"]: row for row in _held(work)}
    seen = dict(_seen(work, held.keys()))
    cards = [
        _card(held[item], seen[item])
        for item in sorted(held)
        if item in seen and (item, seen[item].sha256, held[item]["reason"]) not in answered
    ]
    return Sheet.of(TITLE, (QUESTION,), file, cards)


def _held(work: Path) -> Iterator[dict[str, Any]]:
    settled = list((work / "settle").glob("items-*.parquet"))
    if not settled:
        fix = "Name the work folder of a build (.curator beside the recipe)"
        raise CuratorError("no build is here", fix, str(work))
    newest = max(settled, key=lambda path: (path.stat().st_mtime_ns, path.name))
    wanted = [("verdict", "=", Verdict.HOLD.value)]
    columns = ["item", "reason", "step", "evidence"]
    yield from pq.read_table(newest, columns=columns, filters=wanted).to_pylist()


def _seen(work: Path, items: Any) -> Iterator[tuple[str, _Seen]]:
    """The record of each held item, with its stored picture where it was inspected."""
    columns = ["item", "title", "creator", "landing_url", "image", "claims", "captions"]
    for path in sorted((work / "gather").glob("*.parquet")):
        images = _inspected(work, path.stem.rpartition("-")[0])
        start = 0
        for batch in pq.ParquetFile(path).iter_batches(BATCH, columns=columns):
            for row, record in enumerate(batch.to_pylist(), start):
                if record["item"] in items:
                    content, image = images.get(row, ("", None))
                    yield record["item"], _Seen(record, content, image)
            start += batch.num_rows


def _inspected(work: Path, name: str) -> dict[int, tuple[str, Callable[[], bytes] | None]]:
    """By row of the slice: the digest of the bytes, and how to get the stored picture."""
    found: dict[int, tuple[str, Callable[[], bytes] | None]] = {}
    for path in sorted((work / "inspect").glob(f"{name}-*.parquet")):
        if path.stem.rpartition("-")[0] != name:
            continue
        table = pq.read_table(path, columns=["row", "sha256", "offset", "length"])
        for row in table.to_pylist():
            blob = path.with_suffix(".images")
            there = partial(_cut, blob, row["offset"], row["length"]) if row["length"] else None
            found[row["row"]] = row["sha256"], there
    return found


def _cut(blob: Path, offset: int, length: int) -> bytes:
    """A part of a file."""
    try:
        with blob.open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except OSError as error:
        fix = "Build again, then review"
        raise MachineError(f"cannot be read: {error.strerror}", fix, str(blob)) from error


def _card(held: Mapping[str, Any], seen: _Seen) -> Card:
    record = seen.record
    facts = [
        (Said("Held because", "保留の理由"), f"{REASONS[held['reason']][1]} ({held['reason']})"),
        (Said("Creator", "作者"), record["creator"]),
        *((Said("License as stated", "権利の記載"), claim["text"]) for claim in record["claims"]),
        *((Said("Caption", "説明文"), each["text"]) for each in record["captions"]),
        (Said("Page", "掲載ページ"), record["landing_url"]),
        (Said("File", "ファイル"), record["image"]),
        *((Said("Evidence", "証拠"), words) for words in _words(held)),
    ]
    known = {"item": held["item"], "sha256": seen.sha256, "reason": held["reason"]}
    title = f"{record['title'] or held['item']}"
    shown = tuple((name, words) for name, words in facts if words)
    identity = (Said("Item", "項目"), held["item"])
    return Card(title, (identity, *shown), known, seen.image)


def _words(held: Mapping[str, Any]) -> list[str]:
    """The first pieces of evidence that are not a plain no."""
    evidence = [parsed(line) for line in held["evidence"]]
    said = [e for e in evidence if e.answer is not Answer.NO]
    said.sort(key=lambda e: (e.question != held["reason"], e.about, e.question))
    return [
        " · ".join(
            part for part in (e.about, e.question, e.answer, e.value, e.where, e.quote) if part
        )
        for e in said[:QUOTES]
    ]
