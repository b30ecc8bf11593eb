"""Reads a C2PA manifest store: JUMBF superboxes (ISO/IEC 19566-5) with CBOR and JSON inside.

C2PA 2.2, "Use of JUMBF". Signatures are not judged here: https://spec.c2pa.org/
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from curator.core import cbor
from curator.core.container_isobmff import Box, boxes

DEPTH = 16  # superboxes inside one another; stores have 4
BOXES = 4096  # superboxes per store; each assertion of each ingredient is one
JSON_BYTES = 2**18  # bytes of JSON per store; assertions seen are under 10 KiB
FAULTS = 8  # sentences; whoever reads them has understood by then
CACHED_BYTES = 2**20  # stores up to this size are remembered; 16 of them: 16 MiB

_SUFFIX = bytes.fromhex("00110010800000aa00389b71")  # of the types that four letters name
_STORE, _MANIFESTS, _CLAIM, _SIGNATURE = "c2pa", ("c2ma", "c2um"), "c2cl", "c2cs"
_REST = {b"jumb", b"bfdb", b"bidb", b"free"}  # superboxes; files held inside; empty space
_LABELLED = 2  # a description's flag: a label follows


@dataclass(frozen=True, slots=True)
class Assertion:
    """A labelled value: plain, as CBOR or JSON has it."""

    label: str
    value: object


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one tool claims of the file or of an ingredient."""

    label: str
    claims: tuple[Assertion, ...] = ()  # one, in a store that keeps to the standard
    assertions: tuple[Assertion, ...] = ()  # credentials and data boxes are among them


@dataclass(frozen=True, slots=True)
class Store:
    """All manifests, in the order of the store, so that the last is the active one.

    What cannot be read is a sentence in `faults`; what could be is there all the same.
    """

    manifests: tuple[Manifest, ...] = ()
    faults: tuple[str, ...] = ()


def read(data: bytes) -> Store:
    """The manifests of a store; JUMBF that is of no C2PA store has none and no fault."""
    return _remembered(data) if len(data) <= CACHED_BYTES else _read(data)


@dataclass(frozen=True, slots=True)
class _Superbox:
    kind: str  # four letters, or hex digits
    label: str
    held: tuple[tuple[bytes, bytes], ...]  # (type, content)
    inner: tuple["_Superbox", ...]


def _read(data: bytes) -> Store:
    reader = _Reader(data)
    tops = reader.superboxes(0, len(data), DEPTH)
    if not tops:
        reader.fault("there is no JUMBF superbox")
    for top in tops:
        if top.kind == _STORE:
            if not top.inner:
                reader.fault("the store is empty")
            for inner in top.inner:
                if inner.kind not in _MANIFESTS:
                    reader.fault(f"the store holds a {inner.kind} box, which is not read")
    manifests = tuple(m for top in tops for m in reader.manifests(top))
    return Store(manifests, tuple(reader.faults))


@dataclass(slots=True)
class _Reader:
    data: bytes
    faults: list[str] = field(default_factory=list)
    boxes: int = BOXES  # that may still be read
    items: int = cbor.ITEMS  # likewise
    json: int = JSON_BYTES  # likewise

    def fault(self, sentence: str) -> None:
        """Note what cannot be read."""
        if len(self.faults) < FAULTS and sentence not in self.faults:
            self.faults.append(sentence)

    def superboxes(self, at: int, end: int, depth: int) -> tuple[_Superbox, ...]:
        """The superboxes between two places; other boxes there are not looked at."""
        return tuple(self._superbox(b, depth) for b in self._boxes(at, end) if b.kind == b"jumb")

    def _boxes(self, at: int, end: int) -> list[Box]:
        found, fault = boxes(self.data, at, end)
        behind = self.data[found[-1].end if found else at : end]
        if fault and behind.strip(b"\0"):  # some writers leave room for a longer store
            self.fault(fault)
        self.boxes -= len(found)
        return found

    def _superbox(self, box: Box, depth: int) -> _Superbox:
        if not depth or self.boxes < 0:
            self.fault(f"there are more than {BOXES} boxes or {DEPTH} levels")
            return _Superbox("", "", (), ())
        found = self._boxes(box.start, box.end)
        kind, label = self._description(found[0]) if found else ("", "")
        if not kind:
            self.fault(f"the superbox at {box.start} does not say what it is")
        held = tuple((b.kind, self.data[b.start : b.end]) for b in found[1:] if b.kind not in _REST)
        inner = tuple(self._superbox(b, depth - 1) for b in found[1:] if b.kind == b"jumb")
        return _Superbox(kind, label, held, inner)

    def _description(self, box: Box) -> tuple[str, str]:
        """Type and label of the superbox that begins with this box; "" where it says none."""
        raw = self.data[box.start : box.end]
        if box.kind != b"jumd" or len(raw) < 17:  # noqa: PLR2004 - bytes of type and flags
            return "", ""
        kind, flags = struct.unpack_from("16sB", raw)
        label = raw[17:].partition(b"\0")[0] if flags & _LABELLED else b""
        short = kind[4:] == _SUFFIX and kind[:4].isalnum()
        return (kind[:4].decode("ascii") if short else kind.hex()), label.decode("utf-8", "replace")

    def manifests(self, box: _Superbox) -> Iterator[Manifest]:
        """The manifests in a superbox, those inside others first."""
        for inner in box.inner:
            yield from self.manifests(inner)
        if box.kind in _MANIFESTS:
            parts = [part for inner in box.inner for part in self._parts(inner)]
            claims = tuple(said for kind, said in parts if kind == _CLAIM)
            if not claims:
                self.fault(f"the manifest {box.label[:80]} makes no claim")
            others = tuple(said for kind, said in parts if kind != _CLAIM)
            yield Manifest(box.label, claims, others)

    def _parts(self, box: _Superbox) -> Iterator[tuple[str, Assertion]]:
        """The values in a superbox of a manifest, each with the type of its box."""
        if box.kind in {*_MANIFESTS, _SIGNATURE}:
            return
        for kind, data in box.held:
            yield box.kind, Assertion(box.label, self._value(kind, data, box.label))
        for inner in box.inner:
            yield from self._parts(inner)

    def _value(self, kind: bytes, data: bytes, label: str) -> object:
        if kind == b"cbor":
            decoded = cbor.read(data, self.items)
            self.items -= decoded.items
            if decoded.fault:
                self.fault(f"{label[:80]}: {decoded.fault}")
            return decoded.value
        self.json -= len(data) if kind == b"json" else 0
        if kind != b"json" or self.json < 0:
            words = kind.decode("latin-1") if kind != b"json" else "too much JSON"
            self.fault(f"{label[:80]} holds {words}, which is not read")
            return None
        try:
            said: object = json.loads(data.rstrip(b"\0"), object_pairs_hook=_once)
        except (ValueError, RecursionError):
            self.fault(f"{label[:80]} is no JSON")
            return None
        return said


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object none of whose names stands twice: which one counts would be a guess."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


_remembered = lru_cache(maxsize=16)(_read)
