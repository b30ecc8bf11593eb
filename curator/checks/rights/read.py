"""When the rights of an item were read: the day of its record, else that of the snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from curator.checks.base import CHECKS
from curator.core.clock import READ
from curator.core.notes import READ_AT, values
from curator.model import Answer, Evidence, Ground, Needs, quote
from curator.view import View


@dataclass(frozen=True, slots=True)
class Read:
    """Says the day; a note that is no day, or lies after the snapshot, is unknown."""

    id: str = "rights.read"
    version: int = 1
    needs: Needs = Needs.RECORD
    summary: str = "The day on which the item's rights were read"

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """The day of each view's record; nothing where there is no snapshot."""
        return [(self._view(view),) if view.date else () for view in views]

    def _view(self, view: View) -> Evidence:
        noted = values(view.candidate.notes, READ_AT)
        day = noted[0] if noted else view.date
        good = len(noted) <= 1 and _is_day(day) and day <= view.date
        return Evidence(
            about="image",
            check=f"{self.id}@{self.version}",
            question=READ,
            answer=Answer.YES if good else Answer.UNKNOWN,
            basis=Ground.DECLARED,
            where=READ_AT if noted else "snapshot",
            quote=quote("; ".join(noted)),
            value=day if good else "",
        )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


CHECKS.add(Read())
