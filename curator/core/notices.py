"""What the notices of a record mean, by the table `licenses/notices.toml`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from curator import data
from curator.core.license_text import fold
from curator.core.notes import CATEGORY, LICENSE_REVIEW, RESTRICTION, TEMPLATE
from curator.core.reasons import REASONS
from curator.model import Candidate

_FILE = "notices.toml"
_READ = (RESTRICTION, TEMPLATE, CATEGORY)
_OPEN = (TEMPLATE, CATEGORY)  # fields whose names may be known by how they begin


@dataclass(frozen=True, slots=True)
class Notice:
    """One name that stands in a record."""

    field: str  # the note's name, or "tags"
    words: str  # as the record writes it
    forms: tuple[tuple[str, str], ...]  # (kind of name, name) that it is looked up by


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one row of the table."""

    exact: frozenset[tuple[str, str]]
    starts: tuple[str, ...]

    def hold(self, notice: Notice) -> bool:
        """Whether the notice is one of these."""
        return any(
            form in self.exact or (form[0] in _OPEN and form[1].startswith(self.starts))
            for form in notice.forms
        )


@dataclass(frozen=True, slots=True)
class _Table:
    questions: tuple[tuple[str, Names], ...]
    origin: Names
    passed: Names


def notices(record: Candidate) -> Iterator[Notice]:
    """Every name of the fields that notices stand in; tags are read as categories."""
    for field, value in record.notes:
        if field in _READ:
            yield from _split(field, field, value)
    for tag in record.tags:
        yield from _split("tags", CATEGORY, tag)


def questions(notice: Notice) -> tuple[str, ...]:
    """The questions that a notice answers with yes, in the order of the table."""
    return _questions(notice.forms)


def is_origin(notice: Notice) -> bool:
    """Whether it says that the file came over from another platform."""
    return _table().origin.hold(notice)


def is_passed(notice: Notice) -> bool:
    """Whether it says that the license there was reviewed and found to be the one here."""
    return _table().passed.hold(notice)


def review(value: str) -> Notice:
    """What a note `license_review` says, as a notice."""
    return Notice(LICENSE_REVIEW, value, ((LICENSE_REVIEW, _name(value)),))


@lru_cache(maxsize=65_536)  # the same few names stand in record after record
def _questions(forms: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    notice = Notice("", "", forms)
    return tuple(question for question, names in _table().questions if names.hold(notice))


@lru_cache(maxsize=65_536)
def _split(field: str, kind: str, value: str) -> tuple[Notice, ...]:
    """A template with its parameters is one notice; restrictions and categories may be several."""
    parts = value.strip().strip("{}").split("|")
    if kind == TEMPLATE:
        name, *parameters = map(_name, parts)
        told = (f"{name}|{parameter.replace(' = ', '=')}" for parameter in parameters)
        return (Notice(field, value, tuple((kind, form) for form in (name, *told))),)
    named = ((part.strip(), _name(part)) for part in parts)
    return tuple(Notice(field, part, ((kind, name),)) for part, name in named if name)


def _name(text: str) -> str:
    name = " ".join(fold(text.replace("_", " ")).split())
    for space in ("template:", "category:"):
        name = name.removeprefix(space).strip()
    return name


@cache
def _table() -> _Table:
    """The table; a question that is no reason is a ValueError."""
    content: Mapping[str, Any] = dict(data.tables())[_FILE]
    rows = content["notice"]
    for row in rows:
        if row["question"] not in REASONS:
            raise ValueError(f"{_FILE}: {row['question']!r} is no reason")
    return _Table(
        questions=tuple((row["question"], _names(row)) for row in rows),
        origin=_names(content["reupload"]["origin"]),
        passed=_names(content["reupload"]["passed"]),
    )


def _names(row: Mapping[str, Iterable[str]]) -> Names:
    kinds = (*_READ, LICENSE_REVIEW)
    exact = ((kind, _name(name)) for kind in kinds for name in row.get(kind, ()))
    return Names(frozenset(exact), tuple(map(_name, row.get("starts", ()))))
