"""What a connector is: it says what to open and reads the answer; gather does the opening."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from curator.model import Candidate, Terms
from curator.plugins import Registry

Form = Literal["bytes", "json", "jsonl", "csv", "parquet", "listing"]
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing to open, in the source's folder.

    `at` is a path relative to it, or for the form `listing` a glob whose matches are the rows
    ({"path": …}, sorted). `on` names the column to join by, where a query has several refs.
    """

    at: str
    form: Form
    on: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What to open, and what the reader must still know when the answer comes.

    With two refs the rows of the first come joined with those of the second (left join; the
    columns of the second are prefixed with "join.").
    """

    refs: tuple[Ref, ...]
    memo: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What io found: `body` for the form bytes, `rows` (streamed) for every other form."""

    query: Query
    at: str  # the path, relative to the source's folder
    body: bytes = b""
    rows: Iterable[Row] = ()


class Options(BaseModel):
    """A connector's own keys in sources.yaml; the common keys never reach it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Protocol):
    """Reads one declared source: the same reply always gives the same sequence."""

    def first(self) -> Iterator[Query]:
        """What to open before anything is known."""
        ...

    def read(self, reply: Reply) -> Iterator[Candidate | Query]:
        """The candidates of a reply in its own order, and what else to open."""
        ...


class Opener(Protocol):
    """Makes a Source from the recipe's words about it."""

    def __call__(self, terms: Terms, options: Options, /) -> Source:
        """The reader of this source."""
        ...


@dataclass(frozen=True, slots=True)
class Connector:
    """A kind of source that a recipe can name."""

    id: str
    version: int  # raised when the same reply gives other candidates than before
    options: type[Options]
    open: Opener
    summary: str = field(default="")  # one sentence for the docs


CONNECTORS: Registry[Connector] = Registry("curator.sources")
