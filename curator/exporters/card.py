"""README.md: the dataset card, with the YAML head that Hugging Face reads."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curator.core.obligations import DUTIES
from curator.core.reasons import REASONS
from curator.exporters.base import EXPORTERS, Edition, File
from curator.model import AiClass

# https://huggingface.co/docs/hub/datasets-cards
TEMPLATE = """\
---
pretty_name: {pretty_name}
license: other
license_name: per-item
license_link: licenses/INDEX.tsv
language: {languages}
task_categories: [image-to-text, text-to-image, zero-shot-image-classification]
size_categories: [{size}]
configs:
- config_name: default
  data_files: shards/*.tar
---

# {title}

{description}

**{pairs} image-text pairs of {published} works**, version {version}, snapshot of {date},
published by {publisher}. Removals and corrections: {contact}
{undeclared}
## What is promised

- Every pair has a positive proof that it may be used; `manifest/` names the license of image and
  caption by SPDX id, with the source's own words.
- No evidence of AI was found in what was looked at. That is all it says: a file stripped of its
  metadata shows nothing, and nobody can prove that a person made it.
- Nothing was chosen, scored or described by a model. Used: {models}.
- Every candidate is accounted for: {gathered} gathered = {published} published + {held} held
  + {rejected} rejected + {pending} pending + {withheld} withheld.

## Licenses

The compilation (selection and arrangement only) is {license}; every item keeps its own.

{strata}

{licenses}

What they ask of whoever passes pairs on:

{obligations}

Attribution lines: `attribution/`, the column `attribution` (`attribution_ja` in Japanese), and
each sample's `.json`. License texts: `licenses/`. SPDX documents: `spdx/`.

## How far AI can be ruled out

{ai}

## Captions

{by_language}

{kinds}

## Sources

{sources}

{declared}

## Why the rest is not here

{reasons}

## Loading

```python
from datasets import load_dataset

pairs = load_dataset("webdataset", data_files="shards/*.tar", split="train")
```

Check it offline: `curator verify .` and `sha256sum -c SHA256SUMS`.
"""

AI_MEANING = {
    AiClass.PREDATES_FILE: "an archive held these bytes before generative AI was in use",
    AiClass.PREDATES_WORK: "the source's own catalogue dates the work before that day",
    AiClass.DECLARED: "its creator, account or institution states that it is not AI-made",
    AiClass.LABELLED: "the source demands a label for AI; every channel was read, none was found",
    AiClass.NONE: "no evidence either way",
}
RIGHTS = ("image_license", "work_license", "caption_license")
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


@dataclass(frozen=True, slots=True)
class Card:
    """The first page a stranger reads, with every figure counted from the tables."""

    id: str = "card"
    summary: str = "README.md: the dataset card for people and for Hugging Face"

    def files(self, edition: Edition) -> Iterator[File]:
        """The card."""
        names = ("caption_lang", "stratum", *RIGHTS, "ai_class", "caption_kind")
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        counts["obligations"] = Counter()
        for row in edition.pairs(*names, "obligations"):
            counts["obligations"].update(row["obligations"])
            for name in names:
                counts[name][row[name]] += 1
        yield File("README.md", [_render(edition, counts).encode()])


def _render(edition: Edition, counts: dict[str, Counter[str]]) -> str:
    facts = edition.facts
    data = facts.dataset
    size = next((name for most, name in SIZES if facts.counts["pairs"] < most), "1M<n<10M")
    spoken = sorted(lang for lang in counts["caption_lang"] if lang != "und")
    kinds = ("gathered", "published", "held", "rejected", "pending")
    enabled = [source for source in facts.declared if source["enabled"]]
    values = dict(data) | dict(facts.counts)
    values |= {
        "pretty_name": json.dumps(data["title"], ensure_ascii=False),
        "languages": json.dumps(spoken),
        "size": size,
        "date": facts.date,
        "publisher": " ".join(filter(None, data["publisher"].values())) or "nobody named",
        "undeclared": _undeclared(counts["ai_class"][AiClass.NONE]),
        "models": "; ".join(f"{m['name']} ({m['license']}): {m['use']}" for m in facts.models_used),
        "strata": _table(("stratum", "pairs"), sorted(counts["stratum"].items())),
        "licenses": _table(
            ("license", *(of.partition("_")[0] + "s" for of in RIGHTS)),
            [
                (name, *(counts[of][name] for of in RIGHTS))
                for name in sorted(set().union(*(counts[of] for of in RIGHTS)) - {""})
            ],
        ),
        "obligations": _table(
            ("obligation", "pairs", "meaning"),
            [(f"`{d}`", counts["obligations"][d], words) for d, words in DUTIES.items()],
        ),
        "ai": _table(
            ("class", "pairs", "meaning"),
            [(f"`{k}`", counts["ai_class"][k], AI_MEANING[k]) for k in AiClass],
        ),
        "by_language": _table(("language", "pairs"), sorted(counts["caption_lang"].items())),
        "kinds": _table(("kind of source field", "pairs"), sorted(counts["caption_kind"].items())),
        "sources": _table(
            ("source", "basis", *kinds),
            [(s["id"], s["basis"], *(facts.sources[s["id"]][k] for k in kinds)) for s in enabled],
        ),
        "declared": "\n".join(map(_declared, facts.declared)),
        "reasons": _table(
            ("reason", "items", "meaning"),
            [(f"`{code}`", n, REASONS[code][1]) for code, n in sorted(facts.reasons.items())],
        ),
    }
    return TEMPLATE.format_map(values)


def _table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; a bar inside a cell would end it."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(
        f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |"
        for line in lines
    )


def _declared(source: Mapping[str, Any]) -> str:
    line = f"- **{source['id']}**: terms stated at {source['proof'] or 'the record of each item'}"
    return line if source["enabled"] else f"{line}; refused: {source['reason']}"


def _undeclared(pairs: int) -> str:
    if not pairs:
        return ""
    return (
        f"\n**{pairs} pairs carry no evidence about AI either way** (`ai_class` is `none`): "
        "the recipe admits them.\n"
    )


EXPORTERS.add(Card())
