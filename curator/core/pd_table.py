"""The table of reasons for the public domain, `licenses/pd-reasons.toml`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from curator import data
from curator.core import spdx
from curator.core.license_text import fold, key

EVERYWHERE = frozenset({"origin", "us", "eu", "jp"})  # the words of the recipe's pd_scope


class By(StrEnum):
    """Whose word a reason takes."""

    HOLDER = "holder"
    INSTITUTION = "institution"  # the one that keeps the work
    ANYBODY = "anybody"  # with the source's own dates, where the reason asks for them


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground on which a work is in the public domain."""

    id: str
    sentence: str  # without a full stop
    holds: frozenset[str]  # words of pd_scope, and codes of countries
    by: By
    own_words: bool = False  # the tag is spoken by the holder
    died: int = 0  # years since the creator's death that the dates must show; 0 = none asked
    made: int = 0  # years since the making
    reproduction: bool = False  # covers a picture of the work, too
    foreign: bool = False  # of works that come from elsewhere: never adds `origin`


@dataclass(frozen=True, slots=True)
class Table:
    """The reasons, by whatever a record can name them by."""

    by_id: Mapping[str, Reason]
    by_license: Mapping[str, tuple[Reason, ...]]  # SPDX id → reasons, in the table's order
    against: Mapping[str, frozenset[str]]  # key of a template → places it takes away
    places: Mapping[str, frozenset[str]]  # a country's folded name → the places it lies in


@cache
def table() -> Table:
    """The table; a name that is no license statement, or a word that is none, is a ValueError."""
    content: Mapping[str, Any] = dict(data.tables())["pd-reasons.toml"]
    by_id: dict[str, Reason] = {}
    names: dict[str, tuple[str, ...]] = {}
    by_license: dict[str, tuple[Reason, ...]] = {}
    for entry in content["reason"]:
        reason = by_id[entry["id"]] = _reason(entry)
        inner = names.get(entry.get("wraps", ""), ())
        wrapped = [f"{wrapper}|{name}" for wrapper in entry.get("wrappers", ()) for name in inner]
        names[reason.id] = (*entry.get("names", ()), *wrapped)
        for name in dict.fromkeys(map(_license, names[reason.id])):
            by_license[name] = (*by_license.get(name, ()), reason)
    return Table(by_id, by_license, _against(content), _places(content))


def _reason(entry: Mapping[str, Any]) -> Reason:
    holds = entry["holds"]
    return Reason(
        id=entry["id"],
        sentence=entry["sentence"],
        holds=EVERYWHERE if holds == "everywhere" else frozenset(holds),
        by=By(entry["by"]),
        own_words=entry.get("own_words", False),
        died=entry.get("died", 0),
        made=entry.get("made", 0),
        reproduction=entry.get("reproduction", False),
        foreign=entry.get("foreign", False),
    )


def _license(name: str) -> str:
    found = spdx.read(name).spdx
    if found is None:
        raise ValueError(f"pd-reasons.toml: {name!r} is no statement that curator reads")
    return found


def _against(content: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {
        key(name): frozenset(entry["takes"])
        for entry in content["against"]
        for name in entry["names"]
    }


def _places(content: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    larger = content["within"].items()
    return {
        fold(name): frozenset({code, *(place for place, codes in larger if code in codes)})
        for code, spelled in content["place"].items()
        for name in spelled
    }
