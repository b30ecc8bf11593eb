"""The connector `table`: one row, one image; the recipe says which column is what."""

import json
import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, cast

from pydantic import BeforeValidator, Field, WithJsonSchema

from curator.errors import RecipeError
from curator.model import Candidate, Caption, CaptionKind, Claim, ItemId
from curator.query import Form, Query, Ref, Reply, Row
from curator.sources.base import CONNECTORS, Connector, Options
from curator.terms import Terms

_FORMS: MappingProxyType[str, Form] = MappingProxyType(
    {
        ".csv": "csv",
        ".tsv": "csv",
        ".json": "json",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".parquet": "parquet",
    }
)
_EVEN: frozenset[Form] = frozenset({"csv", "parquet"})  # every row has every column
_EXACT = 2**53  # above this a 64-bit float no longer tells whole numbers apart


class CaptionColumn(Options):
    """A column that holds a caption, or a list of captions."""

    column: str
    lang: str = "und"  # BCP 47
    kind: CaptionKind = Field(strict=False)
    license: str = ""


class Columns(Options):
    """Which column is what; a column of the joined table is "join.<column>"."""

    id: str
    image: str
    title: str = ""
    creator: str = ""
    creator_url: str = ""
    credit: str = ""
    copyright_notice: str = ""
    license: str = ""
    landing_url: str = ""
    file_url: str = ""
    created: str = ""
    tags: str = ""  # a list, or a text that is split at "," and ";"
    captions: tuple[CaptionColumn, ...] = Field((), strict=False)


class Join(Options):
    """A second table: at most one row of it for each row of the first."""

    path: str  # relative to the recipe, in the folder of the first table or below it
    on: tuple[str, str] = Field(strict=False)  # column here, column there


def _pairs(value: object) -> object:
    """A list of columns, or a group of names with a column each, as pairs of name and column."""
    if isinstance(value, dict):
        return tuple(value.items())
    if isinstance(value, list | tuple):
        return tuple((one, one) if isinstance(one, str) else one for one in value)
    return value


Notes = Annotated[
    tuple[tuple[str, str], ...],  # (name, column)
    BeforeValidator(_pairs),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"type": "string"}},
            ]
        }
    ),
]


class TableOptions(Options):
    """The keys of `table`."""

    columns: Columns
    join: Join | None = None
    notes: Notes = ()  # columns to keep for the checks; as a group, what they call it: its column
    image_prefix: str = ""  # put before what the image column holds: "pictures/"
    image_suffix: str = ""  # put behind it: ".svg"

    def placed(self, folder: str) -> "TableOptions":
        """With the second table's path relative to `folder` and no longer to the recipe."""
        if self.join is None:
            return self
        path = posixpath.relpath(self.join.path, folder)
        return self.model_copy(update={"join": self.join.model_copy(update={"path": path})})


