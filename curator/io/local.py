"""The local opener: answers queries from the files of one folder, and never from outside it."""

import csv
import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Never

import pyarrow as pa
import pyarrow.parquet as pq

from curator.errors import Fault, MachineError, RecipeError
from curator.query import Query, Ref, Reply, Row

BYTES_LIMIT = 25 * 2**20  # bytes of a file that is read whole, as `network.max_bytes` of a recipe
JSON_LIMIT = 64 * 2**20  # bytes of a JSON table; a larger one belongs in JSON Lines or Parquet
LINE_LIMIT = 4 * 2**20  # bytes of one line of CSV or JSON Lines
DEPTH_LIMIT = 32  # levels of nesting in one JSON row
BATCH_ROWS = 1024  # rows of Parquet that are in memory together

_FIX = "Correct the file, or let sources.yaml name another"


class Refused(RecipeError):  # noqa: N818  it is an answer, as often as an error
    """A path that is not opened; `reason` is a code of `core.reasons`."""

    def __init__(self, reason: str, detail: str, file: str = "") -> None:
        super().__init__(detail, "Name a regular file inside the source's folder", file)
        self.reason = reason
        self.detail = detail


def locate(root: Path, relative: str) -> Path:
    """The regular file that `relative` names under `root`, links resolved.

    Refused: `fetch.refused` for what is no plain relative path, leads out of `root` or is no
    regular file, `fetch.gone` for what is not there, `fetch.unreadable` if the system says no.
    """
    if not relative or "\0" in relative or relative.startswith("/") or ".." in relative.split("/"):
        raise Refused("fetch.refused", "not a plain relative path", repr(relative))
    try:
        base = os.path.realpath(root, strict=True)
        path = os.path.realpath(root / relative, strict=True)
        regular = stat.S_ISREG(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        raise Refused("fetch.gone", "there is no such file", repr(relative)) from None
    except PermissionError:
        raise Refused("fetch.unreadable", "no permission to read it", repr(relative)) from None
    except (OSError, ValueError):  # a circle of links, a name longer than names can be, no UTF-8
        raise Refused("fetch.refused", "not a path that can be followed", repr(relative)) from None
    if os.path.commonpath([base, path]) != base:
        raise Refused("fetch.refused", "a link leads out of the folder", repr(relative))
    if not regular:
        raise Refused("fetch.refused", "not a regular file", repr(relative))
    return Path(path)


def answer(root: Path, query: Query, recipe: Path | None = None) -> Reply:
    """What a query asks for in `root`, or in a folder that its ref names from the `recipe`'s.

    Refused for a path that `locate` refuses, `fetch.large` for bytes over `BYTES_LIMIT`;
    RecipeError with file and line, also while rows are read on, for a broken table.
    """
    first, *second = query.refs
    root = (recipe or root) / first.root if first.root else root
    if first.form == "bytes":
        return Reply(query, first.at, body=_body(root, first))
    if first.form == "listing":
        return Reply(query, first.at, rows=_listing(root, first.at))
    rows = _rows(root, first)
    for ref in second:
        rows = _joined(rows, _rows(root, ref), first, ref)
    return Reply(query, first.at, rows=rows)


def _rows(root: Path, ref: Ref) -> Iterator[Row]:
    return _READERS[ref.form](locate(root, ref.at), ref.at)


def _open(path: Path, at: str) -> BinaryIO:
    """Opens what `locate` found, unless a link or a pipe has taken its place since."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Refused("fetch.unreadable", error.strerror or "cannot be opened", repr(at)) from None
    file = os.fdopen(number, "rb")
    if not stat.S_ISREG(os.fstat(number).st_mode):
        file.close()
        raise Refused("fetch.refused", "not a regular file", repr(at))
    return file


def _body(root: Path, ref: Ref) -> bytes:
    with _open(locate(root, ref.at), ref.at) as file:
        body = file.read(BYTES_LIMIT + 1)
    if len(body) > BYTES_LIMIT:
        raise Refused("fetch.large", f"larger than {BYTES_LIMIT} bytes", repr(ref.at))
    return body


def _listing(root: Path, glob: str) -> Iterator[Row]:
    """The regular files that match, sorted by the bytes of their paths.

    "**/" stands for any folders, "*" and "?" for what is within one name. A link to a file
    inside the folder is a file; no link to a folder is followed.
    """
    if not root.is_dir():
        raise RecipeError("there is no such folder", _FIX, str(root))
    wanted = re.compile(_regex(glob), re.DOTALL)
    waiting = [""]  # paths still to visit, the next one last; folders end in "/"
    while waiting:
        path = waiting.pop()
        if path and not path.endswith("/"):
            if wanted.fullmatch(path) and _is_file(root, path):
                yield {"path": path}
            continue
        waiting.extend(sorted(_entries(root, path), key=os.fsencode, reverse=True))


def _entries(root: Path, folder: str) -> Iterator[str]:
    try:
        with os.scandir(root / folder) as entries:
            for entry in entries:
                yield folder + entry.name + "/" * entry.is_dir(follow_symlinks=False)
    except OSError as error:
        fix = "Allow reading it, or take it out of the source's folder"
        raise MachineError(error.strerror or "cannot be read", fix, str(root / folder)) from error


def _regex(glob: str) -> str:
    pieces = re.split(r"(\*\*/|\*|\?)", glob)
    rules = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "".join(rules.get(piece) or re.escape(piece) for piece in pieces)


def _is_file(root: Path, path: str) -> bool:
    try:
        path.encode()
        locate(root, path)
    except UnicodeEncodeError:
        name = repr(os.fsencode(path))
        raise RecipeError("a file's name is not UTF-8", "Rename it", name) from None
    except Refused as refused:
        # What may not be read today is still an item: opening it will say so.
        return refused.reason == "fetch.unreadable"
    return True


def _joined(left: Iterable[Row], right: Iterable[Row], here: Ref, there: Ref) -> Iterator[Row]:
    """Each row of the left with its one row of the right, or with nothing in its columns."""
    found: dict[str, Row] = {}
    columns: dict[str, None] = {}
    for number, row in enumerate(right, start=1):
        columns.update(dict.fromkeys(row))
        name = _name(row.get(there.on))
        if name in found:
            _broken(there.at, 0, f"row {number} is the second with {name!r} as {there.on!r}")
        if name:
            found[name] = row
    if columns and there.on not in columns:
        _broken(there.at, 0, f"no column is called {there.on!r}; there are {', '.join(columns)}")
    for number, row in enumerate(left, start=1):
        if here.on not in row:
            _broken(here.at, 0, f"row {number} has no {here.on!r} to join by")
        match = found.get(_name(row[here.on]), {})
        yield {**row, **{f"join.{column}": match.get(column) for column in columns}}


def _name(value: object) -> str:
    """A value to join by: CSV has 7 as a text where JSON has it as a number."""
    return "" if value is None else str(value)


def _json(path: Path, at: str) -> Iterator[Row]:
    with _open(path, at) as file:
        body = file.read(JSON_LIMIT + 1)
    if len(body) > JSON_LIMIT:
        _broken(at, 0, f"larger than {JSON_LIMIT} bytes; use JSON Lines")
    rows = _loads(body, at, 0)
    if not isinstance(rows, list):
        _broken(at, 0, "not an array of objects")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            _broken(at, 0, f"element {number} is not an object")
        yield row


def _jsonl(path: Path, at: str) -> Iterator[Row]:
    for number, line in _lines(path, at):
        if not line.strip():
            continue
        row = _loads(line, at, number)
        if not isinstance(row, dict):
            _broken(at, number, "not an object")
        yield row


def _loads(body: bytes | str, at: str, line: int) -> object:
    """JSON that says one thing only: no key twice, no NaN, bounded depth, text that is text."""
    try:
        text = body if isinstance(body, str) else body.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate is no text
        if text.count("[") + text.count("{") > DEPTH_LIMIT:
            _measure(value, DEPTH_LIMIT + isinstance(value, list))
    except RecursionError:
        _broken(at, line, "nested too deeply")
    except json.JSONDecodeError as error:
        _broken(at, line or error.lineno, error.msg)
    except ValueError as error:
        _broken(at, line, str(error))
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _measure(value: object, levels: int) -> None:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        if not levels:
            raise ValueError("nested too deeply")
        for child in value:
            _measure(child, levels - 1)


def _csv(path: Path, at: str) -> Iterator[Row]:
    """CSV with a header; "," ";" or TAB between cells, whichever the header has most."""
    lines = _lines(path, at)
    number, header = next(lines, (0, ""))
    if not number:
        return
    delimiter = max(",;\t", key=header.count)  # on a tie the first, the comma
    texts = (line for part in ([(1, header)], lines) for _, line in part)
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    try:
        names = next(reader)
        if not all(names) or len(set(names)) < len(names):
            _broken(at, 1, "a column has no name, or two have the same")
        for row in reader:
            if len(row) == len(names):
                yield dict(zip(names, row, strict=True))
            elif row:
                _broken(
                    at, reader.line_num, f"{len(row)} cells where there are {len(names)} columns"
                )
    except csv.Error as error:
        _broken(at, reader.line_num, str(error))


def _lines(path: Path, at: str) -> Iterator[tuple[int, str]]:
    with _open(path, at) as file:
        number = 0
        while body := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(body) > LINE_LIMIT:
                _broken(at, number, f"longer than {LINE_LIMIT} bytes")
            try:
                yield number, body.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                _broken(at, number, "not UTF-8")


def _parquet(path: Path, at: str) -> Iterator[Row]:
    try:
        with _open(path, at) as file, pq.ParquetFile(file) as table:
            names = table.schema_arrow.names
            if len(set(names)) < len(names):
                _broken(at, 0, "two columns have the same name")
            for batch in table.iter_batches(BATCH_ROWS):
                yield from batch.to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        _broken(at, 0, f"not Parquet that can be read: {error}")


_READERS: dict[str, Callable[[Path, str], Iterator[Row]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}


def _broken(at: str, line: int, what: str) -> Never:
    raise RecipeError.of((Fault(what, _FIX, at, line),))
