"""What a connector asks and what it gets: the words between sources and io."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

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
    root: str = ""  # another folder that the recipe names, relative to the recipe


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
