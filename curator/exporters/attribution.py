"""attribution/<source>.csv: who made what, on which terms, for people and spreadsheets."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from curator.exporters.base import EXPORTERS, Edition, File

HEADER = ("title", "creator", "source page", "license", "license URL", "changes")
COLUMNS = (
    *("source", "item", "title", "creator", "landing_url"),
    *("image_license", "image_license_url", "changes"),
)
# A spreadsheet takes such a cell for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Lines(list[str]):
    """The csv module writes to anything that can `write`."""

    write = list.append


def safe(cell: str) -> str:
    """A cell that a spreadsheet shows and does not run."""
    return "'" + cell if cell.startswith(FORMULA) else cell


def _cells(row: Mapping[str, Any]) -> list[str]:
    changes = "; ".join(row["changes"])
    return [safe(row[name] or "") for name in COLUMNS[2:-1]] + [safe(changes)]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One line per published work, in one file per source."""

    id: str = "attribution"
    summary: str = "attribution/<source>.csv: title, creator, source page, license, changes"

    def files(self, edition: Edition) -> Iterator[File]:
        """A file per source that has anything published."""
        tables: dict[str, _Lines] = {}
        seen: set[str] = set()
        for row in edition.pairs(*COLUMNS):
            if row["item"] in seen:
                continue
            seen.add(row["item"])
            if row["source"] not in tables:
                tables[row["source"]] = _Lines()
                csv.writer(tables[row["source"]], lineterminator="\n").writerow(HEADER)
            csv.writer(tables[row["source"]], lineterminator="\n").writerow(_cells(row))
        for source in sorted(tables):
            chunks = (line.encode() for line in tables[source])
            yield File(f"attribution/{source}.csv", chunks)


EXPORTERS.add(Attribution())
