"""YAML text as nodes that know where they stand, without the parts of YAML that hide things.

Refused are anchors, aliases, tags, merge keys, repeated keys and second documents: each lets a
reader see one thing and a program another, and aliases let 300 bytes grow past any memory.
Plain scalars follow YAML 1.2 read narrowly: only true, false, null and decimal numbers are not
text, so `NO` is Norway and `1_000` is no number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from curator.errors import Fault, RecipeError

MAX_BYTES = 1 << 20  # bytes; the largest recipe, from the rules for hostile files
MAX_DEPTH = 32  # levels; a recipe needs seven, and readers that recurse fail near a thousand
MAX_PARTS = 30_000  # parser events; about 60 µs each were measured, so that no file takes long

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")  # 15 digits: exact in every JSON reader
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?(?:[eE][-+]?[0-9]{1,2})?")
_WORDS = {"": None, "~": None, "true": True, "false": False} | {
    word: value
    for name, value in (("null", None), ("true", True), ("false", False))
    for word in (name, name.title(), name.upper())
}
# What the YAML standard (1.2.2 §5.1) lets stand in a file, and what may stand in a value.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HINTS = (  # a word of the parser's complaint, and what most often helps
    ("\\t", "Indent with spaces; YAML takes no tabs there"),
    ("mapping values", 'Indent it like its neighbours, or put text that holds ": " in quotes'),
    ("cannot start any token", "Put text that begins with this character in quotes"),
    ("quoted scalar", "Close the quotes"),
    ("flow", "Close the bracket, and put commas between the parts"),
)
_HINT = "Correct the YAML here: look at indentation, quotes and colons"

Scalar = None | bool | int | float | str


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both counted from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, a list or a mapping, and where it begins."""

    at: Place
    value: "Scalar | list[Node] | dict[str, Node]"
    raw: str = ""  # a scalar as written, without quotes
    keys: dict[str, Place] = field(default_factory=dict)  # where each key of a mapping stands

    def plain(self) -> Any:
        """The value without places, as JSON has it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def shown(text: str, limit: int = 60) -> str:
    """Foreign text in quotes for a message: escaped, and no longer than `limit` characters."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def read(content: bytes | str, name: str) -> tuple[Node, list[Fault]]:
    """The one document of a file, and all that is refused in it but can be stepped over.

    Raises RecipeError with the first fault of what is no YAML, is too large or too deep.
    """
    text = _text(content, name)
    composer = _Composer(name)
    try:
        root = composer.document(composer.counted(YAML(typ="safe", pure=True).parse(text)))
    except RecipeError:
        raise
    except MarkedYAMLError as error:
        raise RecipeError.of((_syntax(error, name),)) from None
    except Exception as error:  # noqa: BLE001 - whatever a parser trips over is a fault of the file
        at = composer.last
        what = f"behind this place the file is not YAML: {shown(str(error))}"
        raise RecipeError.of((Fault(what, _HINT, name, at.line, at.column),)) from None
    return root, composer.faults


def _text(content: bytes | str, name: str) -> str:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        what = f"the file has {len(data)} bytes; at most {MAX_BYTES} are read"
        fix = "Move long lists into a file that a source reads"
        raise RecipeError.of((Fault(what, fix, name, 1, 1),))
    fix = "Save the file as UTF-8 text without control characters"
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        at = _place(data[: error.start].decode("utf-8"))
        fault = Fault("the file is not UTF-8", fix, name, at.line, at.column)
        raise RecipeError.of((fault,)) from None
    if found := _UNPRINTABLE.search(text):
        at = _place(text[: found.start()])
        what = f"the character U+{ord(found[0]):04X} may not stand in a text file"
        raise RecipeError.of((Fault(what, fix, name, at.line, at.column),))
    return text


def _place(before: str) -> Place:
    lines = re.split("\r\n|\r|\n", before)
    return Place(len(lines), len(lines[-1]) + 1)


