"""publish: write shards, manifest and ledger, let the exporters read them, seal the edition."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import rfc8785

from curator.core.ids import item_digest
from curator.core.manifest import Told, ledger_row, manifest_rows, sidecar
from curator.core.shards import shard
from curator.exporters.base import EXPORTERS, Facts
from curator.io import tar
from curator.io.store import table_of
from curator.model import ItemId, Key, Verdict
from curator.schema import LEDGER, MANIFEST
from curator.steps.rows import parsed, to_candidate
from curator.steps.settle import Seen

ROWS = 10_000  # rows in memory at a time, and per row group of the Parquet files
CHUNK = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Plan:
    """What publish is told beside the settled items."""

    recipe_digest: str
    shard_bits: int
    full_ledger: bool


@dataclass(frozen=True, slots=True)
class Partial:
    """The edition being written, as exporters read it."""

    root: Path
    facts: Facts

    def pairs(self, *columns: str) -> Iterator[Mapping[str, Any]]:
        """These columns of the manifest, row by row."""
        path = self.root / "manifest" / "part-00000.parquet"
        for batch in pq.ParquetFile(path).iter_batches(ROWS, columns=list(columns)):
            yield from batch.to_pylist()

    def shard(self, name: str) -> Iterator[bytes]:
        """The tar of a shard in chunks."""
        with (self.root / "shards" / name).open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def bodies(self, name: str) -> Iterator[tuple[str, bytes]]:
        """The members of a shard with their bytes."""
        with (self.root / "shards" / name).open("rb") as file:
            yield from tar.read(file)


class Tables:
    """Records and images of the settled items, a few slices in memory at a time."""

    def __init__(self, seen: Sequence[Seen], load: Callable[[Path], Any]) -> None:
        self._seen = seen
        self._load = load
        self._slices: dict[tuple[int, str], list[dict[str, Any]]] = {}

    def _rows(self, number: int, kind: str) -> list[dict[str, Any]]:
        where = (number, kind)
        if where not in self._slices:
            seen = self._seen[number]
            path = seen.part.path if kind == "records" else seen.inspected
            self._slices[where] = self._load(path).to_pylist()
        return self._slices[where]

    def told(self, settled: Mapping[str, Any]) -> Told:
        """The record of a settled item with its evidence."""
        source = self._seen[settled["slice"]].part.source
        record = self._rows(settled["slice"], "records")[settled["row"]]
        evidence = tuple(parsed(line) for line in settled["evidence"])
        return Told(to_candidate(record), source.terms, source.policy, evidence)

    def image(self, settled: Mapping[str, Any]) -> dict[str, Any]:
        """What was measured on its image."""
        row: dict[str, Any] = self._rows(settled["slice"], "images")[settled["inspected"]]
        return row

    def body(self, settled: Mapping[str, Any]) -> bytes:
        """The image as stored."""
        image = self.image(settled)
        path = self._seen[settled["slice"]].inspected.with_suffix(".images")
        with path.open("rb") as blob:
            blob.seek(image["offset"])
            body: bytes = blob.read(image["length"])
            return body


def write_tables(
    root: Path, settled: Sequence[Mapping[str, Any]], tables: Tables, plan: Plan
) -> dict[str, int]:
    """Shards, sizes.json, manifest and ledger; gives the number of pairs per shard file."""
    for folder in ("shards", "manifest", "ledger"):
        (root / folder).mkdir(parents=True)
    pairs = [
        (Key(sample["key"]), number)
        for number, row in enumerate(settled)
        for sample in row["samples"]
    ]
    pairs.sort()
    sizes = {}
    path = root / "manifest" / "part-00000.parquet"
    with pq.ParquetWriter(path, MANIFEST.schema, compression="zstd") as manifest:
        for name, keys in groupby(pairs, lambda pair: shard(pair[0], plan.shard_bits)):
            rows = _write_shard(root, name, [(key, settled[n]) for key, n in keys], tables)
            manifest.write_table(table_of(MANIFEST, rows), row_group_size=ROWS)
            sizes[f"{name}.tar"] = len(rows)
    (root / "shards" / "sizes.json").write_bytes(json.dumps(sizes, sort_keys=True).encode())
    _write_ledger(root, settled, tables, plan)
    return sizes


def _write_shard(
    root: Path, name: str, pairs: Sequence[tuple[Key, Mapping[str, Any]]], tables: Tables
) -> list[dict[str, Any]]:
    rows = []
    for key, settled in pairs:
        image, told = tables.image(settled), tables.told(settled)
        samples = [sample for sample in settled["samples"] if sample["key"] == key]
        rows += [row | {"shard": name} for row in manifest_rows(told, image, samples)]

    def members() -> Iterator[tuple[str, bytes]]:
        for row, (key, settled) in zip(rows, pairs, strict=True):
            about = json.dumps(sidecar(row), ensure_ascii=False, sort_keys=True)
            yield f"{key}.jpg", tables.body(settled)
            yield f"{key}.json", about.encode()
            yield f"{key}.txt", row["caption"].encode()

    with (root / "shards" / f"{name}.tar").open("wb") as file:
        tar.write(file, members())
    return rows


def _write_ledger(
    root: Path, settled: Sequence[Mapping[str, Any]], tables: Tables, plan: Plan
) -> None:
    rows = [
        ledger_row(
            tables.told(row),
            row,
            item_digest(plan.recipe_digest, ItemId(row["item"])),
            full=plan.full_ledger,
        )
        for row in settled
        if row["verdict"] != Verdict.PUBLISH
    ]
    rows.sort(key=lambda row: row["item_digest"])
    path = root / "ledger" / "part-00000.parquet"
    pq.write_table(table_of(LEDGER, rows), path, compression="zstd", row_group_size=ROWS)


def export(partial: Partial) -> None:
    """Let every exporter add its files; only this function writes them."""
    for exporter in EXPORTERS.all().values():
        for file in exporter.files(partial):
            path = partial.root / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as out:
                for chunk in file.chunks:
                    out.write(chunk)


def seal(root: Path, edition: Mapping[str, Any]) -> str:
    """Write SHA256SUMS and, last of all, edition.json; gives the edition's digest."""
    sums = "".join(f"{_digest(path)}  {name}\n" for name, path in files(root))
    (root / "SHA256SUMS").write_text(sums, encoding="utf-8")
    body = dict(edition) | {"sha256sums": sha256(sums.encode()).hexdigest()}
    digest = sha256(rfc8785.dumps(body)).hexdigest()
    (root / "edition.json").write_bytes(rfc8785.dumps(body | {"digest": digest}))
    return digest


def files(root: Path) -> list[tuple[str, Path]]:
    """Every file that SHA256SUMS lists, sorted by name."""
    found = [(path.relative_to(root).as_posix(), path) for path in root.rglob("*")]
    return sorted(
        (name, path)
        for name, path in found
        if not path.is_dir() and name != "SHA256SUMS" and not name.startswith("edition.json")
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
