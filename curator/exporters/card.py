"""README.md: the dataset card, with the YAML head that Hugging Face reads."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, StrictUndefined

from curator.core.reasons import REASONS
from curator.exporters.base import EXPORTERS, Edition, File
from curator.model import AiClass

# https://huggingface.co/docs/hub/datasets-cards
TEMPLATE = """\
---
pretty_name: {{ dataset.title | tojson }}
license: other
license_name: per-item
license_link: licenses/INDEX.tsv
language: {{ languages | tojson }}
task_categories: [image-to-text, text-to-image, zero-shot-image-classification]
size_categories: [{{ size }}]
configs:
- config_name: default
  data_files: shards/*.tar
---

# {{ dataset.title }}

{{ dataset.description }}

**{{ counts.pairs }} image-text pairs of {{ counts.published }} works**, version
{{ dataset.version }}, snapshot of {{ date }}, published by {{ dataset.publisher.name }}
({{ dataset.publisher.url }}). Removals and corrections: {{ dataset.contact }}
{% if undeclared %}
**{{ undeclared }} pairs carry no evidence about AI either way** (`ai_class` is `none`): the
recipe admits them.
{% endif %}
## What is promised

- Every pair has a positive proof that it may be used; `manifest/` names the license of image and
  caption by SPDX id, with the source's own words.
- No evidence of AI was found in what was looked at. That is all it says: a file stripped of its
  metadata shows nothing, and nobody can prove that a person made it.
- Nothing was chosen, scored or described by a model. Used: {% for model in models -%}
  {{ model.name }} ({{ model.license }}): {{ model.use }}{{ "; " if not loop.last }}
  {%- endfor %}.
- Every candidate is accounted for: {{ counts.gathered }} gathered =
  {{ counts.published }} published + {{ counts.held }} held + {{ counts.rejected }} rejected
  + {{ counts.pending }} pending + {{ counts.withheld }} withheld.

## Licenses

The compilation (selection and arrangement only) is {{ dataset.license }}; every item keeps its own:

| stratum | pairs |
|---|---|
{% for name, count in strata %}| {{ name }} | {{ count }} |
{% endfor %}
| image license | pairs |
|---|---|
{% for name, count in licenses %}| {{ name }} | {{ count }} |
{% endfor %}
Attribution lines: `attribution/`, the column `attribution`, and each sample's `.json`.
License texts: `licenses/`.

## How far AI can be ruled out

| class | pairs | meaning |
|---|---|---|
{% for name, count, meaning in ai %}| `{{ name }}` | {{ count }} | {{ meaning }} |
{% endfor %}
## Captions

| language | pairs |
|---|---|
{% for name, count in by_language %}| {{ name }} | {{ count }} |
{% endfor %}
| kind of source field | pairs |
|---|---|
{% for name, count in kinds %}| {{ name }} | {{ count }} |
{% endfor %}
## Sources

| source | basis | gathered | published | held | rejected | pending |
|---|---|---|---|---|---|---|
{% for s in sources %}| {{ s.id }} | {{ s.basis }} | {{ s.gathered }} | {{ s.published }} |
{#- #} {{ s.held }} | {{ s.rejected }} | {{ s.pending }} |
{% endfor %}
{% for s in declared %}- **{{ s.id }}**: terms stated at {{ s.proof or "the record of each item" }}
{%- if not s.enabled %}; refused: {{ s.reason }}{% endif %}
{% endfor %}
## Why the rest is not here

| reason | items | meaning |
|---|---|---|
{% for code, count, words in reasons %}| `{{ code }}` | {{ count }} | {{ words }} |
{% endfor %}
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
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


@dataclass(frozen=True, slots=True)
class Card:
    """The first page a stranger reads, with every figure counted from the tables."""

    id: str = "card"
    summary: str = "README.md: the dataset card for people and for Hugging Face"

    def files(self, edition: Edition) -> Iterator[File]:
        """The card."""
        names = ("caption_lang", "stratum", "image_license", "ai_class", "caption_kind")
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        for row in edition.pairs(*names):
            for name in names:
                counts[name][row[name]] += 1
        yield File("README.md", [_render(edition, counts).encode()])


def _render(edition: Edition, counts: dict[str, Counter[str]]) -> str:
    facts = edition.facts
    # Markdown, not HTML: escaping for HTML would show in the text
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    environment.keep_trailing_newline = True
    environment.trim_blocks = True
    values: dict[str, Any] = {
        "dataset": facts.dataset,
        "date": facts.date,
        "counts": facts.counts,
        "languages": sorted(lang for lang in counts["caption_lang"] if lang != "und"),
        "size": next((name for most, name in SIZES if facts.counts["pairs"] < most), "1M<n<10M"),
        "undeclared": counts["ai_class"][AiClass.NONE],
        "models": facts.models_used,
        "strata": sorted(counts["stratum"].items()),
        "licenses": sorted(counts["image_license"].items()),
        "ai": [(k, counts["ai_class"][k], AI_MEANING[k]) for k in AiClass],
        "by_language": sorted(counts["caption_lang"].items()),
        "kinds": sorted(counts["caption_kind"].items()),
        "sources": [
            {**source, **facts.sources[source["id"]]}
            for source in facts.declared
            if source["enabled"]
        ],
        "declared": facts.declared,
        "reasons": [(code, n, REASONS[code][1]) for code, n in sorted(facts.reasons.items())],
    }
    return environment.from_string(TEMPLATE).render(values)


EXPORTERS.add(Card())
