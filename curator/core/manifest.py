"""The rows of manifest and ledger: what is known of a pair or an item, made ready to be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from curator.core import attribution, pd, spdx
from curator.core.clock import read_on
from curator.core.obligations import STRATA, duties
from curator.core.policy import Policy, ai_class, pair_class
from curator.core.text import clean, redact
from curator.model import AiClass, Answer, Candidate, Evidence, Ground, Strength
from curator.terms import Terms

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Told:
    """An item as publish knows it: its record, its source's terms, and all evidence."""

    candidate: Candidate
    terms: Terms
    policy: Policy
    evidence: tuple[Evidence, ...]

    def license(self, about: str) -> Evidence | None:
        """The evidence of the right in question."""
        found = (
            e
            for e in self.evidence
            if e.about == about and e.question == "license" and e.answer is Answer.YES
        )
        return next(found, None)

    def expression(self, about: str) -> str:
        """Its SPDX expression, "" if there is none."""
        found = self.license(about)
        return found.value if found else ""


def manifest_rows(
    told: Told, image: Mapping[str, Any], samples: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """One row per pair of a published item."""
    shared = _work(told) | _origin(told) | _file(image)
    rows = [shared | _caption(told, sample) for sample in samples]
    return [row | _asked(row, told.terms.proof) for row in rows]


def _work(told: Told) -> dict[str, Any]:
    """Who made it and on what terms."""
    record = told.candidate
    right = told.license("image")
    expression = right.value if right else ""
    return {
        "item": record.item,
        "source": told.terms.source,
        "basis": told.terms.basis,
        "landing_url": _address(record.landing_url),
        "file_url": _address(record.file_url) or None,
        "retrieved_at": None,
        "rights_read_at": read_on(told.evidence),
        "title": clean(record.title),
        "creator": clean(record.creator),
        "creator_url": _address(record.creator_url),
        "credit": clean(record.credit),
        "copyright_notice": clean(record.copyright_notice),
        "created": clean(record.created),
        "image_license": expression,
        "image_license_url": spdx.url(expression),
        "image_license_raw": clean(right.quote) if right else "",
        "work_license": told.expression("work"),
        "pd_reason": pd.sentence(record, told.evidence),
        "consent_id": _consent(told.evidence),
        "captions": _captions(told),
        "split": "train",
    }


def _address(url: str) -> str:
    """A URL as it is published: one that holds an address or a number of a person is left out."""
    return "" if redact(unquote(url))[1] else url


def _consent(evidence: Sequence[Evidence]) -> str:
    """The id of the consent that covers the bytes, "" where none is needed."""
    yes = (e.value for e in evidence if e.question == "consent" and e.answer is Answer.YES)
    return next(yes, "")


def _captions(told: Told) -> list[dict[str, str]]:
    """Every caption that has an accepted license and nothing against it."""
    against = {
        e.about
        for e in told.evidence
        if e.answer is Answer.YES and e.strength is not Strength.WEAK and e.question != "license"
    }
    found = []
    for n, caption in enumerate(told.candidate.captions):
        expression = told.expression(f"caption:{n}")
        accepted = expression and spdx.standing(expression).accepted
        if accepted and f"caption:{n}" not in against:
            found.append(asdict(caption) | {"text": clean(caption.text), "license": expression})
    return found


def _origin(told: Told) -> dict[str, Any]:
    """How far AI can be ruled out, and who says so."""
    best, proof = ai_class(told.evidence, told.policy.predates_before)
    day = _DAY.search(proof.value) if proof else None
    return {
        "ai_class": best,
        "ai_date": day.group() if day else "",
        "ai_witness": clean(proof.quote) if proof else "",
        "evidence": published_evidence(told.evidence),
    }


def published_evidence(evidence: Sequence[Evidence]) -> list[dict[str, str]]:
    """Evidence as a table shows it: addresses and numbers are cut from the quotes."""
    return [_published(e) for e in evidence]


@lru_cache(maxsize=65_536)
def _published(e: Evidence) -> dict[str, str]:
    return asdict(e) | {"quote": clean(e.quote)}


def _file(image: Mapping[str, Any]) -> dict[str, Any]:
    names = ("sha256", "stored_sha256", "pdq_quality", "width", "height", "media_type", "changes")
    return {name: image[name] for name in names} | {"pdq": image["pdq"].hex()}


def _caption(told: Told, sample: Mapping[str, Any]) -> dict[str, Any]:
    """The pair's own part: its caption and what the two rights together ask for."""
    caption = told.candidate.captions[sample["number"]]
    expression = told.expression(f"caption:{sample['number']}")
    strictest = pair_class(told.expression("image"), told.expression("work"), expression)
    changes = ("shortened at a sentence",) if sample["cut"] else ()
    return {
        "key": sample["key"],
        "caption": sample["text"],
        "caption_lang": sample["lang"],
        "caption_kind": caption.kind,
        "caption_license": expression,
        "caption_changes": list(changes),
        "caption_tokens": sample["tokens"],
        "license_class": strictest,
        "stratum": STRATA[strictest],
        "caption_ai_class": AiClass.NONE,  # no source dates its texts apart from its files yet
        "caption_date": "",
    }


def _asked(row: Mapping[str, Any], proof: str) -> dict[str, Any]:
    """What the pair's licenses ask for, and the lines that give it."""
    credit = attribution.Credit(
        title=row["title"],
        creator=row["creator"],
        license=row["image_license"],
        page=row["landing_url"],
        changes=tuple(row["changes"]),
        copyright_notice=row["copyright_notice"],
        caption_license=row["caption_license"],
        caption_source=row["landing_url"] or proof,
        caption_changes=tuple(row["caption_changes"]),
        designated=row["credit"],
        work_license=row["work_license"],
    )
    rights = (row["image_license"], row["work_license"], row["caption_license"])
    return {
        "attribution": attribution.line(credit),
        "attribution_ja": attribution.line(credit, "ja"),
        "obligations": list(duties(*rights)),
    }


def ledger_row(
    told: Told, settled: Mapping[str, Any], digest: str, *, full: bool
) -> dict[str, Any]:
    """One row per item that is not published; a short one names nobody."""
    evidence = published_evidence(told.evidence)
    if not full:
        evidence = [_nameless(e, told.candidate) for e in evidence]
    record = told.candidate
    return {
        "item": record.item if full else None,
        "item_digest": digest,
        "source": told.terms.source,
        "creator": clean(record.creator) if full else None,
        "landing_url": _address(record.landing_url) if full else None,
        "verdict": settled["verdict"],
        "step": settled["step"],
        "reason": settled["reason"],
        "evidence": evidence,
    }


_TWINS = frozenset({"dup.exact", "dup.near", "source.ambiguous"})  # their words name other items


def _nameless(e: Mapping[str, str], record: Candidate) -> dict[str, str]:
    """Evidence as a short ledger shows it: license words and figures, and nobody's name."""
    names = (record.creator, record.title, record.item.partition(":")[2], record.credit)
    understood = e["question"] == "license" and e["answer"] == Answer.YES
    kept = understood or e["basis"] == Ground.MEASURED
    said = e["quote"].casefold()
    if e["question"] in _TWINS or any(name and name.casefold() in said for name in names):
        kept = False
    value = "" if e["question"] in _TWINS else e["value"]
    return dict(e) | {"where": "", "value": value, "quote": e["quote"] if kept else ""}


def sidecar(row: Mapping[str, Any]) -> dict[str, Any]:
    """What travels beside the image in the tar: one fixed shape, so that every loader reads it."""
    names = (
        *("title", "creator", "creator_url", "credit", "copyright_notice", "landing_url"),
        *("image_license", "image_license_url", "attribution", "attribution_ja"),
        *("caption_license", "item"),
    )
    return {name: row[name] for name in names} | {
        "changes": "; ".join(row["changes"]),
        "captions": row["captions"],
    }
