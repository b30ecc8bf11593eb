"""gather: ask the sources and keep each item's own record, raw as it was."""

from collections.abc import Callable, Iterator
from itertools import islice

from curator.io.local import Refused
from curator.io.store import Store, digest_of, table_of
from curator.model import Candidate
from curator.query import Query, Reply
from curator.schema import CANDIDATES
from curator.sources.base import Source
from curator.steps.rows import Declared, Slice, to_row

SLICE = 256  # candidates; a unit of work that a killed run loses at most once per worker


def crawl(source: Source, answer: Callable[[Query], Reply]) -> Iterator[Candidate]:
    """Every candidate of a source in its own order: a query met on the way is answered first.

    A file met on the way that cannot be had comes as an empty reply, so that its record says so;
    what a source asks for first must be there (Refused, a RecipeError, passes).
    """
    open_ends: list[Iterator[Candidate | Query]] = [source.first()]
    while open_ends:
        found = next(open_ends[-1], None)
        if found is None:
            open_ends.pop()
        elif isinstance(found, Query):
            first = len(open_ends) == 1
            open_ends.append(source.read(answer(found) if first else _or_empty(answer, found)))
        else:
            yield found


def gather(declared: Declared, found: Iterator[Candidate], store: Store) -> Iterator[Slice]:
    """The slices of one source, each saved under the digest of what it holds."""
    number = 0
    while rows := [to_row(candidate) for candidate in islice(found, SLICE)]:
        table = table_of(CANDIDATES, rows)
        name, digest = f"{declared.terms.source}-{number:06d}", digest_of(table)
        path = store.path("gather", name, digest)
        if not path.exists():
            store.save(path, table)
        yield Slice(declared, name, digest, path, len(rows))
        number += 1


def _or_empty(answer: Callable[[Query], Reply], query: Query) -> Reply:
    try:
        return answer(query)
    except Refused:
        return Reply(query, query.refs[0].at)
