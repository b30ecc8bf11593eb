"""The nouns: Candidate → View → Evidence → Decision, and the words they are made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import Any, NewType

ItemId = NewType("ItemId", str)  # "<source id>:<the source's own id>"
Key = NewType("Key", str)  # 20 hex digits, plus "-<lang>" where an item gives several pairs
Sha256 = NewType("Sha256", str)  # 64 hex digits


class Basis(StrEnum):
    """The ground on which a source says its works may be used."""

    OPT_IN = "opt-in"
    OPEN_LICENSE = "open-license"
    PUBLIC_DOMAIN = "public-domain"


class LicenseClass(StrEnum):
    """What a license asks for, from nothing to everything; only the first four are accepted."""

    PUBLIC_DOMAIN = "public-domain"
    ATTRIBUTION = "attribution"
    SHARE_ALIKE = "share-alike"
    OPT_IN = "opt-in"
    NON_COMMERCIAL = "non-commercial"
    NO_DERIVATIVES = "no-derivatives"
    RESERVED = "reserved"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What becomes of an item; `hold` = a person must look, `pending` = the world failed us."""

    PUBLISH = "publish"
    HOLD = "hold"
    PENDING = "pending"
    REJECT = "reject"


class Answer(StrEnum):
    """A check's answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """How a piece of evidence is known: said of it, found inside it, or computed from it."""

    DECLARED = "declared"
    EMBEDDED = "embedded"
    MEASURED = "measured"


class Strength(StrEnum):
    """How much evidence can carry; `weak` is recorded and never decides alone."""

    CERTAIN = "certain"
    STRONG = "strong"
    WEAK = "weak"


class CaptionKind(StrEnum):
    """Which field of the source a caption comes from: its provenance, best first."""

    HUMAN_DESCRIPTION = "human-description"
    HUMAN_TITLE = "human-title"
    ALT_TEXT = "alt-text"
    STRUCTURED_LABEL = "structured-label"
    CATALOGUE_COMPOSED = "catalogue-composed"
    FILE_TITLE = "file-title"
    TRANSLATED = "translated"
    FILE_NAME = "file-name"  # never a caption


class AiClass(StrEnum):
    """How far AI can be ruled out for what is published, best first (DESIGN: AI, images)."""

    PREDATES_FILE = "predates-file"
    PREDATES_WORK = "predates-work"
    DECLARED = "declared"
    LABELLED = "labelled"
    NONE = "none"


class Needs(IntEnum):
    """What a check must be shown, cheapest first."""

    RECORD = 0  # the source's own record; nothing downloaded
    HOST = 1  # the signals of the host the bytes come from
    BYTES = 2  # the file as published
    PIXELS = 3  # decoded once, shared


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of rights, in the source's own words."""

    about: str  # "image" or "work"
    text: str  # raw
    where: str  # field or file that says so


@dataclass(frozen=True, slots=True)
class Caption:
    """One text about the image as its source gives it."""

    text: str
    lang: str  # BCP 47; "und" = the source does not say
    kind: CaptionKind
    license: str  # raw; "" = only what the recipe says of the source's captions
    field: str  # where in the record it stands


@dataclass(frozen=True, slots=True)
class Candidate:
    """One image of one record, as its source tells it; nothing in it is judged yet."""

    item: ItemId
    image: str  # what to fetch: a path relative to the source's folder, or a URL
    claims: tuple[Claim, ...] = ()
    captions: tuple[Caption, ...] = ()
    title: str = ""
    creator: str = ""
    creator_url: str = ""
    credit: str = ""  # the licensor's own line, verbatim
    copyright_notice: str = ""
    landing_url: str = ""
    file_url: str = ""
    created: str = ""  # as the source writes it
    tags: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()  # (field, value) of the record that checks may want
    where: str = ""  # the file or reply, and the place in it, that this record was read from


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer to one question, with the words it rests on.

    It names no item, so equal evidence is one object. A question that is also a reason code
    (`core.reasons`) and is answered yes gives that reason, unless the evidence is weak.
    """

    about: str  # "image", "work" or "caption:<n>"
    check: str  # "<id>@<version>"
    question: str
    answer: Answer
    basis: Ground
    strength: Strength = Strength.CERTAIN
    where: str = ""  # field, chunk or offset
    quote: str = ""  # the words themselves, at most 200 characters
    value: str = ""  # what they were understood as: an SPDX expression, a class, a date

    def dumps(self) -> str:
        """One line of JSON, the same for equal evidence."""
        return _dumps(self)

    @staticmethod
    def of(row: Mapping[str, Any]) -> Evidence:
        """Evidence from a row of a table."""
        return Evidence(
            **dict(row)
            | {
                "answer": Answer(row["answer"]),
                "basis": Ground(row["basis"]),
                "strength": Strength(row["strength"]),
            }
        )


@lru_cache(maxsize=65_536)  # few differ: one per kind of finding, not per item
def _dumps(evidence: Evidence) -> str:
    return json.dumps(asdict(evidence), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


QUOTE_CHARS = 200  # characters; long prompts may hold personal data


def quote(text: str) -> str:
    """The start of a text, short enough to publish."""
    return text if len(text) <= QUOTE_CHARS else text[: QUOTE_CHARS - 1] + "…"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on one item, its reason, and which captions fell by the way."""

    verdict: Verdict
    reason: str | None = None  # None only for publish
    dropped: tuple[tuple[int, str], ...] = ()  # (caption number, reason)
    ai_class: AiClass = AiClass.NONE