@dataclass(frozen=True, slots=True)
class Table:
    """Every row is a candidate."""

    terms: Terms
    options: TableOptions

    def first(self) -> Iterator[Query]:
        """The table, joined with the second where there is one."""
        join = self.options.join
        if join is None:
            yield Query((_ref(self.terms.at),))
        else:
            yield Query((_ref(self.terms.at, join.on[0]), _ref(join.path, join.on[1])))

    def read(self, reply: Reply) -> Iterator[Candidate | Query]:
        """One candidate per row.

        RecipeError for a column that no row has (in JSON known at the end only, since there a
        row may leave out what it does not know), and for a row without id.
        """
        notes = self._notes()
        missing = {name for name in self._named() if name} | {column for _, column in notes}
        even = reply.query.refs[0].form in _EVEN
        columns: dict[str, None] = {}
        for number, row in enumerate(reply.rows, start=1):
            if missing:
                columns.update(dict.fromkeys(row))
                missing.difference_update(row)
                if missing and even:
                    break
            if not _cell(row, self.options.columns.id):
                raise RecipeError(
                    f"row {number} has no id in column {self.options.columns.id!r}",
                    "Give every row an id of its own",
                    reply.at,
                )
            yield self._candidate(row, notes, reply.at)
        if missing and columns:
            raise RecipeError(
                f"no column is called {', '.join(map(repr, sorted(missing)))}",
                f"The columns are: {', '.join(columns)}",
                reply.at,
            )

    def _named(self) -> Iterator[str]:
        columns = self.options.columns
        for name, value in columns:
            if name != "captions":
                yield value
        yield from (caption.column for caption in columns.captions)

    def _notes(self) -> tuple[tuple[str, str], ...]:
        """(name, column) of what to keep: what is asked for, and what dates the files."""
        published = self.terms.published
        dating = (published.covers, published.date_column) if published else ()
        columns = ((name, name) for name in dating if name not in {"", "all"})
        return tuple(dict.fromkeys((*self.options.notes, *columns)))

    def _candidate(self, row: Row, notes: tuple[tuple[str, str], ...], where: str) -> Candidate:
        columns = self.options.columns
        own = _cell(row, columns.id)
        image = _cell(row, columns.image)
        statement = _cell(row, columns.license)
        # No row number: the same rows in another order are the same records.
        claim = Claim("image", statement, f"{where}: {columns.license}")
        kept = ((name, _cell(row, column)) for name, column in notes)
        return Candidate(
            item=ItemId(f"{self.terms.source}:{own}"),
            image=image and f"{self.options.image_prefix}{image}{self.options.image_suffix}",
            claims=(claim,) if statement else (),
            captions=tuple(self._captions(row)),
            title=_cell(row, columns.title),
            creator=_cell(row, columns.creator),
            creator_url=_cell(row, columns.creator_url),
            credit=_cell(row, columns.credit),
            copyright_notice=_cell(row, columns.copyright_notice),
            landing_url=_cell(row, columns.landing_url),
            file_url=_cell(row, columns.file_url),
            created=_cell(row, columns.created),
            tags=_tags(row.get(columns.tags) if columns.tags else ""),
            notes=tuple((name, value) for name, value in kept if value),
            where=where,
        )

    def _captions(self, row: Row) -> Iterator[Caption]:
        for caption in self.options.columns.captions:
            value = row.get(caption.column)
            for one in value if isinstance(value, list) else [value]:
                if text := _text(one):
                    yield Caption(text, caption.lang, caption.kind, caption.license, caption.column)


def _cell(row: Row, column: str) -> str:
    return _text(row.get(column)) if column else ""


def _text(value: object) -> str:
    """A cell as text, as it stands; "" where the table says that it knows nothing."""
    match value:
        case str():
            return "" if value == "NaN" or value.isspace() else value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            # A column of whole numbers with gaps comes as floats: 12.0 was 12.
            if math.isnan(value):
                return ""
            return str(int(value)) if value.is_integer() and abs(value) < _EXACT else str(value)
        case date():
            return value.isoformat()
        case list():
            return ", ".join(text for text in map(_text, value) if text)
        case dict():
            return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_text)
        case bytes():
            return value.hex()
        case _:
            return str(value)


def _tags(value: object) -> tuple[str, ...]:
    parts = map(_text, value) if isinstance(value, list) else re.split("[,;]", _text(value))
    return tuple(part.strip() for part in parts if part.strip())


def _ref(path: str, on: str = "") -> Ref:
    form = _FORMS.get(posixpath.splitext(path)[1].lower())
    if form is None:
        raise RecipeError(
            "a table is a file whose name ends in " + ", ".join(_FORMS),
            "Let `path` name the table itself, not its folder",
            path,
        )
    return Ref(path, form, on)


def _open(terms: Terms, options: Options, /) -> Table:
    return Table(terms, cast("TableOptions", options))


CONNECTORS.add(
    Connector(
        "table",
        version=1,
        options=TableOptions,
        open=_open,
        summary="A list of images as CSV, JSON, JSON Lines or Parquet",
    )
)
