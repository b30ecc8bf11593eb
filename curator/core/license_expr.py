"""SPDX expressions weighed: in OR the least demanding accepted license, in AND the strictest."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from curator.core.license_table import Row
from curator.core.reasons import REASONS
from curator.model import LicenseClass, Verdict

_SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_MAX_OPEN = 16  # brackets; nobody nests deeper, and the parser recurses
_CLASSES = tuple(LicenseClass)  # from nothing to everything


@dataclass(frozen=True, slots=True)
class Weight:
    """A license, or an expression of several, with the judgement that follows."""

    parts: tuple[str, ...]  # in order of appearance, each once; an inner expression in brackets
    operator: str  # between the parts: "OR", "AND", or "" where there is one
    chosen: str  # the arm of an OR that is taken; in an AND the strictest
    cls: LicenseClass
    accepted: bool
    reason: str | None
    why: str
    obligations: tuple[str, ...]

    @staticmethod
    def of(row: Row) -> "Weight":
        """The weight of one license."""
        return Weight(
            parts=(row.id,),
            operator="",
            chosen=row.id,
            cls=row.cls,
            accepted=row.accepted,
            reason=row.reason,
            why=row.why,
            obligations=row.obligations,
        )

    @property
    def expression(self) -> str:
        """The SPDX expression."""
        return f" {self.operator} ".join(self.parts)

    @property
    def demand(self) -> tuple[bool, bool, int]:
        """How much is asked: not accepted over accepted, rejected over held, then the class."""
        rejected = self.reason is not None and REASONS[self.reason][0] is Verdict.REJECT
        return (not self.accepted, rejected, _CLASSES.index(self.cls))


def weigh(expression: str, row_of: Callable[[str], Row | None]) -> Weight | None:
    """The weight of an expression; None if it does not parse or names a license nobody knows."""
    # Imported here: it takes longer than all the rest of a start, and most sets need it not.
    from license_expression import ExpressionError, LicenseSymbol, Licensing  # noqa: PLC0415

    names = [name for name in _SYMBOL.findall(expression) if name not in {"OR", "AND"}]
    rows = {name: row_of(name) for name in names}
    if not names or None in rows.values() or expression.count("(") > _MAX_OPEN:
        return None
    try:
        tree = Licensing([LicenseSymbol(name) for name in rows]).parse(expression, validate=True)
    except ExpressionError:
        return None
    return _walk(tree, {name: Weight.of(row) for name, row in rows.items() if row})


_NO_GRANT = frozenset({LicenseClass.RESERVED, LicenseClass.UNKNOWN})


def _walk(node: Any, known: dict[str, Weight]) -> Weight | None:
    args = getattr(node, "args", ())
    if not args:
        return known.get(node.key)
    arms = [_walk(arm, known) for arm in args]
    found = [arm for arm in arms if arm]
    if len(found) != len(arms):
        return None
    return _either(found) if type(node).__name__ == "OR" else _both(found)


def _either(arms: Sequence[Weight]) -> Weight:
    # A statement that grants nothing ("In Copyright") is no choice: with it the whole is as bad.
    offers = all(arm.cls not in _NO_GRANT for arm in arms)
    judged = min(arms, key=lambda arm: arm.demand) if offers else max(arms, key=lambda a: a.demand)
    return _joined(judged, arms, "OR")


def _both(arms: Sequence[Weight]) -> Weight:
    worst = max(arms, key=lambda arm: arm.demand)
    asked = dict.fromkeys(duty for arm in arms for duty in arm.obligations)
    return replace(
        _joined(worst, arms, "AND"),
        cls=max((arm.cls for arm in arms), key=_CLASSES.index),
        obligations=tuple(asked) if worst.accepted else (),
    )


def _joined(judged: Weight, arms: Sequence[Weight], operator: str) -> Weight:
    parts: dict[str, None] = {}
    for arm in arms:
        inner = len(arm.parts) > 1 and arm.operator != operator
        parts.update(dict.fromkeys([f"({arm.expression})"] if inner else arm.parts))
    return replace(judged, parts=tuple(parts), operator=operator if len(parts) > 1 else "")
