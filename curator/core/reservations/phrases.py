"""Reservations in plain words, found as whole phrases of a table (`licenses/reservations.toml`)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from curator import data
from curator.core.license_text import fold
from curator.core.text import tidy

TEXT_CHARS = 20_000  # characters looked at; a statement of rights with its terms is under 5,000
_KEPT = 16_384  # texts: a source repeats a handful over all its records
_WORD = re.compile(r"[^\W_]+")


def against_mining(text: str) -> str:
    """The phrase that keeps a work from AI training, data mining or reuse, "" if there is none."""
    return _find(text[:TEXT_CHARS], "mining")


def against_reuse(text: str) -> str:
    """The phrase that no open license would stand beside, "" if there is none."""
    return _find(text[:TEXT_CHARS], "everything")


@dataclass(frozen=True, slots=True)
class _Table:
    latin: Mapping[str, tuple[str, ...]]  # first word → phrases, each between spaces
    opposite: frozenset[str]  # a next word that turns a phrase around
    cjk: re.Pattern[str]


@lru_cache(maxsize=_KEPT)
def _find(text: str, part: str) -> str:
    table = _table(part)
    plain = tidy(text)
    words = _WORD.findall(plain.lower() if plain.isascii() else fold(plain))
    line = f" {' '.join(words)} "
    for word in dict.fromkeys(words):
        for phrase in table.latin.get(word, ()):
            behind = line.split(phrase)[1:]
            if any(rest.partition(" ")[0] not in table.opposite for rest in behind):
                return phrase.strip()
    found = None if line.isascii() else table.cjk.search("".join(words))
    return found[0] if found else ""


@cache
def _table(part: str) -> _Table:
    table: Any = dict(data.tables())["reservations.toml"]["reservation"]
    latin: dict[str, tuple[str, ...]] = {}
    for phrase in table[part]:
        words = _WORD.findall(fold(phrase))
        latin[words[0]] = (*latin.get(words[0], ()), f" {' '.join(words)} ")
    cjk, opposite = _either(table[f"{part}_cjk"]), _either(table["opposite_if_followed_by_cjk"])
    return _Table(
        latin=latin,
        opposite=frozenset(table["opposite_if_followed_by"]),
        cjk=re.compile(rf"(?:{cjk})(?!(?:[をはもと]|には)?(?:{opposite}))"),
    )


def _either(phrases: Iterable[str]) -> str:
    """The phrases as they look once folded and without spaces, the longest first."""
    plain = {"".join(_WORD.findall(fold(phrase))) for phrase in phrases}
    return "|".join(sorted(map(re.escape, plain), key=lambda one: (-len(one), one)))
