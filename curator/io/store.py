"""Tables and blobs of the work folder: written beside and renamed, so that a name means done."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from curator.core.ids import sha256
from curator.errors import LockedError, MachineError
from curator.model import Sha256
from curator.schema import Table


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under `path` whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go of it when the process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LockedError(
                "another run is using this work folder",
                "Wait for it to end, or give this run another folder with --work",
                str(folder),
            ) from error
        yield


def table_of(table: Table, rows: Sequence[dict[str, Any]]) -> Any:
    """Rows as an Arrow table of exactly this schema."""
    return pa.Table.from_pylist(list(rows), schema=table.schema)


def digest_of(table: Any) -> Sha256:
    """The digest of a table's content, the same however it is stored."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sha256(sink.getvalue().to_pybytes())


@dataclass(frozen=True, slots=True)
class Store:
    """The work folder: `<step>/<source>-<number>-<digest>.<kind>`."""

    root: Path

    def path(self, step: str, name: str, digest: str, suffix: str = ".parquet") -> Path:
        """Where the result of `step` lies that depends on what `digest` stands for."""
        return self.root / step / f"{name}-{digest[:20]}{suffix}"

    def save(self, path: Path, table: Any) -> Path:
        """Write a table whole or not at all."""
        try:
            with written(path) as file:
                pq.write_table(table, file, compression="zstd")
        except OSError as error:
            raise MachineError(
                f"cannot write: {error.strerror}", "Free space or choose another --work", str(path)
            ) from error
        return path

    def load(self, path: Path, columns: Sequence[str] | None = None) -> Any:
        """A table that `save` wrote, or some columns of it."""
        return pq.read_table(path, columns=list(columns) if columns else None)

    def prune(self, keep: set[Path]) -> None:
        """Delete results that the present recipe does not use, rejected bytes among them."""
        for path in sorted(self.root.glob("*/*")):
            if path.is_file() and path not in keep:
                path.unlink()
