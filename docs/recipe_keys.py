"""Every key of sources.yaml as a row: its type, default and sentence, taken from the models."""  # noqa: INP001 - a script beside its pages, no package

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from curator.recipe import SourceKeys
from curator.recipe_settings import Settings
from curator.recipe_types import UNBUILT
from curator.sources.base import CONNECTORS

# Where the model has no sentence, or one that needs its neighbours: "<model>.<key>".
SENTENCES = {
    "Dataset.title": "The name that people read; without it `name`",
    "Dataset.description": "What is in it, for the card",
    "Dataset.publisher": "Who puts it out",
    "Publisher.name": "Their name",
    "Publisher.url": "Their page",
    "Policy.blocklists": "Lists of images that must not be published",
    "Blocklist.path": "The list",
    "Blocklist.kind": "What its lines are",
    "Blocklist.class": "Why the images are on it",
    "Blocklist.required": "Whether the build stops when the list cannot be read",
    "Policy.reviews": "Files of a person's recorded answers",
    "Policy.corrections": "Files of recorded fixes of creator, credit and title",
    "Record.path": "The file",
    "Images.min_side": "The shorter side at least, in px",
    "Images.max_side": "The longer side of what is published, in px; larger images are scaled down",
    "Images.format": "What is stored in the shards",
    "Captions.min_chars": "The shortest caption",
    "MinChars.default": "In characters",
    "MinChars.cjk": "In characters, where Chinese, Japanese or Korean script prevails",
    "Network.concurrency": "Requests at a time",
    "Split.by": "What is kept together",
    "Shards.samples": "The most that a shard holds on average",
    "SourceKeys.id": "Unique in the recipe; every item's id begins with it",
    "SourceKeys.connector": "The kind of source, see below",
    "SourceKeys.basis": "The ground on which its works may be used; an item of another is rejected",
    "SourceKeys.path": "Required: a folder, or a file (by its suffix), relative to the recipe",
    "SourceKeys.url": "Where the source is, if it is not on this disk",
    "SourceKeys.captions_license": "Of captions that name no license of their own",
    "SourceKeys.published": "An archive held these very files on a day: `predates-file`",
    "PublishedKeys.date": "That day",
    "PublishedKeys.witness": "Who can prove it, in words",
    "SourceKeys.catalogue": "The source's own catalogue dates each work: `predates-work`",
    "CatalogueKeys.date": "The field of the record that holds the date, for example `created`",
    "CatalogueKeys.kept_by": "Who keeps the catalogue",
    "CatalogueKeys.proof": "Where that can be seen",
    "SourceKeys.not_ai": "A written word that works here are not AI-made, or are labelled if so",
    "NotAiKeys.by": "Who says so; a `source-rule` gives the class `labelled`, others `declared`",
    "NotAiKeys.statement": "What is said, verbatim",
    "NotAiKeys.proof": "Where it is said",
    "NotAiKeys.from": "The first day for which it holds; needs a date in the record",
    "NotAiKeys.to": "The last day for which it holds; needs a date in the record",
    "SourceKeys.enabled": "`false` keeps the source as a disclosed refusal; it needs `reason`",
    "DebianCopyrightOptions.caption": "Where captions come from; without it there are none",
    "CaptionOptions.from": "The Wikimedia Commons title in the field `Comment`, or the file name",
    "CaptionOptions.kind": "What kind of field it is",
    "CaptionOptions.license": "Of the captions, an SPDX id",
    "FolderOptions.consents": "The folder of signed consents and revocations, for `opt-in`",
    "TableOptions.columns": "Which column is what",
    "TableOptions.join": "A second table, at most one row of it for each row of the first",
    "Join.on": "A column of this table, and the column of the second that must be equal",
    "Columns.id": "The source's own id of the item",
    "Columns.image": "The file, relative to the table's folder",
    "Columns.title": "The title",
    "Columns.creator": "The creator's name",
    "Columns.creator_url": "The creator's page",
    "Columns.credit": "The licensor's own credit line",
    "Columns.copyright_notice": "The copyright notice",
    "Columns.license": "The item's license, in the source's own words",
    "Columns.landing_url": "The work's page",
    "Columns.file_url": "The address of the file",
    "Columns.created": "When the work was made",
    "Columns.captions": "Columns that hold captions",
    "CaptionColumn.column": "A column that holds a caption, or a list of captions",
    "CaptionColumn.kind": "What kind of field it is: the provenance of the caption",
    "CaptionColumn.license": "Of the captions, an SPDX id; without it `captions_license`",
    "CaptionColumn.lang": "Language of the captions, BCP 47",
}
HEAD = "| key | type | default | meaning |\n| --- | --- | --- | --- |\n"


