"""From the text of sources.yaml to a Recipe, or to all of its faults at once."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import models_json_schema

from curator.errors import RecipeError
from curator.recipe import Recipe, SourceEntry, SourceKeys
from curator.recipe_faults import Faults, Known, Loc, suggestion
from curator.recipe_settings import Settings
from curator.recipe_yaml import read, shown

M = TypeVar("M", bound=BaseModel)
Connectors = Mapping[str, type[BaseModel]]
KnownLicense = Callable[[str], bool]
Rule = tuple[Loc, str, str]  # where, what, fix

_COMMON = frozenset(SourceKeys.model_fields)


def parse(
    content: bytes | str, name: str, connectors: Connectors, known_license: KnownLicense
) -> Recipe:
    """The recipe of a file that messages call `name`; `connectors` gives each id its own keys.

    Raises RecipeError with every fault in the order of lines; what is not YAML, with its first.
    """
    root, refused = read(content, name)
    faults = Faults(name, root, refused)
    if not isinstance(root.value, dict):
        what = "the recipe is empty" if root.value is None else "the recipe is not a group of keys"
        faults.add((), what, "Begin with `dataset:`, `sources:` and their keys below them")
        raise RecipeError.of(faults.all())
    document = root.plain()
    sources = document.pop("sources", [])
    settings = _checked(Settings, document, (), faults)
    if "sources" not in root.value:
        faults.missing(("sources",), "Write `sources:` and at least one source below it")
    elif not isinstance(sources, list) or not sources:
        what, fix = "should be a list of sources", "Write each source as `- id: …` with its keys"
        faults.add(("sources",), what, fix)
        sources = []
    entries = [_source(at, keys, connectors, faults) for at, keys in enumerate(sources)]
    for loc, what, fix in _rules(document, sources, known_license):
        faults.add(loc, what, fix)
    found = faults.all()
    if found or settings is None:
        raise RecipeError.of(found)
    return Recipe.model_validate({**dict(settings), "sources": tuple(entries)})


def json_schema(connectors: Connectors) -> dict[str, Any]:
    """JSON Schema (2020-12) of sources.yaml, so that editors complete and check it."""
    models: list[type[BaseModel]] = [
        Settings,
        SourceKeys,
        *(connectors[name] for name in sorted(connectors)),
    ]
    refs, shared = models_json_schema([(model, "validation") for model in models])
    parts = shared["$defs"]
    own = {model: parts.pop(ref["$ref"].rsplit("/", 1)[1]) for (model, _), ref in refs.items()}
    recipe = own[Settings]
    variants = [
        _variant(own[SourceKeys], own[connectors[name]], name) for name in sorted(connectors)
    ]
    recipe["properties"]["sources"] = {"type": "array", "minItems": 1, "items": {"oneOf": variants}}
    recipe["required"] = [*recipe["required"], "sources"]
    recipe |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sources.yaml"}
    return {**recipe, "$defs": parts}


def _variant(common: dict[str, Any], own: dict[str, Any], connector: str) -> dict[str, Any]:
    """A source of one connector: the common keys and its own, side by side."""
    properties = {**common["properties"], **own.get("properties", {})}
    properties["connector"] = {"const": connector}
    required = [*common["required"], *own.get("required", [])]
    return {**common, "title": connector, "properties": properties, "required": required}


def _checked(
    model: type[M], keys: Any, base: Loc, faults: Faults, *beside: type[BaseModel]
) -> M | None:
    """The keys as a model; as JSON, since there strict mode takes lists, names and days as text."""
    also = ["sources"] if model is Settings else []
    try:
        return model.model_validate_json(json.dumps(keys))
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        faults.explain(base, errors, Known(model, *beside, also=also))
        return None


def _source(at: int, keys: Any, connectors: Connectors, faults: Faults) -> SourceEntry | None:
    base: Loc = ("sources", at)
    if not isinstance(keys, dict):
        faults.add(base, "should be a source", "Write `- id: …` and its other keys below")
        return None
    common = _checked(SourceKeys, {k: v for k, v in keys.items() if k in _COMMON}, base, faults)
    name = keys.get("connector")
    model = connectors.get(name) if isinstance(name, str) else None
    if model is None:
        allowed = Known(SourceKeys, *connectors.values()).keys(())
        for key in [key for key in keys if key not in allowed]:
            faults.unknown((*base, key), allowed)
        if isinstance(name, str):
            fix = suggestion(name, sorted(connectors), "connectors")
            faults.add((*base, "connector"), f"cannot be {shown(name)}", fix)
        return None
    own = {key: value for key, value in keys.items() if key not in _COMMON}
    options = _checked(model, own, base, faults, SourceKeys)
    if common is None or options is None:
        return None
    return SourceEntry.model_validate({**dict(common), "options": options})


def _rules(document: dict[str, Any], sources: list[Any], known: KnownLicense) -> Iterator[Rule]:
    """What no key can say alone; judged on the plain values, beside whatever else is wrong."""
    images = _group(document, "images")
    smallest, largest = images.get("min_side", 64), images.get("max_side", 1024)
    if _number(smallest) and _number(largest) and smallest > largest:
        where = ("images", "min_side" if "min_side" in images else "max_side")
        yield where, "leaves no room: min_side is above max_side", "Let min_side be the smaller"
    yield from _license_rules(
        ("dataset", "license"), _group(document, "dataset").get("license"), known
    )
    first: dict[str, int] = {}
    for at, keys in enumerate(sources):
        if not isinstance(keys, dict):
            continue
        base: Loc = ("sources", at)
        name = keys.get("id")
        if isinstance(name, str) and first.setdefault(name, at) != at:
            what = f"is also the id of sources[{first[name]}]"
            yield (*base, "id"), what, "Give every source its own id"
        for key in ("license", "captions_license"):
            yield from _license_rules((*base, key), keys.get(key), known)
        yield from _place_rules(base, keys)
        yield from _word_rules(base, keys)


def _license_rules(loc: Loc, text: Any, known: KnownLicense) -> Iterator[Rule]:
    if isinstance(text, str) and text.strip() and not known(text):
        fix = "Write an SPDX id such as CC-BY-4.0; `curator licenses` lists those it knows"
        yield loc, "is not a license that curator knows", fix


def _place_rules(base: Loc, keys: dict[str, Any]) -> Iterator[Rule]:
    path, url = keys.get("path"), keys.get("url")
    if path is None and url is None:
        yield (*base, "path"), "is missing", "Write `path: …`, relative to the recipe"
    if path is not None and url is not None:
        yield (*base, "url"), "stands beside `path`", "Keep one of the two"
    if isinstance(path, str) and "://" in path:
        yield (*base, "path"), "is an address, not a path", "Write a path relative to the recipe"
    if keys.get("enabled") is False and keys.get("reason") is None:
        yield (*base, "reason"), "is missing", "Write `reason: …`: why this source is not used"


def _word_rules(base: Loc, keys: dict[str, Any]) -> Iterator[Rule]:
    published, said = _group(keys, "published"), _group(keys, "not_ai")
    by_day, by_column = published.get("date"), published.get("date_column")
    if isinstance(keys.get("published"), dict) and by_day is None and by_column is None:
        fix = "Write `date: YYYY-MM-DD`, or `date_column: …` where each file has its own"
        yield (*base, "published", "date"), "is missing", fix
    if by_day is not None and by_column is not None:
        where = (*base, "published", "date_column")
        yield where, "stands beside `date`", "Keep one of the two"
    since, until = said.get("from"), said.get("to")
    if isinstance(since, str) and isinstance(until, str) and since > until:
        yield (*base, "not_ai", "to"), "is before `from`", "Let `to` be the later day"


def _group(keys: dict[str, Any], name: str) -> dict[str, Any]:
    found = keys.get(name)
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