def _syntax(error: MarkedYAMLError, name: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    at = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    problem = " ".join(str(error.problem or error.context or "no YAML").split())
    said = f"{error.context or ''} {problem}"
    hint = next((hint for word, hint in _HINTS if word in said), _HINT)
    shown_problem = "".join(c if c.isprintable() else "?" for c in problem)[:120]
    return Fault(f"this is not YAML: {shown_problem}", hint, name, at.line, at.column)


class _Composer:
    """Builds nodes from a parser's events, which come lazily: too deep ends the reading."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.faults: list[Fault] = []
        self.last = Place(1, 1)  # of the parser's last event

    def counted(self, events: Iterator[Any]) -> Iterator[Any]:
        """The same events, up to the number that a person may wait for."""
        for number, event in enumerate(events):
            if number > MAX_PARTS:
                self._stop(
                    event,
                    "the file holds too many values",
                    "Move lists into a file that a source reads",
                )
            self.last = _at(event)
            yield event

    def document(self, events: Iterator[Any]) -> Node:
        """The only document; an empty file is an empty value."""
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self._stop(event, "a second document begins", "Keep one document per file")
                self._directives(event)
                root = self._node(next(events), events, 1)
            elif not isinstance(event, StreamStartEvent) and root is None:
                break
        return root or Node(Place(1, 1), None)

    def _directives(self, event: DocumentStartEvent) -> None:
        if event.tags or tuple(event.version or (1, 2)) != (1, 2):
            self._refuse(event, "a directive changes how the file is read", "Remove the % line")

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        at = _at(event)
        if isinstance(event, AliasEvent):
            self._refuse(event, "aliases are not allowed", "Write the value itself here")
            return Node(at, None)
        if event.anchor is not None:
            self._refuse(
                event, "anchors are not allowed", f"Remove the mark {shown('&' + event.anchor)}"
            )
        if event.tag is not None:
            fix = "Remove it; the key says of which type its value is"
            self._refuse(event, f"the tag {shown(event.tag)} is not allowed", fix)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            what = f"this is nested more than {MAX_DEPTH} levels deep"
            self._stop(event, what, "Look for a bracket too many")
        if isinstance(event, SequenceStartEvent):
            return Node(at, list(self._items(events, depth)))
        return self._mapping(at, events, depth)

    def _items(self, events: Iterator[Any], depth: int) -> Iterator[Node]:
        while not isinstance(event := next(events), SequenceEndEvent):
            yield self._node(event, events, depth + 1)

    def _mapping(self, at: Place, events: Iterator[Any], depth: int) -> Node:
        found: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if isinstance(event, SequenceStartEvent | MappingStartEvent | AliasEvent):
                if not isinstance(event, AliasEvent):
                    self._refuse(event, "a key is not text", "Write a name, a colon and a value")
            elif key.raw == "<<" and not event.style:
                self._refuse(event, "merge keys are not allowed", "Write the keys themselves here")
            elif key.raw in found:
                first = keys[key.raw]
                what = f"the key {shown(key.raw)} stands here and in line {first.line}"
                self._refuse(event, what, "Keep one of the two")
            else:
                if value.value is None and not value.raw:  # the parser puts it a line too low
                    value = Node(key.at, None)
                found[key.raw], keys[key.raw] = value, key.at
        return Node(at, found, keys=keys)

    def _scalar(self, event: ScalarEvent) -> Node:
        raw = str(event.value)
        if bad := _CONTROL.search(raw):
            what = f"the text holds the control character U+{ord(bad[0]):04X}"
            self._refuse(event, what, "Remove the escape that writes it")
            return Node(_at(event), None)
        return Node(_at(event), raw if event.style else _resolved(raw), raw)

    def _refuse(self, event: Any, what: str, fix: str) -> None:
        at = _at(event)
        self.faults.append(Fault(what, fix, self._name, at.line, at.column))

    def _stop(self, event: Any, what: str, fix: str) -> None:
        self._refuse(event, what, fix)
        raise RecipeError.of(tuple(self.faults))


def _at(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _resolved(raw: str) -> Scalar:
    if raw in _WORDS:
        return _WORDS[raw]
    if _INTEGER.fullmatch(raw):
        return int(raw)
    return float(raw) if _FLOAT.fullmatch(raw) else raw
