"""What a check is: it looks at views and gives evidence; it never decides and never decodes."""

from collections.abc import Sequence
from typing import Protocol

from curator.model import Evidence, Needs
from curator.plugins import Registry
from curator.view import View


class Check(Protocol):
    """One question put to every view; pure, so that the same views give the same evidence."""

    @property
    def id(self) -> str:
        """`<question>.<what>`, unique."""
        ...

    @property
    def version(self) -> int:
        """Raised when the same view may give other evidence than before."""
        ...

    @property
    def needs(self) -> Needs:
        """What the views must hold."""
        ...

    @property
    def summary(self) -> str:
        """One sentence for the docs."""
        ...

    def look(self, views: Sequence[View]) -> list[tuple[Evidence, ...]]:
        """One tuple per view, in the order of the views."""
        ...


CHECKS: Registry[Check] = Registry("curator.checks")


def looking(needs: Needs) -> tuple[Check, ...]:
    """The checks that can be run once `needs` is there, sorted by id."""
    return tuple(check for check in CHECKS.all().values() if check.needs == needs)
