"""What known sources' own rules say about AI-made content, and which recipes contradict that."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from curator import data
from curator.terms import NotAi

TABLE = "source-rules.toml"


class Says(StrEnum):
    """What a rule does about AI-made content."""

    BANS = "bans"
    LABEL = "label"
    NOTHING = "nothing"  # no rule was found where it would stand


@dataclass(frozen=True, slots=True)
class SourceRule:
    """One source's rule as it was found on a day."""

    name: str
    rule: Says
    at: tuple[str, ...]  # web places of the source: "host" or "host/beginning/of/path"
    url: str  # where the rule was read, or not found
    looked: date
    quote: str
    verified: bool  # False: not the source's own page, or not all of it
    note: str


@cache
def rules() -> tuple[SourceRule, ...]:
    """The table, in its order; a row that says less than it must is a ValueError."""
    rows = dict(data.tables())[TABLE]["source"]
    assert isinstance(rows, list)  # noqa: S101  (TOML's array of tables)
    found = tuple(
        SourceRule(**row | {"rule": Says(row["rule"]), "at": tuple(row["at"])}) for row in rows
    )
    for rule in found:
        if not (rule.at and rule.url and rule.note) or (rule.rule is Says.NOTHING) == bool(
            rule.quote
        ):
            raise ValueError(f"{TABLE}: the row of {rule.name} is not whole")
    return found


def rule_of(url: str) -> SourceRule | None:
    """The rule of the source that a web address belongs to; None for a stranger."""
    place = _place(url)
    if not place:
        return None
    for rule in rules():
        if any(place == at or place.startswith(f"{at}/") for at in rule.at):
            return rule
    return None


def contradiction(not_ai: NotAi | None, proof: str | None) -> str | None:
    """Why a recipe may not rest on a source's rule that the table knows not to exist.

    `proof` is the source's own; it and the proof of `not_ai` say which source is meant. What
    follows the name of the key `not_ai`, or None where nothing is known against it.
    """
    if not_ai is None or not_ai.by != "source-rule":
        return None
    for url in (not_ai.proof, proof or ""):
        rule = rule_of(url)
        if rule and rule.rule is Says.NOTHING:
            return (
                f"rests on a rule of {rule.name} about AI, and none was found "
                f"on {rule.looked} ({rule.url})"
            )
    return None


def _place(url: str) -> str:
    """Host and path of an address, without "www.", case of the host and a final slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
    return f"{host}{parts.path}".rstrip("/") if parts.scheme in ("http", "https") else ""
