"""What an exporter is: it reads an edition and yields further files; publish writes them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from curator.plugins import Registry


@dataclass(frozen=True, slots=True)
class File:
    """One file of an edition."""

    path: str  # relative to the edition, with "/"
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an edition as a whole; plain values, ready for JSON."""

    dataset: Mapping[str, Any]  # name, version, title, description, publisher, contact, license
    date: str  # of the snapshot
    counts: Mapping[str, int]
    reasons: Mapping[str, int]
    sources: Mapping[str, Mapping[str, int]]
    declared: tuple[Mapping[str, Any], ...]  # every source of the recipe, refused ones too
    models_used: tuple[Mapping[str, str], ...]
    shards: Mapping[str, int] = field(default_factory=dict)  # file name → pairs


class Edition(Protocol):
    """The edition being published, as exporters may read it."""

    @property
    def facts(self) -> Facts:
        """What is known of it as a whole."""
        ...

    def pairs(self, *columns: str) -> Iterator[Mapping[str, Any]]:
        """These columns of the manifest, row by row, in the order of keys."""
        ...

    def shard(self, name: str) -> Iterator[bytes]:
        """The tar of a shard (a name of `facts.shards`) in chunks, first to last."""
        ...

    def bodies(self, name: str) -> Iterator[tuple[str, bytes]]:
        """The members of a shard with their bytes, one in memory at a time."""
        ...


class Exporter(Protocol):
    """Turns an edition into files; reads no clock, no network and no disk of its own."""

    @property
    def id(self) -> str:
        """The name of what it makes."""
        ...

    @property
    def summary(self) -> str:
        """One sentence for the docs."""
        ...

    def files(self, edition: Edition) -> Iterator[File]:
        """The files, the same for the same edition."""
        ...


EXPORTERS: Registry[Exporter] = Registry("curator.exporters")
