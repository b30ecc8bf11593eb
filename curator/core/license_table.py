"""The license tables of `licenses/`, read into rows and indexes once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from curator import data
from curator.core.license_text import address, fold, key
from curator.model import LicenseClass

_Value = TypeVar("_Value")

ACCEPTED = (
    LicenseClass.PUBLIC_DOMAIN,
    LicenseClass.ATTRIBUTION,
    LicenseClass.SHARE_ALIKE,
    LicenseClass.OPT_IN,
)


@dataclass(frozen=True, slots=True)
class Row:
    """What curator holds of one license."""

    id: str  # SPDX id or LicenseRef-
    cls: LicenseClass
    accepted: bool
    reason: str | None  # None if accepted, else a code of core.reasons
    why: str  # half a sentence
    obligations: tuple[str, ...] = ()
    url: str = ""  # canonical; "" if none
    names: tuple[str, ...] = ()
    family: str = ""  # the table it stands in, without ".toml"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Texts that are no license: they tell a person why, and accept nothing."""

    cls: LicenseClass
    why: str
    names: frozenset[str]
    starts: tuple[str, ...]
    words: tuple[str, ...]

    def meets(self, text: str) -> bool:
        """Whether `text` (raw) is refused by this."""
        words, folded = key(text), fold(text)
        return (
            words in self.names
            or any(
                folded.startswith(start) and not folded[len(start) : len(start) + 1].isalpha()
                for start in self.starts
            )
            or any(f" {phrase} " in f" {words} " for phrase in self.words)
        )


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every table, by whatever a statement can be looked up by."""

    rows: Mapping[str, Row]  # id → row
    names: Mapping[str, str]  # key of a name → SPDX expression
    urls: Mapping[str, str]  # "host/path" → SPDX id
    refusals: tuple[Refusal, ...]
    creative_commons: Mapping[str, Any]
    public_domain: Mapping[str, Any]
    template: Mapping[str, Any]
    listed: frozenset[str]  # the ids of the pinned SPDX list


@cache
def shelf() -> Shelf:
    """The tables; a name or an address that means two things is a ValueError."""
    listed = tuple(json.loads(data.text("spdx-ids.json"))["ids"])
    rows: dict[str, Row] = {}
    names: dict[str, str] = {}
    urls: dict[str, str] = {}
    refusals: list[Refusal] = []
    parts: dict[str, Mapping[str, Any]] = {"cc": {}, "pd": {}, "template": {}}
    for file, loaded in data.tables():
        content: Mapping[str, Any] = loaded
        for entry in content.get("license", ()):
            row = _row(entry, content.get("family", {}), file.removesuffix(".toml"))
            _put(rows, row.id, row)
            _index(names, urls, row.id, entry)
        for entry in content.get("alias", ()):
            _index(names, urls, str(entry["means"]), entry)
        refusals.extend(_refusal(entry) for entry in content.get("refusal", ()))
        parts.update({part: content[part] for part in parts if part in content})
    for name in listed:
        names.setdefault(key(name), name)  # a deprecated id is a name of its successor
    return Shelf(
        rows=rows,
        names=names,
        urls=urls,
        refusals=tuple(refusals),
        creative_commons=parts["cc"],
        public_domain=parts["pd"],
        template=parts["template"],
        listed=frozenset(listed),
    )


def _row(entry: Mapping[str, Any], family: Mapping[str, Any], table: str) -> Row:
    merged = {**family, **entry}
    cls = LicenseClass(merged["class"])
    accepted = bool(merged.get("accepted", cls in ACCEPTED))
    if accepted and cls not in ACCEPTED:
        raise ValueError(f"{table}: {merged['id']} is {cls} and cannot be accepted")
    return Row(
        id=str(merged["id"]),
        cls=cls,
        accepted=accepted,
        reason=None if accepted else str(merged["reason"]),
        why=str(merged["why"]),
        obligations=tuple(merged.get("obligations", ())) if accepted else (),
        url=next(iter(merged.get("urls", ())), ""),
        names=tuple(merged.get("names", ())),
        family=table,
    )


def _refusal(entry: Mapping[str, Any]) -> Refusal:
    return Refusal(
        cls=LicenseClass(entry["class"]),
        why=str(entry["why"]),
        names=frozenset(_keys(entry.get("names", ()))),
        starts=tuple(fold(start) for start in entry.get("starts", ())),
        words=tuple(_keys(entry.get("words", ()))),
    )


def _index(
    names: dict[str, str], urls: dict[str, str], means: str, entry: Mapping[str, Any]
) -> None:
    own = [means] if "id" in entry else []
    for name in _keys([*own, *entry.get("names", ())]):
        _put(names, name, means)
    for url in entry.get("urls", ()):
        for place in (address(url) or ())[:1]:
            _put(urls, place, means)


def _keys(names: Iterable[str]) -> Iterator[str]:
    return (key(name) for name in names)


def _put(index: dict[str, _Value], name: str, value: _Value) -> None:
    if index.setdefault(name, value) != value:
        raise ValueError(f"licenses: {name!r} means two things: {index[name]!r} and {value!r}")
