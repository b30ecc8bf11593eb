"""What is wrong with a recipe, in words: pydantic's errors as faults with line, column and fix."""

import difflib
import re
import typing
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from curator.errors import Fault
from curator.recipe_yaml import Node, Place, shown

Loc = tuple[int | str, ...]

MAX_WORDS = 300  # characters of one sentence; a connector may quote what it found
_WANTED = {  # pydantic's error type: what the value should be, and what to write
    "bool_type": ("true or false", "Write true or false, without quotes"),
    "int_type": ("a whole number", "Write digits only, without quotes, point or underscore"),
    "float_type": ("a number", "Write a number such as 3.0, without quotes or underscore"),
    "string_type": ("text", "Write text, in quotes where it looks like a number"),
    "tuple_type": ("a list", "Write a list: [one, two]"),
    "list_type": ("a list", "Write a list: [one, two]"),
    "model_type": ("a group of keys", "Write its keys indented below it, or leave it out"),
    "dict_type": ("a group of keys", "Write its keys indented below it, or leave it out"),
}
_BOUNDS = {  # pydantic's error type and the name of its bound: how far the value may go
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


class Faults:
    """The faults of one file, each put where the offending key or value stands."""

    def __init__(self, name: str, root: Node, found: Iterable[Fault] = ()) -> None:
        self._name = name
        self._root = root
        self._found = list(found)
        self._refused = {(fault.line, fault.column) for fault in self._found}

    def add(self, loc: Loc, what: str, fix: str, *, key: bool = False) -> None:
        """A fault of the value at `loc`, or of the key itself; what is not there is its parent's.

        `what` follows the key's name. A value that YAML's rules refused has its fault already.
        """
        at, node = _find(self._root, loc, key=key)
        if node is not None and (at.line, at.column) in self._refused:
            return
        words = f"`{_path(loc)}` {what}" if loc else what
        self._found.append(Fault(_cut(words), _cut(fix), self._name, at.line, at.column))

    def missing(self, loc: Loc, fix: str) -> None:
        """A key that is not there."""
        self.add(loc, "is missing", fix)

    def explain(self, base: Loc, errors: Sequence[ErrorDetails], known: "Known") -> None:
        """Errors of pydantic, whose places begin at `base`."""
        for error in errors:
            loc = base + tuple(error["loc"])
            if error["type"] == "missing":
                self.missing(loc, f"Write `{loc[-1]}: …` here")
            elif error["type"] == "extra_forbidden":
                self.unknown(loc, known.keys(error["loc"][:-1]))
            else:
                node = _find(self._root, loc)[1]
                self.add(loc, *_words(error, node))

    def unknown(self, loc: Loc, allowed: Sequence[str]) -> None:
        """A key that nobody knows."""
        key = str(loc[-1])
        self.add(loc, "is no key of the recipe", suggestion(key, allowed, "keys"), key=True)

    def all(self) -> tuple[Fault, ...]:
        """Every fault, from the top of the file to its end."""
        return tuple(sorted(self._found, key=lambda fault: (fault.line, fault.column)))


class Known:
    """The keys that a model allows, at every depth."""

    def __init__(self, *models: type[BaseModel], also: Sequence[str] = ()) -> None:
        self._models = models
        self._also = also

    def keys(self, loc: Sequence[int | str]) -> list[str]:
        """The keys that may stand in the mapping at `loc`."""
        models, also = list(self._models), list(self._also)
        for part in loc:
            inner = [
                found
                for fields in map(_fields, models)
                if part in fields
                for found in _models_in(fields[str(part)])
            ]
            if inner:  # else `part` numbers an item of a list, or names an arm of a union
                models, also = inner, []
        return list(dict.fromkeys([*also, *(key for found in models for key in _fields(found))]))


def suggestion(word: str, allowed: Sequence[str], kind: str) -> str:
    """The nearest word that is allowed, and all of them."""
    begun = [one for one in allowed if word and one.startswith(word)]  # "open": open-license
    near = begun or difflib.get_close_matches(word[:60], allowed, n=1)
    words = f"Allowed {kind}: {', '.join(allowed) or 'none'}"
    return f"Did you mean `{near[0]}`? {words}" if near else words


def _fields(found: type[BaseModel]) -> Mapping[str, object]:
    return {field.alias or name: field.annotation for name, field in found.model_fields.items()}


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for arg in typing.get_args(annotation) for found in _models_in(arg)]


def _find(root: Node, loc: Loc, *, key: bool = False) -> tuple[Place, Node | None]:
    """The place of the value at `loc`, or of its key; None for what is not there."""
    node, at = root, root.at
    for last, part in enumerate(loc, 1):
        if isinstance(node.value, dict) and part in node.value:
            at = node.keys[str(part)]
            node = node.value[str(part)]
        elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            at = node.at
        elif last == len(loc) and isinstance(node.value, dict):
            return node.at, None  # else `part` names an arm of a union
    return (at if key else node.at), node


def _path(loc: Loc) -> str:
    words = (f"[{part}]" if isinstance(part, int) else f".{_plain(part)}" for part in loc)
    return "".join(words).removeprefix(".")


def _plain(key: str) -> str:
    return key if re.fullmatch(r"[\w-]{1,60}", key) else shown(key)


def _words(error: ErrorDetails, node: Node | None) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "recipe":
        return str(context["what"]), str(context["fix"])
    if kind in {"literal_error", "enum"}:
        allowed = re.findall(r"'([^']*)'", str(context["expected"]))
        written = node.raw if node else ""
        return f"cannot be {_described(node)}", suggestion(written, allowed, "values")
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        limit = f"{context[bound]:g}" if isinstance(context[bound], float) else context[bound]
        return f"is {_described(node)}", f"Write a number of {words} {limit}"
    if kind in _WANTED:
        wanted, fix = _WANTED[kind]
        if kind == "string_type" and node and node.value is not None and node.raw:
            fix = f'Put it in quotes: "{node.raw}"'
        return f"should be {wanted}, not {_described(node)}", fix
    said = str(context.get("error", error["msg"]))
    printable = "".join(c if c.isprintable() else " " for c in said)
    return f"cannot be {_described(node)}: {printable}", "Correct this value"


def _described(node: Node | None) -> str:
    if node is None:
        return "absent"
    if isinstance(node.value, dict):
        return "a group of keys"
    if isinstance(node.value, list):
        return "a list"
    if node.value is None:
        return "empty"
    return shown(node.raw) if isinstance(node.value, str) else node.raw


def _cut(words: str) -> str:
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1] + "…"
