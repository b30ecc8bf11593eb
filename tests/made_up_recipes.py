"""Recipes that are made up, with made-up connectors, for the tests that read recipes."""

import pytest
from pydantic import BaseModel, ConfigDict, field_validator

from curator.errors import Fault, RecipeError
from curator.model import CaptionKind
from curator.recipe import Recipe
from curator.recipe_file import parse


class Label(BaseModel):
    """A made-up group of keys inside a made-up connector."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    column: str
    kind: CaptionKind = CaptionKind.HUMAN_TITLE

    @field_validator("column")
    @classmethod
    def _named(cls, column: str) -> str:
        if not column.strip():
            raise ValueError("a column has a name")
        return column


class Shelf(BaseModel):
    """The keys of a made-up connector."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    row: int
    labels: tuple[Label, ...] = ()


class Bare(BaseModel):
    """A made-up connector without keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


CONNECTORS = {"shelf": Shelf, "bare": Bare}
HEAD = 'dataset: {name: made-up, version: "1", contact: a@example.org, license: CC0-1.0}\n'
SOURCE = "sources:\n- {id: one, connector: bare, basis: opt-in, path: one/}\n"
ENTRY = "sources:\n- id: one\n  connector: bare\n  basis: opt-in\n  path: one/\n"
SHELF = ENTRY.replace("bare", "shelf") + "  row: 3\n"
DEFAULTS = """\
languages: [en, ja, "*"]
policy:
  accept: [public-domain, attribution, share-alike, opt-in]
  pd_scope: [origin, us]
  pure: true
  predates_before: 2021-01-01
  ai_admit: [predates-file, predates-work, declared, labelled]
  blocklists: []
  reviews: []
  corrections: []
  ledger: short
images: {min_side: 64, max_aspect: 3.0, max_side: 1024, format: jpg}
captions: {min_chars: {default: 3, cjk: 1}, max_tokens: 77, over: next-then-cut, max_same: 20,
           per_image: one}
network: {max_bytes: 26214400, deadline: 60, min_rate: 1024, concurrency: 32, allow_private: []}
split: {val: 0.0, by: cluster}
shards: {samples: 10000}
"""


def load(text: str | bytes) -> Recipe:
    return parse(text, "sources.yaml", CONNECTORS, lambda name: name.startswith("CC"))


def faults(text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(RecipeError) as caught:
        load(text)
    assert caught.value.exit_code == 2
    return caught.value.faults
