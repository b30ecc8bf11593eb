"""What an edition says of itself: counts, sources, models, versions, digests."""

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import rfc8785

from curator import __version__, data
from curator.exporters.base import Facts
from curator.model import Verdict
from curator.recipe import Recipe, canonical

KINDS = {
    Verdict.PUBLISH: "published",
    Verdict.HOLD: "held",
    Verdict.REJECT: "rejected",
    Verdict.PENDING: "pending",
}
NAMES = ("gathered", *KINDS.values(), "withheld", "pairs")
MODELS = (
    {
        "name": "CLIP BPE merge table",
        "license": "MIT",
        "use": "counts the tokens of captions; it neither chooses nor describes anything",
    },
)
# Libraries whose version can change the bytes of an edition.
LIBRARIES = (
    *("license-expression", "numpy", "opencv-python-headless", "Pillow", "pyarrow", "resvg-py"),
    *("simplejpeg", "spdx-python-model", "spdx-tools"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Conservation: gathered = published + held + rejected + pending + withheld, in items."""

    total: Mapping[str, int]
    reasons: Mapping[str, int]
    sources: Mapping[str, Mapping[str, int]]


def count(judged: Iterable[Mapping[str, Any]], recipe: Recipe) -> Counts:
    """Count items (item, verdict, reason, samples), per source and per reason."""
    ids = sorted(entry.id for entry in recipe.sources if entry.enabled)
    sources = {source: dict.fromkeys(NAMES, 0) for source in ids}
    reasons: Counter[str] = Counter()
    for row in judged:
        of = sources[row["item"].partition(":")[0]]
        of["gathered"] += 1
        of[KINDS[Verdict(row["verdict"])]] += 1
        of["pairs"] += len(row["samples"])
        if row["reason"]:
            reasons[row["reason"]] += 1
    total = {name: sum(of[name] for of in sources.values()) for name in NAMES}
    return Counts(total, dict(sorted(reasons.items())), sources)


def recipe_digest(recipe: Recipe, reviews: str = "") -> str:
    """The digest of all in a recipe that can change an edition; the order of sources does not.

    `reviews` is the digest of people's answers: they count, not the names of their files.
    """
    form = canonical(recipe)
    form["policy"]["reviews"] = reviews
    form["sources"] = sorted(form["sources"], key=lambda source: source["id"])
    return sha256(rfc8785.dumps(form)).hexdigest()


def facts(recipe: Recipe, counts: Counts, date: str, shards: Mapping[str, int]) -> Facts:
    """What exporters are told of the edition."""
    dataset = recipe.dataset
    publisher = dataset.publisher
    declared = tuple(
        {
            "id": entry.id,
            "basis": str(entry.basis),
            "proof": entry.proof or "",
            "enabled": entry.enabled,
            "reason": entry.reason or "",
        }
        for entry in sorted(recipe.sources, key=lambda entry: entry.id)
    )
    about = {
        "name": dataset.name,
        "version": dataset.version,
        "title": dataset.title or dataset.name,
        "description": dataset.description or "",
        "publisher": {
            "name": publisher.name if publisher else "",
            "url": (publisher.url or "") if publisher else "",
        },
        "contact": dataset.contact,
        "license": dataset.license,
    }
    return Facts(
        about, date, counts.total, counts.reasons, counts.sources, declared, MODELS, shards
    )


@dataclass(frozen=True, slots=True)
class Pinned:
    """What the bytes of an edition depend on."""

    recipe_digest: str
    snapshot_digest: str
    shard_bits: int


def edition(facts: Facts, pinned: Pinned) -> dict[str, Any]:
    """The content of edition.json, but for what sealing adds."""
    return {
        "format": 1,
        "name": facts.dataset["name"],
        "version": facts.dataset["version"],
        "recipe": {"digest": pinned.recipe_digest},
        "snapshot": {"digest": pinned.snapshot_digest, "date": facts.date},
        "tools": {"curator": __version__, "python": platform.python_version()}
        | {name: _version(name) for name in LIBRARIES},
        "license_tables": data.digest(),
        "counts": dict(facts.counts),
        "reasons": dict(facts.reasons),
        "sources": {name: dict(of) for name, of in facts.sources.items()},
        "models_used": [dict(model) for model in facts.models_used],
        "shard_bits": pinned.shard_bits,
        "shards": dict(facts.shards),
    }


def digest_of(root: Path) -> str:
    """The digest that an edition on disk states, "" if it states none."""
    try:
        return str(json.loads((root / "edition.json").read_bytes())["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def as_json(counts: Counts, where: Path | None) -> dict[str, Any]:
    """What `curator build --json` prints."""
    found = asdict(counts)
    return {
        "edition": str(where) if where else None,
        "counts": found["total"],
        "reasons": found["reasons"],
        "sources": found["sources"],
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
