"""The rights clock: when an item's rights were read, and which reading stands when two differ.

A Creative Commons license cannot be withdrawn from a copy taken under it (4.0 says "irrevocable"
in §2(a)(1); 1.0 to 3.0 grant it for as long as the copyright lasts, §3 and §7(b)), nor can a
dedication (CC0 §2). A mark only reports and grants nothing; a consent ends when it is revoked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from curator.core import spdx
from curator.model import Answer, Evidence, Ground, quote

READ = "rights.read"  # value: the day on which the rights that stand were read
KEPT = "license.kept"  # value: sha256 of the bytes that the kept license was given with
NOW = "license.now"  # what a later look found, where the license at capture stands
CHECK = "rights.clock@1"

_SYMBOL = re.compile(r"[A-Za-z0-9.+-]+")
_LASTING = re.compile(
    r"CC0-1\.0|CC-PDDC|PDDL-1\.0|CC-(?:BY|BY-SA|SA)-\d.*|LicenseRef-CC-(?:BY|BY-SA)-\d.*"
)


@dataclass(frozen=True, slots=True)
class Look:
    """How the rights of one item read on one day."""

    date: str  # YYYY-MM-DD, of the snapshot
    license: str  # SPDX expression; "" = none, unknown, or several that differ
    record: str  # digest of the record
    sha256: str = ""  # of the bytes; "" = they were not taken, or are not there yet
    words: str = ""  # the source's own, at most 200 characters
    where: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which of two looks stands, and why, in words for evidence and ledger."""

    kept: Literal["capture", "now"]
    words: str  # "" where the looks agree
    stale: bool = False  # the later look is older than the recipe allows


def lasting(expression: str) -> bool:
    """Whether a license, once granted, cannot be taken back from those who have a copy.

    True for accepted Creative Commons licenses and dedications only; one such arm of an OR is
    enough, as the arm that was taken.
    """
    if "(" in expression:
        return all(map(_lasting, set(_SYMBOL.findall(expression)) - {"OR", "AND"}))
    arms = expression.split(" OR ")
    return any(all(map(_lasting, arm.split(" AND "))) for arm in arms)


def _lasting(name: str) -> bool:
    return bool(_LASTING.fullmatch(name)) and spdx.standing(name).accepted


def capture(looks: Iterable[Look]) -> Look | None:
    """The look that counts as the first: the earliest at which a lasting license came with bytes.

    Where there was none, the earliest; None without looks.
    """
    order = sorted(looks, key=lambda look: (look.date, look.license, look.record, look.sha256))
    lasted = [look for look in order if look.sha256 and lasting(look.license)]
    return next(iter(lasted or order), None)


def resolve(first: Look, now: Look, max_age_days: int, today: str) -> Resolution:
    """Which look stands; `today` is the snapshot's day, `max_age_days` 0 asks for no age.

    The license at capture is kept only where it lasts and the bytes are those that were taken
    under it (`now.sha256` "" = to be compared once they are there).
    """
    stale = is_stale(now.date, max_age_days, today)
    if first.license == now.license:
        return Resolution("now", "", stale)
    told = f"{first.license or 'no license'} on {first.date}, {now.license or 'none'} on {now.date}"
    if not lasting(first.license):
        return Resolution(
            "now", f"{told}: the first is no grant that lasts; the later counts", stale
        )
    if not first.sha256:
        return Resolution("now", f"{told}: no copy was taken under the first", stale)
    if now.sha256 not in {"", first.sha256}:
        return Resolution("now", f"{told}: the first was given with other bytes", stale)
    return Resolution("capture", f"{told}: the first cannot be withdrawn and is kept", stale)


def is_stale(read: str, max_age_days: int, today: str) -> bool:
    """Whether the rights were read too many days before `today`; an unreadable day is too old."""
    if not max_age_days:
        return False
    try:
        return (date.fromisoformat(today) - date.fromisoformat(read)).days > max_age_days
    except ValueError:
        return True


def stood(evidence: Sequence[Evidence]) -> tuple[str, str, str]:
    """The image's license as a look found it: SPDX expression, the source's words, their place.

    The expression is "" unless all statements agree and are understood.
    """
    asked = [e for e in evidence if e.about == "image" and e.question == NOW]
    said = asked or [e for e in evidence if e.about == "image" and e.question == "license"]
    read = {e.value if e.answer is Answer.YES else "" for e in said}
    first = min(said, key=Evidence.dumps, default=None)
    value = read.pop() if len(read) == 1 else ""
    return (value, first.quote, first.where) if first else ("", "", "")


def applied(evidence: Sequence[Evidence], first: Look, found: Resolution) -> tuple[Evidence, ...]:
    """The evidence with what the clock says: what does not stand is kept as `license.now`."""
    if not found.words:
        return tuple(evidence)
    if found.kept == "now":
        return (*evidence, _said("license.earlier", first.license, found.words))
    return (*_without(evidence), *_captured(first, found.words))


def _without(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The evidence with the later license put aside, and without the day of the later look."""
    for e in evidence:
        if e.about == "image" and e.question == "license":
            yield replace(e, question=NOW)
        elif e.question != READ:
            yield e


def _captured(first: Look, words: str) -> Iterator[Evidence]:
    license_ = _said("license", first.license, first.words)
    yield replace(license_, where=first.where)
    yield _said(KEPT, first.sha256, words)
    yield _said(READ, first.date, "")


def _said(question: str, value: str, words: str) -> Evidence:
    yes, basis = Answer.YES, Ground.DECLARED
    return Evidence("image", CHECK, question, yes, basis, quote=quote(words), value=value)


def read_on(evidence: Iterable[Evidence]) -> str | None:
    """The day on which the rights that stand were read; None where nobody told."""
    days = (e.value for e in evidence if e.question == READ and e.answer is Answer.YES)
    return next(days, None)
