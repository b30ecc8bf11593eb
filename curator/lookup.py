"""find and explain: am I in it, under what terms, and why was it decided so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from curator.core.container import facts
from curator.core.ids import item_digest, sha256
from curator.core.pdq import pdq
from curator.core.text import tidy
from curator.errors import CuratorError, InputError
from curator.io.decode import Refusal, open_image
from curator.io.files import read
from curator.model import Evidence, ItemId
from curator.steps.rows import parsed
from curator.verify import stated

NEAR_BITS = 31  # of 256; what PDQ's authors call a match (ThreatExchange, pdq/README.md)
MIN_QUALITY = 50  # of 100; below it a hash says nothing (same source)
MAX_BYTES = 26_214_400  # bytes: 25 MiB, the default of `network: max_bytes`
SIDE = 1024  # px; what is shown to the hash, as in a build
BATCH = 10_000  # rows in memory at a time


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; the given ones are searched one by one."""

    image: Path | None = None
    creator: str = ""
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One pair that fits, how it was recognised, and how far it is (bits of 256; 0 = exact)."""

    key: str
    item: str
    how: str
    distance: int


COLUMNS = (
    *("key", "item", "creator", "title", "landing_url", "file_url", "creator_url"),
    *("sha256", "stored_sha256", "pdq", "pdq_quality"),
)


def find(root: Path, wanted: Wanted) -> list[Match]:
    """Every published pair that fits, nearest first."""
    test = _test(wanted)
    found = []
    for row in rows(root, "manifest", COLUMNS):
        hit = test(row)
        if hit:
            found.append(Match(row["key"], row["item"], *hit))
    return sorted(found, key=lambda match: (match.distance, match.key))


def rows(root: Path, table: str, columns: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """The rows of a table of the edition, a few at a time."""
    path = root / table / "part-00000.parquet"
    try:
        file = pq.ParquetFile(path)
        for batch in file.iter_batches(BATCH, columns=list(columns) or None):
            yield from batch.select(columns or batch.schema.names).to_pylist()
    except (OSError, ValueError, KeyError) as error:
        fix = "Name the folder of an edition; `curator verify` tells what is wrong with it"
        raise CuratorError(f"the {table} cannot be read", fix, str(root)) from error


Test = Callable[[Mapping[str, Any]], tuple[str, int] | None]


def _test(wanted: Wanted) -> Test:
    if wanted.image:
        return _by_image(wanted.image)
    if wanted.creator:
        return _by_words("creator", wanted.creator)
    if wanted.title:
        return _by_words("title", wanted.title)
    url = wanted.url.strip()
    names = ("landing_url", "file_url", "creator_url")
    return lambda row: ("url", 0) if url in [row[name] for name in names] else None


def _by_words(column: str, text: str) -> Test:
    """The words occur in the column, whatever their case."""
    words = tidy(text).casefold()
    return lambda row: (column, 0) if words in (row[column] or "").casefold() else None


def _by_image(path: Path) -> Test:
    """The same bytes, as they came or as stored; else a picture that looks the same."""
    body = read(path, MAX_BYTES, "Name an image file")
    if not facts(body).media_type:
        raise InputError("is no image that curator reads", "Name an image file", str(path))
    digest, near = sha256(body), _near(body)

    def test(row: Mapping[str, Any]) -> tuple[str, int] | None:
        if digest in (row["sha256"], row["stored_sha256"]):
            return "same bytes", 0
        distance = near(row["pdq"]) if row["pdq_quality"] >= MIN_QUALITY else 256
        return ("looks the same", distance) if distance <= NEAR_BITS else None

    return test


def _near(body: bytes) -> Callable[[str], int]:
    """The distance of an image's PDQ to a hash in hex; 256 where the image has none."""
    opened = open_image(body, facts(body), SIDE)
    if isinstance(opened, Refusal):
        return lambda _: 256
    bits, quality = pdq(opened.pixels.rgb)
    if quality < MIN_QUALITY:
        return lambda _: 256
    own = np.frombuffer(bits, np.uint8)

    def distance(other: str) -> int:
        return int(np.bitwise_count(own ^ np.frombuffer(bytes.fromhex(other), np.uint8)).sum())

    return distance


@dataclass(frozen=True, slots=True)
class Explained:
    """One item with its decision and all the evidence for it."""

    item: str
    verdict: str
    reason: str | None
    step: str | None
    evidence: tuple[Evidence, ...]
    row: Mapping[str, Any]  # the manifest's or ledger's row

    def said(self) -> dict[str, str | None]:
        """The decision without its evidence."""
        names = ("item", "verdict", "reason", "step")
        return {name: getattr(self, name) for name in names}


def explain(root: Path, item: str) -> Explained:
    """The decision on one item (its id, or the key of a pair) of an edition or a work folder."""
    if (root / "edition.json").exists():
        return _from_edition(root, item)
    for row in _settled(root):
        if item == row["item"] or item in [sample["key"] for sample in row["samples"]]:
            said = tuple(parsed(line) for line in row["evidence"])
            return Explained(row["item"], row["verdict"], row["reason"], row["step"], said, row)
    raise _unknown(root, item)


def unpublished(root: Path) -> list[Explained]:
    """Every item that is not published, by a work folder or by an edition with a full ledger."""
    if (root / "edition.json").exists():
        found = [_told(row) for row in rows(root, "ledger")]
    else:
        found = [_told(row) for row in _settled(root) if row["reason"]]
    if any(one.item is None for one in found):
        fix = "Ask the work folder of the build, or for one item by its id"
        raise CuratorError("the ledger of this edition is short and names no item", fix, str(root))
    return sorted(found, key=lambda one: (one.reason or "", one.item))


def _told(row: Mapping[str, Any]) -> Explained:
    return Explained(row["item"], row["verdict"], row["reason"], row["step"], (), row)


def _settled(root: Path) -> Iterator[dict[str, Any]]:
    """The items of the last build in a work folder."""
    settled = sorted((root / "settle").glob("items-*.parquet"))
    if not settled:
        fix = "Name the folder of an edition, or the work folder of a build (.curator)"
        raise CuratorError("there is neither an edition nor a build", fix, str(root))
    newest = max(settled, key=lambda path: path.stat().st_mtime_ns)
    for batch in pq.ParquetFile(newest).iter_batches(BATCH):
        yield from batch.to_pylist()


def _from_edition(root: Path, item: str) -> Explained:
    for row in rows(root, "manifest"):
        if item in (row["item"], row["key"]):
            said = tuple(Evidence.of(e) for e in row["evidence"])
            return Explained(row["item"], "publish", None, None, said, row)
    digest = item_digest(str(stated(root)["recipe"]["digest"]), ItemId(item))
    for row in rows(root, "ledger"):
        if row["item_digest"] == digest:
            said = tuple(Evidence.of(e) for e in row["evidence"])
            return Explained(item, row["verdict"], row["reason"], row["step"], said, row)
    raise _unknown(root, item)


def _unknown(root: Path, item: str) -> CuratorError:
    fix = "`curator find` prints the ids of what is published, `curator explain` alone the others"
    return CuratorError(f"no item is called {item!r} here", fix, str(root))
