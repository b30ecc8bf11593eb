"""The recipe, sources.yaml, as frozen models: its sources, and the whole.

`recipe_settings` has the other groups of keys; `recipe_file` reads the file into these models,
and judges what several keys must agree on.
"""

import posixpath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, SerializeAsAny

from curator.model import Basis
from curator.recipe_settings import Settings
from curator.recipe_types import Day, Line, Part, SourceId, Text, Url, Version
from curator.terms import Catalogue, Limits, NotAi, Published, Terms

# A path that ends in one of these names a file; any other names a folder.
_DATA = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet", ".xml", ".rdf", ".yaml", ".yml")
_PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip", ".tar", ".txt")
FILE_SUFFIXES = frozenset(_DATA + _PACKED)


class PublishedKeys(Part):
    """An archive held these very files on a day: evidence that they predate generative AI."""

    date: Day | None = None
    witness: Line
    covers: Line = "all"
    """`all`, or the column that says which."""
    date_column: Line | None = None
    """Instead of `date`: the column that holds each file's day."""

    def noun(self) -> Published:
        """The same for checks."""
        return Published(self.date, self.witness, self.covers, self.date_column or "")


class CatalogueKeys(Part):
    """The source's own catalogue, kept by its curators, dates each work."""

    date: Line
    """The field that holds the date."""
    kept_by: Line
    proof: Line

    def noun(self) -> Catalogue:
        """The same for checks."""
        return Catalogue(self.date, self.kept_by, self.proof)


class NotAiKeys(Part):
    """A written statement that works here are not AI-made, or a rule that demands a label."""

    by: Literal["creator", "account", "institution", "source-rule"]
    statement: Text
    proof: Line
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")

    def noun(self) -> NotAi:
        """The same for checks."""
        return NotAi(self.by, self.statement, self.proof, self.since, self.until)


class SourceKeys(Part):
    """The keys that every source has, whatever its connector."""

    id: SourceId
    connector: Line
    basis: Basis
    path: Line | None = None
    """Relative to the recipe; a folder, or a file that says so by its suffix."""
    url: Url | None = None
    proof: Line | None = None
    """Where the source states its terms."""
    license: Line | None = None
    """Only where the source states one for all."""
    license_version: Version | None = None
    """Of Creative Commons licenses that the source names without version."""
    captions_license: Line | None = None
    published: PublishedKeys | None = None
    catalogue: CatalogueKeys | None = None
    not_ai: NotAiKeys | None = None
    enabled: bool = True
    reason: Line | None = None
    """Why the source is not used; the edition discloses it."""
    limit: Annotated[int, Field(ge=1)] | None = None
    """Items at most."""


class SourceEntry(SourceKeys):
    """One source of the recipe, with its connector's own keys."""

    options: SerializeAsAny[BaseModel]

    @property
    def at(self) -> str:
        """The file's name where `path` names a file, "" where it names a folder."""
        name = posixpath.basename(self.path or "")
        return name if posixpath.splitext(name)[1].lower() in FILE_SUFFIXES else ""

    @property
    def folder(self) -> str:
        """The source's folder, relative to the recipe."""
        path = self.path or ""
        return (posixpath.dirname(path) if self.at else path) or "."

    def terms(self) -> Terms:
        """What checks and connectors are told of the source."""
        return Terms(
            source=self.id,
            basis=self.basis,
            at=self.at,
            proof=self.proof or "",
            license=self.license or "",
            license_version=self.license_version or "",
            captions_license=self.captions_license or "",
            published=self.published.noun() if self.published else None,
            catalogue=self.catalogue.noun() if self.catalogue else None,
            not_ai=self.not_ai.noun() if self.not_ai else None,
        )


class Recipe(Settings):
    """The whole of sources.yaml."""

    sources: tuple[SourceEntry, ...]

    def limits(self) -> Limits:
        """The bounds that checks are told."""
        return Limits(
            languages=self.languages,
            min_chars=self.captions.min_chars.default,
            min_chars_cjk=self.captions.min_chars.cjk,
            min_side=self.images.min_side,
            max_aspect=self.images.max_aspect,
        )


def canonical(recipe: Recipe) -> dict[str, Any]:
    """All of a recipe that can change an edition, defaults included, as JSON has it.

    Left out are the pace and patience of fetching: they say how bytes come, not which.
    """
    pace = {"network": {"deadline", "min_rate", "concurrency"}}
    return recipe.model_dump(mode="json", by_alias=True, exclude=pace)
