"""attribution/<source>.csv: who made what, on which terms, for people and spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from curator.exporters.base import EXPORTERS, Edition, File

HEADER = (
    *("title", "creator", "source page", "license", "license URL", "changes"),
    *("copyright notice", "caption license", "attribution", "attribution (ja)"),
)
OF_WORK = (
    *("title", "creator", "landing_url", "image_license", "image_license_url"),
    *("changes", "copyright_notice"),
)
OF_PAIR = ("caption_license", "attribution", "attribution_ja")
# A spreadsheet takes such a cell for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Lines(list[str]):
    """The csv module writes to anything that can `write`."""

    write = list.append


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return "'" + cell if cell.startswith(FORMULA) else cell


def _cells(pairs: Iterable[Mapping[str, Any]]) -> list[str]:
    """The cells of a work: what its pairs differ in stands one after the other."""
    rows = list(pairs)
    work = {**rows[0], "changes": "; ".join(rows[0]["changes"])}
    cells = [work[name] or "" for name in OF_WORK]
    cells += [" | ".join(dict.fromkeys(row[name] for row in rows)) for name in OF_PAIR]
    return [safe(cell) for cell in cells]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One line per published work, in one file per source."""

    id: str = "attribution"
    summary: str = "attribution/<source>.csv: title, creator, source page, license, changes"

    def files(self, edition: Edition) -> Iterator[File]:
        """A file per source that has anything published."""
        tables: dict[str, _Lines] = {}
        rows = edition.pairs("source", "item", *OF_WORK, *OF_PAIR)
        # Rows come in the order of keys, so the pairs of a work lie together.
        for (source, _), pairs in groupby(rows, lambda row: (row["source"], row["item"])):
            if source not in tables:
                tables[source] = _Lines()
                csv.writer(tables[source], lineterminator="\n").writerow(HEADER)
            csv.writer(tables[source], lineterminator="\n").writerow(_cells(pairs))
        for source in sorted(tables):
            chunks = (line.encode() for line in tables[source])
            yield File(f"attribution/{source}.csv", chunks)


EXPORTERS.add(Attribution())