def settings_keys() -> str:
    """The groups of the recipe, each with its keys."""
    groups = dict(Settings.model_fields)
    parts = [f"{HEAD}{_rows({'languages': groups.pop('languages')}, Settings)}"]
    for name, field in groups.items():
        model = _model(field)
        assert model is not None  # noqa: S101 - every key but `languages` is a group
        parts.append(f"\n### `{name}`\n\n{HEAD}{_rows(model.model_fields, model)}")
    return "".join(parts)


def source_keys() -> str:
    """The keys that every source has."""
    return HEAD + _rows(SourceKeys.model_fields, SourceKeys)


def connector_keys() -> str:
    """The keys that each connector adds."""
    parts = []
    for connector in CONNECTORS.all().values():
        model = connector.options
        rows = _rows(model.model_fields, model)
        parts.append(f"### `{connector.id}`\n\n{connector.summary.rstrip('.')}.\n\n{HEAD}{rows}")
    return "\n".join(parts)


def unbuilt() -> str:
    """What a recipe may already say and curator cannot do yet."""
    keys: dict[str, list[str]] = {}
    for where, words in UNBUILT.items():
        model, _, key = where.partition(".")
        place = "a source's" if model == "SourceKeys" else model.lower()
        keys.setdefault(words, []).append(f"{place} `{key}`")
    return "".join(
        f"- {words[:1].upper()}{words[1:]} ({', '.join(of)}).\n" for words, of in keys.items()
    )


def _rows(fields: Mapping[str, FieldInfo], model: type[BaseModel], above: str = "") -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in _cells(fields, model, above))


def _cells(
    fields: Mapping[str, FieldInfo], model: type[BaseModel], above: str
) -> Iterator[tuple[str, str, str, str]]:
    schema = model.model_json_schema()
    for name, field in fields.items():
        key = field.alias or name
        said = schema["properties"][key]
        kind = _kind(said, schema.get("$defs", {}))
        yield f"`{above}{key}`", kind, _default(field), _sentence(model, name, key)
        inner = _model(field)
        if inner:
            below = f"{above}{key}[]." if kind.startswith("list") else f"{above}{key}."
            yield from _cells(inner.model_fields, inner, below)


def _sentence(model: type[BaseModel], name: str, key: str) -> str:
    """Ours, else the model's docstring for the key, else the comment behind it."""
    where = f"{model.__name__}.{key}"
    line = re.compile(rf"^    {name}: [^#\n]*#\s*(?!noqa)(.+)$", re.MULTILINE)
    found = line.search(inspect.getsource(model))
    words = SENTENCES.get(where) or model.model_fields[name].description or (found and found[1])
    if not words:
        raise ValueError(f"docs/recipe_keys.py: SENTENCES has no sentence for {where}")
    words = words[:1].upper() + words[1:].rstrip(".")
    refused = UNBUILT.get(f"{model.__name__}.{name}")
    return (f"{words}. **Not yet**: {refused}" if refused else words).replace("|", r"\|")


def _model(field: FieldInfo) -> type[BaseModel] | None:
    """The group that a key holds, alone, optional or in a list."""
    ends = [field.annotation]
    while ends:
        kind: Any = ends.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
        ends += get_args(kind)
    return None


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.get_default()
    if value is None or value in ((), ""):
        return "none"
    if isinstance(value, BaseModel):
        return "as below"
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`".replace("*", '"*"')
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _kind(said: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """The type of a key in words, from its JSON Schema."""
    if "$ref" in said:
        said = {**shared[said["$ref"].rpartition("/")[2]], **said}
    choices = [one for one in said.get("anyOf", ()) if one.get("type") != "null"]
    if choices:
        return _kind(choices[0], shared)
    if "enum" in said or "const" in said:
        return " ".join(f"`{value}`" for value in said.get("enum") or [said["const"]])
    if said["type"] == "array":
        if "prefixItems" in said:
            return f"list of {len(said['prefixItems'])} texts"
        inner = _kind(said["items"], shared)
        return f"list of {inner}{'s' if inner in {'text', 'group'} else ''}"
    if said["type"] in {"integer", "number"}:
        return _number(said)
    day = said.get("format") == "date"
    return "day" if day else {"string": "text", "boolean": "yes or no"}.get(said["type"], "group")


def _number(said: Mapping[str, Any]) -> str:
    kind = "whole number" if said["type"] == "integer" else "number"
    low, high, below = (said.get(k) for k in ("minimum", "maximum", "exclusiveMaximum"))
    if high is not None:
        return f"{kind}, {low:g} to {high:g}" if kind == "number" else f"{kind}, {low} to {high}"
    return f"{kind}, {low:g} or more" + (f", below {below:g}" if below is not None else "")
